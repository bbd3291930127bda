package io.jitapproval.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Documents that are too large for a seed file. The bound on time is that of the module: see junit-platform.properties. */
@DisplayName("wall 1: size, depth and number are bounded, or cost no more than they must")
class LargeDocumentsTest {

    private static final int MANY = 50_000;

    @TestFactory
    Stream<DynamicTest> neverMoreThanRefused() {
        return Stream.of(
                        seed(
                                "a text of 10 MB",
                                rule("\"context.text\":{\"equals\":\"" + "a".repeat(10_000_000) + "\"}")),
                        seed("more than 16 MiB", " ".repeat(17 << 20) + "{}"),
                        seed("1 000 levels", rule("\"not\":{".repeat(1_000) + "}".repeat(1_000))),
                        seed("1 000 levels of lists", "[".repeat(1_000)),
                        seed("100 000 levels of flow", "rules: " + "[{a: ".repeat(100_000)),
                        seed("100 000 levels of blocks", "- ".repeat(100_000)),
                        seed("YAML indented ever deeper", indented(2_000)),
                        seed("a key of 1 MB", rule("\"context." + "k".repeat(1_000_000) + "\":{\"equals\":1}")),
                        seed("a key of 1 MB that is unknown", "{\"" + "k".repeat(1_000_000) + "\":1}"),
                        seed("a YAML key of 1 MB", "k".repeat(1_000_000) + ": 1"),
                        seed("a path of 100 000 parts", rule("\"context" + ".a".repeat(100_000) + "\":{\"equals\":1}")),
                        seed(
                                "a number of 1 000 000 digits",
                                rule("\"context.n\":{\"atMost\":" + "9".repeat(1_000_000) + "}")),
                        seed("a wide any", rule("\"any\":[" + many("{\"context.text\":{\"equals\":\"%d\"}}") + "]")),
                        seed("a wide in", rule("\"context.text\":{\"in\":[" + many("\"%d\"") + "]}")),
                        seed("many networks", rule("\"context.ip\":{\"inNetwork\":[" + many("\"10.0.0.0/8\"") + "]}")),
                        seed("many unknown words", rule(many("\"equal%d\":1"))),
                        seed("many keys that stand twice", rule(many("\"a\":1"))),
                        seed("many unknown fields of a YAML rule", "rules:\n- id: a\n" + many("  f%d: 1\n", "")),
                        seed("many named conditions", named()),
                        seed("a glob of stars", rule("\"context.text\":{\"glob\":\"" + "*a".repeat(120) + "\"}")),
                        seed(
                                "a nested repetition",
                                rule("\"context.text\":{\"regex\":\"" + "(".repeat(300) + "a" + "*)".repeat(300)
                                        + "\"}")),
                        seed("many groups", rule("\"context.text\":{\"regex\":\"" + "(a|aa)?".repeat(140) + "!\"}")),
                        seed("a million anchors", "a: [" + "&a 1,".repeat(1_000_000) + "]"),
                        seed("a million lines of comment", "# a\n".repeat(1_000_000)),
                        seed("a million documents", "---\n".repeat(1_000_000)),
                        seed("a million brackets that close", "]".repeat(1_000_000)))
                .map(seed -> DynamicTest.dynamicTest(
                        seed.name(), () -> Documents.check(seed.text().getBytes(UTF_8), Policy::parse)));
    }

    /** Each of them would do harm if it were read, so it does not do to pass because something else is wrong. */
    @TestFactory
    Stream<DynamicTest> refused() {
        String bomb = IntStream.range(1, 10)
                .mapToObj(i -> "a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "]\n")
                .collect(Collectors.joining("", "a0: &a0 [lol]\n", ""));
        return Stream.of(
                        seed("billion laughs", "JIT-P025" + bomb),
                        seed("a list that holds itself", "JIT-P025" + "rules: &a [*a]\n"),
                        seed("33 levels", "JIT-P003" + rule("\"not\":{".repeat(33) + "}".repeat(33))),
                        seed("more than 16 MiB", "JIT-P003" + " ".repeat(17 << 20) + "{}"))
                .map(seed -> DynamicTest.dynamicTest(seed.name(), () -> {
                    PolicyText text = new PolicyText("seed", seed.text().substring(8));
                    assertThatThrownBy(() -> Policy.parse(text))
                            .isInstanceOfSatisfying(
                                    JitConfigurationException.class,
                                    refusal -> assertThat(refusal.problems())
                                            .anyMatch(problem -> problem.code()
                                                    .equals(seed.text().substring(0, 8))));
                }));
    }

    private static String rule(String when) {
        return "{\"default\":\"deny\",\"rules\":[{\"id\":\"r\",\"actions\":[\"*\"],\"effect\":\"allow\",\"when\":{"
                + when + "}}]}";
    }

    private static String many(String each) {
        return many(each, ",");
    }

    private static String many(String each, String between) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> each.replace("%d", String.valueOf(i)))
                .collect(Collectors.joining(between));
    }

    private static String named() {
        String all = IntStream.range(0, 20_000)
                .mapToObj(i -> "\"c" + i + "\":{\"condition\":\"c" + (i + 1) % 20_000 + "\"}")
                .collect(Collectors.joining(","));
        return "{\"default\":\"deny\",\"conditions\":{" + all + "},\"rules\":[]}";
    }

    private static String indented(int levels) {
        return IntStream.range(0, levels).mapToObj(i -> " ".repeat(i) + "a:\n").collect(Collectors.joining());
    }

    private record Seed(String name, String text) {}

    private static Seed seed(String name, String text) {
        return new Seed(name, text);
    }
}
