package io.jitapproval.core.feedback.evidence;

import io.jitapproval.core.feedback.stats.Binomial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Finds the threshold that lets most through and can be proved: each of a few that were fixed before anybody looked at an answer is
 * tested with its part of the error that is allowed.
 */
final class Certifier {

    /** Steps around the coverage that the older decisions promise: fine near to it, coarse far below. */
    private static final double[] LADDER = {1.1, 1.05, 1.02, 1, 0.98, 0.955, 0.925, 0.88, 0.8, 0.6};

    /** The more there is to check on, the more thresholds can be afforded. */
    private static final int[][] GRIDS = {{500, 5}, {2_000, 10}, {8_000, 20}, {Integer.MAX_VALUE, 40}};
    /** A part of the newest decisions that is so much worse that chance is no excuse shows that people have changed their minds. */
    private static final double NEWEST = 0.25;

    private static final double DRIFT_CONFIDENCE = 0.99;
    private static final double LEAST_COVERAGE = 0.05;

    private final double maxWrong;

    Certifier(double maxWrong) {
        this.maxWrong = maxWrong;
    }

    /** Scores, best first, with the answers. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Ranked(double[] score, int[] wrong) {

        /** What is let through at a threshold: how many, of which so many wrong. */
        int covered(double threshold) {
            int from = 0;
            int to = score.length;
            while (from < to) {
                int middle = (from + to) / 2;
                if (score[middle] >= threshold) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return from;
        }

        int wrongAt(int covered) {
            return covered == 0 ? 0 : wrong[covered - 1];
        }

        static Ranked of(double[] scores, boolean[] yes, int[] members) {
            Integer[] order = new Integer[members.length];
            Arrays.setAll(order, i -> members[i]);
            Arrays.sort(order, (a, b) -> Double.compare(scores[b], scores[a]));
            double[] score = new double[order.length];
            int[] wrong = new int[order.length];
            int sum = 0;
            for (int i = 0; i < order.length; i++) {
                score[i] = scores[order[i]];
                sum += yes[order[i]] ? 0 : 1;
                wrong[i] = sum;
            }
            return new Ranked(score, wrong);
        }
    }

    /**
     * What came of it.
     *
     * @param threshold the threshold; empty if none passed
     * @param tried     how many were tried
     * @param level     the confidence of each test
     * @param covered   how many it lets through, or the most promising of those that failed would have
     * @param wrong     how many of these were wrong
     * @param needed    if none passed, how many decisions there would have to be; empty if more of the same would not help
     */
    record Verdict(
            OptionalDouble threshold,
            int tried,
            double level,
            int covered,
            int wrong,
            double bound,
            OptionalLong needed) {

        /** The same if other families of as many thresholds were tried as well. */
        Verdict of(int families) {
            return new Verdict(threshold, families * tried, level, covered, wrong, bound, needed);
        }
    }

    /**
     * Certifies.
     *
     * @param checked the decisions to check on
     * @param planned older decisions, scored as if they had not been learnt from, that say where to look; empty if there are none
     * @param delta   the error that is allowed
     */
    Verdict certify(Ranked checked, Ranked planned, double delta) {
        double[] coverages = planned.score().length == 0
                ? grid(checked.score().length)
                : ladder(planned, checked.score().length, delta);
        double level = 1 - delta / coverages.length;
        Verdict best = null;
        for (double coverage : coverages) {
            int rank = (int) Math.floor(coverage * checked.score().length);
            if (rank < 1) {
                continue;
            }
            double threshold = checked.score()[rank - 1];
            int covered = checked.covered(threshold);
            int wrong = checked.wrongAt(covered);
            double bound = Binomial.upper(wrong, covered, level);
            boolean passes = bound <= maxWrong;
            if (passes && (best == null || best.threshold().isEmpty() || covered > best.covered())) {
                best = new Verdict(
                        OptionalDouble.of(threshold),
                        coverages.length,
                        level,
                        covered,
                        wrong,
                        bound,
                        OptionalLong.of(0));
            } else if (!passes && (best == null || (best.threshold().isEmpty() && bound < best.bound()))) {
                best = new Verdict(
                        OptionalDouble.empty(), coverages.length, level, covered, wrong, bound, OptionalLong.empty());
            }
        }
        if (best == null) {
            return new Verdict(OptionalDouble.empty(), coverages.length, level, 0, 0, 1, least(level, 1));
        }
        return best.threshold().isPresent() ? best : needed(best, checked, level);
    }

    private OptionalLong least(double level, double coverage) {
        return OptionalLong.of((long) Math.ceil(Binomial.needed(maxWrong, 1 - level) / coverage));
    }

    /** How many decisions would do if they came as these did, at whatever coverage asks for fewest. */
    private Verdict needed(Verdict failed, Ranked checked, double level) {
        int size = checked.score().length;
        long fewest = Long.MAX_VALUE;
        for (double coverage : grid(Integer.MAX_VALUE)) {
            int covered = (int) Math.floor(coverage * size);
            if (coverage < LEAST_COVERAGE || covered < 1) {
                continue;
            }
            // Half a wrong one more: none seen is no promise of none.
            double rate = (checked.wrongAt(covered) + 0.5) / (covered + 1);
            OptionalLong all = rate < maxWrong ? Binomial.needed(maxWrong, 1 - level, rate) : OptionalLong.empty();
            if (all.isPresent()) {
                fewest = Math.min(fewest, (long) Math.ceil(all.getAsLong() / coverage));
            }
        }
        OptionalLong needed = fewest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(fewest);
        return new Verdict(
                failed.threshold(),
                failed.tried(),
                failed.level(),
                failed.covered(),
                failed.wrong(),
                failed.bound(),
                needed);
    }

    private static double[] grid(int size) {
        int steps =
                Arrays.stream(GRIDS).filter(grid -> size <= grid[0]).findFirst().orElseThrow()[1];
        double[] grid = new double[steps];
        for (int i = 0; i < steps; i++) {
            grid[i] = (i + 1.0) / steps;
        }
        return grid;
    }

    private double[] ladder(Ranked planned, int size, double delta) {
        double promised = 0;
        double level = 1 - delta / LADDER.length;
        int all = planned.score().length;
        int steps = 200;
        for (int i = 1; i <= steps; i++) {
            int covered = (int) Math.floor((double) i * all / steps);
            if (covered < 1) {
                continue;
            }
            double rate = (double) planned.wrongAt(covered) / covered;
            long likely = (long) Math.floor((double) i * size / steps);
            if (likely > 0 && Binomial.upper(Math.round(rate * likely), likely, level) <= maxWrong) {
                promised = (double) i / steps;
            }
        }
        if (promised == 0) {
            return grid(size);
        }
        List<Double> ladder = new ArrayList<>();
        for (double step : LADDER) {
            ladder.add(Math.min(1, promised * step));
        }
        return ladder.stream().distinct().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Whether the newest decisions show that what was learnt no longer holds.
     *
     * @param wrong by decision in the order of time, of those that are let through: whether people denied
     */
    boolean drifts(boolean[] wrong) {
        int from = (int) Math.floor(wrong.length * (1 - NEWEST));
        int newest = 0;
        for (int i = from; i < wrong.length; i++) {
            newest += wrong[i] ? 1 : 0;
        }
        return wrong.length > from && Binomial.lower(newest, wrong.length - from, DRIFT_CONFIDENCE) > maxWrong;
    }
}
