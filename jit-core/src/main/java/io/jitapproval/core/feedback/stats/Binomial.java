package io.jitapproval.core.feedback.stats;

import java.util.OptionalLong;

/**
 * Exact bounds for a rate of which {@code wrong} of {@code n} were seen, after C. J. Clopper and E. S. Pearson, The Use of Confidence or
 * Fiducial Limits Illustrated in the Case of the Binomial, Biometrika 26 (1934). Good for n up to 10^7 and more.
 */
public final class Binomial {

    /** No sample is larger than this: 10^9. */
    public static final long MOST = 1_000_000_000;

    private static final int MOST_STEPS = 200;

    private Binomial() {}

    /**
     * The probability of at most k of n.
     *
     * @param k how many; below 0 gives 0
     * @param n of how many
     * @param p the probability of each, in [0, 1]
     * @return the probability
     */
    public static double atMost(long k, long n, double p) {
        return Math.exp(Tails.logAtMost(k, n, p));
    }

    /**
     * The probability of at least k of n.
     *
     * @param k how many; above n gives 0
     * @param n of how many
     * @param p the probability of each, in [0, 1]
     * @return the probability
     */
    public static double atLeast(long k, long n, double p) {
        return Math.exp(Tails.logAtLeast(k, n, p));
    }

    /**
     * The natural logarithm of {@link #atMost}, which is finite where that is 0 for a computer.
     *
     * @param k how many
     * @param n of how many
     * @param p the probability of each, in [0, 1]
     * @return the logarithm; negative infinity if it cannot happen
     */
    public static double logAtMost(long k, long n, double p) {
        return Tails.logAtMost(k, n, p);
    }

    /**
     * The natural logarithm of {@link #atLeast}.
     *
     * @param k how many
     * @param n of how many
     * @param p the probability of each, in [0, 1]
     * @return the logarithm; negative infinity if it cannot happen
     */
    public static double logAtLeast(long k, long n, double p) {
        return Tails.logAtLeast(k, n, p);
    }

    /**
     * What the rate is at most: the p with P(at most {@code wrong} of {@code n}) = 1 - confidence. One-sided; for an interval ask both
     * bounds with (1 + confidence) / 2.
     *
     * @param wrong      how many were seen
     * @param n          of how many; 0 gives 1
     * @param confidence between 0 and 1, both excluded
     * @return the bound in [0, 1], exact to 1e-12
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static double upper(long wrong, long n, double confidence) {
        Tails.requireCounts(wrong, n);
        Tails.requireShare(confidence, "confidence");
        if (wrong == n) {
            return 1;
        }
        double target = Math.log1p(-confidence);
        if (wrong == 0) {
            return -Math.expm1(target / n);
        }
        return solve(target, wrong, n, false);
    }

    /**
     * What the rate is at least: the p with P(at least {@code wrong} of {@code n}) = 1 - confidence. One-sided.
     *
     * @param wrong      how many were seen
     * @param n          of how many; 0 gives 0
     * @param confidence between 0 and 1, both excluded
     * @return the bound in [0, 1], exact to 1e-12
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static double lower(long wrong, long n, double confidence) {
        Tails.requireCounts(wrong, n);
        Tails.requireShare(confidence, "confidence");
        if (wrong == 0) {
            return 0;
        }
        double target = Math.log1p(-confidence);
        if (wrong == n) {
            return Math.exp(target / n);
        }
        return solve(target, wrong, n, true);
    }

    /** Newton's steps on the logarithm of the tail, kept inside of a bracket that halves where they leave it. */
    private static double solve(double target, long k, long n, boolean rising) {
        double low = 0;
        double high = 1;
        double p = Math.min(Math.max((k + (rising ? -0.5 : 1.5)) / (n + 1.0), 1e-12), 1 - 1e-12);
        for (int step = 0; step < MOST_STEPS; step++) {
            double log = rising ? Tails.logAtLeast(k, n, p) : Tails.logAtMost(k, n, p);
            boolean tooLow = rising ? log < target : log > target;
            if (tooLow) {
                low = p;
            } else {
                high = p;
            }
            // d/dp P(Bin >= k) = n P(Bin(n - 1) = k - 1), and d/dp P(Bin <= k) = -n P(Bin(n - 1) = k)
            double density = Math.log((double) n) + Tails.logExactly(rising ? k - 1 : k, n - 1, p);
            double slope = Math.exp(density - log) * (rising ? 1 : -1);
            double next = p - (log - target) / slope;
            if (!(next > low && next < high)) {
                next = 0.5 * (low + high);
            }
            if (Math.abs(next - p) < 1e-15 + 1e-13 * p || high - low < 1e-16) {
                return next;
            }
            p = next;
        }
        return rising ? low : high;
    }

