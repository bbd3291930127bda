package io.jitapproval.core.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@DisplayName("patterns of policy are matched in linear time")
class LinearPatternTest {

    private static final String IGNORES_CASE =
            "ignores case, where each character must be ASCII, and none written as \\x…,"
                    + " \\p… or a backslash and a digit: write both cases";

    @Test
    @DisplayName("a pattern fits a text only as a whole")
    void wholeText() {
        LinearPattern pattern = LinearPattern.compile("JIRA-[0-9]+|none");

        assertThat(pattern.fits("JIRA-1")).isTrue();
        assertThat(pattern.fits("none")).isTrue();
        assertThat(pattern.fits("see JIRA-1")).isFalse();
        assertThat(pattern.fits("JIRA-1\n")).isFalse();
        assertThat(pattern.fits("none at all")).isFalse();
        assertThat(pattern).hasToString("JIRA-[0-9]+|none");
    }

    @Test
    @DisplayName("what makes other engines try for ever is told at once")
    void noCatastrophe() {
        assertThat(LinearPattern.compile("(a+)+b").fits("a".repeat(LinearPattern.LONGEST_TEXT)))
                .isFalse();
        assertThat(LinearPattern.compile("(a|aa)+").fits("a".repeat(LinearPattern.LONGEST_TEXT)))
                .isTrue();
    }

    @Test
    @DisplayName("what is too long is refused: a pattern when it is read, a text when it is matched")
    void bounds() {
        assertThat(LinearPattern.compile("a*").fits("a".repeat(LinearPattern.LONGEST_TEXT + 1)))
                .isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinearPattern.compile("a".repeat(LinearPattern.LONGEST + 1)))
                .withMessage("is longer than 1000 characters");
    }

    @Test
    @DisplayName("what RE2 cannot do is refused with a reason on one line")
    void refused() {
        for (String bad : new String[] {"(", "a{2,1}", "(?=a)b", "(a)\\1", "[\n", "a{1001}"}) {
            assertThatIllegalArgumentException()
                    .as(bad)
                    .isThrownBy(() -> LinearPattern.compile(bad))
                    .withMessageMatching("cannot be read as a regular expression of RE2: .+");
        }
    }

    @Test
    @DisplayName("counts that unfold into more than anybody can match are refused, usual ones are not")
    void counts() {
        for (String bad :
                new String[] {"((a{30}){30}){30}", "(a{1000}){1000}", "(\\)a{1000}[)]{1000}){1000}", "(ab){99999999}"
                }) {
            assertThatIllegalArgumentException()
                    .as(bad)
                    .isThrownBy(() -> LinearPattern.compile(bad))
                    .withMessage("repeats too much: lower its counts, or do not nest them");
        }
        assertThat(LinearPattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                        .fits("01234567-89ab-cdef-0123-456789abcdef"))
                .isTrue();
        assertThat(LinearPattern.compile("([a-z]{1,63}\\.){1,10}[a-z]{2,63}").fits("a.example"))
                .isTrue();
        assertThat(LinearPattern.compile("\\p{Greek}{2}").fits("αβ")).isTrue();
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    @DisplayName("a pattern that ignores case is read in no time, or refused, whatever character stands in it")
    void everyCharacterIgnoringCase() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String text = Character.toString(c);
            String pattern = "(?i)\\Q" + text + "\\E";
            if (c < 0x80) {
                assertThat(LinearPattern.compile(pattern).fits(text)).isTrue();
            } else if (c < 0x3000) {
                assertRefused(pattern);
            } else if (!LinearPattern.mightFoldForever(pattern)) {
                throw new AssertionError("taken: " + pattern);
            }
        }
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    @DisplayName("a pattern that ignores case is matched in no time, whatever character stands in the text")
    void everyTextIgnoringCase() {
        LinearPattern letter = LinearPattern.compile("(?i)k");
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(c -> letter.fits(Character.toString(c))))
                .containsExactly((int) 'K', (int) 'k', 0x212A);
        LinearPattern others = LinearPattern.compile("(?i)[^a-z]*");
        for (int block = 0x2200; block <= Character.MAX_CODE_POINT; block += 0x100) {
            StringBuilder text = new StringBuilder();
            IntStream.range(block, block + 0x100).forEach(text::appendCodePoint);
            assertThat(others.fits(text)).isTrue();
        }
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    @DisplayName("every range of ASCII can ignore case")
    void everyRangeIgnoringCase() {
        for (char from = 0; from < 0x80; from++) {
            for (char to = from; to < 0x80; to++) {
                LinearPattern pattern = LinearPattern.compile("(?i)[" + literal(from) + '-' + literal(to) + ']');
                assertThat(pattern.fits(String.valueOf(Character.toLowerCase(to))))
                        .isTrue();
            }
        }
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    @DisplayName("two cases written out, of every character that has them, are both found")
    void everyCharacterWrittenOut() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            for (int other : new int[] {Character.toUpperCase(c), Character.toLowerCase(c)}) {
                if (other != c) {
                    LinearPattern pattern =
                            LinearPattern.compile("[" + Character.toString(c) + Character.toString(other) + "]");
                    assertThat(pattern.fits(Character.toString(c))).isTrue();
                    assertThat(pattern.fits(Character.toString(other))).isTrue();
                    assertThat(pattern.fits("\u1C80")).isEqualTo(c == 0x1C80);
                }
            }
        }
    }

    @Test
    @DisplayName("what ignores case names no character beyond ASCII, in whatever way; what does not may name any")
    void ignoringCase() {
        for (String bad : new String[] {
            "(?i)\u00F6",
            "\u00F6(?i)a",
            "(?i:a)\u00F6",
            "(?s-i)\u00F6",
            "(?Usi:\u00F6)",
            "(?i)[a-\u00F6]",
            "(?i)\\x{1C80}",
            "(?i)[\\x00-\\x{10FFFF}]",
            "(?i)\\x41",
            "(?i)\\pL",
            "(?i)\\PL",
            "(?i)\\p{Greek}",
            "(?i)\\101"
        }) {
            assertRefused(bad);
        }
        for (String good :
                new String[] {"\u00F6", "(?s)\u00F6", "(?P<i>\u00F6)", "[a-\\x{1C88}]", "\\pL", "(?i)[^a]\\d\\w\\S"}) {
            assertThat(LinearPattern.compile(good)).hasToString(good);
        }
        assertThat(LinearPattern.compile("(?i)[[:alpha:]]-\\QA.b\\E").fits("\u017F-a.B"))
                .isTrue();
        assertThat(LinearPattern.compile("(?i:a)B").fits("Ab")).isFalse();
    }

    private static void assertRefused(String pattern) {
        try {
            LinearPattern.compile(pattern);
        } catch (IllegalArgumentException e) {
            if (IGNORES_CASE.equals(e.getMessage())) {
                return;
            }
            throw e;
        }
        throw new AssertionError("taken: " + pattern);
    }

    private static String literal(char c) {
        return Character.isLetterOrDigit(c) ? String.valueOf(c) : "\\" + c;
    }
}
