package io.jitapproval.core.feedback.stats;

/** Logarithms of binomial probabilities and of their tails, which lose no digits where n is large and p is small. */
final class Tails {

    private static final double LN_2_PI = Math.log(2 * Math.PI);
    private static final double TINY = 1e-300;
    private static final double EPSILON = 1e-16;
    private static final int MOST_STEPS = 1_000_000;
    /** ln n! less Stirling's formula, for n up to 15. */
    private static final double[] SMALL = small();

    private Tails() {}

    /**
     * The logarithm of the probability of exactly k of n. C. Loader, Fast and Accurate Computation of Binomial Probabilities (2000).
     */
    static double logExactly(long k, long n, double p) {
        if (k < 0 || k > n) {
            return Double.NEGATIVE_INFINITY;
        }
        if (p <= 0 || p >= 1) {
            return k == (p <= 0 ? 0 : n) ? 0 : Double.NEGATIVE_INFINITY;
        }
        if (k == 0) {
            return n * Math.log1p(-p);
        }
        if (k == n) {
            return n * Math.log(p);
        }
        double x = k;
        double rest = (double) n - x;
        return stirlingError(n)
                - stirlingError(k)
                - stirlingError(n - k)
                - deviance(x, n * p)
                - deviance(rest, n * (1 - p))
                - 0.5 * (LN_2_PI + Math.log(x) + Math.log(rest / n));
    }

    /** The logarithm of the probability of at least k of n: ln I_p(k, n - k + 1) (DLMF 8.17.5). */
    static double logAtLeast(long k, long n, double p) {
        if (k <= 0) {
            return 0;
        }
        if (k > n || p <= 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (p >= 1) {
            return 0;
        }
        if (isBelowMean(k, n, p)) {
            return logOfRest(logLower(n - k + 1, k, 1 - p));
        }
        return logLower(k, n - k + 1, p);
    }

    /** The logarithm of the probability of at most k of n. */
    static double logAtMost(long k, long n, double p) {
        if (k < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (k >= n || p <= 0) {
            return 0;
        }
        if (p >= 1) {
            return Double.NEGATIVE_INFINITY;
        }
        if (isBelowMean(k + 1, n, p)) {
            return logLower(n - k, k + 1, 1 - p);
        }
        return logOfRest(logLower(k + 1, n - k, p));
    }

    private static boolean isBelowMean(long k, long n, double p) {
        return p > (k + 1.0) / (n + 3.0);
    }

    /** ln I_x(a, b) by its continued fraction (DLMF 8.17.22) after Lentz; for x below about a / (a + b). */
    private static double logLower(long a, long b, double x) {
        double sum = (double) a + b;
        double c = 1;
        double d = 1 / away(1 - sum * x / (a + 1.0));
        double fraction = d;
        for (int m = 1; m <= MOST_STEPS; m++) {
            double even = m * ((double) b - m) * x / ((a + 2.0 * m - 1) * (a + 2.0 * m));
            d = 1 / away(1 + even * d);
            c = away(1 + even / c);
            fraction *= d * c;
            double odd = -(a + (double) m) * (sum + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1));
            d = 1 / away(1 + odd * d);
            c = away(1 + odd / c);
            double step = d * c;
            fraction *= step;
            if (Math.abs(step - 1) < EPSILON) {
                break;
            }
        }
        // x^a (1 - x)^b / (a B(a, b)) = P(Bin(a + b, x) = a) b / (a + b)
        return Math.min(0, logExactly(a, a + b, x) + Math.log(b / sum) + Math.log(fraction));
    }

    private static double away(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** ln(1 - e^l). */
    static double logOfRest(double l) {
        if (l >= 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return l > -0.6931471805599453 ? Math.log(-Math.expm1(l)) : Math.log1p(-Math.exp(l));
    }

    private static double stirlingError(long n) {
        if (n < SMALL.length) {
            return SMALL[(int) n];
        }
        double x = n;
        double square = x * x;
        return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) / square)
                / x;
    }

    /** x ln(x / m) + m - x. */
    private static double deviance(double x, double m) {
        double difference = x - m;
        if (Math.abs(difference) >= 0.1 * (x + m)) {
            return x * Math.log(x / m) + m - x;
        }
        double v = difference / (x + m);
        double sum = difference * v;
        double term = 2 * x * v;
        for (int j = 1; j < 1000; j++) {
            term *= v * v;
            double next = sum + term / (2 * j + 1);
            if (next == sum) {
                break;
            }
            sum = next;
        }
        return sum;
    }

    private static double[] small() {
        double[] errors = new double[16];
        double factorial = 1;
        for (int n = 1; n < errors.length; n++) {
            factorial *= n;
            errors[n] = Math.log(factorial) - 0.5 * Math.log(2 * Math.PI * n) - n * Math.log(n) + n;
        }
        return errors;
    }

    static void requireShare(double value, String name) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, both excluded, but was " + value);
        }
    }

    static void requireCounts(long some, long n) {
        if (some < 0 || n < some) {
            throw new IllegalArgumentException("counts must be 0 <= some <= n, but were " + some + " of " + n);
        }
    }
}
