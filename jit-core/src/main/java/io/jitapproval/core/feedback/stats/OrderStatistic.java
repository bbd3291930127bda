package io.jitapproval.core.feedback.stats;

import java.util.OptionalInt;

/**
 * Bounds for a quantile of which nothing is known but a sample. S. S. Wilks, Determination of Sample Sizes for Setting Tolerance Limits,
 * Annals of Mathematical Statistics 12 (1941): the k-th smallest of n is at least the q-quantile with probability P(Bin(n, q) &lt; k),
 * whatever the distribution.
 */
public final class OrderStatistic {

    private OrderStatistic() {}

    /**
     * Which of n values in ascending order is an upper bound of the quantile.
     *
     * @param n          how many values
     * @param quantile   between 0 and 1, both excluded
     * @param confidence between 0 and 1, both excluded
     * @return the smallest k, from 1 to n, with P(Bin(n, quantile) &lt; k) at least the confidence; empty if n is too small
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static OptionalInt upper(int n, double quantile, double confidence) {
        Tails.requireShare(quantile, "quantile");
        Tails.requireShare(confidence, "confidence");
        double target = Math.log(confidence);
        if (n < 1 || below(n, n, quantile) < target) {
            return OptionalInt.empty();
        }
        int least = 0;
        int most = n;
        while (most - least > 1) {
            int middle = (least + most) >>> 1;
            if (below(middle, n, quantile) >= target) {
                most = middle;
            } else {
                least = middle;
            }
        }
        return OptionalInt.of(most);
    }

    /**
     * Which of n values in ascending order is a lower bound of the quantile.
     *
     * @param n          how many values
     * @param quantile   between 0 and 1, both excluded
     * @param confidence between 0 and 1, both excluded
     * @return the largest k, from 1 to n, with P(Bin(n, quantile) at least k) at least the confidence; empty if n is too small
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static OptionalInt lower(int n, double quantile, double confidence) {
        OptionalInt mirrored = upper(n, 1 - quantile, confidence);
        return mirrored.isEmpty() ? mirrored : OptionalInt.of(n + 1 - mirrored.getAsInt());
    }

    /**
     * How many values it takes until the largest of them bounds the quantile: the smallest n with quantile^n at most 1 - confidence. 59 for
     * 0.95 and 0.95.
     *
     * @param quantile   between 0 and 1, both excluded
     * @param confidence between 0 and 1, both excluded
     * @return n
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static long needed(double quantile, double confidence) {
        Tails.requireShare(quantile, "quantile");
        Tails.requireShare(confidence, "confidence");
        return Binomial.needed(1 - quantile, 1 - confidence);
    }

    private static double below(int k, int n, double quantile) {
        return Tails.logAtMost(k - 1L, n, quantile);
    }
}
