package io.jitapproval.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@DisplayName("docs/cli.md says what the command does")
class CliDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/cli.md");
    private static final Path INPUTS = Path.of("src/test/resources/cli/inputs");

    @Test
    @DisplayName("every code is there with its meaning, and no other")
    void codes() throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| JIT-Q"))
                .toList();
        assertThat(rows)
                .isEqualTo(Arrays.stream(UsageCode.values())
                        .map(code -> "| " + code.code() + " | " + code.meaning() + " |")
                        .toList());
    }

    @Test
    @DisplayName("every command has a chapter that names each of its options")
    void options() throws IOException {
        Map<String, String> chapters = Pattern.compile("\n## jit (\\w+)\n(.*?)(?=\n## |\\z)", Pattern.DOTALL)
                .matcher(Files.readString(DOCUMENT))
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        Map<String, CommandLine> commands = JitMain.commands().getSubcommands();
        assertThat(chapters.keySet()).isEqualTo(commands.keySet());
        commands.forEach((name, line) -> assertThat(
                        line.getCommandSpec().optionsMap().keySet())
                .filteredOn(option -> option.startsWith("--") && !option.equals("--help"))
                .allSatisfy(option -> assertThat(chapters.get(name)).as(name).contains("`" + option)));
    }

    @Test
    @DisplayName("every transcript is what the command prints")
    void transcripts() throws IOException {
        Matcher blocks =
                Pattern.compile("```\n\\$ jit (.*?)\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
        int found = 0;
        while (blocks.find()) {
            String[] args = Arrays.stream(blocks.group(1).split(" "))
                    .map(arg -> Files.exists(INPUTS.resolve(arg))
                            ? INPUTS.resolve(arg).toString()
                            : arg)
                    .toArray(String[]::new);
            Run run = Run.of(args);
            assertThat((run.out() + run.err()).replace(INPUTS + "/", "")).isEqualTo(blocks.group(2));
            found++;
        }
        assertThat(found).isGreaterThan(2);
    }
}
