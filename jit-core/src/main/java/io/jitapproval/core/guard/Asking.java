package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequestBuilder;
import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.JitApprovalException;
import io.jitapproval.PreviewLine;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.core.approval.Circle;
import io.jitapproval.core.approval.Content;
import io.jitapproval.core.approval.Electorate;
import io.jitapproval.core.approval.Joining;
import io.jitapproval.core.approval.RequestLife;
import io.jitapproval.core.approval.RequestLife.Changed;
import io.jitapproval.core.binding.Digests;
import io.jitapproval.core.explain.Terms;
import io.jitapproval.core.guard.AskingGate.Pass;
import io.jitapproval.core.guard.Evaluator.Answer;
import io.jitapproval.core.guard.Sampling.Draw;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Submission;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.StoreEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes approval requests: checks that they can be answered at all, coalesces equal ones, tells the channels. */
final class Asking {

    /** In the keys of requests that people are asked about. */
    private static final String PEOPLE = ".";

    private final GrantStore store;
    private final Journal journal;
    private final RequestDesk desk;
    private final Dispatcher dispatcher;
    private final Askable askable;
    private final AskingGate gate;
    private final Ids ids;
    private final Previews previews;
    private final EqualCalls equals;
    private final boolean noted;

    Asking(
            GuardSettings settings,
            Journal journal,
            RequestDesk desk,
            Dispatcher dispatcher,
            Askable askable,
            AskingGate gate,
            Ids ids,
            Previews previews) {
        this.store = settings.store();
        this.journal = journal;
        this.desk = desk;
        this.dispatcher = dispatcher;
        this.askable = askable;
        this.gate = gate;
        this.ids = ids;
        this.previews = previews;
        this.equals = new EqualCalls(store, journal);
        this.noted = settings.noted();
    }

