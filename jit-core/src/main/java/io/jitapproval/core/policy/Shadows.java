package io.jitapproval.core.policy;

import io.jitapproval.Decision;
import io.jitapproval.Explanation;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.Explanation.Shadow;
import java.util.List;
import java.util.Optional;

/** Tells beside a decision what shadow rules would make of it. */
final class Shadows {

    private Shadows() {}

    /**
     * The same decision, which says besides what would be.
     *
     * @param decision what is decided
     * @param would    what would be decided if shadow rules counted
     * @param shadows  what became of the shadow rules
     */
    static Decision explain(Decision decision, Decision would, List<RuleTrace> shadows) {
        Explanation explained = decision.explanation();
        Explanation why = new Explanation(
                explained.rules(),
                explained.attributes(),
                Optional.of(new Shadow(would.kind(), would.reason(), would.rules(), shadows)));
        if (decision instanceof Decision.Permit permit) {
            return new Decision.Permit(
                    permit.reason(), permit.rules(), permit.policy(), permit.automatic(), permit.obligations(), why);
        }
        if (decision instanceof Decision.ApprovalRequired asks) {
            return new Decision.ApprovalRequired(
                    asks.requirement(), asks.rules(), asks.policy(), asks.obligations(), why);
        }
        return new Decision.Deny(decision.reason(), decision.rules(), decision.policy(), decision.obligations(), why);
    }
}
