package io.jitapproval.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.core.analysis.TextMachine.Found;
import io.jitapproval.core.document.LinearPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

@Label("texts that stand for all texts")
class TextMachineTest {

    private static final int LONGEST = 7;

    /** A pattern as the machine sees it and as the JDK does. */
    private record Both(TextMachine.Pattern pattern, Predicate<String> fits) {}

    @Label("there is a text for every combination of patterns and sizes that any text has, and for no other")
    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void complete(@ForAll Random random) {
        List<Both> patterns = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            patterns.add(pattern(random));
        }
        Set<Integer> sizes = random.nextBoolean() ? Set.of() : Set.of(random.nextInt(4));
        Found found = TextMachine.find(patterns.stream().map(Both::pattern).toList(), sizes);
        assertThat(found.exact()).isTrue();
        Set<String> reached = new HashSet<>();
        found.texts().forEach(text -> reached.add(kind(text, patterns, sizes)));
        Set<String> tried = new HashSet<>();
        all("", text -> tried.add(kind(text, patterns, sizes)));
        assertThat(reached).containsAll(tried);
    }

    @Label("long texts come in every combination that texts with room for all have")
    @Example
    void longTexts() {
        List<TextMachine.Pattern> patterns = List.of(
                TextMachine.Pattern.startsWith("ab"),
                TextMachine.Pattern.endsWith("ba"),
                TextMachine.Pattern.has("aba"),
                TextMachine.Pattern.exact("aba"));
        Found found = TextMachine.findLong(patterns, 100);
        assertThat(found.exact()).isTrue();
        Set<String> kinds = new HashSet<>();
        for (String text : found.texts()) {
            assertThat(text).hasSizeGreaterThan(100);
            kinds.add("" + text.startsWith("ab") + text.endsWith("ba") + text.contains("aba"));
        }
        assertThat(kinds).hasSize(8);
    }

    @Label("a walk without end is given up, and said to be")
    @Example
    void bounded() {
        List<TextMachine.Pattern> many = new ArrayList<>();
        for (char c = 'a'; c <= 'z'; c++) {
            many.add(TextMachine.Pattern.has(String.valueOf(c)));
        }
        assertThat(TextMachine.find(many, Set.of()).exact()).isFalse();
        assertThat(TextMachine.find(many, Set.of(1_000_000)).exact()).isFalse();
    }

    @Label("guesses for usual regular expressions fit them; of unusual ones there are none")
    @Example
    void guesses() {
        for (String usual : List.of(
                "OPS-[0-9]{2,6}",
                "(?:a|bc)+d?",
                "[^x]y\\.z",
                "\\d{3}-\\w+@[a-z]+\\.example",
                ".*",
                "^a$",
                "[\\]a]b",
                "x{2}(y|z){3,}?")) {
            assertThat(RegexSamples.of(usual)).as(usual).isNotEmpty().allMatch(LinearPattern.compile(usual)::fits);
        }
        for (String unusual : List.of("(?i)a", "\\pL", "[[:alpha:]]", "(", "[", "a{", "\\", "*")) {
            assertThat(RegexSamples.of(unusual)).as(unusual).isEmpty();
        }
    }

    private static Both pattern(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            text.append(random.nextBoolean() ? 'a' : 'b');
        }
        String part = text.toString();
        return switch (random.nextInt(5)) {
            case 0 -> new Both(TextMachine.Pattern.startsWith(part), each -> each.startsWith(part));
            case 1 -> new Both(TextMachine.Pattern.endsWith(part), each -> each.endsWith(part));
            case 2 -> new Both(TextMachine.Pattern.has(part), each -> each.contains(part));
            case 3 -> new Both(TextMachine.Pattern.exact(part), part::equals);
            default -> {
                String glob = part.charAt(0) + (random.nextBoolean() ? "*" : "?") + part.substring(1);
                String regex = glob.replace("*", ".*").replace("?", ".");
                yield new Both(TextMachine.Pattern.glob(glob), each -> each.matches(regex));
            }
        };
    }

    private static String kind(String text, List<Both> patterns, Set<Integer> sizes) {
        StringBuilder kind = new StringBuilder();
        patterns.forEach(each -> kind.append(each.fits().test(text) ? '1' : '0'));
        sizes.forEach(size -> kind.append(Integer.signum(Integer.compare(text.length(), size))));
        return kind.toString();
    }

    private static void all(String text, Consumer<String> each) {
        each.accept(text);
        if (text.length() < LONGEST) {
            for (char c : "abx".toCharArray()) {
                all(text + c, each);
            }
        }
    }
}
