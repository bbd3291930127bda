package io.jitapproval.core.policy;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.Match;
import io.jitapproval.core.document.LinearPattern;
import io.jitapproval.core.network.Network;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A compiled condition, readable. Analysis looks at conditions through this alone. */
public sealed interface ConditionView {

    /** Every part holds. */
    record All(List<ConditionView> parts) implements ConditionView {}

    /** At least one part holds. */
    record Any(List<ConditionView> parts) implements ConditionView {}

    /** The part does not hold. */
    record Not(ConditionView part) implements ConditionView {}

    /** Hours of a day in a zone, as minutes of the day, and days of calendars at which they may begin or not. */
    record Hours(int from, int to, ZoneId zone, Set<LocalDate> once, Set<MonthDay> yearly) {}

    /** Addresses at the edges of networks: the first and last of each, and those next to them. */
    record Edges(List<String> addresses) {}

    /** What {@code every} or {@code some} asks of an element: all of the parts. */
    record Inner(List<Part> parts) {}

    /** One comparison of an element with a constant. */
    record Part(String word, Object operand) {}

    /**
     * One comparison.
     *
     * @param path     the attribute
     * @param word     the operator
     * @param operand  a constant: text (also that of a pattern), a boolean, a number as BigDecimal, a size as Integer, a
     *                 time, date or duration, a list of these, {@link Hours}, {@link Edges} or {@link Inner}; empty where
     *                 {@code other} stands
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
        if (condition instanceof Condition.Named named) {
            return of(named.part());
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
        if (operand instanceof Elements elements) {
            return new Inner(elements.tests().stream()
                    .map(test -> new Part(test.operator().word(), plain(test.operand())))
                    .toList());
        }
        if (operand instanceof Network.Networks networks) {
            return new Edges(networks.list().stream()
                    .flatMap(network -> network.edges().stream())
                    .distinct()
                    .toList());
        }
        if (operand instanceof Window window) {
            Set<LocalDate> once = new TreeSet<>();
            Set<MonthDay> yearly = new TreeSet<>();
            Stream.of(window.on(), window.except()).filter(Objects::nonNull).forEach(calendar -> {
                once.addAll(calendar.once());
                yearly.addAll(calendar.yearly());
            });
            return new Hours(window.from(), window.to(), window.zone(), once, yearly);
        }
        return operand instanceof Glob || operand instanceof LinearPattern ? operand.toString() : operand;
    }

    private static String key(Object operand) {
        if (operand instanceof Decimal number) {
            return number.exact().stripTrailingZeros().toString();
        }
        if (operand instanceof Constants constants) {
            return Arrays.toString(
                    constants.values().stream().map(ConditionView::key).sorted().toArray());
        }
        if (operand instanceof Elements elements) {
            return elements.tests().stream()
                    .map(test -> test.operator().word() + " " + key(test.operand()))
                    .collect(Collectors.toCollection(TreeSet::new))
                    .toString();
        }
        if (operand instanceof Network.Networks networks) {
            return networks.list().stream()
                    .map(network -> network.first() + "/" + network.prefix())
                    .collect(Collectors.toCollection(TreeSet::new))
                    .toString();
        }
        String kind = operand.getClass().getSimpleName();
        return operand instanceof Window window
                ? kind + window + window.zone() + days(window.on()) + days(window.except())
                : kind + ":" + operand;
    }

    private static String days(@Nullable Calendar calendar) {
        return calendar == null ? "" : " " + calendar.once() + calendar.yearly();
    }
}
