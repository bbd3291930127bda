package io.jitapproval.core.feedback.stats;

import java.util.Arrays;
import java.util.Comparator;

/** Which of many null hypotheses to reject when all of them are looked at. */
public final class Discovery {

    private Discovery() {}

    /**
     * Controls the share of false ones among those rejected. Y. Benjamini and Y. Hochberg, Controlling the False Discovery Rate, JRSS B 57
     * (1995). For values that are independent or positively dependent.
     *
     * @param values the p-values, in [0, 1]
     * @param rate   the share of false discoveries, between 0 and 1, both excluded
     * @return whether each is rejected, in the order of the values
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static boolean[] benjaminiHochberg(double[] values, double rate) {
        return benjaminiHochberg(values, values.length, rate);
    }

    /**
     * The same where only the smallest values are at hand.
     *
     * @param values the p-values, in [0, 1]; all others must be greater
     * @param tests  how many there are with the others; at least as many as the values
     * @param rate   the share of false discoveries, between 0 and 1, both excluded
     * @return whether each of the values is rejected, in their order
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static boolean[] benjaminiHochberg(double[] values, int tests, double rate) {
        Tails.requireShare(rate, "rate");
        if (tests < values.length) {
            throw new IllegalArgumentException("tests must be at least " + values.length + ", but was " + tests);
        }
        Integer[] order = ascending(values);
        int rejected = 0;
        for (int i = 0; i < order.length; i++) {
            if (values[order[i]] <= rate * (i + 1) / tests) {
                rejected = i + 1;
            }
        }
        return first(rejected, order);
    }

    /**
     * Controls the probability of any false one, whatever their dependence. S. Holm, A Simple Sequentially Rejective Multiple Test
     * Procedure, Scandinavian Journal of Statistics 6 (1979).
     *
     * @param values the p-values, in [0, 1]
     * @param alpha  the probability of any false rejection, between 0 and 1, both excluded
     * @return whether each is rejected, in the order of the values
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static boolean[] holm(double[] values, double alpha) {
        Tails.requireShare(alpha, "alpha");
        Integer[] order = ascending(values);
        int rejected = 0;
        while (rejected < order.length && values[order[rejected]] <= alpha / (order.length - rejected)) {
            rejected++;
        }
        return first(rejected, order);
    }

    /**
     * The p-value of "at least two of these hypotheses are false": (m - 1) times the second smallest. Y. Benjamini and R. Heller, Screening
     * for Partial Conjunction Hypotheses, Biometrics 64 (2008), formula of Bonferroni; valid whatever their dependence.
     *
     * @param values the p-values, in [0, 1]
     * @return the p-value; 1 if there are fewer than two
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static double atLeastTwo(double... values) {
        if (values.length < 2) {
            return 1;
        }
        return Math.min(1, (values.length - 1) * values[ascending(values)[1]]);
    }

    private static Integer[] ascending(double[] values) {
        Integer[] order = new Integer[values.length];
        for (int i = 0; i < order.length; i++) {
            if (!(values[i] >= 0 && values[i] <= 1)) {
                throw new IllegalArgumentException("p-values must be between 0 and 1, but one was " + values[i]);
            }
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        return order;
    }

    private static boolean[] first(int rejected, Integer[] order) {
        boolean[] answer = new boolean[order.length];
        for (int i = 0; i < rejected; i++) {
            answer[order[i]] = true;
        }
        return answer;
    }
}
