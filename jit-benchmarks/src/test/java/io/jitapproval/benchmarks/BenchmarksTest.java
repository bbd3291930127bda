package io.jitapproval.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Keeps the benchmarks alive: each runs once. Their setups check what they decide, so the peers agree. */
class BenchmarksTest {

    private static final List<String> SIZES = List.of("10", "1000");

    @Test
    void everyRowRunsOnceInSilenceAndThePeersAgree() throws RunnerException {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Collection<RunResult> results;
        try (PrintStream all = new PrintStream(printed, true, StandardCharsets.UTF_8);
                PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)) {
            System.setOut(all);
            System.setErr(all);
            results = new Runner(
                            new OptionsBuilder()
                                    .include("Benchmark")
                                    .mode(Mode.SingleShotTime)
                                    .forks(0)
                                    .threads(1)
                                    .warmupIterations(0)
                                    .measurementIterations(1)
                                    .param("rules", SIZES.toArray(new String[0]))
                                    .shouldFailOnError(true)
                                    .build(),
                            new Silence(nowhere))
                    .run();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        Set<String> ran = new TreeSet<>();
        for (RunResult each : results) {
            String rules = each.getParams().getParam("rules");
            ran.add(Row.id(each.getParams().getBenchmark(), rules == null ? "" : rules));
        }
        Set<String> rows = Row.ALL.stream()
                .map(Row::id)
                .filter(id -> !id.contains(":") || SIZES.contains(id.substring(id.indexOf(':') + 1)))
                .collect(Collectors.toSet());
        assertThat(ran).isEqualTo(rows);
    }
}