    /**
     * How many decisions pass without any error: the smallest n with (1 - eps)^n at most delta. 299 for 0.01 and 0.05.
     *
     * @param eps   the largest rate of errors that is to be excluded, between 0 and 1, both excluded
     * @param delta 1 - confidence, between 0 and 1, both excluded
     * @return n, at least 1
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static long needed(double eps, double delta) {
        Tails.requireShare(eps, "eps");
        Tails.requireShare(delta, "delta");
        return (long) Math.max(1, Math.ceil(Math.log(delta) / Math.log1p(-eps) - 1e-9));
    }

    /**
     * How many decisions pass if errors go on at a rate: the smallest n whose upper bound, with that share of n wrong (rounded up), is
     * at most eps.
     *
     * @param eps       the largest rate of errors that is to be excluded, between 0 and 1, both excluded
     * @param delta     1 - confidence, between 0 and 1, both excluded
     * @param wrongRate the rate of errors to expect, in [0, 1]
     * @return n; empty if no n does, or more than {@link #MOST} do
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static OptionalLong needed(double eps, double delta, double wrongRate) {
        if (wrongRate < 0 || wrongRate > 1) {
            throw new IllegalArgumentException("wrongRate must be between 0 and 1, but was " + wrongRate);
        }
        long first = needed(eps, delta);
        if (wrongRate == 0) {
            return OptionalLong.of(first);
        }
        if (wrongRate >= eps) {
            return OptionalLong.empty();
        }
        long least = 0;
        long most = 1;
        while (!suffices(most, eps, delta, wrongRate)) {
            least = most;
            most *= 2;
            if (most / wrongRate > MOST) {
                return OptionalLong.empty();
            }
        }
        while (most - least > 1) {
            long middle = (least + most) >>> 1;
            if (suffices(middle, eps, delta, wrongRate)) {
                most = middle;
            } else {
                least = middle;
            }
        }
        return OptionalLong.of(needed(most, eps, delta));
    }

    /** Whether as many errors are what the rate gives in the smallest sample that passes with them. */
    private static boolean suffices(long wrong, double eps, double delta, double wrongRate) {
        return wrong >= wrongRate * needed(wrong, eps, delta) - 1e-9;
    }

    /** The smallest n that passes with so many errors. */
    private static long needed(long wrong, double eps, double delta) {
        double target = Math.log(delta);
        long least = wrong;
        long most = Math.max(1, 2 * wrong);
        while (Tails.logAtMost(wrong, most, eps) > target) {
            least = most;
            most *= 2;
        }
        while (most - least > 1) {
            long middle = (least + most) >>> 1;
            if (Tails.logAtMost(wrong, middle, eps) > target) {
                least = middle;
            } else {
                most = middle;
            }
        }
        return most;
    }

    /**
     * The rule of three: if none of n was seen, the rate is below -ln(1 - confidence) / n, which is 3 / n for 0.95. J. A. Hanley and A.
     * Lippman-Hand, If Nothing Goes Wrong, Is Everything All Right?, JAMA 249 (1983). A little above {@code upper(0, n, confidence)}.
     *
     * @param n          of how many; at least 1
     * @param confidence between 0 and 1, both excluded
     * @return the bound, at most 1
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static double ruleOfThree(long n, double confidence) {
        Tails.requireShare(confidence, "confidence");
        if (n < 1) {
            throw new IllegalArgumentException("n must be at least 1, but was " + n);
        }
        return Math.min(1, -Math.log1p(-confidence) / n);
    }
}
