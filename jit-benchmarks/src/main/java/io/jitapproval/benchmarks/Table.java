package io.jitapproval.benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs every benchmark and prints one table. A run in which anything was logged or thrown is void: it prints no table and
 * ends with status 1.
 *
 * <p>Arguments: {@code --quick} for about three minutes instead of ten; {@code --forks N} and {@code --warmup N} for other
 * numbers of forks and of iterations before measuring; {@code --only REGEX} for some of the benchmarks.
 */
public final class Table {

    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String HEAP = "2g";
    private static final String LOAD = LoadBenchmark.class.getSimpleName();

    private Table() {}

    /** Runs. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<String> words = Arrays.asList(args);
        boolean quick = words.contains("--quick");
        int forks = Integer.parseInt(after(words, "--forks", quick ? "1" : "2"));
        int warmup = Integer.parseInt(after(words, "--warmup", quick ? "4" : "5"));
        Silence silence = new Silence(out);
        System.setOut(silence.ear());
        System.setErr(silence.ear());
        long start = System.nanoTime();
        List<RunResult> results;
        try {
            String only = after(words, "--only", "Benchmark");
            results = new ArrayList<>();
            for (ChainedOptionsBuilder some : List.of(steady(quick, forks, warmup), once(quick))) {
                results.addAll(new Runner(some.include(only).build(), silence).run());
            }
        } catch (RunnerException failure) {
            out.println("VOID: a benchmark failed.");
            failure.printStackTrace(out);
            System.exit(1);
            return;
        }
        if (silence.lines() > 0) {
            out.printf("VOID: %d lines were printed or logged during the run, among them:%n%n", silence.lines());
            out.println(silence.heard());
            System.exit(1);
        }
        out.printf(
                Locale.ROOT,
                "%nJIT Approval, %s run of %d s, %d fork(s), heap %s. %s %s on %s, %d processors.%n%n",
                quick ? "quick" : "full",
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
                forks,
                HEAP,
                System.getProperty("java.vm.name"),
                System.getProperty("java.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
        out.println(Report.of(figures(results)));
    }

    private static String after(List<String> words, String option, String otherwise) {
        int at = words.indexOf(option);
        return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : otherwise;
    }

    /** What an application does over and over. */
    private static ChainedOptionsBuilder steady(boolean quick, int forks, int warmup) {
        TimeValue time = TimeValue.milliseconds(quick ? 500 : 1_000);
        return new OptionsBuilder()
                .exclude(LOAD)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(forks)
                .warmupIterations(warmup)
                .warmupTime(time)
                .measurementIterations(5)
                .measurementTime(time)
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuTime.class)
                .jvmArgs("-Xms" + HEAP, "-Xmx" + HEAP)
                // A benchmark that throws ends the run.
                .shouldFailOnError(true);
    }

    /** What it does when it starts, in a machine of its own each time. */
    private static ChainedOptionsBuilder once(boolean quick) {
        return new OptionsBuilder()
                .exclude("Benchmark(?<!" + LOAD + ")\\.")
                .mode(Mode.SingleShotTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .threads(1)
                .forks(quick ? 3 : 5)
                .warmupIterations(0)
                .measurementIterations(1)
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuTime.class)
                .shouldFailOnError(true);
    }

    private static Map<String, Figure> figures(Collection<RunResult> results) {
        Map<String, Figure> figures = new HashMap<>();
        for (RunResult each : results) {
            String rules = each.getParams().getParam("rules");
            String id = Row.id(each.getParams().getBenchmark(), rules == null ? "" : rules);
            Result<?> time = each.getPrimaryResult();
            double bytes = median(each, ALLOCATED);
            figures.put(id, new Figure(time.getScore(), time.getScoreError(), median(each, CpuTime.LABEL), bytes));
        }
        TreeSet<String> unknown = new TreeSet<>(figures.keySet());
        unknown.removeAll(Row.ALL.stream().map(Row::id).collect(Collectors.toSet()));
        Task.require(unknown.isEmpty(), "the table has no row for " + unknown);
        return figures;
    }

    private static double median(RunResult run, String measure) {
        Result<?> result = run.getSecondaryResults().get(measure);
        return result == null ? Double.NaN : result.getStatistics().getPercentile(50);
    }
}
