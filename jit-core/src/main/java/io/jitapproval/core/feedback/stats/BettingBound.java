package io.jitapproval.core.feedback.stats;

/**
 * Watches a rate of errors and may be looked at after each of them: whether the rate exceeds eps, with at most 1 - confidence for a false
 * alarm over all looks together, for ever.
 *
 * <p>I. Waudby-Smith and A. Ramdas, Estimating Means of Bounded Random Variables by Betting, JRSS B 86 (2024), grid-Kelly capital: against each
 * mean m, players begin with equal parts of 1 and bet fixed shares g = 1/2, 1/4, …, 1/4096 of how far the truth may lie above m. A wrong answer
 * multiplies a player's capital by 1 + g(1 - m)/m, a right one by 1 - g. If the mean is at most m, no capital is expected to grow, so by Ville's
 * inequality it ever reaches 1 / (1 - confidence) with probability at most 1 - confidence. The capital falls in m, so that all m whose
 * capital got there lie below the lower bound. Losses x between 0 and 1 multiply by the weighted geometric mean of both, which is at most
 * what a bet on x itself would give (inequality of the means), so that the bound holds for them too and a sum is all that is kept.
 *
 * <p>Immutable: a state can be stored as its components and made again from them.
 *
 * @param eps        the rate that is watched, between 0 and 1, both excluded
 * @param confidence between 0 and 1, both excluded
 * @param n          how many answers were seen
 * @param wrong      the sum of their losses; how many were wrong
 * @param peak       the natural logarithm of the highest capital against eps so far; at least 0
 */
public record BettingBound(double eps, double confidence, long n, double wrong, double peak) {

    private static final int PLAYERS = 12;

    /**
     * Checks the numbers.
     *
     * @param eps        as above
     * @param confidence as above
     * @param n          as above
     * @param wrong      as above
     * @param peak       as above
     * @throws IllegalArgumentException if a number is out of its range
     */
    public BettingBound {
        Tails.requireShare(eps, "eps");
        Tails.requireShare(confidence, "confidence");
        if (n < 0 || !(wrong >= 0 && wrong <= n)) {
            throw new IllegalArgumentException("counts must be 0 <= wrong <= n, but were " + wrong + " of " + n);
        }
        if (!(peak >= 0)) {
            throw new IllegalArgumentException("peak must be at least 0, but was " + peak);
        }
    }

    /**
     * Nothing seen yet.
     *
     * @param eps        as above
     * @param confidence as above
     * @return the state
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static BettingBound of(double eps, double confidence) {
        return new BettingBound(eps, confidence, 0, 0, 0);
    }

    /**
     * With one more answer.
     *
     * @param isWrong whether it was wrong
     * @return the state after it
     */
    public BettingBound add(boolean isWrong) {
        return add(isWrong ? 1.0 : 0.0);
    }

    /**
     * With one more loss.
     *
     * @param loss how wrong it was, in [0, 1]
     * @return the state after it
     * @throws IllegalArgumentException if it is out of its range
     */
    public BettingBound add(double loss) {
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("a loss must be between 0 and 1, but was " + loss);
        }
        double sum = Math.min(wrong + loss, n + 1.0);
        return new BettingBound(eps, confidence, n + 1, sum, Math.max(peak, logCapital(eps, n + 1, sum)));
    }

    /**
     * Whether the rate exceeds eps. Stays so once it was: later luck takes no evidence back.
     *
     * @return true if the capital against eps has reached 1 / (1 - confidence)
     */
    public boolean suspends() {
        return peak >= -Math.log1p(-confidence);
    }

    /** {@return the natural logarithm of the capital against eps now: an e-value} */
    public double logCapital() {
        return logCapital(eps, n, wrong);
    }

    /** {@return what the mean is at least, by the answers so far; holds for all looks together} */
    public double lower() {
        double target = -Math.log1p(-confidence);
        double low = 0;
        double high = n == 0 ? 0 : wrong / n;
        while (high - low > 1e-12) {
            double middle = 0.5 * (low + high);
            if (logCapital(middle, n, wrong) >= target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double logCapital(double m, long n, double wrong) {
        double[] logs = new double[PLAYERS];
        double highest = Double.NEGATIVE_INFINITY;
        double share = 1;
        for (int i = 0; i < PLAYERS; i++) {
            share /= 2;
            logs[i] = wrong * Math.log1p(share * (1 - m) / m) + (n - wrong) * Math.log1p(-share);
            highest = Math.max(highest, logs[i]);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - highest);
        }
        return highest + Math.log(sum / PLAYERS);
    }
}
