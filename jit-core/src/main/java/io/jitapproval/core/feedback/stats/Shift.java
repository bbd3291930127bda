package io.jitapproval.core.feedback.stats;

/** Whether what comes in now is mixed as it was. */
public final class Shift {

    /** From here on a shift is worth a look, by custom. */
    public static final double SOME = 0.1;

    /** From here on the population is another, by custom. */
    public static final double MUCH = 0.25;

    private Shift() {}

    /**
     * The population stability index: the sum over bins of (p - q) ln(p / q), where p and q are the bins' shares now and then. N. Siddiqi,
     * Credit Risk Scorecards (2006). Half an observation is added to each bin, so that an empty one gives no infinity.
     *
     * @param then counts by bin
     * @param now  counts by bin, in the same order
     * @return the index, 0 or more; 0 if either side is empty
     * @throws IllegalArgumentException if the lengths differ or a count is negative
     */
    public static double index(long[] then, long[] now) {
        if (then.length != now.length) {
            throw new IllegalArgumentException(
                    "as many bins then as now, but were " + then.length + " and " + now.length);
        }
        double before = sum(then);
        double after = sum(now);
        if (before == 0 || after == 0) {
            return 0;
        }
        double index = 0;
        for (int i = 0; i < then.length; i++) {
            double q = (then[i] + 0.5) / (before + 0.5 * then.length);
            double p = (now[i] + 0.5) / (after + 0.5 * now.length);
            index += (p - q) * Math.log(p / q);
        }
        return index;
    }

    private static double sum(long[] counts) {
        double sum = 0;
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("counts must not be negative, but one was " + count);
            }
            sum += count;
        }
        return sum;
    }
}
