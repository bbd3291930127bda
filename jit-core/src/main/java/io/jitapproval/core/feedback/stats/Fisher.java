package io.jitapproval.core.feedback.stats;

import java.util.List;

/**
 * Whether two proportions differ, exactly and whatever the counts. R. A. Fisher, The Design of Experiments (1935): given the sums, the count
 * of one group is hypergeometric. Over several strata the sum of such counts decides (D. R. Cox, The Analysis of Binary Data, 1970).
 */
public final class Fisher {

    /** Terms below this say nothing any more. */
    private static final double LEAST = 1e-30;

    private Fisher() {}

    /**
     * Two groups in one stratum.
     *
     * @param some   how many of the group were seen
     * @param n      of how many
     * @param others how many of the other group were seen
     * @param m      of how many
     */
    public record Table(long some, long n, long others, long m) {

        /**
         * Checks the counts.
         *
         * @param some   as above
         * @param n      as above
         * @param others as above
         * @param m      as above
         * @throws IllegalArgumentException if a count is negative or greater than its sum
         */
        public Table {
            Tails.requireCounts(some, n);
            Tails.requireCounts(others, m);
        }

        long seen() {
            return some + others;
        }

        /** {@return how many of the group would be seen if both groups were alike} */
        public double expected() {
            return n + m == 0 ? 0 : (double) seen() * n / ((double) n + m);
        }
    }

    /**
     * The p-value against "the group's share is not greater than that of the other".
     *
     * @param some   how many of the group were seen
     * @param n      of how many
     * @param others how many of the other group were seen
     * @param m      of how many
     * @return the probability of as many or more in the group, if the shares are equal
     * @throws IllegalArgumentException if a count is negative or greater than its sum
     */
    public static double greater(long some, long n, long others, long m) {
        return greater(List.of(new Table(some, n, others, m)));
    }

    /**
     * The p-value against "the group's share is not smaller than that of the other".
     *
     * @param some   how many of the group were seen
     * @param n      of how many
     * @param others how many of the other group were seen
     * @param m      of how many
     * @return the probability of as many or fewer in the group, if the shares are equal
     * @throws IllegalArgumentException if a count is negative or greater than its sum
     */
    public static double less(long some, long n, long others, long m) {
        return less(List.of(new Table(some, n, others, m)));
    }

    /**
     * The p-value against "the shares are equal": the probability of all counts that are not likelier than what was seen.
     *
     * @param some   how many of the group were seen
     * @param n      of how many
     * @param others how many of the other group were seen
     * @param m      of how many
     * @return the probability
     * @throws IllegalArgumentException if a count is negative or greater than its sum
     */
    public static double unequal(long some, long n, long others, long m) {
        Table table = new Table(some, n, others, m);
        double limit = logProbability(table, some) + 1e-7;
        double sum = 0;
        for (long k = Math.max(0, table.seen() - m); k <= Math.min(n, table.seen()); k++) {
            double log = logProbability(table, k);
            sum += log <= limit ? Math.exp(log) : 0;
        }
        return Math.min(1, sum);
    }

    /**
     * The same as {@link #less(long, long, long, long)} over several strata, each of which may have a share of its own.
     *
     * @param strata the strata
     * @return the probability of as many or fewer in the group over all strata, if the shares are equal within each
     */
    public static double less(List<Table> strata) {
        long seen = 0;
        for (Table table : strata) {
            seen += table.some();
        }
        double[] sums = new double[Math.toIntExact(seen) + 1];
        sums[0] = 1;
        int top = 0;
        for (Table table : strata) {
            top = Math.min(sums.length - 1, top + Math.toIntExact(Math.min(table.n(), table.seen())));
            add(table, sums, top);
        }
        double sum = 0;
        for (double one : sums) {
            sum += one;
        }
        return Math.min(1, sum);
    }

    /**
     * The same as {@link #greater(long, long, long, long)} over several strata.
     *
     * @param strata the strata
     * @return the probability of as many or more in the group over all strata, if the shares are equal within each
     */
    public static double greater(List<Table> strata) {
        return less(strata.stream()
                .map(table -> new Table(table.n() - table.some(), table.n(), table.m() - table.others(), table.m()))
                .toList());
    }

    /** Convolves the distribution so far with that of one stratum, up to the length of the array. */
    private static void add(Table table, double[] sums, int top) {
        long least = Math.max(0, table.seen() - table.m());
        long most = Math.min(Math.min(table.n(), table.seen()), sums.length - 1L);
        double[] terms = new double[Math.toIntExact(Math.max(0, most - least + 1))];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = Math.exp(logProbability(table, least + i));
        }
        int first = 0;
        int last = terms.length - 1;
        while (first < last && terms[first] < LEAST) {
            first++;
        }
        while (last > first && terms[last] < LEAST) {
            last--;
        }
        for (int sum = top; sum >= 0; sum--) {
            double value = 0;
            for (int i = first; i <= last && least + i <= sum; i++) {
                value += terms[i] * sums[(int) (sum - least - i)];
            }
            sums[sum] = value;
        }
    }

    /** Loader's form: three binomial probabilities, which keeps digits where counts are large. */
    private static double logProbability(Table table, long k) {
        long all = table.n() + table.m();
        long seen = table.seen();
        if (k < 0 || k > seen || k > table.n() || seen - k > table.m()) {
            return Double.NEGATIVE_INFINITY;
        }
        if (seen == 0 || seen == all) {
            return 0;
        }
        double p = (double) seen / all;
        return Tails.logExactly(k, table.n(), p)
                + Tails.logExactly(seen - k, table.m(), p)
                - Tails.logExactly(seen, all, p);
    }
}
