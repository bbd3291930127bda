package io.jitapproval.core.policy;

import io.jitapproval.Explanation.Match;
import io.jitapproval.core.document.LinearPattern;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code every} and {@code some} ask of the elements of a list.
 *
 * @param tests all of which one element has to fulfil
 */
record Elements(List<Test> tests) {

    /** How much text the elements of a list may have together. */
    static final int MOST_CHARACTERS = 4 * LinearPattern.LONGEST_TEXT;

    /**
     * One comparison of an element.
     *
     * @param operator the operator
     * @param operand  its constant
     */
    record Test(Operator operator, Object operand) {}

    Match every(Object value, Instant now) {
        Match all = Match.MATCHED;
        if (!(value instanceof Collection<?> collection) || isTooMuch(collection)) {
            return Match.UNKNOWN;
        }
        for (Object each : collection) {
            Match match = one(each, now);
            if (match == Match.NOT_MATCHED) {
                return match;
            }
            all = match == Match.UNKNOWN ? match : all;
        }
        return all;
    }

    Match some(Object value, Instant now) {
        Match any = Match.NOT_MATCHED;
        if (!(value instanceof Collection<?> collection) || isTooMuch(collection)) {
            return Match.UNKNOWN;
        }
        for (Object each : collection) {
            Match match = one(each, now);
            if (match == Match.MATCHED) {
                return match;
            }
            any = match == Match.UNKNOWN ? match : any;
        }
        return any;
    }

    /** So much text that looking for patterns in all of it would take seconds. */
    private static boolean isTooMuch(Collection<?> collection) {
        long characters = 0;
        for (Object each : collection) {
            characters += each instanceof String text ? text.length() : 0;
        }
        return characters > MOST_CHARACTERS;
    }

    private Match one(@Nullable Object element, Instant now) {
        if (element == null) {
            return Match.UNKNOWN;
        }
        Match all = Match.MATCHED;
        for (Test test : tests) {
            Match match = test.operator().test().test(element, test.operand(), now);
            if (match == Match.NOT_MATCHED) {
                return match;
            }
            all = match == Match.UNKNOWN ? match : all;
        }
        return all;
    }

    /** As people read it behind "each" or "an element that". */
    @Override
    public String toString() {
        return tests.stream()
                .map(test -> test.operator().holds() + " " + Render.value(test.operand()))
                .collect(Collectors.joining(" and "));
    }
}
