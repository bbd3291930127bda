package io.jitapproval.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every finding and difference as people read it. To write the expected texts anew: {@code
 * -Dpolicy.golden=src/test/resources/policy}, then read the difference.
 */
@DisplayName("design §5: lint and diff say what, where, with which values and what to do")
class AnalysisGoldenTest {

    private static final Path LINT = Path.of("src/test/resources/policy/lint");
    private static final Path DIFF = Path.of("src/test/resources/policy/diff");
    private static final Pattern VERSION = Pattern.compile("\"(before|after)\":\"[0-9a-f]{64}\"");
    private static final List<Person> PEOPLE = List.of(
            new Person("mia", "Mia", Set.of("FINANCE_MANAGER"), Set.of("on-call")),
            new Person("tom", "Tom", Set.of("FINANCE_MANAGER"), Set.of()));

    static Stream<String> documents() throws IOException {
        return names(LINT, ".yaml");
    }

    static Stream<String> pairs() throws IOException {
        return names(DIFF, ".before.yaml");
    }

    private static Stream<String> names(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    @DisplayName("the text of every finding is as agreed")
    void findings(String name) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Finding finding : lint(name)) {
            text.append(finding).append('\n');
            finding.example()
                    .ifPresent(example ->
                            text.append("    ").append(example.json()).append('\n'));
        }
        compare("lint", name + ".txt", text.toString());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @DisplayName("the text of every difference is as agreed, and so is its JSON")
    void differences(String name) throws IOException {
        PolicyDiff diff = PolicyDiff.of(
                Policy.parse(text(DIFF, name + ".before.yaml")),
                Policy.parse(text(DIFF, name + ".after.yaml")),
                Probes.AT);
        compare("diff", name + ".txt", diff.text());
        compare("diff", name + ".json", VERSION.matcher(diff.json()).replaceAll("\"$1\":\"…\"") + "\n");
    }

    @Test
    @DisplayName("every check appears in the agreed texts and in the reference, with its severity and meaning")
    void everyCheckIsShown() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (String name : documents().toList()) {
            lint(name).forEach(finding -> shown.add(finding.code()));
        }
        assertThat(shown)
                .isEqualTo(
                        Arrays.stream(Check.values()).map(Check::code).collect(Collectors.toCollection(TreeSet::new)));
        String reference = Files.readString(Path.of("../docs/lint.md"));
        for (Check check : Check.values()) {
            assertThat(reference)
                    .contains("| " + check.code() + " | " + check.severity().word() + " | " + check.meaning() + " |");
        }
    }

    @Test
    @DisplayName("what is found is the same each time")
    void deterministic() throws IOException {
        for (String name : documents().toList()) {
            assertThat(lint(name)).isEqualTo(lint(name));
        }
    }

    private static List<Finding> lint(String name) throws IOException {
        PolicyText text = text(LINT, name + ".yaml");
        Lint lint = new Lint(Policy.parse(text), List.of(text), Probes.AT);
        if (name.startsWith("people")) {
            lint.people(PEOPLE);
        }
        if (name.startsWith("inventory")) {
            lint.actions(List.of("payment.refund", "doc.read", "key.rotate"));
        }
        return lint.findings();
    }

    private static PolicyText text(Path directory, String name) throws IOException {
        return new PolicyText(name, Files.readString(directory.resolve(name)));
    }

    private static void compare(String directory, String name, String actual) throws IOException {
        String golden = System.getProperty("policy.golden");
        if (golden != null) {
            Files.writeString(Path.of(golden).resolve(directory).resolve(name), actual);
        }
        assertThat(actual)
                .isEqualTo(Files.readString(
                        Path.of("src/test/resources/policy").resolve(directory).resolve(name)));
    }
}
