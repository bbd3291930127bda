package io.jitapproval.core.feedback.replay;

import io.jitapproval.Decision;
import io.jitapproval.Reason;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import org.jspecify.annotations.Nullable;

/** What would become of a decision; {@link Simulation.Flips} says what each means. */
enum Flip {
    PEOPLE_TO_AUTO,
    AUTO_TO_PEOPLE,
    DENY_TO_APPROVE,
    DENY_TO_PEOPLE,
    APPROVE_TO_DENY,
    STILL_PEOPLE,
    STILL_AUTOMATIC,
    STILL_DENIED;

    /** What the policy answers instead. */
    enum Answer {
        PERMIT,
        ASK,
        DENY,
        /** Nothing: it stays as it was decided. */
        NONE;

        static Answer of(Decision decision, boolean fragment) {
            if (fragment && decision.reason() == Reason.NO_RULE_MATCHED) {
                return NONE;
            }
            return switch (decision.kind()) {
                case PERMIT -> PERMIT;
                case APPROVAL_REQUIRED -> ASK;
                case DENY -> DENY;
            };
        }
    }

    static final String EMERGENCY = "an emergency: nobody was asked";
    static final String NOBODY_SAYS = "the history does not say who decided";

    /** Why a decision says nothing, whatever the policy answers; null if it does say something. */
    static @Nullable String whyNot(PastDecision past) {
        return switch (past.result()) {
            case CANCELLED -> "withdrawn";
            case FAILED -> "failed, which says nothing of the request";
            case PENDING -> "still open";
            case EXPIRED -> byPeople(past.route()) ? null : NOBODY_SAYS;
            case APPROVED, DENIED -> past.route() == Route.BREAK_GLASS ? EMERGENCY : null;
        };
    }

    private static boolean byPeople(Route route) {
        return route == Route.PEOPLE || route == Route.AUDIT;
    }

    /** Null if that depends on who decided, and the history does not say. */
    static @Nullable Flip of(PastDecision past, Answer answer) {
        if (past.result() == Result.DENIED && answer == Answer.PERMIT) {
            return DENY_TO_APPROVE;
        }
        if (past.result() == Result.APPROVED && answer == Answer.DENY) {
            return APPROVE_TO_DENY;
        }
        if (past.route() == Route.UNKNOWN) {
            return null;
        }
        if (byPeople(past.route())) {
            return switch (answer) {
                case PERMIT -> PEOPLE_TO_AUTO;
                case ASK, NONE -> STILL_PEOPLE;
                case DENY -> STILL_DENIED;
            };
        }
        if (past.result() == Result.DENIED) {
            return answer == Answer.ASK ? DENY_TO_PEOPLE : STILL_DENIED;
        }
        return answer == Answer.ASK ? AUTO_TO_PEOPLE : STILL_AUTOMATIC;
    }
}
