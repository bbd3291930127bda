package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Explanation.Match;
import io.jitapproval.core.document.LinearPattern;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("design §3: patterns and parts of texts")
class TextsTest {

    @Provide
    Arbitrary<String> few() {
        return Arbitraries.strings().withChars("ab?*").ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> twoLetters() {
        return Arbitraries.strings().withChars("ab").ofMaxLength(200);
    }

    @Label("a glob fits what the regular expression that it abbreviates fits")
    @Property(tries = 3_000)
    void globs(@ForAll("few") String pattern, @ForAll("few") String text) {
        String regex = pattern.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf((char) c)))
                .collect(Collectors.joining());
        assertThat(new Glob(pattern).fits(text)).isEqualTo(text.matches(regex));
    }

    @Label("a text without * ? \\ fits itself alone; escaped, every text does")
    @Property(tries = 500)
    void escapes(@ForAll("few") String text, @ForAll("few") String other) {
        Glob glob = new Glob(text.replaceAll("([*?\\\\])", "\\\\$1"));
        assertThat(glob.fits(text)).isTrue();
        assertThat(glob.fits(other)).isEqualTo(text.equals(other));
    }

    @Label("the search that never looks back finds what the plain one finds")
    @Property(tries = 2_000)
    void searches(@ForAll("twoLetters") String text, @ForAll("twoLetters") String part, @ForAll boolean inside) {
        String sought = inside && text.length() > 70 ? text.substring(3, text.length() - 2) : part;
        assertThat(Texts.has(text, sought)).isEqualTo(text.contains(sought));
        assertThat(Texts.has(text + text, text)).isTrue();
    }

    @Example
    @Label("? is one character, also of two halves")
    void codePoints() {
        assertThat(new Glob("?").fits("😀")).isTrue();
        assertThat(new Glob("??").fits("😀")).isFalse();
        assertThat(new Glob("*😀?").fits("x😀y")).isTrue();
        assertThat(LinearPattern.compile(".").fits("😀")).isTrue();
        assertThat(Values.size("😀a")).isEqualTo(2);
    }

    @Example
    @Label("wall 1: a text longer than 65 536 characters is unknown to patterns, and no text takes long")
    void bounded() {
        String longest = "a".repeat(LinearPattern.LONGEST_TEXT);
        Glob worst = new Glob("*a".repeat(Glob.LONGEST / 2 - 1) + "*b");
        LinearPattern nested = LinearPattern.compile("(a*)*(a|aa)*(a+)+b");
        assertThat(Texts.glob(longest, worst)).isEqualTo(Match.NOT_MATCHED);
        assertThat(Texts.regex(longest, nested)).isEqualTo(Match.NOT_MATCHED);
        assertThat(Texts.glob(longest + "a", worst)).isEqualTo(Match.UNKNOWN);
        assertThat(Texts.regex(longest + "a", nested)).isEqualTo(Match.UNKNOWN);
        assertThat(Texts.contains(longest.repeat(16), longest.repeat(8) + "b")).isEqualTo(Match.NOT_MATCHED);
        for (Object none : List.of(5, true, List.of("a"))) {
            assertThat(Texts.glob(none, worst)).isEqualTo(Match.UNKNOWN);
            assertThat(Texts.startsWith(none, "a")).isEqualTo(Match.UNKNOWN);
            assertThat(Texts.contains("a", none)).isEqualTo(Match.UNKNOWN);
        }
    }
}
