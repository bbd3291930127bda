package io.jitapproval.core.feedback.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.feedback.PastDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault of a history as whoever imports it reads it. To write the expected texts anew: {@code
 * -Dpolicy.golden=src/test/resources/history/errors}, then read the difference.
 */
@DisplayName(
        "wall 16: a line that cannot be understood is told with code, place and a way out, and is never a decision")
class HistoryErrorsTest {

    private static final Path DIRECTORY = Path.of("src/test/resources/history/errors");

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("the text of every fault is as agreed")
    void golden(String name) throws IOException {
        String actual = faults(DIRECTORY.resolve(name)).replace(DIRECTORY + "/", "");
        String expected = name.substring(0, name.length() - ".jsonl".length()) + ".txt";
        if (System.getProperty("policy.golden") != null) {
            Files.writeString(Path.of(System.getProperty("policy.golden")).resolve(expected), actual);
        }
        assertThat(actual).isEqualTo(Files.readString(DIRECTORY.resolve(expected)));
    }

    @Test
    @DisplayName("every code of a fault appears in the agreed texts")
    void everyCodeIsShown() throws IOException {
        StringBuilder all = new StringBuilder(faults(DIRECTORY.resolve("nobody.jsonl")));
        for (String name : files()) {
            all.append(faults(DIRECTORY.resolve(name)));
        }
        assertThat(Arrays.stream(HistoryCode.values())
                        .filter(code -> code.compareTo(HistoryCode.TORN) < 0)
                        .map(HistoryCode::code)
                        .filter(code -> all.indexOf(" " + code + " ") < 0))
                .isEmpty();
    }

    @Test
    @DisplayName("a line of more than 1 MiB is told and not kept, and the lines behind it are read")
    void huge(@TempDir Path work) throws IOException {
        String good = ImportFormatTest.MINIMAL;
        Path file = work.resolve("huge.jsonl");
        Files.writeString(file, good + "\n{\"x\":\"" + "y".repeat(LineSource.LONGEST) + "\"}\n" + good + "\n{\n");
        assertThat(faults(file).replace(work + "/", "")).isEqualTo("""
                        huge.jsonl:2:1 JIT-H005 the line is longer than 1 MiB: leave out what is not needed
                        huge.jsonl:4:1 JIT-H003 the line ends in the middle of a value: each decision stands on one line
                            {
                            ^
                        """);
    }

    @Test
    @DisplayName("nothing is handed over after the first fault")
    void nothingAfterAFault(@TempDir Path work) throws IOException {
        String good = ImportFormatTest.MINIMAL;
        Path file = Files.writeString(work.resolve("bad.jsonl"), good + "\n{}\n" + good + "\n");
        List<PastDecision> handed = new ArrayList<>();
        assertThat(problems(() -> Histories.of(List.of(file)).each(handed::add)))
                .hasSize(1);
        assertThat(handed).hasSize(1);
    }

    @Test
    @DisplayName("any bytes at all are either decisions or faults, never anything else")
    void anyBytes(@TempDir Path work) throws IOException {
        java.util.Random random = new java.util.Random(5);
        byte[] good = (ImportFormatTest.MINIMAL + "\n" + ImportFormatTest.MINIMAL + "\n")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Path file = work.resolve("bytes.jsonl");
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = good.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)));
            assertThat(problems(() -> Histories.of(List.of(file)).each(decision -> {})))
                    .allSatisfy(problem -> assertThat(problem.code()).startsWith("JIT-H0"));
        }
    }

    private static String faults(Path file) {
        return problems(() -> Histories.of(List.of(file)).each(decision -> {})).stream()
                .map(problem -> problem + "\n")
                .collect(Collectors.joining());
    }

    private static List<ConfigurationProblem> problems(Runnable reading) {
        try {
            reading.run();
            return List.of();
        } catch (JitConfigurationException e) {
            return e.problems();
        }
    }
}
