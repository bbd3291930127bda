package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Decision;
import io.jitapproval.Grant;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.core.explain.Terms;
import io.jitapproval.core.grant.Coverage;
import io.jitapproval.core.grant.GrantLife;
import io.jitapproval.core.grant.GrantLife.Begun;
import io.jitapproval.core.guard.Duties.Duty;
import io.jitapproval.core.guard.Evaluator.Answer;
import io.jitapproval.core.guard.Sampling.Draw;
import io.jitapproval.core.policy.Withheld;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.StoreEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    private final BreakingGlass glass;
    private final CallRecords records;
    private final Relatives relatives;
    private final Duties duties;
    private final Starts starts;
    private final Sampling sampling;
    private final AtomicBoolean closed = new AtomicBoolean();

    Engine(
            GuardSettings settings,
            Evaluator evaluator,
            Journal journal,
            RequestDesk desk,
            Asking asking,
            BreakingGlass glass,
            CallRecords records,
            Relatives relatives,
            Duties duties) {
        this.evaluator = evaluator;
        this.store = settings.store();
        this.journal = journal;
        this.desk = desk;
        this.asking = asking;
        this.glass = glass;
        this.records = records;
        this.relatives = relatives;
        this.duties = duties;
        this.starts = new Starts(store);
        this.sampling = new Sampling(settings.commitmentKey());
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
            Coverage coverage = coverage(call, required, question.automatic(), true);
            Instant now = store.now();
            call.ahead(starts.settle(call, coverage, question.decision(), now));
            Instant then = call.ahead().begins(now);
            for (Grant grant : coverage.covering(store.activeGrants(call.subject, call.action()))) {
                if (coverage.whyNot(grant, then) == null && stillApproved(grant, required, phase)) {
                    return call.wishes.replay().isEmpty() ? store.request(grant.requestId()) : Optional.empty();
                }
            }
            if (question.automatic()) {
                Askable.demand(call, required, question.answer());
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
            Coverage coverage = coverage(call, required, question.automatic(), true);
            List<Grant> grants = request == null
                    ? store.activeGrants(call.subject, call.action())
                    : request.grantId().flatMap(store::grant).stream().toList();
            Clearance covered = cover(call, coverage, duty, grants, null, running, phase);
            if (covered != null) {
                return covered;
            }
            if (request != null) {
                throw Refusals.ended(call, request, grantRefusal(request, coverage, phase), decision);
            }
            throw Refusals.denied(
                    call, Reason.APPROVAL_REQUIRED, decision, "policy asks for more than when it was kept", "");
        });
    }

    /**
     * Makes a pending request into what a call wants; runs nothing.
     *
     * @throws JitApprovalException if it cannot be changed to that, for whatever reason
     */
    ApprovalRequest change(Call call, String requestId) {
        return refusing(call, phase -> {
            Question question = question(call, phase);
            Requirement required = question.required();
            if (required == null || question.automatic()) {
                throw Refusals.denied(
                        call,
                        Reason.CHANGE_UNFIT,
                        question.answer().explained(call.hidden()),
                        "policy asks nobody for it",
                        "Withdraw the request and make the call.");
            }
            return asking.changed(call, requestId, required, question.answer(), phase);
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
        Coverage coverage =
                coverage(call, required, question.automatic(), call.allowance().isTaken());
        List<Grant> grants = store.activeGrants(call.subject, call.action());
        // An emergency does not wait for a grant that begins later, nor make do with a lower number.
        Answer unasked = followed == null && !call.grounds.isEmergency() ? question.answer() : null;
        Clearance covered = cover(call, coverage, duty, grants, unasked, null, phase);
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
                    grantRefusal(request, coverage, phase),
                    question.answer().explained(call.hidden()));
        }
        if (question.automatic() || call.grounds.isEmergency()) {
            Askable.demand(call, required, question.answer());
            BreakingGlass.@Nullable Broken broken =
                    question.automatic() ? null : glass.allowed(call, required, question.answer(), phase);
            duty.fulfil();
            call.wishes = call.wishes.withReplay("");
            ApprovalRequest request =
                    broken == null ? asking.approvedByRule(call, required, decision) : glass.submit(call, broken);
            String grantId = request.grantId().orElse("");
            Begun begun = begin(call, coverage, grantId, question.automatic(), duty, null);
            if (begun == null || begun.refusal() != null) {
                throw Refusals.ended(call, request, grantRefusal(request, coverage, phase), decision);
            }
            return cleared(Clearance.byGrant(grantId, begun.grant().uses()), decision);
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
        Draw draw = sampling.draw(call, answer);
        if (draw != null && draw.asked()) {
            answer = answer.without(Withheld.SILENTLY_ALL);
        }
        call.answered(answer, draw);
        Decision decision = answer.decision();
        Question question;
        if (decision instanceof Decision.Permit permit) {
            question = new Question(answer, permit.automatic().orElse(null), true);
        } else if (decision instanceof Decision.ApprovalRequired asks) {
            phase.enter(Reason.PEOPLE_UNAVAILABLE);
            question = new Question(answer, relatives.resolve(asks.requirement(), answer), false);
        } else {
            phase.denied(decision);
            throw Refusals.denied(call, answer.explained(call.hidden()), Terms.because(decision));
        }
        phase.enter(Reason.STORE_UNAVAILABLE);
        return question;
    }

    private static Outcome cleared(Clearance clearance, Decision decision) {
        return new Outcome(clearance, null, decision);
    }

    private static Coverage coverage(Call call, Requirement required, boolean automatic, boolean taken) {
        return new Coverage(
                call.subject,
                call.actors,
                call.action(),
                call.resource,
                call.matchKey(),
                required,
                automatic,
                call.allowance().asked(),
                taken);
    }

    /**
     * Begins a use of a grant that covers the call.
     *
     * @param grants  those to look among
     * @param unasked the answer, as long as this call has asked nobody: then a grant that will cover it keeps it from asking
     * @param running makes the entry of a kept call, which is stored in the step that begins its use; null if it is not kept
     * @return null if there is no such grant
     */
    private @Nullable Clearance cover(
            Call call,
            Coverage coverage,
            Duty duty,
            List<Grant> grants,
            @Nullable Answer unasked,
            @Nullable Function<Instant, StoreEntry> running,
            Phase phase)
            throws Exception {
        Grant waits = null;
        Grant lowered = null;
        for (Grant grant : coverage.covering(grants)) {
            if (!stillApproved(grant, coverage.required(), phase)) {
                continue;
            }
            Reason refusal = duty.isDone() ? null : coverage.whyNot(grant, store.now());
            if (refusal == null) {
                duty.fulfil();
                boolean byRule = !grant.automatic().isEmpty();
                Begun begun = begin(call, coverage, grant.id(), byRule, duty, running);
                if (begun != null && begun.refusal() == null) {
                    return Clearance.byGrant(grant.id(), begun.grant().uses());
                }
                refusal = begun == null ? Reason.UNKNOWN_ID : begun.refusal();
            } else {
                store.changeGrant(grant.id(), GrantLife.expire(), journal);
            }
            waits = refusal == Reason.GRANT_NOT_YET_VALID && waits == null ? grant : waits;
            lowered = refusal == Reason.CEILING_LOWER ? grant : lowered;
        }
        if (unasked != null && lowered != null) {
            throw Refusals.lowered(call, store.request(lowered.requestId()), unasked.explained(call.hidden()));
        }
        if (unasked != null && waits != null) {
            throw Refusals.notYet(call, waits, store.request(waits.requestId()), unasked.explained(call.hidden()));
        }
        return null;
    }

    private @Nullable Begun begin(
            Call call,
            Coverage coverage,
            String grantId,
            boolean byRule,
            Duty duty,
            @Nullable Function<Instant, StoreEntry> running) {
        // What people approved was on record when they were asked.
        Map<String, Object> details = byRule ? Details.byRule(duty.details(), call) : duty.details();
        Change<Grant, Begun> begin =
                GrantLife.begin(coverage, grant -> call.shown(grant.requestId() + "/" + grant.uses()), details);
        Change<Grant, Begun> change = running == null
                ? begin
                : (grant, now) -> {
                    Step<Grant, Begun> step = begin.apply(grant, now);
                    return step.result().refusal() == null ? CallRecords.keeping(step, running.apply(now)) : step;
                };
        Begun begun = store.changeGrant(grantId, change, journal).orElse(null);
        if (begun != null && begun.refusal() == null) {
            call.allowance().under(grantId, coverage.lowered(begun.grant()));
        }
        return begun;
    }

    /**
     * Whether those who approved could do so again, where policy wants to know. It is asked right before the use begins, and not under a
     * lock: the directory may block.
     */
    private boolean stillApproved(Grant grant, Requirement required, Phase phase) throws Exception {
        boolean recheck =
                required.votes().recheck() || grant.requirement().votes().recheck();
        if (!recheck || grant.approvedBy().isEmpty()) {
            return true;
        }
        Optional<ApprovalRequest> request = store.request(grant.requestId());
        phase.enter(Reason.PEOPLE_UNAVAILABLE);
        boolean still = request.isPresent() && desk.stillApproved(request.get());
        phase.enter(Reason.STORE_UNAVAILABLE);
        return still;
    }

    private Reason grantRefusal(ApprovalRequest request, Coverage coverage, Phase phase) throws Exception {
        Optional<Grant> given = request.grantId().flatMap(store::grant);
        Reason refusal = given.map(grant -> coverage.whyNot(grant, store.now())).orElse(null);
        if (refusal == null && given.isPresent() && !stillApproved(given.get(), coverage.required(), phase)) {
            return Reason.APPROVERS_CHANGED;
        }
        return refusal == null ? Reason.GRANT_EXHAUSTED : refusal;
    }
}
