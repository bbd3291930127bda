package io.jitapproval.core.policy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A pattern that fits a text as a whole: {@code *} any run, {@code ?} one character (code point), {@code \} escapes. */
final class Glob {

    static final int LONGEST = 256;

    private static final int RUN = -1;
    private static final int ONE = -2;

    private final String pattern;
    /** Code points, {@link #RUN} and {@link #ONE}. */
    private final int[] parts;

    /** Of a pattern without fault. */
    Glob(String pattern) {
        this.pattern = pattern;
        int[] all = new int[pattern.length()];
        int many = 0;
        int c;
        for (int i = 0; i < pattern.length(); i += Character.charCount(c)) {
            c = pattern.codePointAt(i);
            if (c == '*') {
                if (many == 0 || all[many - 1] != RUN) {
                    all[many++] = RUN;
                }
            } else if (c == '?') {
                all[many++] = ONE;
            } else {
                if (c == '\\') {
                    i++;
                    c = pattern.codePointAt(i);
                }
                all[many++] = c;
            }
        }
        this.parts = Arrays.copyOf(all, many);
    }

    /** What is wrong with a pattern; null if nothing is. */
    static @Nullable String fault(String pattern) {
        if (pattern.isEmpty()) {
            return "is empty: it would fit the empty text alone";
        }
        if (pattern.length() > LONGEST) {
            return "is longer than " + LONGEST + " characters";
        }
        int escapes = 0;
        while (escapes < pattern.length() && pattern.charAt(pattern.length() - 1 - escapes) == '\\') {
            escapes++;
        }
        return escapes % 2 == 0 ? null : "ends in \\, which escapes nothing: for the character itself write \\\\";
    }

    /** Goes back to the last {@code *} alone, so that the work is at most the product of both lengths. */
    boolean fits(String text) {
        int at = 0;
        int part = 0;
        int run = -1;
        int runEnds = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (part < parts.length && (parts[part] == c || parts[part] == ONE)) {
                at += Character.charCount(c);
                part++;
            } else if (part < parts.length && parts[part] == RUN) {
                run = part++;
                runEnds = at;
            } else if (run >= 0) {
                runEnds += Character.charCount(text.codePointAt(runEnds));
                at = runEnds;
                part = run + 1;
            } else {
                return false;
            }
        }
        return part == parts.length || (part == parts.length - 1 && parts[part] == RUN);
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return pattern;
    }
}
