package io.jitapproval.walls.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@link Crowd} in a process of 512 MiB. By default a tenth of the crowd; all of it with {@code -Djit.crowd=100000,10000}.
 */
@DisplayName("R60: many pending requests and many waiters in one process of 512 MiB")
class CrowdTest {

    private static final Pattern SAID = Pattern.compile(
            "requests (\\d+) .* waiters (\\d+) .* threads (\\d+), heap (\\d+) MiB .* median ([0-9.]+) ms.*",
            Pattern.DOTALL);
    private static final long MINUTES = 10;

    @TempDir
    Path dir;

    @Test
    @DisplayName("no thread per waiter, and a decision wakes its waiter at once")
    void crowd() throws Exception {
        String[] crowd = System.getProperty("jit.crowd", "10000,1000").split(",", 2);
        Path out = dir.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Crowd.class.getName(),
                        crowd[0],
                        crowd[1])
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(out);
        System.Logger log = System.getLogger(CrowdTest.class.getName());
        log.log(System.Logger.Level.INFO, said);
        Matcher figures = SAID.matcher(said);

        assertThat(figures.find()).as(said).isTrue();
        assertThat(Integer.parseInt(figures.group(3))).as("threads").isLessThan(100);
        assertThat(Double.parseDouble(figures.group(5)))
                .as("median wake-up, ms")
                .isLessThan(1_000);
    }
}
