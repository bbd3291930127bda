package io.jitapproval.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("jit history import writes all or nothing, and the same again")
class HistoryCommandTest {

    private static final String INPUTS = "src/test/resources/cli/inputs/";

    @TempDir
    Path work;

    private Path imported(String input, String name) {
        Path out = work.resolve(name);
        Run run = Run.of("history", "import", input, "--out", out.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        return out;
    }

    @Test
    @DisplayName("of lines and of an audit file; import of import is the same text")
    void twice() throws IOException {
        for (String input : List.of("approvals.jsonl", "desk-audit.jsonl")) {
            Path once = imported(INPUTS + input, "once-" + input);
            Path again = imported(once.toString(), "again-" + input);
            assertThat(again).hasSameTextualContentAs(once);
            assertThat(Files.readAllLines(once))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(line -> assertThat(line).startsWith("{\"id\":"));
        }
    }

    @Test
    @DisplayName(
            "a file that is there stays, unless --force is given; what cannot be read changes nothing and leaves nothing")
    void allOrNothing() throws IOException {
        Path out = Files.writeString(work.resolve("out.jsonl"), "mine");
        String target = out.toString();
        assertThat(Run.of("history", "import", INPUTS + "approvals.jsonl", "--out", target)
                        .exit())
                .isEqualTo(2);
        assertThat(out).hasContent("mine");
        assertThat(Run.of("history", "import", INPUTS + "approvals-bad.jsonl", "--out", target, "--force")
                        .exit())
                .isEqualTo(2);
        assertThat(out).hasContent("mine");
        assertThat(Run.of("history", "import", INPUTS + "approvals.jsonl", "--out", work.toString(), "--force")
                        .exit())
                .isEqualTo(2);
        assertThat(Run.of("history", "import", INPUTS + "approvals.jsonl", "--out", target, "--force")
                        .exit())
                .isZero();
        assertThat(Files.readAllLines(out)).hasSize(6);
        try (Stream<Path> left = Files.list(work)) {
            assertThat(left).containsExactly(out);
        }
    }

    @Test
    @DisplayName("the source may be its own target, with --force")
    void ontoItself() throws IOException {
        Path out = imported(INPUTS + "approvals.jsonl", "self.jsonl");
        String before = Files.readString(out);
        assertThat(Run.of("history", "import", out.toString(), "--out", out.toString(), "--force")
                        .exit())
                .isZero();
        assertThat(out).hasContent(before);
    }

    @Test
    @DisplayName("what comes out of a history cannot steer the terminal")
    void harmless() throws IOException {
        Path file = Files.writeString(
                work.resolve("evil.jsonl"),
                "{\"id\":\"a\\u001b[2J\",\"time\":0,\"subject\":{\"id\":\"\\u202eana\"},\"action\":\"x\\u0007\",\"decision\":\"denied\","
                        + "\"decidedBy\":\"m\\u001bia\",\"reason\":\"\\u009b31m\",\"n\\u001b\":1}\n");
        for (Run run : List.of(
                Run.of("history", "show", file.toString()),
                Run.of("history", "show", "--request", "a\u001b[2J", file.toString()),
                Run.of("history", "show", "--request", "a\u001b[2J", "--format", "json", file.toString()),
                Run.of("history", "show", "--format", "json", file.toString()))) {
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out().replace("\n", "").chars())
                    .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        }
    }
}
