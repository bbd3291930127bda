package io.jitapproval.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What we promise, as a figure that must not be exceeded.
 *
 * @param text   for people
 * @param most   the most it may be
 * @param actual computes it from the figures by row
 */
record Target(String text, double most, ToDoubleFunction<Map<String, Figure>> actual) {

    private static final List<String> SIZES = List.of("10", "1000", "100000");

    private static final Figure NOT_RUN = new Figure(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** All promises. Ratios are of processor times of one run. */
    static final List<Target> ALL = List.of(
            new Target("deciding is flat: slowest / fastest of 10, 1 000, 100 000 rules", 1.20, Target::flatness),
            new Target(
                    "deciding / hand-coded decision, worst of the three sizes",
                    5,
                    figures -> each("Decision.decide:", figures, "HandCoded.decide:")),
            new Target(
                    "deciding / @PreAuthorize on the same rule (13 x faster)",
                    1 / 13.0,
                    figures -> ratio(figures, "Decision.decide:1000", "SpringSecurity.allowed")),
            new Target(
                    "deciding / CEL on the bare condition, the faster of its two (3 x faster)",
                    1 / 3.0,
                    figures -> Math.max(
                            ratio(figures, "Decision.decide:1000", "Cel.evaluate"),
                            ratio(figures, "Decision.decide:1000", "Cel.evaluatePlanned"))),
            new Target(
                    "deciding / jCasbin, 1 000 rules each (300 x faster)",
                    1 / 300.0,
                    figures -> ratio(figures, "Decision.decide:1000", "Casbin.decide:1000")),
            new Target(
                    "deciding, bytes an operation, worst of the three sizes",
                    256,
                    figures -> SIZES.stream()
                            .mapToDouble(size ->
                                    of(figures, "Decision.decide:" + size).bytes())
                            .max()
                            .orElseThrow()),
            new Target(
                    "1 000 rules on one action found / each of them tested (10 x faster)",
                    1 / 10.0,
                    figures -> ratio(figures, "OneAction.found:1000", "OneAction.tested:1000")),
            new Target(
                    "two threads: processor time of a decision / that of one (1.7 x the throughput)",
                    2 / 1.7,
                    figures -> ratio(figures, "Decision.decideByTwo", "Decision.decide:1000")),
            new Target(
                    "100 000 rules loaded cold in a heap of " + LoadBenchmark.HEAP + ", seconds of processor",
                    3,
                    figures -> of(figures, "Load.load:100000").cpu() / 1e9),
            new Target(
                    "covered call / hand-coded covered call",
                    20,
                    figures -> ratio(figures, "Call.covered", "HandCoded.covered")),
            new Target(
                    "covered call, bytes an operation",
                    4_096,
                    figures -> of(figures, "Call.covered").bytes()));

    private static double flatness(Map<String, Figure> figures) {
        List<Double> times = SIZES.stream()
                .map(size -> of(figures, "Decision.decide:" + size).cpu())
                .sorted()
                .toList();
        return times.get(times.size() - 1) / times.get(0);
    }

    private static double each(String row, Map<String, Figure> figures, String peer) {
        return SIZES.stream()
                .mapToDouble(size -> ratio(figures, row + size, peer + size))
                .max()
                .orElseThrow();
    }

    private static double ratio(Map<String, Figure> figures, String row, String peer) {
        return of(figures, row).cpu() / of(figures, peer).cpu();
    }

    private static Figure of(Map<String, Figure> figures, String row) {
        return Stream.ofNullable(figures.get(row)).findFirst().orElse(NOT_RUN);
    }

    /** PASS or MISS, or that it was not measured. */
    String judge(Map<String, Figure> figures) {
        double value = actual.applyAsDouble(figures);
        String verdict = Double.isNaN(value) ? "----" : value <= most ? "PASS" : "MISS";
        return String.format(Locale.ROOT, "%s  %-78s %10s  at most %s", verdict, text, show(value), show(most));
    }

    private static String show(double value) {
        return Double.isNaN(value)
                ? "not run"
                : String.format(Locale.ROOT, value < 0.1 ? "%.5f" : value < 1 ? "%.3f" : "%.2f", value);
    }
}
