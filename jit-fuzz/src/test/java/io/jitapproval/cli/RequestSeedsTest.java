package io.jitapproval.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.core.document.Node;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Seeds that are too large for a file, the seeds through the command itself, and the broken twin. */
@DisplayName("wall 1: jit eval answers every line, whatever it holds")
class RequestSeedsTest {

    private static final String GOOD = """
            {"subject":{"type":"user","id":"ana"},"action":{"name":"payment.refund","properties":{"amount":%s}},\
            "resource":{"type":"order","id":"42"}}""";

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> large() {
        return Stream.of(
                        seed("a text of 10 MB", GOOD.formatted('"' + "a".repeat(10_000_000) + '"')),
                        seed("a text just below the limit", GOOD.formatted('"' + "a".repeat(1_000_000) + '"')),
                        seed("20 000 lines", "{}\n".repeat(20_000)),
                        seed("1 000 levels", GOOD.formatted("[".repeat(1_000) + "]".repeat(1_000))),
                        seed("a key of 900 000 characters", GOOD.formatted("{\"" + "k".repeat(900_000) + "\":1}")),
                        seed("a list of 400 000 numbers", GOOD.formatted("[" + "1,".repeat(400_000) + "1]")),
                        seed("a batch of 100 000", "{\"evaluations\":[" + "{},".repeat(100_000) + "{}]}"),
                        seed("a number of 900 000 digits", GOOD.formatted("9".repeat(900_000))))
                .map(seed -> DynamicTest.dynamicTest(
                        seed.name(), () -> RequestLines.check(seed.text().getBytes(UTF_8), Requests::line)));
    }

    @TestFactory
    Stream<DynamicTest> everySeedThroughTheCommand() throws IOException, URISyntaxException {
        Path policy = Files.writeString(directory.resolve("policy.json"), RequestLines.POLICY);
        return seeds().stream()
                .map(seed -> DynamicTest.dynamicTest(
                        String.valueOf(seed.getFileName()), () -> throughTheCommand(policy, Files.readAllBytes(seed))));
    }

    private static void throughTheCommand(Path policy, byte[] seed) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = JitMain.run(
                new ByteArrayInputStream(seed),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                "eval",
                "--policy",
                policy.toString());
        int lines = 0;
        Lines all = new Lines(new ByteArrayInputStream(seed), () -> {});
        while (all.next() != null) {
            lines++;
        }
        assertThat(exit).as(err.toString(UTF_8)).isIn(0, 2);
        assertThat(out.toString(UTF_8).lines()).hasSize(lines);
    }

    private static List<Path> seeds() throws IOException, URISyntaxException {
        URL inputs = Objects.requireNonNull(RequestSeedsTest.class.getResource("RequestFuzzTestInputs/lines"));
        try (Stream<Path> files = Files.walk(Path.of(inputs.toURI()))) {
            List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
            assertThat(all).hasSizeGreaterThan(10);
            return all;
        }
    }

    @Test
    @DisplayName("broken twin: a reader that trusts every line to be an object is found by the seeds")
    void twin() throws IOException, URISyntaxException {
        List<Path> seeds = seeds();
        assertThatThrownBy(() -> {
                    for (Path seed : seeds) {
                        RequestLines.check(Files.readAllBytes(seed), RequestSeedsTest::trusting);
                    }
                })
                .isInstanceOf(ClassCastException.class);
    }

    private static Node trusting(PolicyText line, int number) {
        return (Node.Obj) Requests.line(line, number);
    }

    private record Seed(String name, String text) {}

    private static Seed seed(String name, String text) {
        return new Seed(name, text);
    }
}
