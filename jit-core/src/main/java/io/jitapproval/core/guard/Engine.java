package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Decision;
import io.jitapproval.Grant;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.core.grant.Coverage;
import io.jitapproval.core.grant.GrantLife;
import io.jitapproval.core.grant.GrantLife.Begun;
import io.jitapproval.core.guard.Duties.Duty;
import io.jitapproval.core.guard.Evaluator.Answer;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.StoreEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One step of a call: decide anew, look for a grant that covers it, otherwise ask. A step ends with a clearance, with a request
 * that is pending, or with a refusal; it never waits for people. Policy is asked in every step, so a grant never outranks it.
 */
final class Engine {

    private final Evaluator evaluator;
    private final GrantStore store;
    private final Journal journal;
    private final RequestDesk desk;
    private final Asking asking;
    private final CallRecords records;
    private final Relatives relatives;
    private final Duties duties;
    private final AtomicBoolean closed = new AtomicBoolean();

    Engine(
            GuardSettings settings,
            Evaluator evaluator,
            Journal journal,
            RequestDesk desk,
            Asking asking,
            CallRecords records,
            Relatives relatives,
            Duties duties) {
        this.evaluator = evaluator;
        this.store = settings.store();
        this.journal = journal;
        this.desk = desk;
        this.asking = asking;
        this.records = records;
        this.relatives = relatives;
        this.duties = duties;
    }

    /**
     * What a step came to: a clearance, or a pending request.
     *
     * @param clearance the clearance, or null
     * @param pending   the request, or null
     * @param decision  the decision behind it
     */
    record Outcome(@Nullable Clearance clearance, @Nullable ApprovalRequest pending, Decision decision) {}

    /** What policy asks for now: nothing, a requirement that a rule answers, or one that people answer. */
    private record Question(Answer answer, @Nullable Requirement required, boolean automatic) {

        Decision decision() {
            return answer.decision();
        }
    }

    /**
     * Makes one step.
     *
     * @param call     the call
     * @param followed the request that an earlier step of this call left pending, or null
     * @throws JitApprovalException if the call is refused, for whatever reason
     */
    Outcome step(Call call, @Nullable String followed) {
        return refusing(call, phase -> step(call, followed, phase));
    }

    /**
     * Makes the request for a call, if one is needed and there is no usable grant; runs nothing.
     *
     * @throws JitApprovalException if the call is refused, for whatever reason
     */
    Optional<ApprovalRequest> submit(Call call) {
        return refusing(call, phase -> {
            Question question = question(call, phase);
            Requirement required = question.required();
            if (required == null) {
                return Optional.empty();
            }
            Coverage coverage = coverage(call, required, question.automatic());
            Instant now = store.now();
            for (Grant grant : store.activeGrants(call.subject, call.action())) {
                if (coverage.fits(grant) && coverage.whyNot(grant, now) == null) {
                    return call.wishes.replay().isEmpty() ? store.request(grant.requestId()) : Optional.empty();
                }
            }
            if (question.automatic()) {
                Asking.demand(call, required, question.answer());
            }
            return Optional.of(
                    question.automatic()
                            ? asking.approvedByRule(call, required, question.decision())
                            : asking.people(call, required, question.answer(), phase));
        });
    }

    /**
     * Clears a kept call: policy decides once more, and the use begins in one step with the entry that says so.
     *
     * @param request the approved request whose grant it runs on; null where none was needed
     * @param id      the id under which it is kept
     * @param running makes the entry for the store's instant
     * @throws JitApprovalException if it is refused, for whatever reason
     */
    Clearance replay(Call call, @Nullable ApprovalRequest request, String id, Function<Instant, StoreEntry> running) {
        return refusing(call, phase -> {
            Question question = question(call, phase);
            Decision decision = question.decision();
            phase.enter(Reason.GUARD_FAILED);
            Duty duty = duties.of(call, decision);
            Requirement required = question.required();
            phase.enter(Reason.STORE_UNAVAILABLE);
            if (required == null) {
                duty.fulfil();
                return records.begunByPolicy(call, decision, duty.details(), id, running);
            }
            Coverage coverage = coverage(call, required, question.automatic());
            List<Grant> grants = request == null
                    ? store.activeGrants(call.subject, call.action())
                    : request.grantId().flatMap(store::grant).stream().toList();
            Clearance covered = cover(call, coverage, duty, grants, running);
            if (covered != null) {
                return covered;
            }
            if (request != null) {
                throw Refusals.ended(call, request, grantRefusal(request, coverage), decision);
            }
            throw Refusals.denied(
                    call, Reason.APPROVAL_REQUIRED, decision, "policy asks for more than when it was kept", "");
        });
    }

    /** Whether a request that was pending still is; refuses the call if the store cannot tell. */
    boolean stillPending(Call call, String requestId) {
        return refusing(call, phase -> {
            phase.enter(Reason.STORE_UNAVAILABLE);
            return store.request(requestId)
                            .filter(request -> request.stateAt(store.now()) == State.PENDING)
                            .isPresent()
                    && !closed.get();
        });
    }

    void close() {
        closed.set(true);
    }

