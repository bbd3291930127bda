package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.core.document.Code;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/policy.md says what the engine does")
class PolicyReferenceDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/policy.md");

    @Test
    @DisplayName("every example is a policy, a rule or a condition that the engine reads")
    void examples() throws IOException {
        Matcher blocks = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
        int found = 0;
        while (blocks.find()) {
            String block = blocks.group(1);
            assertThat(Policy.parse(new PolicyText("policy.md", document(block))))
                    .as(block)
                    .isNotNull();
            found++;
        }
        assertThat(found).isGreaterThan(5);
    }

    @Test
    @DisplayName("every example in YAML is a policy or the condition of a rule that the engine reads")
    void yamlExamples() throws IOException {
        Matcher blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
        int found = 0;
        while (blocks.find()) {
            String block = blocks.group(1);
            String rule = "default: deny\nrules:\n  - id: r\n    actions: [a]\n    effect: deny\n" + block.indent(4);
            String document = block.startsWith("when:") ? rule : block;
            assertThat(Policy.parse(new PolicyText("policy.yaml", document)))
                    .as(block)
                    .isNotNull();
            found++;
        }
        assertThat(found).isGreaterThan(3);
    }

    @Test
    @DisplayName("the first example says the same in YAML")
    void yaml() throws IOException {
        String text = Files.readString(DOCUMENT);
        assertThat(Policy.parse(new PolicyText("policy.yaml", first(text, "yaml")))
                        .version())
                .isEqualTo(Policy.parse(new PolicyText("policy.json", first(text, "json")))
                        .version());
    }

    private static String first(String text, String language) {
        return text.split("```" + language + "\n", -1)[1].split("```", -1)[0];
    }

    @Test
    @DisplayName("every code is there with its meaning, and no other")
    void codes() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("| JIT-P")) {
                rows.add(line);
            }
        }
        assertThat(rows)
                .isEqualTo(Arrays.stream(Code.values())
                        .map(code -> "| " + code.code() + " | " + code.meaning() + " |")
                        .toList());
    }

    @Test
    @DisplayName("every operator is named")
    void operators() throws IOException {
        String text = Files.readString(DOCUMENT);
        List<String> words = new ArrayList<>(Operators.anywhere().keySet());
        words.addAll(Operators.onSubject().keySet());
        words.addAll(WindowReader.WORDS);
        words.add("ifAbsent");
        assertThat(words).allMatch(word -> text.contains("`" + word + "`"));
    }

    private static String document(String block) {
        if (block.contains("\"rules\"")) {
            return block;
        }
        String rule = block.contains("\"effect\"")
                ? block
                : "{\"id\": \"r\", \"actions\": [\"a\"], \"effect\": \"deny\", \"when\": " + block + "}";
        return "{\"default\": \"deny\", \"rules\": [" + rule + "]}";
    }
}
