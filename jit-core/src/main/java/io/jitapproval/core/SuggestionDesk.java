package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.core.feedback.adoption.Desk;
import io.jitapproval.core.feedback.adoption.Learning;
import io.jitapproval.core.feedback.adoption.Monitor;
import io.jitapproval.core.feedback.adoption.Overview;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Where suggestions become policy, or do not: proposed, watched beside people, accepted by a person who does not profit, in force for a
 * time, and gone unless renewed. {@link GuardBuilder#suggestions} opens it, {@link MethodGuard#suggestions} gives it.
 *
 * <p>Accepting, renewing and resuming are guarded actions: {@code jit.suggestion.accept}, {@code jit.suggestion.renew} and {@code
 * jit.suggestion.resume} on the resource {@code suggestion/ID}. What policy says of them holds; and whatever it says, the checks of {@link
 * #accept} hold too. Everything else only tightens or changes nothing; whether somebody may do that is for the application to decide
 * before it calls. Who calls must have been authenticated by the caller.
 *
 * <p>All state is in the guard's store, so that all guards on it agree. Where store or sink fail, methods throw, and the change did not
 * happen. Thread-safe.
 */
public final class SuggestionDesk {

    private final Desk desk;
    private final Learning learning;
    private final Monitor monitor;
    private final Overview overview;

    SuggestionDesk(Desk desk, Learning learning, Monitor monitor, Overview overview) {
        this.desk = desk;
        this.learning = learning;
        this.monitor = monitor;
        this.overview = overview;
    }

    /**
     * What came of asking for a change.
     *
     * @param reason {@link Reason#SUGGESTION_MOVED} if it has happened; otherwise why not
     * @param why    the same with its particulars; empty if it has happened
     */
    public record Answer(Reason reason, String why) {

        /**
         * Checks that both are there.
         *
         * @param reason as above
         * @param why    as above
         */
        public Answer {
            requireNonNull(reason, "reason");
            requireNonNull(why, "why");
        }

        /** {@return whether it has happened} */
        public boolean isDone() {
            return reason == Reason.SUGGESTION_MOVED;
        }
    }

    /**
     * Learns from a history, with the application's own policy as what closes requests. May take a minute for a million decisions.
     *
     * @param history    files and directories of decisions; see docs/history.md
     * @param maxWrong   ε, the largest share of wrong approvals that is to be proved; between 0 and 1
     * @param confidence 1 − δ; between 0 and 1
     * @return one for each action and form, also those that did not pass, which say why
     * @throws io.jitapproval.JitConfigurationException if the history cannot be read
     * @throws IllegalArgumentException                 if a number is out of its range
     */
    public List<Proposal> learn(List<Path> history, double maxWrong, double confidence) {
        return learning.learn(history, maxWrong, confidence);
    }

    /**
     * Files a suggestion. A newer one takes the place of one that waits or is watched; beside one in force it is its renewal.
     *
     * @param proposal what is suggested
     * @return whether it is filed; not if its certificate did not pass ({@link Reason#SUGGESTION_UNPROVED}), its rules do not fit ({@link
     *         Reason#SUGGESTION_UNFIT}), its action is closed to machines ({@link Reason#ACTION_CLOSED}), or it was sent away and stands
     *         on neither twice the decisions nor half the bound ({@link Reason#SUGGESTION_DISMISSED})
     */
    public Answer propose(Proposal proposal) {
        return desk.propose(proposal);
    }

    /**
     * Lets the rules of a proposed suggestion say beside the people what they would answer.
     *
     * @param id  the suggestion
     * @param by  who wants it
     * @param why why; may be empty
     * @return whether it is watched now
     */
    public Answer shadow(String id, Ref by, String why) {
        return desk.shadow(id, by, why);
    }

    /**
     * Accepts a suggestion that was watched for long enough, or renews one in force with what would renew it. Policy decides on {@code
     * jit.suggestion.accept} or {@code jit.suggestion.renew}; call again once people have agreed. Whatever it says: the accepter, and
     * everybody who had to agree, is a person whom the people directory knows and made none of the requests that would be approved;
     * the certificate passed; neither the action's name nor a rule of the policy in force closes the action to machines; and the error
     * budget allows it.
     *
     * @param id  the suggestion
     * @param by  who accepts
     * @param why why; may be empty
     * @return whether it is in force
     * @throws io.jitapproval.JitApprovalException as {@link io.jitapproval.Attempt#call} does: denied by policy, pending, or the guard fails
     */
    public Answer accept(String id, Subject by, String why) {
        return desk.accept(id, by, why);
    }

    /**
     * Sends a suggestion away that is not in force.
     *
     * @param id   the suggestion
     * @param by   who says so
     * @param why  why; may be empty
     * @param away for how long; positive
     * @return whether it is gone
     * @throws IllegalArgumentException if the time is not positive
     */
    public Answer dismiss(String id, Ref by, String why, Duration away) {
        if (away.isNegative() || away.isZero()) {
            throw new IllegalArgumentException("away must be positive, but was " + away);
        }
        return desk.dismiss(id, by, why, away);
    }

    /**
     * Takes a suggestion out of force: for this guard at once, for others when they next look at their policy.
     *
     * @param id  the suggestion
     * @param by  who says so
     * @param why why; may be empty
     * @return whether it is gone
     */
    public Answer rollBack(String id, Ref by, String why) {
        return desk.rollBack(id, by, why);
    }

    /**
     * Lets the rules of a suspended suggestion answer again, where policy allows {@code jit.suggestion.resume} and who asks does not profit.
     * The monitor begins to count anew; what the acceptance took of the error budget stays taken.
     *
     * @param id  the suggestion
     * @param by  who resumes
     * @param why why; may be empty
     * @return whether they answer
     * @throws io.jitapproval.JitApprovalException as {@link #accept}
     */
    public Answer resume(String id, Subject by, String why) {
        return desk.resume(id, by, why);
    }

    /**
     * A suggestion.
     *
     * @param id its id
     * @return the suggestion; empty if there is none
     */
    public Optional<FiledSuggestion> find(String id) {
        return overview.find(id);
    }

    /** {@return all suggestions, in the order of their ids} */
    public List<FiledSuggestion> all() {
        return overview.all();
    }

    /** {@return where they stand, for health and metrics} */
    public SuggestionStatus status() {
        return overview.status();
    }

    /**
     * What accepted suggestions did in some days.
     *
     * @param from the first day, in UTC
     * @param to   the day after the last
     * @return the digest; of the last 120 days that something happened on
     * @throws IllegalArgumentException if {@code to} is before {@code from}
     */
    public SuggestionDigest digest(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to must not be before from, but was " + to);
        }
        return overview.digest(from, to);
    }

    /**
     * Lets the monitor look now: counts what people said to samples and what the application reported, and suspends what is wrong too often.
     * Happens by itself every {@link SuggestionSettings#lookEvery}.
     */
    public void look() {
        monitor.look();
    }
}
