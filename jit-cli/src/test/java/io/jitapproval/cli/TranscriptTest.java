package io.jitapproval.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people see of each command. The first line of a transcript is the call; {@code @/} stands for the directory of inputs. To
 * write them anew: {@code -Dcli.golden=write}, then read the difference.
 */
@DisplayName("the jit command says what was agreed, and ends with 0, 1 or 2")
class TranscriptTest {

    private static final String INPUTS = "src/test/resources/cli/inputs/";
    private static final Path TRANSCRIPTS = Path.of("src/test/resources/cli/golden");

    static Stream<String> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(TRANSCRIPTS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    @DisplayName("as in the transcript")
    void golden(String name) throws IOException {
        Path file = TRANSCRIPTS.resolve(name);
        String expected = Files.readString(file);
        String call = expected.lines().findFirst().orElseThrow();
        String actual = transcript(call);
        if (System.getProperty("cli.golden") != null) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static String transcript(String call) throws IOException {
        assertThat(call).startsWith("$ jit");
        String[] sides = call.substring("$ jit".length()).split(" < ", 2);
        List<String> args = Arrays.stream(sides[0].strip().split(" +"))
                .filter(arg -> !arg.isEmpty())
                .map(arg -> arg.replace("@/", INPUTS))
                .toList();
        byte[] in = sides.length == 1 ? new byte[0] : Files.readAllBytes(Path.of(sides[1].replace("@/", INPUTS)));
        Run run = Run.with(in, args.toArray(String[]::new));
        return call + "\n[exit " + run.exit() + "]\n" + run.out().replace(INPUTS, "@/")
                + (run.err().isEmpty() ? "" : "[err]\n" + run.err().replace(INPUTS, "@/"));
    }
}
