package io.jitapproval.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("what the jit command does to files")
class FilesTest {

    private static final Path INPUTS = Path.of("src/test/resources/cli/inputs");

    @TempDir
    Path directory;

    @Test
    @DisplayName("what init writes passes lint and fmt --check, decides, and is not written over")
    void init() throws IOException {
        Path policy = directory.resolve("new/policy.yaml");
        assertThat(Run.of("init", policy.getParent().toString()).exit()).isZero();
        Run lint = Run.of("lint", policy.toString());
        assertThat(lint.exit()).isZero();
        assertThat(lint.lines()).noneMatch(line -> line.contains("warning"));
        assertThat(Run.of("fmt", "--check", policy.toString())).isEqualTo(new Run(0, "", ""));
        assertThat(Run.of(
                                "eval",
                                "--policy",
                                policy.toString(),
                                INPUTS.resolve("requests.jsonl").toString())
                        .lines())
                .hasSize(4);

        Files.writeString(policy, "mine");
        Run again = Run.of("init", policy.getParent().toString());
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("JIT-Q008", "--force");
        assertThat(policy).hasContent("mine");
        assertThat(Run.of("init", "--force", policy.getParent().toString()).exit())
                .isZero();
        assertThat(policy).content().startsWith("# yaml-language-server:");
    }

    @Test
    @DisplayName("fmt --write rewrites what differs and leaves alone what does not, its permissions too")
    void write() throws IOException {
        Path messy = Files.copy(INPUTS.resolve("messy.yaml"), directory.resolve("messy.yaml"));
        messy.toFile().setExecutable(true);
        assertThat(Run.of("fmt", "--check", messy.toString()).exit()).isEqualTo(1);
        assertThat(Run.of("fmt", "--write", messy.toString())).isEqualTo(new Run(0, "", ""));
        assertThat(messy)
                .hasContent(
                        Run.of("fmt", INPUTS.resolve("messy.yaml").toString()).out());
        assertThat(messy).isExecutable();
        assertThat(Run.of("fmt", "--check", messy.toString()).exit()).isZero();
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(messy);
        }
    }

    @Test
    @DisplayName("fmt --write touches none of the files if one of them has a fault")
    void allOrNothing() throws IOException {
        Path messy = Files.copy(INPUTS.resolve("messy.yaml"), directory.resolve("messy.yaml"));
        Path bad = Files.copy(INPUTS.resolve("bad-policy.yaml"), directory.resolve("bad.yaml"));
        assertThat(Run.of("fmt", "--write", messy.toString(), bad.toString()).exit())
                .isEqualTo(2);
        assertThat(messy).hasSameTextualContentAs(INPUTS.resolve("messy.yaml"));
        assertThat(bad).hasSameTextualContentAs(INPUTS.resolve("bad-policy.yaml"));
    }

    @Test
    @DisplayName("a directory is one policy, and a document of it can be laid out alone")
    void directory() throws IOException {
        Files.writeString(directory.resolve("a.yaml"), "default: deny\nrules: []\n");
        Path part = Files.writeString(
                directory.resolve("b.yaml"), "rules:\n  - { effect: allow, id: all, actions: [\"*\"] }\n");
        Files.writeString(directory.resolve("b.test.yaml"), "no policy");
        assertThat(Run.of("lint", directory.toString()).exit()).isZero();
        assertThat(Run.of("lint", part.toString()).exit()).isEqualTo(1);
        assertThat(Run.of(
                                "eval",
                                "--policy",
                                directory.toString(),
                                INPUTS.resolve("refund-50.json").toString())
                        .out())
                .startsWith("{\"decision\":true");
        assertThat(Run.of("fmt", part.toString()).out())
                .isEqualTo("rules:\n  - { id: all, actions: [\"*\"], effect: allow }\n");
    }
}
