package io.jitapproval.benchmarks;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * Shows which benchmark runs, and counts what the forked machines print: JMH copies their standard output and error to its
 * own, where {@link #ear} stands, and hands what it has to say itself to the other methods. Who prints, logs; and who logs is
 * measured wrongly.
 */
final class Silence implements OutputFormat {

    private static final int KEPT = 2_000;

    private final PrintStream out;
    private final StringBuilder heard = new StringBuilder();
    private long lines;
    private int started;

    Silence(PrintStream out) {
        this.out = out;
    }

    /** How many lines came out of the forked machines. */
    synchronized long lines() {
        return lines;
    }

    /** The first of them. */
    synchronized String heard() {
        return heard.toString();
    }

    /** Stands in for standard output and error. */
    PrintStream ear() {
        OutputStream heard = new OutputStream() {
            @Override
            public void write(int b) {
                Silence.this.write(b);
            }

            @Override
            public void write(byte[] b, int from, int length) {
                hear(new String(b, from, length, StandardCharsets.UTF_8));
            }
        };
        return new PrintStream(heard, true, StandardCharsets.UTF_8);
    }

    private synchronized void hear(String text) {
        lines += text.chars().filter(c -> c == '\n').count();
        if (heard.length() < KEPT) {
            heard.append(text);
        }
    }

    @Override
    public void write(int b) {
        hear(String.valueOf((char) b));
    }

    @Override
    public void write(byte[] b) {
        hear(new String(b, StandardCharsets.UTF_8));
    }

    @Override
    public void startBenchmark(BenchmarkParams params) {
        String rules = params.getParam("rules");
        started++;
        out.printf("%3d  %s%n", started, Row.id(params.getBenchmark(), rules == null ? "" : rules));
        out.flush();
    }

    /** What JMH itself says, of failures for instance. */
    @Override
    public void println(String s) {
        if (s.contains("<failure>") || s.contains("Exception")) {
            out.println(s);
        }
    }

    @Override
    public void print(String s) {
        println(s);
    }

    @Override
    public void verbosePrintln(String s) {
        // of no interest
    }

    @Override
    public void iteration(BenchmarkParams params, IterationParams iteration, int number) {
        // of no interest
    }

    @Override
    public void iterationResult(BenchmarkParams params, IterationParams iteration, int number, IterationResult result) {
        // of no interest
    }

    @Override
    public void endBenchmark(BenchmarkResult result) {
        // of no interest
    }

    @Override
    public void startRun() {
        // of no interest
    }

    @Override
    public void endRun(Collection<RunResult> results) {
        // of no interest
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
