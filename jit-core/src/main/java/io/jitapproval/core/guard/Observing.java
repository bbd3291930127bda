package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Decision;
import io.jitapproval.Explanation;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Resource;
import io.jitapproval.Rollout;
import io.jitapproval.core.approval.Circle;
import io.jitapproval.core.approval.Tidings;
import io.jitapproval.core.approval.Tidings.Told;
import io.jitapproval.core.binding.Digests;
import io.jitapproval.core.guard.AskingGate.Pass;
import io.jitapproval.core.guard.Evaluator.Answer;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AsyncCall;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.GrantStore.Submission;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.StoreEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets calls of actions through that are not enforced, and puts on record what would have become of them. Whatever fails in here is on
 * record or in the log, and never keeps a call.
 */
final class Observing {

    private static final Logger LOG = LoggerFactory.getLogger(Observing.class);
    private static final Ref UNKNOWN = new Ref("unknown", "unknown");

    /** The kind of entry that says of a call that people have been told. */
    private static final String TOLD = "observed";

    private final Modes modes;
    private final Evaluator evaluator;
    private final Relatives relatives;
    private final Asking asking;
    private final Askable askable;
    private final AskingGate gate;
    private final Dispatcher dispatcher;
    private final Tidings tidings;
    private final CallRecords records;
    private final Journal journal;
    private final GrantStore store;
    private final InstantSource clock;
    private final Ids ids;

    Observing(
            GuardSettings settings,
            Modes modes,
            Evaluator evaluator,
            Relatives relatives,
            Asking asking,
            Askable askable,
            AskingGate gate,
            Dispatcher dispatcher,
            Tidings tidings,
            CallRecords records,
            Journal journal,
            Ids ids) {
        this.modes = modes;
        this.evaluator = evaluator;
        this.relatives = relatives;
        this.asking = asking;
        this.askable = askable;
        this.gate = gate;
        this.dispatcher = dispatcher;
        this.tidings = tidings;
        this.records = records;
        this.journal = journal;
        this.store = settings.store();
        this.clock = settings.time();
        this.ids = ids;
    }

    /** The action; knows the frozen call, if it could be frozen. */
    @FunctionalInterface
    interface Body<T extends @Nullable Object, X extends Throwable> {
        T run(@Nullable Call call) throws X;
    }

    /** A call as it was let through. */
    record Seen(@Nullable Call call, @Nullable Clearance clearance) {

        static final Seen NOTHING = new Seen(null, null);
    }

    /** What would have become of a call. */
    private record Would(
            String what,
            Reason reason,
            @Nullable Decision decision,
            @Nullable Requirement required,
            @Nullable Circle circle,
            @Nullable Answer answer) {

        static Would be(String what, Reason reason, @Nullable Decision decision) {
            return new Would(what, reason, decision, null, null, null);
        }
    }

    /** Runs the action on this thread. */
    <T extends @Nullable Object, X extends Throwable> T run(String action, Supplier<Call> freeze, Body<T, X> body)
            throws X {
        Seen seen = look(action, freeze);
        long start = System.nanoTime();
        Inside.enter(action);
        T result;
        try {
            result = body.run(seen.call());
        } catch (Throwable failure) {
            ended(seen, "failed", failure, start);
            throw failure;
        } finally {
            Inside.exit();
        }
        ended(seen, "succeeded", null, start);
        return result;
    }

    /** A call of an action whose outcome comes later. */
    AsyncCall later(
            String action,
            Supplier<Call> freeze,
            Body<? extends @Nullable Object, ? extends Throwable> body,
            AsyncCall.Listener listener) {
        return new ObservedCall(this, action, freeze, body, listener);
    }

    /** What would be asked ahead of time is on record; nobody is asked. */
    void ahead(String action, Supplier<Call> freeze) {
        look(action, freeze);
    }

    void ended(Seen seen, String outcome, @Nullable Throwable failure, long start) {
        Call call = seen.call();
        Clearance clearance = seen.clearance();
        if (call != null && clearance != null) {
            records.ended(call, clearance, outcome, failure, System.nanoTime() - start);
        }
    }

    /** Never throws. */
    Seen look(String action, Supplier<Call> freeze) {
        Rollout mode = modes.of(action);
        if (mode == Rollout.OFF) {
            return Seen.NOTHING;
        }
        Call call = null;
        try {
            call = freeze.get();
            return new Seen(call, recorded(call, mode, would(call)));
        } catch (Throwable failure) {
            Failures.keepInterrupt(failure);
            unfrozen(action, mode, call, failure);
            return new Seen(call, null);
        }
    }

    private Would would(Call call) {
        Phase phase = new Phase();
        phase.enter(Reason.POLICY_UNAVAILABLE);
        Decision decision = null;
        try {
            Answer answer = evaluator.decide(call.request);
            call.answered(answer, null);
            decision = answer.decision();
            if (decision instanceof Decision.Permit permit) {
                return Would.be(permit.automatic().isEmpty() ? "allow" : "approve-by-rule", permit.reason(), decision);
            }
            if (decision instanceof Decision.ApprovalRequired asks) {
                phase.enter(Reason.PEOPLE_UNAVAILABLE);
                Requirement required = relatives.resolve(asks.requirement(), answer);
                Circle circle = askable.circle(call, required, answer, phase);
                return new Would("ask", Reason.APPROVAL_REQUIRED, decision, required, circle, answer);
            }
            return Would.be("deny", decision.reason(), decision);
        } catch (JitApprovalException refused) {
            return Would.be("deny", refused.reason(), decision);
        } catch (Throwable failure) {
            Failures.keepInterrupt(failure);
            LOG.warn("What policy says of {} cannot be observed", call.action(), failure);
            return Would.be("fail", Failures.reason(failure, phase.reason()), decision);
        }
    }

