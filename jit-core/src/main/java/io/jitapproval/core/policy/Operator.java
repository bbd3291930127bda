package io.jitapproval.core.policy;

import io.jitapproval.Explanation.Match;
import java.time.Instant;

/**
 * One operator, all of it. A new one is one more entry in {@link Operators}.
 *
 * @param word       how a document calls it
 * @param operand    what stands behind it
 * @param attributes whether another attribute may stand behind it
 * @param test       compares; unknown for values that it cannot compare
 * @param holds      how people read it when it holds, as in "action.amount 5 <i>is at most</i> 10"
 * @param fails      how they read it when it does not
 * @param aside      what people need to know of the value besides
 */
record Operator(String word, Operand operand, boolean attributes, Test test, String holds, String fails, Aside aside) {

    Operator(String word, Operand operand, boolean attributes, Test test, String holds, String fails) {
        this(word, operand, attributes, test, holds, fails, Aside.NOTHING);
    }

    /** Compares a value with an operand. */
    @FunctionalInterface
    interface Test {
        Match test(Object value, Object operand, Instant now);
    }

    /** What an explanation says of a value besides the value. */
    enum Aside {
        NOTHING,
        /** How old it is; tells as much as the value. */
        AGE,
        /** How many elements or characters it has. */
        SIZE
    }

    /** Whether it is about a value being there at all, so that a missing one is no obstacle. */
    boolean isAboutAbsence() {
        return equals(Operators.EXISTS);
    }
}
