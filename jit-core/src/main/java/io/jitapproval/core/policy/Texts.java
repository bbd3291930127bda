package io.jitapproval.core.policy;

import io.jitapproval.Explanation.Match;
import io.jitapproval.core.document.LinearPattern;
import java.util.function.BiPredicate;

/** How texts compare with parts of texts and with patterns. Time is linear in the text, whatever stands there. */
final class Texts {

    /** Up to here the plain search costs no more than the one that never looks back. */
    private static final int SHORT = 64;

    private Texts() {}

    static Match startsWith(Object value, Object operand) {
        return both(value, operand, String::startsWith);
    }

    static Match endsWith(Object value, Object operand) {
        return both(value, operand, String::endsWith);
    }

    static Match contains(Object value, Object operand) {
        return both(value, operand, Texts::has);
    }

    static Match glob(Object value, Object glob) {
        String text = Values.text(value);
        return text == null || text.length() > LinearPattern.LONGEST_TEXT
                ? Match.UNKNOWN
                : Values.of(((Glob) glob).fits(text));
    }

    static Match regex(Object value, Object pattern) {
        String text = Values.text(value);
        LinearPattern linear = (LinearPattern) pattern;
        return text == null || text.length() > linear.longestText() ? Match.UNKNOWN : Values.of(linear.fits(text));
    }

    private static Match both(Object value, Object operand, BiPredicate<String, String> holds) {
        String text = Values.text(value);
        String other = Values.text(operand);
        return text == null || other == null ? Match.UNKNOWN : Values.of(holds.test(text, other));
    }

    /** Knuth, Morris and Pratt for long parts: with the plain search, two long texts of one letter could cost their product. */
    static boolean has(String text, String part) {
        if (part.length() <= SHORT || part.length() > text.length()) {
            return text.contains(part);
        }
        int[] back = new int[part.length()];
        for (int i = 1, k = 0; i < part.length(); i++) {
            k = advance(part, back, k, part.charAt(i));
            back[i] = k;
        }
        for (int i = 0, k = 0; i < text.length(); i++) {
            k = advance(part, back, k, text.charAt(i));
            if (k == part.length()) {
                return true;
            }
        }
        return false;
    }

    private static int advance(String part, int[] back, int matched, char next) {
        int k = matched;
        while (k > 0 && part.charAt(k) != next) {
            k = back[k - 1];
        }
        return part.charAt(k) == next ? k + 1 : k;
    }
}
