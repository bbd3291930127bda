package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.TreeReader;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault of a document as its author reads it. To write the expected texts anew: {@code
 * -Dpolicy.golden=src/test/resources/policy/errors}, then read the difference.
 */
@DisplayName("design §5, wall 13: faults of a policy are told all at once, with code, place and a way out")
class PolicyErrorsTest {

    private static final Path DIRECTORY = Path.of("src/test/resources/policy/errors");

    static Stream<String> documents() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".txt"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    @DisplayName("the text of every fault is as agreed")
    void golden(String name) throws IOException {
        String actual = faults(origin(name), Files.readString(DIRECTORY.resolve(name)));
        Path expected = DIRECTORY.resolve(name.substring(0, name.lastIndexOf('.')) + ".txt");
        if (System.getProperty("policy.golden") != null) {
            Files.writeString(Path.of(System.getProperty("policy.golden")).resolve(expected.getFileName()), actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    @Test
    @DisplayName("every code that there is appears in the agreed texts")
    void everyCodeIsShown() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : documents().toList()) {
            all.append(faults(origin(name), Files.readString(DIRECTORY.resolve(name))));
        }
        Set<String> shown = Arrays.stream(Code.values())
                .map(Code::code)
                .filter(code -> all.indexOf(code) >= 0)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> every = Arrays.stream(Code.values())
                .filter(code -> code != Code.TOO_MANY && code != Code.DEFAULTS_DIFFER)
                .map(Code::code)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(shown).isEqualTo(every);
    }

    @Test
    @DisplayName("a document larger than 16 MiB is refused before it is read")
    void tooLarge() {
        assertThat(faults("\"" + "x".repeat(TreeReader.LARGEST) + "\"")).contains("JIT-P003");
        assertThat(faults("\"" + "ä".repeat(TreeReader.LARGEST / 2) + "\"")).contains("JIT-P003");
    }

    @Test
    @DisplayName("thousands of faults are told as a thousand and a number")
    void tooMany() {
        String rules = "{},".repeat(600) + "{}";
        List<String> lines = faults("{\"default\":\"deny\",\"rules\":[" + rules + "]}")
                .lines()
                .filter(line -> line.startsWith("policy.json"))
                .toList();
        assertThat(lines).hasSize(1001);
        assertThat(lines.get(1000)).contains("JIT-P024", "803 more");
    }

    @Test
    @DisplayName("wall 1: whatever a document says, it is a policy or it is refused with problems that have a place")
    void mutated() throws IOException {
        List<String> json = new ArrayList<>();
        List<String> yaml = new ArrayList<>();
        for (String name : documents().toList()) {
            (name.endsWith(".json") ? json : yaml).add(Files.readString(DIRECTORY.resolve(name)));
        }
        json.add(YamlTest.REFUNDS_JSON);
        yaml.add(YamlTest.REFUNDS);
        yaml.addAll(json);
        assertThat(refused("policy.json", json, "{}[]\",:*/.-0159eE \\u\nPTnullaw\u00e4\u202e"))
                .isPositive();
        assertThat(refused(
                        "policy.yaml",
                        yaml,
                        "{}[]\"',:*/.-019e \\\n\t\r#&!|>%@`?~<=_xo\u00e4\u0085\u202e\ud83d\ude00\ufeff"))
                .isPositive();
    }

    private static int refused(String origin, List<String> seeds, String alphabet) {
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
            for (int j = random.nextInt(4); j >= 0 && text.length() > 0; j--) {
                int at = random.nextInt(text.length());
                text.replace(
                        at,
                        Math.min(text.length(), at + random.nextInt(3)),
                        String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))));
            }
            try {
                Policy.parse(new PolicyText(origin, text.toString()));
            } catch (JitConfigurationException e) {
                refused++;
                assertThat(e.problems())
                        .allSatisfy(problem ->
                                assertThat(problem.where()).startsWith(origin).matches(".*:\\d+:\\d+"));
            }
        }
        return refused;
    }

    private static String origin(String name) {
        return "policy" + name.substring(name.lastIndexOf('.'));
    }

    private static String faults(String text) {
        return faults("policy.json", text);
    }

    private static String faults(String origin, String text) {
        JitConfigurationException thrown =
                catchThrowableOfType(JitConfigurationException.class, () -> Policy.parse(new PolicyText(origin, text)));
        assertThat(thrown).isNotNull();
        return thrown.problems().stream().map(problem -> problem + "\n").collect(Collectors.joining());
    }
}
