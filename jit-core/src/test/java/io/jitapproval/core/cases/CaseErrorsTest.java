package io.jitapproval.core.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jitapproval.JitConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault of a file of tests as its author reads it. To write the expected texts anew: {@code
 * -Dpolicy.golden=src/test/resources/cases/errors}, then read the difference.
 */
@DisplayName("design §5: faults of policy tests are told all at once, with code, place and a way out")
class CaseErrorsTest {

    private static final Path DIRECTORY = Path.of("src/test/resources/cases/errors");

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(".test.") && !name.endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("the text of every fault is as agreed")
    void golden(String name) throws IOException {
        String actual = faults(DIRECTORY.resolve(name)).replace(DIRECTORY + "/", "");
        String expected = name.substring(0, name.indexOf(".test.")) + ".txt";
        if (System.getProperty("policy.golden") != null) {
            Files.writeString(Path.of(System.getProperty("policy.golden")).resolve(expected), actual);
        }
        assertThat(actual).isEqualTo(Files.readString(DIRECTORY.resolve(expected)));
    }

    @Test
    @DisplayName("every code that there is appears in the agreed texts")
    void everyCodeIsShown() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : files()) {
            all.append(faults(DIRECTORY.resolve(name)));
        }
        assertThat(Arrays.stream(TestCode.values())
                        .map(TestCode::code)
                        .filter(code -> all.indexOf(" " + code + " ") < 0))
                .isEmpty();
    }

    @Test
    @DisplayName("no file, a directory without tests and a file that is missing are faults")
    void nothingToRun(@TempDir Path empty) {
        assertThat(faults(List.of())).startsWith("JIT-T001 no file of tests is named");
        assertThat(faults(empty)).startsWith(empty + " JIT-T001 the directory has no tests");
        assertThat(faults(empty.resolve("x.test.yaml"))).contains("x.test.yaml JIT-T002 there is no such file");
    }

    @Test
    @DisplayName("the faults of every file are told, not those of the first alone")
    void all() {
        assertThat(faults(List.of(DIRECTORY.resolve("time.test.json"), DIRECTORY.resolve("nobody.test.yaml"))))
                .contains("JIT-T004", "JIT-T010");
    }

    @Test
    @DisplayName("wall 1: whatever a file says, it is run or it is refused with problems that have a place")
    void mutated(@TempDir Path work) throws IOException {
        Random random = new Random(11);
        List<Path> seeds = Stream.of("reports/passing.test.yaml", "errors/table.test.yaml", "errors/values.test.yaml")
                .map(name -> DIRECTORY.getParent().resolve(name))
                .toList();
        Files.copy(DIRECTORY.getParent().resolve("reports/policy.yaml"), work.resolve("policy.yaml"));
        String alphabet = "{}[]\"',:*/.-019e \\\n\t#&!|~<=_xo\u00e4\u202e\ud83d\ude00";
        Path file = work.resolve("mutated.test.yaml");
        int refused = 0;
        for (int i = 0; i < 1500; i++) {
            StringBuilder text = new StringBuilder(Files.readString(seeds.get(i % seeds.size())));
            for (int j = random.nextInt(4); j >= 0; j--) {
                int at = random.nextInt(text.length());
                String other = String.valueOf(alphabet.charAt(random.nextInt(alphabet.length())));
                text.replace(at, Math.min(text.length(), at + random.nextInt(3)), other);
            }
            Files.writeString(file, text.toString().replaceAll("[\ud800-\udfff]", "?"));
            try {
                assertThat(PolicyCases.load(List.of(file)).run().cases()).isPositive();
            } catch (JitConfigurationException e) {
                refused++;
                assertThat(e.problems())
                        .allSatisfy(problem -> assertThat(problem.where()).startsWith(work.toString()));
            }
        }
        assertThat(refused).isPositive();
    }

    private static String faults(Path file) {
        return faults(List.of(file));
    }

    private static String faults(List<Path> files) {
        JitConfigurationException thrown =
                catchThrowableOfType(JitConfigurationException.class, () -> PolicyCases.load(files));
        assertThat(thrown).as(files.toString()).isNotNull();
        return thrown.problems().stream().map(problem -> problem + "\n").collect(Collectors.joining());
    }
}
