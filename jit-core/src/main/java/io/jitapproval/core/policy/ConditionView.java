package io.jitapproval.core.policy;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.Match;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A compiled condition, readable. Analysis looks at conditions through this alone. */
public sealed interface ConditionView {

    /** Every part holds. */
    record All(List<ConditionView> parts) implements ConditionView {}

    /** At least one part holds. */
    record Any(List<ConditionView> parts) implements ConditionView {}

    /** The part does not hold. */
    record Not(ConditionView part) implements ConditionView {}

    /** Hours of a day in a zone, as minutes of the day. */
    record Hours(int from, int to, ZoneId zone) {}

    /**
     * One comparison.
     *
     * @param path     the attribute
     * @param word     the operator
     * @param operand  a constant: text, a boolean, a number as BigDecimal, a time, date or duration, a list of these, or
     *                 {@link Hours}; empty where {@code other} stands
     * @param other    the path of the attribute to compare with; null for a constant
     * @param ifAbsent what a missing attribute counts as; null if that is unknown
     * @param key      equal for comparisons that say the same
     * @param test     asks the engine
     */
    record Compare(
            String path,
            String word,
            Object operand,
            @Nullable String other,
            @Nullable Match ifAbsent,
            String key,
            Test test)
            implements ConditionView {}

    /** The engine's own comparison. */
    @FunctionalInterface
    interface Test {
        Match test(EvaluationRequest request, Instant now, AttributeLookup lookup);
    }

    /** The view of a condition. */
    static ConditionView of(Condition condition) {
        if (condition instanceof Condition.All all) {
            return new All(all.parts().stream().map(ConditionView::of).toList());
        }
        if (condition instanceof Condition.Any any) {
            return new Any(any.parts().stream().map(ConditionView::of).toList());
        }
        return condition instanceof Condition.Not not ? new Not(of(not.part())) : compare((Comparison) condition);
    }

    /** Equal for conditions of the same parts in any order. */
    static String key(ConditionView condition) {
        if (condition instanceof All all) {
            return "all" + keys(all.parts());
        }
        if (condition instanceof Any any) {
            return "any" + keys(any.parts());
        }
        return condition instanceof Not not ? "not[" + key(not.part()) + "]" : ((Compare) condition).key();
    }

    private static Set<String> keys(List<ConditionView> parts) {
        return parts.stream().map(ConditionView::key).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Compare compare(Comparison comparison) {
        String path = comparison.attribute().path();
        String word = comparison.operator().word();
        String other = comparison.operand() instanceof Attribute attribute ? attribute.path() : null;
        String key = path + " " + word + " "
                + (other == null ? key(comparison.operand()) : "{" + other + "}")
                + (comparison.ifAbsent() == null ? "" : " else " + comparison.ifAbsent());
        return new Compare(
                path,
                word,
                other == null ? plain(comparison.operand()) : List.of(),
                other,
                comparison.ifAbsent(),
                key,
                (request, now, lookup) -> comparison.test(request, now, lookup, null));
    }

    private static Object plain(Object operand) {
        if (operand instanceof Decimal number) {
            return number.exact();
        }
        if (operand instanceof Constants constants) {
            return constants.values().stream().map(ConditionView::plain).toList();
        }
        return operand instanceof Window window ? new Hours(window.from(), window.to(), window.zone()) : operand;
    }

    private static String key(Object operand) {
        if (operand instanceof Decimal number) {
            return number.exact().stripTrailingZeros().toString();
        }
        if (operand instanceof Constants constants) {
            return Arrays.toString(
                    constants.values().stream().map(ConditionView::key).sorted().toArray());
        }
        String kind = operand.getClass().getSimpleName();
        return operand instanceof Window window ? kind + window + window.zone() : kind + ":" + operand;
    }
}
