package io.jitapproval.core.document;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression that is matched in time linear in the text, whatever the pattern is: no back references, no looking
 * around. It fits a text only as a whole. Immutable.
 */
public final class LinearPattern {

    /** The longest pattern, in characters. */
    public static final int LONGEST = 1_000;

    /** The longest text that is looked at, in characters; a longer one fits no pattern. */
    public static final int LONGEST_TEXT = 65_536;

    /** What {@link #weight} may come to. */
    private static final long HEAVIEST = 25_000;

    /** What weight times length of the text may come to: some tenths of a second. */
    private static final long MOST_WORK = 20_000_000;

    private static final Pattern IGNORES_CASE = Pattern.compile("\\(\\?[A-Za-z-]*i");
    /** What can name a character beyond ASCII in ASCII: a number, or a class of Unicode. */
    private static final Pattern NAMES_OTHERS = Pattern.compile("\\\\[xpP0-9]");

    private final Pattern pattern;
    private final int longestText;

    private LinearPattern(Pattern pattern, long weight) {
        this.pattern = pattern;
        this.longestText = (int) Math.min(LONGEST_TEXT, MOST_WORK / weight);
    }

    /**
     * Reads a pattern.
     *
     * @param pattern in the syntax of RE2
     * @return the pattern
     * @throws IllegalArgumentException if it is too long or cannot be read; the message says why, on one line
     */
    public static LinearPattern compile(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("is longer than " + LONGEST + " characters");
        }
        long weight = Math.max(1, weight(pattern));
        if (weight > HEAVIEST) {
            throw new IllegalArgumentException("repeats too much: lower its counts, or do not nest them");
        }
        if (mightFoldForever(pattern)) {
            throw new IllegalArgumentException("ignores case, where each character must be ASCII, and none written as"
                    + " \\x…, \\p… or a backslash and a digit: write both cases");
        }
        try {
            return new LinearPattern(Pattern.compile(pattern), weight);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "cannot be read as a regular expression of RE2: " + Words.clean(e.getDescription(), LONGEST), e);
        }
    }

    /**
     * RE2/J 1.8 looks for the other cases of a character until it is back at it, by tables of its own and by those of the JDK,
     * which know characters that its own do not: from U+1C80 to U+1C88, today, there is no way back. It does so for
     * characters of the pattern alone, and only where it ignores case; the cases of ASCII are fixed. Without the flag it ignores
     * case for a class of two characters, after it has found that each leads to the other.
     */
    static boolean mightFoldForever(String pattern) {
        return IGNORES_CASE.matcher(pattern).find()
                && (pattern.chars().anyMatch(c -> c > 0x7F)
                        || NAMES_OTHERS.matcher(pattern).find());
    }

    /**
     * Not less than the size to which counted repetitions unfold: the length, times the largest count of one character,
     * times every count behind something that may have counts in it.
     */
    private static long weight(String pattern) {
        long alone = 1;
        long nested = 1;
        for (int i = 1; i < pattern.length(); i++) {
            if (pattern.charAt(i) == '{') {
                long count = count(pattern, i + 1);
                if (")}*+?".indexOf(pattern.charAt(i - 1)) < 0) {
                    alone = Math.max(alone, count);
                } else {
                    nested = Math.min(nested * count, HEAVIEST + 1);
                }
            }
        }
        return pattern.length() * alone * nested;
    }

    /** The largest of the numbers up to the closing brace, at least 1; what is no count does not matter. */
    private static long count(String pattern, int from) {
        long largest = 1;
        long number = 0;
        for (int i = from; i < pattern.length() && pattern.charAt(i) != '}'; i++) {
            int digit = Character.digit(pattern.charAt(i), 10);
            number = digit < 0 ? 0 : Math.min(number * 10 + digit, HEAVIEST + 1);
            largest = Math.max(largest, number);
        }
        return largest;
    }

    /**
     * Whether the pattern fits the text as a whole.
     *
     * @param text the text
     * @return false also for a text longer than {@link #longestText()}
     */
    public boolean fits(CharSequence text) {
        return text.length() <= longestText && pattern.matches(text.toString());
    }

    /** The longest text that this pattern is matched with, in characters: less where its counts make it heavy. */
    public int longestText() {
        return longestText;
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return pattern.pattern();
    }
}
