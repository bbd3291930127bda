package io.jitapproval.core.policy;

import io.jitapproval.Explanation.Match;
import io.jitapproval.core.network.Network;
import io.jitapproval.core.policy.Operator.Aside;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** The operators that there are. */
final class Operators {

    static final Operator EXISTS = new Operator(
            "exists",
            Operand.BOOLEAN,
            false,
            (value, operand, now) -> Values.of(operand.equals(!(value instanceof Absent))),
            "is there",
            "is missing");

    static final Operator CONTAINS = new Operator(
            "contains", Operand.SCALAR, true, (v, o, now) -> Values.contains(v, o), "contains", "does not contain");
    static final Operator CONTAINS_ANY = new Operator(
            "containsAny",
            Operand.LIST,
            true,
            (v, o, now) -> Values.containsAny(v, o),
            "contains one of",
            "contains none of");
    static final Operator EVERY = new Operator(
            "every",
            Operand.ELEMENT,
            false,
            (v, o, now) -> ((Elements) o).every(v, now),
            "has elements of which each",
            "has elements of which not each");
    static final Operator SOME = new Operator(
            "some",
            Operand.ELEMENT,
            false,
            (v, o, now) -> ((Elements) o).some(v, now),
            "has an element that",
            "has no element that");

    private static final Map<String, Operator> ANYWHERE = byWord(
            new Operator("equals", Operand.SCALAR, true, (v, o, now) -> Values.equal(v, o), "is", "is not"),
            new Operator(
                    "notEquals", Operand.SCALAR, true, (v, o, now) -> Values.not(Values.equal(v, o)), "is not", "is"),
            ordering("lessThan", order -> order < 0, "is less than", "is not less than"),
            ordering("atMost", order -> order <= 0, "is at most", "is not at most"),
            ordering("moreThan", order -> order > 0, "is more than", "is not more than"),
            ordering("atLeast", order -> order >= 0, "is at least", "is not at least"),
            new Operator("in", Operand.LIST, true, (v, o, now) -> Values.in(v, o), "is one of", "is none of"),
            new Operator(
                    "notIn", Operand.LIST, true, (v, o, now) -> Values.not(Values.in(v, o)), "is none of", "is one of"),
            CONTAINS,
            CONTAINS_ANY,
            new Operator(
                    "containsAll",
                    Operand.LIST,
                    true,
                    (v, o, now) -> Values.containsAll(v, o),
                    "contains all of",
                    "does not contain all of"),
            new Operator(
                    "containsNone",
                    Operand.LIST,
                    true,
                    (v, o, now) -> Values.not(Values.containsAny(v, o)),
                    "contains none of",
                    "contains one of"),
            new Operator(
                    "subsetOf",
                    Operand.LIST,
                    true,
                    (v, o, now) -> Values.subsetOf(v, o),
                    "has no element besides",
                    "has an element besides"),
            new Operator(
                    "startsWith",
                    Operand.TEXT,
                    true,
                    (v, o, now) -> Texts.startsWith(v, o),
                    "begins with",
                    "does not begin with"),
            new Operator(
                    "endsWith",
                    Operand.TEXT,
                    true,
                    (v, o, now) -> Texts.endsWith(v, o),
                    "ends with",
                    "does not end with"),
            new Operator(
                    "containsText",
                    Operand.TEXT,
                    true,
                    (v, o, now) -> Texts.contains(v, o),
                    "has within it",
                    "does not have within it"),
            new Operator("glob", Operand.GLOB, false, (v, o, now) -> Texts.glob(v, o), "fits", "does not fit"),
            new Operator("regex", Operand.REGEX, false, (v, o, now) -> Texts.regex(v, o), "matches", "does not match"),
            new Operator(
                    "inNetwork",
                    Operand.NETWORKS,
                    false,
                    (v, o, now) -> network(v, o),
                    "is in network",
                    "is not in network"),
            new Operator(
                    "notInNetwork",
                    Operand.NETWORKS,
                    false,
                    (v, o, now) -> Values.not(network(v, o)),
                    "is not in network",
                    "is in network"),
            new Operator(
                    "olderThan",
                    Operand.DURATION,
                    true,
                    (v, o, now) -> Ages.compare(v, o, now, order -> order > 0),
                    "is older than",
                    "is not older than",
                    Aside.AGE),
            new Operator(
                    "newerThan",
                    Operand.DURATION,
                    true,
                    (v, o, now) -> Ages.compare(v, o, now, order -> order < 0),
                    "is newer than",
                    "is not newer than",
                    Aside.AGE),
            sized("sizeEquals", order -> order == 0, "has the size", "does not have the size"),
            sized("sizeAtMost", order -> order <= 0, "has at most the size", "has more than the size"),
            sized("sizeAtLeast", order -> order >= 0, "has at least the size", "has less than the size"),
            EVERY,
            SOME,
            EXISTS);

    /** On {@code subject}: short for what {@code subject.roles} contains. */
    private static final Map<String, Operator> ON_SUBJECT = new LinkedHashMap<>();

    static {
        ON_SUBJECT.put("hasRole", CONTAINS);
        ON_SUBJECT.put("hasAnyRole", CONTAINS_ANY);
    }

    /** On {@code time}: the operand is a {@link Window}. */
    private static final Map<String, Operator> ON_TIME = byWord(
            new Operator("inside", Operand.WINDOW, false, (v, w, now) -> window(v, w), "is inside", "is outside"),
            new Operator(
                    "outside",
                    Operand.WINDOW,
                    false,
                    (v, w, now) -> Values.not(window(v, w)),
                    "is outside",
                    "is inside"));

    /** Behind {@code every} and {@code some}. */
    private static final Map<String, Operator> ON_ELEMENTS = byWord(ANYWHERE.values().stream()
            .filter(operator -> !Set.of(EVERY, SOME, EXISTS).contains(operator))
            .toArray(Operator[]::new));

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

    static Map<String, Operator> onElements() {
        return ON_ELEMENTS;
    }

    private static Map<String, Operator> byWord(Operator... operators) {
        Map<String, Operator> byWord = new LinkedHashMap<>();
        Stream.of(operators).forEach(operator -> byWord.put(operator.word(), operator));
        return byWord;
    }

    private static Operator ordering(String word, IntPredicate holds, String yes, String no) {
        Operator.Test test = (value, operand, now) -> {
            int order = Values.order(value, operand);
            return order == Decimal.INCOMPARABLE ? Match.UNKNOWN : Values.of(holds.test(order));
        };
        return new Operator(word, Operand.ORDERED, true, test, yes, no);
    }

    private static Operator sized(String word, IntPredicate holds, String yes, String no) {
        Operator.Test test = (value, operand, now) -> {
            int size = Values.size(value);
            return size < 0 ? Match.UNKNOWN : Values.of(holds.test(Integer.compare(size, (Integer) operand)));
        };
        return new Operator(word, Operand.SIZE, false, test, yes, no, Aside.SIZE);
    }

    private static Match network(Object value, Object networks) {
        String text = Values.text(value);
        Network.Address address = text == null ? null : Network.Address.parse(text);
        return address == null ? Match.UNKNOWN : Values.of(((Network.Networks) networks).contains(address));
    }

    private static Match window(Object value, Object window) {
        return Values.of(((Window) window).contains((Instant) value));
    }
}
