package io.jitapproval.core.policy;

import java.util.Set;

/** Tells which rules cannot look at the time, so that the clock need not be read for them. What it does not know may look. */
final class Timeless {

    private static final Set<String> OPERATORS = Set.of(
            "equals",
            "notEquals",
            "lessThan",
            "atMost",
            "moreThan",
            "atLeast",
            "in",
            "notIn",
            "contains",
            "containsAny",
            "containsAll",
            "containsNone",
            "subsetOf",
            "startsWith",
            "endsWith",
            "containsText",
            "glob",
            "regex",
            "inNetwork",
            "notInNetwork",
            "sizeEquals",
            "sizeAtMost",
            "sizeAtLeast",
            "exists");

    private Timeless() {}

    static boolean is(RuleSpec rule) {
        return rule.validity() == null && (rule.when() == null || is(rule.when()));
    }

    private static boolean is(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.parts().stream().allMatch(Timeless::is);
        }
        if (condition instanceof Condition.Any any) {
            return any.parts().stream().allMatch(Timeless::is);
        }
        if (condition instanceof Condition.Not not) {
            return is(not.part());
        }
        if (condition instanceof Condition.Named named) {
            return is(named.part());
        }
        return condition instanceof Comparison comparison
                && OPERATORS.contains(comparison.operator().word())
                && is(comparison.attribute())
                && !(comparison.operand() instanceof Attribute other && !is(other));
    }

    private static boolean is(Attribute attribute) {
        return !attribute.path().equals(Attribute.TIME.path());
    }
}
