package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits;
import io.jitapproval.AskingLimits.Bucket;
import io.jitapproval.Course;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.core.approval.Aftermath;
import io.jitapproval.core.approval.Quota;
import io.jitapproval.core.approval.Quota.Taken;
import io.jitapproval.core.guard.Evaluator.Answer;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bounds how often people are asked. What it refuses costs them nothing. */
final class AskingGate {

    private static final Logger LOG = LoggerFactory.getLogger(AskingGate.class);

    private final GrantStore store;
    private final Journal journal;
    private final PeopleDirectory people;
    private final AskingLimits limits;

    AskingGate(GuardSettings settings, Journal journal) {
        this.store = settings.store();
        this.journal = journal;
        this.people = settings.people();
        this.limits = settings.askingLimits();
    }

    /**
     * Refuses a call that people denied a short while ago.
     *
     * @throws io.jitapproval.ActionDeniedException if it has to cool down
     */
    void coolDown(Call call, Answer answer) {
        Optional<StoreEntry> denied = store.changeEntry(
                Aftermath.COOL_DOWN, call.matchKey(), (current, now) -> Step.nothing(current), journal);
        if (denied.isPresent()) {
            throw refused(
                    call,
                    Reason.COOLING_DOWN,
                    answer,
                    "",
                    "It may be asked again at " + up(denied.get().until()) + ".");
        }
    }

    /**
     * What the call has taken for a request: to be given back if the request is not needed after all.
     *
     * @param requester the key of the requester's quota
     * @param action    the key of the action's
     * @param requestId the request
     * @param refusal   why nobody may be asked; then nothing is taken
     */
    record Pass(
            String requester,
            String action,
            String requestId,
            @Nullable JitApprovalException refusal) {}

    /** Whether people may be asked for the call once more. An equal request that is pending may be joined all the same. */
    Pass enter(Call call, Requirement required, String requestId, Answer answer, Phase phase) throws Exception {
        return enter("", call, required, requestId, limits.pendingPerRequester(), answer, phase);
    }

    /** The same for a call that is not enforced, out of quotas of its own: what is only observed keeps no other call from asking. */
    Pass observed(Call call, Requirement required, String requestId, Answer answer, Phase phase) throws Exception {
        return enter("observed/", call, required, requestId, limits.pendingPerRequester(), answer, phase);
    }

    private Pass enter(
            String quotas,
            Call call,
            Requirement required,
            String requestId,
            int mostPending,
            Answer answer,
            Phase phase)
            throws Exception {
        phase.enter(Reason.PEOPLE_UNAVAILABLE);
        String requester = quotas + "requester/"
                + people.find(call.subject)
                        .map(person -> "person/" + person.id().toLowerCase(Locale.ROOT))
                        .orElseGet(call.subject::toString);
        phase.enter(Reason.STORE_UNAVAILABLE);
        String action = quotas + "action/" + call.action();
        Duration lasts = required.course().atDecideBy() == Course.AtDecideBy.ESCALATE
                ? required.decideWithin().multipliedBy(2)
                : required.decideWithin();
        Taken own = take(requester, limits.perRequester(), mostPending, requestId, lasts);
        if (!own.pending().isEmpty() && forgetEnded(requester, own)) {
            own = take(requester, limits.perRequester(), mostPending, requestId, lasts);
        }
        if (!own.isTaken()) {
            return new Pass(requester, action, requestId, refusal(call, answer, own, call.subject + " asks too often"));
        }
        Taken all;
        try {
            all = take(action, limits.perAction(), Integer.MAX_VALUE, requestId, lasts);
        } catch (Throwable failure) {
            giveBackQuietly(requester, limits.perRequester(), requestId);
            throw failure;
        }
        if (!all.isTaken()) {
            giveBack(requester, limits.perRequester(), requestId);
            return new Pass(requester, action, requestId, refusal(call, answer, all, "many ask for " + call.action()));
        }
        return new Pass(requester, action, requestId, null);
    }

    /** People are asked once more about a request that is pending: that takes a token as a new one does. */
    Pass again(Call call, Requirement required, String requestId, Answer answer, Phase phase) throws Exception {
        Pass pass = enter("", call, required, requestId, Integer.MAX_VALUE, answer, phase);
        if (pass.refusal() != null) {
            throw pass.refusal();
        }
        return pass;
    }

    /** The request was not needed: the call joined another one. */
    void leave(Pass pass) {
        if (pass.refusal() == null) {
            giveBack(pass.requester(), limits.perRequester(), pass.requestId());
            giveBack(pass.action(), limits.perAction(), pass.requestId());
        }
    }

    /** The request could not be made; that this takes a token is the smaller harm if the store fails again. */
    void leaveQuietly(Pass pass) {
        if (pass.refusal() == null) {
            giveBackQuietly(pass.requester(), limits.perRequester(), pass.requestId());
            giveBackQuietly(pass.action(), limits.perAction(), pass.requestId());
        }
    }

    private Taken take(String key, Bucket bucket, int mostPending, String requestId, Duration lasts) {
        return bucket.isEndless() && mostPending == Integer.MAX_VALUE
                ? new Taken(Optional.empty(), Set.of())
                : store.changeEntry(Quota.KIND, key, Quota.take(key, bucket, mostPending, requestId, lasts), journal);
    }

    private boolean forgetEnded(String key, Taken full) {
        Instant now = store.now();
        List<String> ended = full.pending().stream()
                .filter(id -> store.request(id)
                        .filter(request -> request.stateAt(now) == ApprovalRequest.State.PENDING)
                        .isEmpty())
                .toList();
        return !ended.isEmpty() && store.changeEntry(Quota.KIND, key, Quota.forget(key, ended), journal);
    }

    private void giveBack(String key, Bucket bucket, String requestId) {
        store.changeEntry(Quota.KIND, key, Quota.giveBack(key, bucket, requestId), journal);
    }

    private void giveBackQuietly(String key, Bucket bucket, String requestId) {
        try {
            giveBack(key, bucket, requestId);
        } catch (Throwable failure) {
            Failures.keepInterrupt(failure);
            LOG.warn("The quota {} counts a request that was not made", key, failure);
        }
    }

    private static JitApprovalException refusal(Call call, Answer answer, Taken taken, String who) {
        return taken.again().isEmpty()
                ? refused(
                        call,
                        Reason.TOO_MANY_PENDING,
                        answer,
                        taken.pending().size() + " of " + call.subject + " are pending",
                        "Wait until one of them is decided, or withdraw it.")
                : refused(
                        call,
                        Reason.ASKED_TOO_OFTEN,
                        answer,
                        who,
                        "It may be asked again at " + up(taken.again().get()) + ".");
    }

    /** The full second after an instant: asked then, it is not too early. */
    private static Instant up(Instant instant) {
        Instant second = Refusals.toSecond(instant);
        return second.equals(instant) ? second : second.plusSeconds(1);
    }

    private static JitApprovalException refused(Call call, Reason reason, Answer answer, String detail, String advice) {
        return Refusals.denied(call, reason, answer.explained(call.hidden()), detail, advice);
    }
}
