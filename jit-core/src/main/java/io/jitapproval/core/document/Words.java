package io.jitapproval.core.document;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words in messages: quoted, shortened, and compared with those that the author may have meant. */
public final class Words {

    private static final int LONGEST_SHOWN = 60;
    private static final int LONGEST_NUMBER = 80;
    /** No word that differs in more is meant. */
    private static final int FARTHEST = 3;
    /** So many words are compared with a slip; a hint is not worth more. */
    private static final int MOST_COMPARED = 200;

    private static final int MOST_LISTED = 16;

    private static final int PLAIN_SCALE = 40;

    private Words() {}

    /** The number without an exponent where that stays readable. */
    public static String number(BigDecimal number) {
        return Math.abs((long) number.scale()) <= PLAIN_SCALE
                ? clean(number.toPlainString(), LONGEST_NUMBER)
                : clean(number.toString(), LONGEST_NUMBER);
    }

    /** The text in quotes, shortened, with control characters made visible. */
    public static String quote(String text) {
        return "'" + clean(text, LONGEST_SHOWN) + "'";
    }

    /** The text on one line and not longer than the limit. */
    public static String clean(String text, int limit) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), limit) + 1);
        for (int i = 0; i < text.length(); i++) {
            if (i == limit) {
                return clean.append('…').toString();
            }
            char c = text.charAt(i);
            clean.append(isControl(c) ? '\uFFFD' : c);
        }
        return clean.toString();
    }

    /** Whether a character could disturb a terminal or a log line. */
    public static boolean isControl(char c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == '\u2028' || c == '\u2029';
    }

    /** ": did you mean 'x'?" for a word that is nearly a known one, else the known words. */
    public static String hint(String given, Collection<String> known) {
        String closest = closest(given, known);
        if (closest != null) {
            return ": did you mean '" + closest + "'?";
        }
        return known.size() > MOST_LISTED ? "" : ": it can be " + list(known);
    }

    /** The known word that the given one is nearly; null if there is none. */
    public static @Nullable String closest(String given, Collection<String> known) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        String lower = given.toLowerCase(Locale.ROOT);
        int compared = 0;
        for (String word : given.length() > LONGEST_SHOWN ? List.<String>of() : known) {
            if (Math.abs(word.length() - given.length()) > FARTHEST) {
                continue;
            }
            if (++compared > MOST_COMPARED) {
                break;
            }
            int distance = distance(lower, word.toLowerCase(Locale.ROOT));
            if (distance < bestDistance && distance <= Math.max(1, Math.min(FARTHEST, word.length() / 3))) {
                bestDistance = distance;
                best = word;
            }
        }
        return best;
    }

    /** The words as {@code a, b or c}. */
    public static String list(Collection<String> words) {
        StringBuilder list = new StringBuilder();
        int left = words.size();
        for (String word : words) {
            list.append(word);
            left--;
            if (left > 0) {
                list.append(left == 1 ? " or " : ", ");
            }
        }
        return list.toString();
    }

    /** Insertions, deletions, replacements and swaps of neighbours between two words. */
    public static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, d[i - 2][j - 2] + 1);
                }
                d[i][j] = least;
            }
        }
        return d[a.length()][b.length()];
    }
}