    private <T> T refusing(Call call, Failures.Work<T> work) {
        Phase phase = new Phase();
        try {
            return work.in(phase);
        } catch (JitApprovalException refused) {
            records.refused(call, refused);
            Decision denied = phase.denied();
            if (denied != null) {
                duties.afterDenial(call, denied);
            }
            throw refused;
        } catch (Throwable failure) {
            JitApprovalException refused =
                    Refusals.unavailable(call, Failures.reason(failure, phase.reason()), failure);
            records.refused(call, refused);
            throw refused;
        }
    }

    private Outcome step(Call call, @Nullable String followed, Phase phase) throws Exception {
        Question question = question(call, phase);
        Decision decision = question.decision();
        phase.enter(Reason.GUARD_FAILED);
        if (!call.unchanged()) {
            throw Refusals.changed(call);
        }
        Duty duty = duties.of(call, decision);
        Requirement required = question.required();
        if (required == null) {
            duty.fulfil();
            phase.enter(Reason.AUDIT_UNAVAILABLE);
            return cleared(records.begunByPolicy(call, decision, duty.details()), decision);
        }
        phase.enter(Reason.STORE_UNAVAILABLE);
        Coverage coverage = coverage(call, required, question.automatic());
        Clearance covered = cover(call, coverage, duty, store.activeGrants(call.subject, call.action()), null);
        if (covered != null) {
            return cleared(covered, decision);
        }
        if (followed != null) {
            ApprovalRequest request = desk.expire(followed).orElseThrow();
            if (request.state() == State.PENDING) {
                return new Outcome(null, request, decision);
            }
            throw Refusals.ended(
                    call,
                    request,
                    grantRefusal(request, coverage),
                    question.answer().explained(call.hidden()));
        }
        if (question.automatic()) {
            Asking.demand(call, required, question.answer());
            duty.fulfil();
            call.wishes = call.wishes.withReplay("");
            ApprovalRequest request = asking.approvedByRule(call, required, decision);
            Clearance clearance = begin(call, coverage, request.grantId().orElse(""), duty, null);
            if (clearance == null) {
                throw Refusals.ended(call, request, grantRefusal(request, coverage), decision);
            }
            return cleared(clearance, decision);
        }
        ApprovalRequest request = asking.people(call, required, question.answer(), phase);
        boolean runsElsewhere = request.replay() && request.state() == State.APPROVED;
        return request.state() == State.PENDING || runsElsewhere
                ? new Outcome(null, request, question.answer().explained(call.hidden()))
                : step(call, request.id(), phase);
    }

    private Question question(Call call, Phase phase) throws Exception {
        if (closed.get()) {
            throw Refusals.unavailable(call, Reason.GUARD_CLOSED, null);
        }
        phase.enter(Reason.POLICY_UNAVAILABLE);
        Answer answer = evaluator.decide(call.request);
        Decision decision = answer.decision();
        Question question;
        if (decision instanceof Decision.Permit permit) {
            question = new Question(answer, permit.automatic().orElse(null), true);
        } else if (decision instanceof Decision.ApprovalRequired asks) {
            phase.enter(Reason.PEOPLE_UNAVAILABLE);
            question = new Question(answer, relatives.resolve(asks.requirement(), answer), false);
        } else {
            phase.denied(decision);
            throw Refusals.denied(call, answer.explained(call.hidden()), Evaluator.because(decision));
        }
        phase.enter(Reason.STORE_UNAVAILABLE);
        return question;
    }

    private static Outcome cleared(Clearance clearance, Decision decision) {
        return new Outcome(clearance, null, decision);
    }

    private static Coverage coverage(Call call, Requirement required, boolean automatic) {
        return new Coverage(
                call.subject, call.actors, call.action(), call.resource, call.matchKey(), required, automatic);
    }

    private @Nullable Clearance cover(
            Call call,
            Coverage coverage,
            Duty duty,
            List<Grant> grants,
            @Nullable Function<Instant, StoreEntry> running) {
        for (Grant grant : grants) {
            if (!coverage.fits(grant)) {
                continue;
            }
            if (!duty.isDone() && coverage.whyNot(grant, store.now()) != null) {
                store.changeGrant(grant.id(), GrantLife.expire(), journal);
            } else {
                duty.fulfil();
                Clearance clearance = begin(call, coverage, grant.id(), duty, running);
                if (clearance != null) {
                    return clearance;
                }
            }
        }
        return null;
    }

    private @Nullable Clearance begin(
            Call call, Coverage coverage, String grantId, Duty duty, @Nullable Function<Instant, StoreEntry> running) {
        Change<Grant, Begun> begin =
                GrantLife.begin(coverage, grant -> call.shown(grant.requestId() + "/" + grant.uses()), duty.details());
        Change<Grant, Begun> change = running == null
                ? begin
                : (grant, now) -> {
                    Step<Grant, Begun> step = begin.apply(grant, now);
                    return step.result().refusal() == null ? CallRecords.keeping(step, running.apply(now)) : step;
                };
        Begun begun = store.changeGrant(grantId, change, journal).orElse(null);
        return begun != null && begun.refusal() == null
                ? Clearance.byGrant(grantId, begun.grant().uses())
                : null;
    }

    private Reason grantRefusal(ApprovalRequest request, Coverage coverage) {
        Reason refusal = request.grantId()
                .flatMap(store::grant)
                .map(grant -> coverage.whyNot(grant, store.now()))
                .orElse(null);
        return refusal == null ? Reason.GRANT_EXHAUSTED : refusal;
    }
}
