package io.jitapproval.core.policy;

import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.LinearPattern;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.network.Network;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the constant behind an operator.
 *
 * @param expects what it has to be, as in "needs <i>a number</i>"
 * @param read    the constant in the form that the test wants; null if it has a wrong type; {@link Refused} if more can be
 *                said
 */
record Operand(String expects, Function<Node, @Nullable Object> read) {

    /** One fault of an operand, at its place. */
    record Refusal(Code code, Node node, String what) {}

    /** What is wrong with an operand. */
    record Refused(List<Refusal> refusals) {}

    static final Operand SCALAR = new Operand("text, a number, true or false", Operand::scalar);
    static final Operand LIST = new Operand("a list of texts, numbers, true or false", Operand::list);
    static final Operand BOOLEAN =
            new Operand("true or false", node -> node instanceof Node.Bool bool ? (Object) bool.value() : null);
    static final Operand ORDERED = new Operand(
            "a number, or an ISO 8601 time (2026-01-31T12:00:00Z), date or duration (PT15M) as text", Operand::ordered);
    static final Operand DURATION = new Operand("an ISO 8601 duration such as PT24H", Operand::duration);
    static final Operand TEXT = new Operand("text", Operand::text);
    static final Operand GLOB = new Operand("text with * and ?", Operand::glob);
    static final Operand REGEX = new Operand("a regular expression as text", Operand::regex);
    static final Operand NETWORKS =
            new Operand("a network such as 10.0.0.0/8, a single address, or a list of them", Operand::networks);
    static final Operand SIZE = new Operand("a whole number, 0 or more", Operand::size);
    /** Read by {@link ConditionReader}, which knows the operators. */
    static final Operand ELEMENT =
            new Operand("an object of operators such as {\"endsWith\": \"@bank.example\"}", node -> null);
    /** Read by {@link WindowReader}. */
    static final Operand WINDOW = new Operand("a time window", node -> null);

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile(
            "[-+]?[0-9][0-9.,_']*\\s*[\\p{L}\\p{Sc}%°µ/]{1,20}\\.?|[\\p{L}\\p{Sc}]{1,4}\\s*[-+]?[0-9][0-9.,_']*");
    private static final Pattern CALENDAR_UNITS = Pattern.compile("-?P[0-9YMWD]*[YMW].{0,40}");
    private static final Pattern TIME_UNIT = Pattern.compile(
            "(?i).*[0-9]\\s*(ms|s|sec|secs|seconds?|m|min|mins|minutes?|h|hrs?|hours?|d|days?|weeks?|w)\\.?");

    private static Refused refuse(Code code, Node node, String what) {
        return new Refused(List.of(new Refusal(code, node, what)));
    }

    private static @Nullable Object scalar(Node node) {
        if (node instanceof Node.Str text) {
            return text.value().intern();
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
            return unit(text);
        }
        return null;
    }

    private static @Nullable Object duration(Node node) {
        if (!(node instanceof Node.Str text)) {
            return null;
        }
        Duration duration = Scale.DURATION.of(text.value());
        if (duration == null) {
            return CALENDAR_UNITS.matcher(text.value()).matches()
                    ? refuse(
                            Code.DURATION,
                            node,
                            "the duration " + text.show()
                                    + " counts in years, months or weeks, whose length differs: write days, such as P30D")
                    : unit(text);
        }
        return duration.isNegative()
                ? refuse(Code.DURATION, node, "the duration " + text.show() + " is negative")
                : duration;
    }

    private static @Nullable Refused unit(Node.Str text) {
        if (text.value().length() > 60 || !NUMBER_AND_UNIT.matcher(text.value()).matches()) {
            return null;
        }
        String instead = TIME_UNIT.matcher(text.value()).matches()
                ? "if it is a duration, write ISO 8601: PT30M, PT24H, P7D"
                : "write the number alone, and compare the unit as an attribute of its own";
        return refuse(Code.UNIT, text, text.show() + " has a unit, which cannot be compared: " + instead);
    }

    private static @Nullable Object text(Node node) {
        if (!(node instanceof Node.Str text)) {
            return null;
        }
        return text.value().isEmpty() ? refuse(Code.EMPTY, node, "the text is empty: every text has it") : text.value();
    }

    private static @Nullable Object glob(Node node) {
        if (!(node instanceof Node.Str text)) {
            return null;
        }
        String fault = Glob.fault(text.value());
        return fault == null
                ? new Glob(text.value())
                : refuse(Code.PATTERN, node, "the pattern " + text.show() + " " + fault);
    }

    private static @Nullable Object regex(Node node) {
        if (!(node instanceof Node.Str text)) {
            return null;
        }
        try {
            return LinearPattern.compile(text.value());
        } catch (IllegalArgumentException e) {
            return refuse(Code.PATTERN, node, "the pattern " + text.show() + " " + e.getMessage());
        }
    }

    private static @Nullable Object networks(Node node) {
        if (!(node instanceof Node.Arr) && !(node instanceof Node.Str)) {
            return null;
        }
        List<Node> items = node instanceof Node.Arr array ? array.items() : List.of(node);
        List<Network> networks = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (Node item : items) {
            try {
                networks.add(Network.parse(item instanceof Node.Str text ? text.value() : ""));
            } catch (IllegalArgumentException e) {
                refusals.add(new Refusal(Code.NETWORK, item, item.show() + " " + e.getMessage()));
            }
        }
        return refusals.isEmpty() ? new Network.Networks(networks) : new Refused(refusals);
    }

    private static @Nullable Object size(Node node) {
        if (!(node instanceof Node.Num number)) {
            return null;
        }
        BigDecimal exact = number.value();
        boolean isSize = exact.signum() >= 0
                && exact.stripTrailingZeros().scale() <= 0
                && exact.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
        return isSize
                ? exact.intValueExact()
                : refuse(
                        Code.NUMBER,
                        node,
                        "a size must be a whole number from 0 to " + Integer.MAX_VALUE + ", but was " + node.show());
    }
}
