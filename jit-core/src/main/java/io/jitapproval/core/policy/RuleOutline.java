package io.jitapproval.core.policy;

import io.jitapproval.Effect;
import io.jitapproval.core.document.Node.Place;
import java.util.List;

/**
 * What reports say of a rule.
 *
 * @param id     its id
 * @param effect its effect
 * @param shadow whether it never counts
 * @param origin the origin of its document
 * @param place  where in it the rule begins
 */
public record RuleOutline(String id, Effect effect, boolean shadow, String origin, Place place) {

    /** The rules of a policy, in the order of its documents. */
    public static List<RuleOutline> of(Policy policy) {
        return policy.rules().stream()
                .map(rule -> new RuleOutline(
                        rule.id(),
                        rule.effect(),
                        rule.mode() == RuleSpec.Mode.SHADOW,
                        rule.origin().document(),
                        rule.origin().place()))
                .toList();
    }
}
