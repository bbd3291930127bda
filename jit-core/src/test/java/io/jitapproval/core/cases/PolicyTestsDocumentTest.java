package io.jitapproval.core.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("docs/policy-tests.md says what policy tests do")
class PolicyTestsDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/policy-tests.md");

    @Test
    @DisplayName("every code is there with its meaning, and no other")
    void codes() throws IOException {
        assertThat(Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith("| JIT-T")))
                .containsExactlyElementsOf(Arrays.stream(TestCode.values())
                        .map(code -> "| " + code.code() + " | " + code.meaning() + " |")
                        .toList());
    }

    @Test
    @DisplayName("every field is named")
    void fields() throws IOException {
        String text = Files.readString(DOCUMENT);
        assertThat(Stream.of(CaseReader.CASE, ExpectReader.EXPECT, ExpectReader.GRANT)
                        .flatMap(List::stream)
                        .filter(field -> !text.contains("`" + field + "`")))
                .isEmpty();
    }

    @Test
    @DisplayName("its tests pass on its policy, and the failing report is what comes out")
    void examples(@TempDir Path work) throws IOException {
        List<String> blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```yaml\n".length(), block.length() - 3))
                .toList();
        Files.writeString(work.resolve("policy.yaml"), blocks.get(0));
        Path tests = Files.writeString(work.resolve("policy.test.yaml"), blocks.get(1));
        Report report = PolicyCases.load(List.of(tests)).run();
        assertThat(report.text()).contains("all 5 cases passed");
        assertThat(report.isGood()).isTrue();
        Files.writeString(tests, blocks.get(1).replace("decision: approval-required", "decision: permit"));
        assertThat(Files.readString(DOCUMENT))
                .contains(failing(work).replace(work + "/", "").strip());
    }

    /** With one expectation wrong. */
    private static String failing(Path work) throws IOException {
        Path tests = work.resolve("policy.test.yaml");
        String slip =
                Files.readString(tests).replace("      approvers: [mia]\n", "").replace("      people: 1\n", "");
        Files.writeString(tests, slip);
        return PolicyCases.load(List.of(tests)).run().text();
    }
}
