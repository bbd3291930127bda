package io.jitapproval.core.feedback.evidence;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one attribute become codes: from 1 on for what was seen, {@link #ABSENT} where a request lacks it, and
 * {@link #NOVEL} for what was never seen. Immutable.
 *
 * @param path    the attribute
 * @param kind    how its values are told apart
 * @param element for {@link Kind#HAS}, the element that is looked for; else blank
 * @param values  for {@link Kind#VALUE}, the values by their codes less one
 * @param cuts    for {@link Kind#RANGE}, the upper ends of all ranges but the last, in rising order, each belonging to its range
 * @param from    for {@link Kind#RANGE}, the smallest number seen
 * @param to      for {@link Kind#RANGE}, the largest number seen
 * @param codes   for {@link Kind#VALUE}, the codes by their values
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Column(
        AttributePath path,
        Kind kind,
        String element,
        List<Object> values,
        double[] cuts,
        double from,
        double to,
        Map<Object, Integer> codes) {

    static final int ABSENT = 0;
    static final int NOVEL = -1;

    enum Kind {
        /** Each value is a thing of its own. */
        VALUE,
        /** Numbers by ranges. */
        RANGE,
        /** Lists, by whether they hold an element. */
        HAS
    }

    static Column values(AttributePath path, List<Object> values) {
        Map<Object, Integer> codes = new HashMap<>(values.size() * 2);
        for (int i = 0; i < values.size(); i++) {
            codes.put(values.get(i), i + 1);
        }
        return new Column(path, Kind.VALUE, "", values, new double[0], 0, 0, codes);
    }

    static Column ranges(AttributePath path, double[] cuts, double from, double to) {
        return new Column(path, Kind.RANGE, "", List.of(), cuts, from, to, Map.of());
    }

    static Column has(AttributePath path, String element) {
        return new Column(path, Kind.HAS, element, List.of(), new double[0], 0, 0, Map.of());
    }

    /** What explanations and rules call it. */
    String name() {
        return kind == Kind.HAS ? path.text() + " has " + element : path.text();
    }

    int code(@Nullable Object value) {
        if (value == null) {
            return ABSENT;
        }
        return switch (kind) {
            case VALUE -> codes.getOrDefault(value, NOVEL);
            case RANGE -> value instanceof Double number ? range(number) : NOVEL;
            case HAS -> value instanceof Collection<?> list ? (contains(list) ? 2 : 1) : NOVEL;
        };
    }

    private boolean contains(Collection<?> list) {
        for (Object each : list) {
            if (element.equals(String.valueOf(each))) {
                return true;
            }
        }
        return false;
    }

    private int range(double number) {
        if (number < from || number > to) {
            return NOVEL;
        }
        int at = Arrays.binarySearch(cuts, number);
        return (at >= 0 ? at : -at - 1) + 1;
    }

    /** How many codes there are from 1 on. */
    int size() {
        return switch (kind) {
            case VALUE -> values.size();
            case RANGE -> cuts.length + 1;
            case HAS -> 2;
        };
    }

    /** What a code stands for, for people. */
    String show(int code) {
        return switch (kind) {
            case VALUE -> path.text() + "=" + plainNumber(values.get(code - 1));
            case HAS -> path.text() + (code == 2 ? " has " : " lacks ") + element;
            case RANGE ->
                path.text()
                        + (code == 1
                                ? " ≤ " + plainNumber(code <= cuts.length ? cuts[0] : to)
                                : code <= cuts.length
                                        ? " in (" + plainNumber(cuts[code - 2]) + ", " + plainNumber(cuts[code - 1])
                                                + "]"
                                        : " > " + plainNumber(cuts[code - 2]));
        };
    }

    static Object plainNumber(Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return number.longValue();
        }
        return value;
    }
}
