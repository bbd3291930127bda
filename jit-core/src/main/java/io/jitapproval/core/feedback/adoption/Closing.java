package io.jitapproval.core.feedback.adoption;

import io.jitapproval.Effect;
import io.jitapproval.Requirement;
import io.jitapproval.core.feedback.evidence.ClosedActions;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.core.policy.PolicyView;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.time.Instant;

/**
 * What of a policy closes an action to machines altogether. What closes some of its requests, a deny or a {@code never} with a condition,
 * holds by the policy's own meaning whenever it is asked; a condition of high risk alone does not, so it closes the action.
 */
final class Closing {

    private Closing() {}

    /** Why an action is closed; empty if it is not. */
    static String why(Policy policy, String action, Instant now) {
        if (ClosedActions.isClosed(action)) {
            return action + " changes policy, gives rights or is an emergency";
        }
        for (RuleView rule : new PolicyView(policy).rules()) {
            if (rule.isShadow() || !rule.isValid(now) || !isFor(rule, action)) {
                continue;
            }
            boolean always = rule.when() == null && rule.resources().isEmpty();
            boolean never = rule.effect() == Effect.DENY
                    || rule.requirement().filter(Requirement::closedToMachines).isPresent();
            if (always && never) {
                return "rule " + rule.id()
                        + (rule.effect() == Effect.DENY ? " denies it" : " says autoApproval: never");
            }
            if (!never && policy.isHighRisk(rule.id())) {
                return "rule " + rule.id() + " calls it a high risk" + (always ? "" : " in some cases")
                        + "; where that rule says autoApproval: never, the other cases are open";
            }
        }
        return "";
    }

    private static boolean isFor(RuleView rule, String action) {
        return rule.actions().stream()
                .anyMatch(name -> name.endsWith("*")
                        ? action.startsWith(name.substring(0, name.length() - 1))
                        : name.equals(action));
    }
}
