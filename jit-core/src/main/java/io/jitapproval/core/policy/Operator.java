package io.jitapproval.core.policy;

import io.jitapproval.Explanation.Match;
import io.jitapproval.core.document.Node;
import org.jspecify.annotations.Nullable;

/**
 * One operator, all of it. A new one is one more entry in {@link Operators}.
 *
 * @param word       how a document calls it
 * @param operand    what stands behind it
 * @param attributes whether another attribute may stand behind it
 * @param test       compares; unknown for values that it cannot compare
 * @param holds      how people read it when it holds, as in "action.amount 5 <i>is at most</i> 10"
 * @param fails      how they read it when it does not
 */
record Operator(String word, Operand operand, boolean attributes, Test test, String holds, String fails) {

    /** Reads the constant behind an operator. */
    interface Operand {

        /** The constant in the form that the test wants; null if it has a wrong type. */
        @Nullable
        Object read(Node node);

        /** What it has to be, as in "needs <i>a number</i>". */
        String expects();
    }

    /** Compares a value with an operand. */
    @FunctionalInterface
    interface Test {
        Match test(Object value, Object operand);
    }

    /** Whether it is about a value being there at all, so that a missing one is no obstacle. */
    boolean isAboutAbsence() {
        return equals(Operators.EXISTS);
    }
}
