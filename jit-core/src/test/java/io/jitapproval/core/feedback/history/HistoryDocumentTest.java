package io.jitapproval.core.feedback.history;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("docs/history.md and the schema say how histories are written")
class HistoryDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/history.md");

    @Test
    @DisplayName("every code is there with its meaning, and no other")
    void codes() throws IOException {
        assertThat(Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith("| JIT-H")))
                .containsExactlyElementsOf(Arrays.stream(HistoryCode.values())
                        .map(code -> "| " + code.code() + " | " + code.meaning() + " |")
                        .toList());
    }

    @Test
    @DisplayName("every field is in the table and in the schema")
    void fields() throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.matches("\\| `\\w+` \\| .*"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        assertThat(rows).containsExactlyElementsOf(LineReader.FIELDS);
        JsonNode schema =
                new JsonMapper().readTree(Files.readString(Path.of("src/main/resources/jit-history.schema.json")));
        assertThat(new ArrayList<>(schema.get("properties").propertyNames()))
                .containsExactlyElementsOf(LineReader.FIELDS);
    }

    @Test
    @DisplayName("its line is one, by the reader and by the schema")
    void example(@TempDir Path work) throws IOException {
        Matcher block = Pattern.compile("```json\n(.*?)\n```").matcher(Files.readString(DOCUMENT));
        assertThat(block.find()).isTrue();
        Path file = Files.writeString(work.resolve("doc.jsonl"), block.group(1) + "\n");
        assertThat(Histories.of(List.of(file))
                        .read(decision -> assertThat(decision.isLabelled()).isTrue())
                        .decisions())
                .isEqualTo(1);
        assertThat(ImportFormatTest.schema().validate(new JsonMapper().readTree(block.group(1))))
                .isEmpty();
    }
}