    /** A new request is about to be made, and what the action would do is not known yet. */
    private static final class PreviewMissing extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PreviewMissing() {
            super("the preview is computed outside the store", null, false, false);
        }
    }

    /** A request that a rule answers in people's place; approved, with a grant. */
    ApprovalRequest approvedByRule(Call call, Requirement required, Decision decision) {
        String grantId = ids.unguessable();
        return submit(
                call,
                required,
                ids.unguessable(),
                ".auto.",
                decision,
                Optional.empty(),
                request -> keeping(
                        call,
                        RequestLife.approvedByRule(
                                request, grantId, answering(decision), details(call, decision), chance(call))));
    }

    /** What the record of a rule's grant says of the probability that people had been asked. */
    private static Map<String, Object> chance(Call call) {
        Draw draw = call.draw();
        return draw == null ? Map.of() : draw.ofGrant();
    }

    /** What the record of a new request says beside it. */
    private static Map<String, Object> details(Call call, Decision decision) {
        Map<String, Object> details = new LinkedHashMap<>(Details.with(Details.of(decision.explanation()), call));
        Draw draw = call.draw();
        if (draw != null) {
            details.putAll(draw.ofRequest());
        }
        if (!call.wishes.key().isEmpty()) {
            details.put("key", call.wishes.key());
        }
        if (!call.wishes.replay().isEmpty()) {
            details.put("kept", ReplayLife.digest(call.wishes.replay()));
        }
        return details;
    }

    /** The call is kept in the step that makes its request. */
    private static Submission keeping(Call call, Submission made) {
        if (call.wishes.replay().isEmpty()) {
            return made;
        }
        List<StoreEntry> entries = new ArrayList<>(made.entries());
        entries.add(ReplayLife.waiting(made.request(), call));
        return new Submission(made.request(), made.grant(), made.records(), made.messages(), entries);
    }

    private Submission noting(Map<String, Object> details, Submission made) {
        List<StoreEntry> notes = noted ? Samples.of(made.request(), details) : List.of();
        if (notes.isEmpty()) {
            return made;
        }
        List<StoreEntry> entries = new ArrayList<>(made.entries());
        entries.addAll(notes);
        return new Submission(made.request(), made.grant(), made.records(), made.messages(), entries);
    }

    /** A request that an emergency answers; approved, with a grant. Never coalesces: it ends as it is made. */
    ApprovalRequest brokenGlass(
            Call call,
            Requirement required,
            Decision decision,
            String id,
            Function<ApprovalRequest, Submission> begin) {
        return submit(call, required, id, ".glass." + id + ".", decision, Optional.empty(), begin);
    }

    /** A request that would have been made; it has ended when it is made, and gives nothing. */
    ApprovalRequest observed(
            Call call,
            Requirement required,
            Decision decision,
            String id,
            Electorate electorate,
            Function<ApprovalRequest, Submission> begin) {
        return submit(call, required, id, ".observed." + id + ".", decision, Optional.of(electorate), begin);
    }

    /** Of the rules that decided, those that answer in people's place, not those that ask. */
    private static List<String> answering(Decision decision) {
        return decision.explanation().rules().stream()
                .filter(rule -> rule.effect() == Effect.AUTO_APPROVE && rule.match() == Match.MATCHED)
                .map(RuleTrace::rule)
                .toList();
    }

    /**
     * A request to people, as it stands after the channels were tried for the first time: pending, or already ended.
     *
     * @throws io.jitapproval.ActionDeniedException if it could never be approved
     */
    ApprovalRequest people(Call call, Requirement required, Answer answer, Phase phase) throws Exception {
        Circle circle = askable.circle(call, required, answer, phase);
        String id = ids.unguessable();
        Electorate electorate = circle.electorate();
        Pass pass = gate.enter(call, required, id, answer, phase);
        ApprovalRequest request = ask(call, required, id, answer, circle, pass, phase);
        if (request.id().equals(id)) {
            try {
                desk.watch(request);
            } catch (Throwable failure) {
                dispatcher.kick();
                throw failure;
            }
            dispatcher.deliverNow(id, RequestLife.voters(request, electorate, store.now()));
        } else {
            gate.leave(pass);
            store.changeRequest(request.id(), Joining.joined(joined(call.grounds)), journal);
        }
        return desk.expire(request.id()).orElse(request);
    }

    /** The preview is computed only for a request that is really made, and never under a lock of the store. */
    private ApprovalRequest ask(
            Call call, Requirement required, String id, Answer answer, Circle circle, Pass pass, Phase phase)
            throws Exception {
        try {
            try {
                return submit(call, required, id, answer, circle, pass, previews.has(call) ? null : List.of());
            } catch (PreviewMissing none) {
                return submit(call, required, id, answer, circle, pass, preview(call, phase));
            }
        } catch (Throwable failure) {
            gate.leaveQuietly(pass);
            throw failure;
        }
    }

    private List<PreviewLine> preview(Call call, Phase phase) throws Exception {
        phase.enter(Reason.PREVIEW_UNAVAILABLE);
        List<PreviewLine> preview = previews.of(call);
        phase.enter(Reason.STORE_UNAVAILABLE);
        return preview;
    }

    /**
     * Joins an equal request that is pending, or makes one if the call may ask.
     *
     * @param preview what the action would do; null if that is not known yet
     */
    private ApprovalRequest submit(
            Call call,
            Requirement required,
            String id,
            Answer answer,
            Circle circle,
            Pass pass,
            @Nullable List<PreviewLine> preview) {
        Map<String, Object> details = details(call, answer.decision());
        equals.claimKey(call, required, answer.decision(), pass.refusal() == null);
        return join(call, required, id, PEOPLE, answer.decision(), Optional.of(circle.electorate()), asked -> {
            JitApprovalException refusal = pass.refusal();
            if (refusal != null) {
                throw refusal;
            }
            if (preview == null) {
                throw new PreviewMissing();
            }
            return noting(details, keeping(call, RequestLife.asked(showing(asked, preview), details, circle)));
        });
    }

    private static ApprovalRequest showing(ApprovalRequest request, List<PreviewLine> preview) {
        return preview.isEmpty() ? request : Content.sealed(request.with(copy -> copy.preview(preview)));
    }

    /**
     * Makes a pending request into what the call wants.
     *
     * @throws io.jitapproval.ActionDeniedException if it cannot be changed to that, or could never be approved then
     */
    ApprovalRequest changed(Call call, String requestId, Requirement required, Answer answer, Phase phase)
            throws Exception {
        Circle circle = askable.circle(call, required, answer, phase);
        Pass pass = gate.again(call, required, ids.unguessable(), answer, phase);
        Changed changed;
        try {
            List<PreviewLine> preview = preview(call, phase);
            ApprovalRequest wanted = showing(
                    request(
                            call,
                            required,
                            requestId,
                            answer.decision(),
                            Optional.of(circle.electorate()),
                            store.now()),
                    preview);
            changed = desk.change(wanted, circle.electorate(), phase).orElse(null);
        } catch (Throwable failure) {
            gate.leaveQuietly(pass);
            throw failure;
        }
        Reason reason = changed == null ? Reason.UNKNOWN_ID : changed.reason();
        if (changed == null || reason != Reason.APPROVAL_PENDING) {
            gate.leave(pass);
            throw Refusals.denied(
                    call, reason, answer.explained(call.hidden()), "request " + requestId, "Ask anew instead.");
        }
        return changed.request();
    }

    private static Map<String, Object> joined(Grounds grounds) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (!grounds.reason().isEmpty()) {
            details.put("why", grounds.reason());
        }
        if (!grounds.ticket().isEmpty()) {
            details.put("ticket", grounds.ticket());
        }
        return details;
    }

    private ApprovalRequest submit(
            Call call,
            Requirement required,
            String id,
            String kind,
            Decision decision,
            Optional<Electorate> electorate,
            Function<ApprovalRequest, Submission> begin) {
        equals.claimKey(call, required, decision, true);
        return join(call, required, id, kind, decision, electorate, begin);
    }

    private ApprovalRequest join(
            Call call,
            Requirement required,
            String id,
            String kind,
            Decision decision,
            Optional<Electorate> electorate,
            Function<ApprovalRequest, Submission> begin) {
        Wishes wishes = call.wishes;
        String apart = required + "\n" + wishes.key() + "\n" + wishes.bundle() + "\n"
                + !wishes.replay().isEmpty();
        String key = call.matchKey()
                + kind
                + Digests.sha256Hex(apart.getBytes(StandardCharsets.UTF_8))
                + call.ahead().key();
        Optional<ApprovalRequest> elsewhere = kind.equals(PEOPLE) ? equals.pending(call, required) : Optional.empty();
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        Function<Instant, Submission> submission =
                now -> begin.apply(request(call, required, id, decision, electorate, now));
        // A request under this key that was changed into another since is not about this call.
        String free = key;
        while (true) {
            String next = free;
            ApprovalRequest request = desk.makingRoom(() -> store.submit(
                    next,
                    next.equals(key) ? submission : now -> Joining.foundByContent(submission.apply(now)),
                    journal));
            if (request.matchKey().equals(call.matchKey())) {
                return request;
            }
            free = next + ".";
        }
    }

    private ApprovalRequest request(
            Call call,
            Requirement required,
            String id,
            Decision decision,
            Optional<Electorate> electorate,
            Instant now) {
        return Content.sealed(new ApprovalRequestBuilder()
                .id(id)
                .digest("unsealed")
                .subject(call.subject)
                .actors(call.actors)
                .action(call.action())
                .resource(call.resource)
                .arguments(call.shown(id))
                .reason(call.grounds.reason())
                .ticket(call.grounds.ticket())
                .requirement(required)
                .rules(decision.rules())
                .because(Terms.because(decision))
                .policy(decision.policy())
                .binding(Digests.sha256Hex((id + call.matchKey()).getBytes(StandardCharsets.UTF_8)))
                .matchKey(call.matchKey())
                .ancestry(call.ahead().ancestry())
                .startsAt(call.ahead().startsAt())
                .key(Optional.of(call.wishes.key()).filter(key -> !key.isEmpty()))
                .bundle(Optional.of(call.wishes.bundle())
                        .filter(bundle -> !bundle.isEmpty())
                        .map(bundle -> bundle.substring(0, bundle.indexOf('/'))))
                .replay(!call.wishes.replay().isEmpty())
                .barred(electorate.map(Electorate::barred).orElse(Set.of()))
                .eligible(electorate.map(all -> all.named().size()).orElse(0))
                .createdAt(now)
                .decideBy(now.plus(required.decideWithin()))
                .build());
    }
}
