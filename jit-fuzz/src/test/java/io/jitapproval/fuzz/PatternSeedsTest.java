package io.jitapproval.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Patterns that are known to hurt some reader, and the twin of the naive glob. */
@DisplayName("wall 1: patterns that hurt others")
class PatternSeedsTest {

    private static final String LONG = "a".repeat(65_536);

    @TestFactory
    Stream<DynamicTest> awkward() {
        return Stream.of(
                        seed("glob", "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", "a".repeat(2_000)),
                        seed("glob", "*".repeat(256), "a".repeat(2_000)),
                        seed("glob", "?\uD83D\uDE00*\\?", "a\uD83D\uDE00b?"),
                        seed("glob", "\\", ""),
                        seed("glob", "*", "\uD83D"),
                        seed("regex", "(a*)*b", LONG),
                        seed("regex", "(a|a)*b", LONG),
                        seed("regex", "(a|aa)+$", LONG),
                        seed("regex", "(.*a){20}", LONG),
                        seed("regex", "((a{0,30}){0,30}){0,30}", LONG),
                        seed("regex", "a{1000}", LONG),
                        seed("regex", "\\pN\\p{", "1"),
                        seed("regex", "[[:word:]", "1"),
                        seed("regex", "\\Q", "1"),
                        seed("regex", "\\C", "1"),
                        seed("regex", "(?P<n>a)(?P<n>b)", "ab"),
                        seed("regex", "x{99999999999999999999}", "x"),
                        seed("regex", "\\x{110000}", "x"),
                        seed("regex", "(?i)[\u0000-\uFFFF]", "\uD800"),
                        seed("regex", "(?i)\u1C80", "\u0412"),
                        seed("regex", "(?i)\\x{1C80}", "\u0412"),
                        seed("inNetwork", "10.0.0.0/-1", "10.0.0.1"),
                        seed("inNetwork", "10.0.0.0/99999999999", "10.0.0.1"),
                        seed("inNetwork", "0:".repeat(100), "::"),
                        seed("inNetwork", "::ffff:0.0.0.0/95", "::1"),
                        seed("inNetwork", "1::2::3", "1::2::3"),
                        seed("inNetwork", "::/0", "%"),
                        seed("inside", "24:00-24:00", ""),
                        seed("inside", "99:99-99:99", ""),
                        seed("inside", "\u0661\u0662:00-\u0661\u0663:00", ""),
                        seed("days", "\u0130", ""),
                        seed("zone", "UTC+18:00", ""),
                        seed("zone", "UTC+99:99", ""),
                        seed("zone", "../../etc/passwd", ""),
                        seed("zone", "z".repeat(300), ""),
                        seed("on", "--02-29", ""),
                        seed("on", "--02-30", ""),
                        seed("on", "+999999999-12-31", ""),
                        seed("on", "-999999999-01-01", ""),
                        seed("olderThan", "P999999999999999999D", "2026-11-21"),
                        seed("olderThan", "PT9223372036854775807S", "-999999999-01-01"),
                        seed("olderThan", "PT0S", "+999999999-12-31T23:59:59-18:00"),
                        seed("olderThan", "PT0S", "-999999999-01-01T00:00:00+18:00"),
                        seed("expires", "+999999999-12-31T23:59:59-18:00", ""),
                        seed("expires", "+1000000000-12-31T23:59:59Z", ""),
                        seed("path", "context.*.*.*.*", "a"),
                        seed("path", "context." + "0.".repeat(40), "a"),
                        seed("path", "context.99999999999999", "a"),
                        seed("reason", "(".repeat(1_000), "a"),
                        seed("number", "1e999999999", "1"),
                        seed("number", "-1e-999999999", "1"),
                        seed("number", "1e99999999999999999999", "1"),
                        seed("number", "NaN", "1"),
                        seed("number", "0x10", "1"))
                .map(seed -> DynamicTest.dynamicTest(
                        seed.toString(), () -> PatternFuzzTest.check(seed.kind(), seed.pattern(), seed.text())));
    }

    @Test
    @DisplayName("the naive glob tells what fits from what does not")
    void naiveGlob() {
        assertThat(NaiveGlob.fits("a*?\\*", "abc*")).isTrue();
        assertThat(NaiveGlob.fits("a*?\\*", "a*")).isFalse();
        assertThat(NaiveGlob.fits("?", "\uD83D\uDE00")).isTrue();
        assertThat(NaiveGlob.fits("a*b", "abc")).isFalse();
    }

    private record Seed(String kind, String pattern, String text) {

        @Override
        public String toString() {
            String shown = pattern.length() > 30 ? pattern.substring(0, 30) + "…" : pattern;
            return kind + " " + shown;
        }
    }

    private static Seed seed(String kind, String pattern, String text) {
        return new Seed(kind, pattern, text);
    }
}
