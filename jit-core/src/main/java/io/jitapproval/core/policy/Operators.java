package io.jitapproval.core.policy;

import io.jitapproval.Explanation.Match;
import io.jitapproval.core.document.Node;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operators that there are. */
final class Operators {

    private static final Operator.Operand SCALAR = operand("text, a number, true or false", Operators::scalar);
    private static final Operator.Operand LIST = operand("a list of texts, numbers, true or false", Operators::list);
    private static final Operator.Operand BOOLEAN =
            operand("true or false", node -> node instanceof Node.Bool bool ? (Object) bool.value() : null);
    private static final Operator.Operand ORDERED = operand(
            "a number, or an ISO 8601 time (2026-01-31T12:00:00Z), date or duration (PT15M) as text",
            Operators::ordered);
    private static final Operator.Operand NONE = operand("a time window", node -> null);

    static final Operator EXISTS = new Operator(
            "exists",
            BOOLEAN,
            false,
            (value, operand) -> Values.of(operand.equals(!(value instanceof Absent))),
            "is there",
            "is missing");

    static final Operator CONTAINS =
            new Operator("contains", SCALAR, true, Values::contains, "contains", "does not contain");
    static final Operator CONTAINS_ANY =
            new Operator("containsAny", LIST, true, Values::containsAny, "contains one of", "contains none of");

    private static final Map<String, Operator> ANYWHERE = byWord(
            new Operator("equals", SCALAR, true, Values::equal, "is", "is not"),
            new Operator("notEquals", SCALAR, true, (v, o) -> Values.not(Values.equal(v, o)), "is not", "is"),
            ordering("lessThan", order -> order < 0, "is less than", "is not less than"),
            ordering("atMost", order -> order <= 0, "is at most", "is not at most"),
            ordering("moreThan", order -> order > 0, "is more than", "is not more than"),
            ordering("atLeast", order -> order >= 0, "is at least", "is not at least"),
            new Operator("in", LIST, true, Values::in, "is one of", "is none of"),
            new Operator("notIn", LIST, true, (v, o) -> Values.not(Values.in(v, o)), "is none of", "is one of"),
            CONTAINS,
            CONTAINS_ANY,
            new Operator("containsAll", LIST, true, Values::containsAll, "contains all of", "does not contain all of"),
            EXISTS);

    /** On {@code subject}: short for what {@code subject.roles} contains. */
    private static final Map<String, Operator> ON_SUBJECT = Map.of("hasRole", CONTAINS, "hasAnyRole", CONTAINS_ANY);

    /** On {@code time}: the operand is a {@link Window}. */
    private static final Map<String, Operator> ON_TIME = byWord(
            new Operator("inside", NONE, false, (v, w) -> window(v, w), "is inside", "is outside"),
            new Operator("outside", NONE, false, (v, w) -> Values.not(window(v, w)), "is outside", "is inside"));

    private Operators() {}

    static Map<String, Operator> anywhere() {
        return ANYWHERE;
    }

    static Map<String, Operator> onSubject() {
        return ON_SUBJECT;
    }

    static Map<String, Operator> onTime() {
        return ON_TIME;
    }

    private static Map<String, Operator> byWord(Operator... operators) {
        Map<String, Operator> byWord = new LinkedHashMap<>();
        Stream.of(operators).forEach(operator -> byWord.put(operator.word(), operator));
        return byWord;
    }

    private static Operator ordering(String word, IntPredicate holds, String yes, String no) {
        Operator.Test test = (value, operand) -> {
            int order = Values.order(value, operand);
            return order == Decimal.INCOMPARABLE ? Match.UNKNOWN : Values.of(holds.test(order));
        };
        return new Operator(word, ORDERED, true, test, yes, no);
    }

    private static Operator.Operand operand(String expects, Function<Node, @Nullable Object> read) {
        return new Operator.Operand() {
            @Override
            public @Nullable Object read(Node node) {
                return read.apply(node);
            }

            @Override
            public String expects() {
                return expects;
            }
        };
    }

    private static Match window(Object value, Object window) {
        return Values.of(((Window) window).contains((Instant) value));
    }

    private static @Nullable Object scalar(Node node) {
        if (node instanceof Node.Str text) {
            return text.value();
        }
        if (node instanceof Node.Num number) {
            return Decimal.of(number.value());
        }
        return node instanceof Node.Bool bool ? (Object) bool.value() : null;
    }

    private static @Nullable Object list(Node node) {
        if (!(node instanceof Node.Arr array)) {
            return null;
        }
        List<Object> values = new ArrayList<>();
        for (Node item : array.items()) {
            Object value = scalar(item);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return new Constants(values);
    }

    private static @Nullable Object ordered(Node node) {
        if (node instanceof Node.Num number) {
            BigDecimal value = number.value();
            return Decimal.of(value);
        }
        if (node instanceof Node.Str text) {
            for (Scale<?> scale : Scale.ALL) {
                Object value = scale.of(text.value());
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
    }
}
