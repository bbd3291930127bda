package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequestBuilder;
import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.PreviewLine;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.core.approval.Content;
import io.jitapproval.core.approval.Electorate;
import io.jitapproval.core.approval.Joining;
import io.jitapproval.core.approval.RequestLife;
import io.jitapproval.core.binding.CanonicalJson;
import io.jitapproval.core.binding.Digests;
import io.jitapproval.core.guard.Evaluator.Answer;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Submission;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.StoreEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes approval requests: checks that they can be answered at all, coalesces equal ones, tells the channels. */
final class Asking {

    private final GrantStore store;
    private final Journal journal;
    private final PeopleDirectory people;
    private final RequestDesk desk;
    private final Notifier notifier;
    private final Ids ids;
    private final Previews previews;

    Asking(GuardSettings settings, Journal journal, RequestDesk desk, Notifier notifier, Ids ids, Previews previews) {
        this.store = settings.store();
        this.journal = journal;
        this.people = settings.people();
        this.desk = desk;
        this.notifier = notifier;
        this.ids = ids;
        this.previews = previews;
    }

    /** A new request is about to be made, and what the action would do is not known yet. */
    private static final class PreviewMissing extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PreviewMissing() {
            super("the preview is computed outside the store", null, false, false);
        }
    }

    /**
     * Checks that the call says what its rules demand to be told, whoever answers.
     *
     * @throws io.jitapproval.ActionDeniedException if it does not
     */
    static void demand(Call call, Requirement required, Answer answer) {
        Demands.Unmet unmet = Demands.unmet(required, call.grounds);
        if (unmet != null) {
            throw Refusals.denied(
                    call, unmet.reason(), answer.explained(call.hidden()), unmet.detail(), unmet.advice());
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
                List.of(),
                request -> keeping(
                        call,
                        RequestLife.approvedByRule(request, grantId, answering(decision), details(call, decision))));
    }

    /** What the record of a new request says beside it. */
    private static Map<String, Object> details(Call call, Decision decision) {
        Map<String, Object> details = new LinkedHashMap<>(Details.of(decision.explanation()));
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

    /** Of the rules that decided, those that answer in people's place, not those that ask. */
    private static List<String> answering(Decision decision) {
        return decision.explanation().rules().stream()
                .filter(rule -> rule.effect() == Effect.AUTO_APPROVE && rule.match() == Match.MATCHED)
                .map(RuleTrace::rule)
                .toList();
    }

    /**
     * A request to people, as it stands after the channels were told: pending, or already ended.
     *
     * @throws io.jitapproval.ActionDeniedException if it could never be approved
     */
    ApprovalRequest people(Call call, Requirement required, Answer answer, Phase phase) throws Exception {
        demand(call, required, answer);
        phase.enter(Reason.PEOPLE_UNAVAILABLE);
        Electorate electorate = Electorate.resolve(required, call.requesters(), people);
        if (!electorate.nameless().isEmpty()) {
            throw Refusals.denied(
                    call,
                    Reason.REQUESTER_UNRESOLVED,
                    answer.explained(call.hidden()),
                    "unknown: "
                            + String.join(
                                    ", ",
                                    electorate.nameless().stream()
                                            .map(Ref::toString)
                                            .toList()),
                    "Name the requester there: otherwise nobody can tell them from an approver.");
        }
        if (!electorate.canFill(required, Map.of(), Set.of())) {
            throw unreachable(call, required, answer, electorate);
        }
        phase.enter(Reason.STORE_UNAVAILABLE);
        String id = ids.unguessable();
        ApprovalRequest request = ask(call, required, answer.decision(), id, electorate, phase);
        if (request.id().equals(id)) {
            desk.watch(request);
            notifier.ask(request, electorate.people());
        } else {
            store.changeRequest(request.id(), Joining.joined(joined(call.grounds)), journal);
        }
        return desk.expire(request.id()).orElse(request);
    }

    /** The preview is computed only for a request that is really made, and never under a lock of the store. */
    private ApprovalRequest ask(
            Call call, Requirement required, Decision decision, String id, Electorate electorate, Phase phase)
            throws Exception {
        Map<String, Object> details = details(call, decision);
        boolean missing = previews.has(call);
        try {
            return submit(call, required, id, ".", decision, electorate.names(), asked -> {
                if (missing) {
                    throw new PreviewMissing();
                }
                return keeping(call, RequestLife.asked(asked, details));
            });
        } catch (PreviewMissing none) {
            phase.enter(Reason.PREVIEW_UNAVAILABLE);
            List<PreviewLine> preview = previews.of(call);
            phase.enter(Reason.STORE_UNAVAILABLE);
            return submit(
                    call,
                    required,
                    id,
                    ".",
                    decision,
                    electorate.names(),
                    asked -> keeping(
                            call,
                            RequestLife.asked(Content.sealed(asked.with(copy -> copy.preview(preview))), details)));
        }
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

    private RuntimeException unreachable(Call call, Requirement required, Answer answer, Electorate electorate) {
        String needs = String.join(
                " and ", required.stages().stream().map(Object::toString).toList());
        String left = electorate.names().isEmpty() ? "nobody" : "only " + String.join(", ", electorate.names());
        if (required.votes().unreachable()) {
            return Refusals.denied(
                    call,
                    Reason.APPROVAL_UNREACHABLE,
                    answer.explained(call.hidden()),
                    "its rules have no channel, or no assurance of voters, in common, so no vote can count",
                    "Let the rules' channels and assurance overlap.");
        }
        return Refusals.denied(
                call,
                Reason.APPROVAL_UNREACHABLE,
                answer.explained(call.hidden()),
                "it needs " + needs + ", and besides the requester there is " + left,
                "Name more approvers in the people directory or in the policy.");
    }

    private ApprovalRequest submit(
            Call call,
            Requirement required,
            String id,
            String kind,
            Decision decision,
            List<String> asked,
            Function<ApprovalRequest, Submission> begin) {
        claim(call, required, decision);
        Wishes wishes = call.wishes;
        String apart = required + "\n" + wishes.key() + "\n" + wishes.bundle() + "\n"
                + !wishes.replay().isEmpty();
        String key = call.matchKey() + kind + Digests.sha256Hex(apart.getBytes(StandardCharsets.UTF_8));
        Function<Instant, Submission> submission =
                now -> begin.apply(request(call, required, id, decision, asked, now));
        return desk.makingRoom(() -> store.submit(key, submission, journal));
    }

    /** Claimed before anything is asked: whoever comes later with other content is refused. */
    private void claim(Call call, Requirement required, Decision decision) {
        String key = call.wishes.key();
        if (key.isEmpty()) {
            return;
        }
        String name = Digests.sha256Hex(CanonicalJson.bytes(List.of(call.subject.type(), call.subject.id(), key)));
        String content = call.matchKey() + (call.wishes.replay().isEmpty() ? "" : ".replay");
        Duration lasts = required.decideWithin().multipliedBy(2).plus(required.useWithin());
        if (!store.changeEntry(Joining.KEY, name, Joining.claim(name, content, lasts), journal)) {
            throw Refusals.denied(
                    call,
                    Reason.KEY_TAKEN,
                    decision,
                    "the same subject used it for a call with other content",
                    "Take a new key for a new call, or send the same call again.");
        }
    }

    private ApprovalRequest request(
            Call call, Requirement required, String id, Decision decision, List<String> asked, Instant now) {
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
                .because(Evaluator.because(decision))
                .policy(decision.policy())
                .binding(Digests.sha256Hex((id + call.matchKey()).getBytes(StandardCharsets.UTF_8)))
                .matchKey(call.matchKey())
                .key(Optional.of(call.wishes.key()).filter(key -> !key.isEmpty()))
                .bundle(Optional.of(call.wishes.bundle())
                        .filter(bundle -> !bundle.isEmpty())
                        .map(bundle -> bundle.substring(0, bundle.indexOf('/'))))
                .replay(!call.wishes.replay().isEmpty())
                .asked(asked)
                .eligible(asked.size())
                .createdAt(now)
                .decideBy(now.plus(required.decideWithin()))
                .build());
    }
}