    private Clearance recorded(Call call, Rollout mode, Would would) {
        write(call, mode, would);
        return records.begunByPolicy(call, through(would.decision()), Map.of());
    }

    private void write(Call call, Rollout mode, Would would) {
        if (mode != Rollout.NOTIFY || !told(call, would)) {
            journal.append(List.of(record(call, mode, would, Optional.empty())));
        }
    }

    private static Decision.Permit through(@Nullable Decision decision) {
        return new Decision.Permit(
                Reason.OBSERVED,
                decision == null ? List.of() : decision.rules(),
                decision == null ? "" : decision.policy(),
                Optional.empty(),
                List.of(),
                Explanation.NONE);
    }

    /** Lets a kept call through. Unlike other calls it does not run if that cannot be put on record: it could run twice then. */
    Clearance replay(Call call, String id, Function<Instant, StoreEntry> running) {
        Rollout mode = modes.of(call.action());
        Decision decision = null;
        if (mode != Rollout.OFF) {
            Would would = would(call);
            write(call, mode, would);
            decision = would.decision();
        }
        return records.begunByPolicy(call, through(decision), Map.of(), id, running);
    }

    /** Tells those who would have been asked, unless they were told of this very call a short while ago or are told too much. */
    private boolean told(Call call, Would would) {
        Requirement required = would.required();
        Circle circle = would.circle();
        Answer answer = would.answer();
        if (required == null || circle == null || answer == null) {
            return false;
        }
        try {
            boolean news = store.<Boolean>changeEntry(
                    TOLD,
                    call.matchKey(),
                    (current, now) -> current.isPresent()
                            ? Step.nothing(false)
                            : Step.to(
                                    new StoreEntry(TOLD, call.matchKey(), Map.of(), now.plus(required.decideWithin())),
                                    true),
                    journal);
            String id = ids.unguessable();
            Pass pass = news ? gate.observed(call, required, id, answer, new Phase()) : null;
            if (pass == null || pass.refusal() != null) {
                return false;
            }
            asking.observed(call, required, answer.decision(), id, circle.electorate(), made -> {
                Told told = tidings.about(
                        made.ended(State.FAILED, Reason.OBSERVED, made.createdAt(), Optional.empty()),
                        ApprovalNotice.Kind.OBSERVED,
                        circle.electorate().people(),
                        made.createdAt());
                return new Submission(
                        told.request(),
                        Optional.empty(),
                        List.of(record(call, Rollout.NOTIFY, would, Optional.of(told.request()))),
                        told.messages(),
                        List.of());
            });
            dispatcher.kick();
            return true;
        } catch (Throwable failure) {
            Failures.keepInterrupt(failure);
            LOG.warn("Nobody could be told what would have been asked about {}", call.action(), failure);
            return false;
        }
    }

    private AuditRecord record(Call call, Rollout mode, Would would, Optional<ApprovalRequest> told) {
        Map<String, Object> details = details(mode, would.what());
        Circle circle = would.circle();
        Requirement required = would.required();
        if (circle != null && required != null) {
            details.put("approvers", circle.electorate().named().size());
            details.put(
                    "needs", required.stages().stream().map(Object::toString).toList());
        }
        details.put("call", Digests.sha256Hex(call.matchKey().getBytes(StandardCharsets.UTF_8)));
        Decision decision = would.decision();
        return new AuditRecord(
                clock.instant(),
                Kind.OBSERVED,
                call.subject,
                call.actors,
                call.action(),
                call.resource,
                List.of(),
                told.map(ApprovalRequest::id),
                Optional.empty(),
                "",
                Optional.empty(),
                would.reason(),
                decision == null ? List.of() : decision.rules(),
                decision == null ? "" : decision.policy(),
                "",
                details);
    }

    private static Map<String, Object> details(Rollout mode, String would) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("mode", mode.word());
        details.put("would", would);
        return details;
    }

    /** What could not be frozen would have been refused; what could not be recorded is in the log at least. */
    private void unfrozen(String action, Rollout mode, @Nullable Call call, Throwable failure) {
        if (call != null) {
            LOG.error("{} was let through, since it is not enforced, and that is not on record", action, failure);
            return;
        }
        Reason reason = failure instanceof JitApprovalException refused
                ? refused.reason()
                : Failures.reason(failure, Reason.GUARD_FAILED);
        try {
            journal.append(List.of(new AuditRecord(
                    clock.instant(),
                    Kind.OBSERVED,
                    UNKNOWN,
                    List.of(),
                    action,
                    Resource.NONE.ref(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    "",
                    Optional.empty(),
                    reason,
                    List.of(),
                    "",
                    "",
                    details(mode, failure instanceof JitApprovalException ? "deny" : "fail"))));
        } catch (Throwable unrecorded) {
            Failures.keepInterrupt(unrecorded);
            LOG.error("{} was let through, since it is not enforced, and that is not on record", action, unrecorded);
        }
    }
}
