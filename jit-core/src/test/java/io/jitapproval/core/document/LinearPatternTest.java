package io.jitapproval.core.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("patterns of policy are matched in linear time")
class LinearPatternTest {

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
}
