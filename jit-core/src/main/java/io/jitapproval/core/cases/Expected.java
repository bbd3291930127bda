package io.jitapproval.core.cases;

import io.jitapproval.Decision;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a case expects. What is null is not looked at.
 *
 * @param decision    the decision
 * @param rules       exactly the rules that decide; empty if the default does
 * @param reason      the reason
 * @param approvers   the ids of exactly those who could approve
 * @param people      how many people are needed
 * @param grant       what is given at most
 * @param obligations exactly the obligations
 * @param explanation texts that stand in the explanation
 */
record Expected(
        Decision.Kind decision,
        @Nullable List<String> rules,
        @Nullable Reason reason,
        @Nullable List<String> approvers,
        @Nullable Integer people,
        @Nullable Terms grant,
        @Nullable List<Duty> obligations,
        List<String> explanation) {

    /** What is expected of a grant. */
    record Terms(
            @Nullable Duration within,
            @Nullable Integer uses,
            @Nullable GrantScope scope,
            @Nullable Duration useWithin,
            @Nullable GrantClock from) {}

    /**
     * What is expected of an obligation.
     *
     * @param id   its id
     * @param with its data; null if they are not looked at
     */
    record Duty(String id, @Nullable Map<String, @Nullable Object> with) {

        @Override
        public String toString() {
            return with == null ? id : id + " " + with;
        }
    }

    /** The word of a decision. */
    static String word(Decision.Kind kind) {
        return switch (kind) {
            case PERMIT -> "permit";
            case DENY -> "deny";
            case APPROVAL_REQUIRED -> "approval-required";
        };
    }
}
