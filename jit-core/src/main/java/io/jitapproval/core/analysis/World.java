package io.jitapproval.core.analysis;

import io.jitapproval.Effect;
import io.jitapproval.Requirement;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What one policy may make of the requests that are left, given what each of its rules for the action may come out as. */
final class World {

    private final List<RuleView> rules;
    private final Map<RuleView, Integer> masks;

    World(List<RuleView> rules, Map<RuleView, Integer> masks) {
        this.rules = rules;
        this.masks = masks;
    }

    int mask(RuleView rule) {
        return masks.getOrDefault(rule, Masks.NO);
    }

    boolean counts(RuleView rule) {
        return (mask(rule) & ~Masks.counting(rule.effect())) == 0;
    }

    boolean mayCount(RuleView rule) {
        return (mask(rule) & Masks.counting(rule.effect())) != 0;
    }

    /** Whether a rule of this effect counts in any case. */
    boolean any(Effect effect) {
        return rules.stream().anyMatch(rule -> rule.effect() == effect && counts(rule));
    }

    private boolean isClosed() {
        return rules.stream()
                .anyMatch(rule -> rule.effect() == Effect.REQUIRE_APPROVAL
                        && counts(rule)
                        && rule.requirement().map(Requirement::closedToMachines).orElse(false));
    }

    /** The undecided rules that can still change the answer, the weightiest effect first. */
    List<RuleView> open() {
        List<RuleView> open = new ArrayList<>();
        if (any(Effect.DENY)) {
            return open;
        }
        add(Effect.DENY, open);
        add(Effect.REQUIRE_APPROVAL, open);
        if (!isClosed()) {
            add(Effect.AUTO_APPROVE, open);
        }
        if (!any(Effect.REQUIRE_APPROVAL)) {
            add(Effect.ALLOW, open);
        }
        return open;
    }

    private void add(Effect effect, List<RuleView> open) {
        for (RuleView rule : rules) {
            if (rule.effect() == effect && !Masks.isOne(mask(rule))) {
                open.add(rule);
            }
        }
    }
}
