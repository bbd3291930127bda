package io.jitapproval.core.feedback.evidence;

/**
 * Logistic regression whose weights are never negative, with a small ridge: by Newton's method, each step a quadratic under the bounds,
 * solved coordinate by coordinate (as in Friedman, Hastie and Tibshirani, J. Stat. Softw. 33(1), 2010). Deterministic.
 */
final class Logistic {

    private static final double RIDGE = 1e-4;
    private static final int MOST_STEPS = 30;
    private static final int MOST_SWEEPS = 400;
    private static final double ENOUGH = 1e-9;
    private static final double LEAST_CURVATURE = 1e-6;

    private Logistic() {}

    /**
     * Fits.
     *
     * @param features by feature, then by row
     * @param yes      by row
     * @return the intercept, then the weights, none of which is negative
     */
    static double[] fit(float[][] features, boolean[] yes) {
        int rows = yes.length;
        int count = features.length;
        double[] weights = new double[count + 1];
        double rate = (count(yes) + 0.5) / (rows + 1.0);
        weights[0] = Math.log(rate / (1 - rate));
        double[] margins = new double[rows];
        java.util.Arrays.fill(margins, weights[0]);
        double loss = loss(margins, yes, weights);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] curve = new double[rows];
            double[] slope = new double[rows];
            for (int i = 0; i < rows; i++) {
                double p = 1 / (1 + Math.exp(-margins[i]));
                curve[i] = Math.max(LEAST_CURVATURE, p * (1 - p)) / rows;
                slope[i] = (p - (yes[i] ? 1 : 0)) / rows;
            }
            double[] gradient = new double[count + 1];
            double[][] hessian = new double[count + 1][count + 1];
            derive(features, curve, slope, weights, gradient, hessian);
            double[] target = quadratic(weights, gradient, hessian);
            double size = 1;
            double[] next = target;
            double[] nextMargins = margins(features, next, rows);
            double nextLoss = loss(nextMargins, yes, next);
            while (nextLoss > loss && size > ENOUGH) {
                size /= 2;
                next = new double[count + 1];
                for (int j = 0; j <= count; j++) {
                    next[j] = weights[j] + size * (target[j] - weights[j]);
                }
                nextMargins = margins(features, next, rows);
                nextLoss = loss(nextMargins, yes, next);
            }
            if (nextLoss > loss) {
                break;
            }
            double gain = loss - nextLoss;
            weights = next;
            margins = nextMargins;
            loss = nextLoss;
            if (gain < ENOUGH) {
                break;
            }
        }
        return weights;
    }

    private static int count(boolean[] yes) {
        int sum = 0;
        for (boolean each : yes) {
            sum += each ? 1 : 0;
        }
        return sum;
    }

    private static double[] margins(float[][] features, double[] weights, int rows) {
        double[] margins = new double[rows];
        java.util.Arrays.fill(margins, weights[0]);
        for (int j = 0; j < features.length; j++) {
            double weight = weights[j + 1];
            if (weight != 0) {
                float[] feature = features[j];
                for (int i = 0; i < rows; i++) {
                    margins[i] += weight * feature[i];
                }
            }
        }
        return margins;
    }

    private static double loss(double[] margins, boolean[] yes, double[] weights) {
        double sum = 0;
        for (int i = 0; i < margins.length; i++) {
            double signed = yes[i] ? margins[i] : -margins[i];
            sum += signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed;
        }
        sum /= margins.length;
        for (int j = 1; j < weights.length; j++) {
            sum += RIDGE * weights[j] * weights[j] / 2;
        }
        return sum;
    }

    private static void derive(
            float[][] features,
            double[] curve,
            double[] slope,
            double[] weights,
            double[] gradient,
            double[][] hessian) {
        int rows = curve.length;
        int count = features.length;
        for (int i = 0; i < rows; i++) {
            gradient[0] += slope[i];
            hessian[0][0] += curve[i];
        }
        double[] weighted = new double[rows];
        for (int j = 0; j < count; j++) {
            float[] feature = features[j];
            double slopes = 0;
            double curves = 0;
            for (int i = 0; i < rows; i++) {
                weighted[i] = curve[i] * feature[i];
                slopes += slope[i] * feature[i];
                curves += weighted[i];
            }
            gradient[j + 1] = slopes + RIDGE * weights[j + 1];
            hessian[0][j + 1] = curves;
            hessian[j + 1][0] = curves;
            for (int k = 0; k <= j; k++) {
                float[] other = features[k];
                double sum = 0;
                for (int i = 0; i < rows; i++) {
                    sum += weighted[i] * other[i];
                }
                hessian[j + 1][k + 1] = sum;
                hessian[k + 1][j + 1] = sum;
            }
            hessian[j + 1][j + 1] += RIDGE;
        }
    }

    /** The least of the quadratic at the weights, where all but the intercept stay at least zero. */
    private static double[] quadratic(double[] weights, double[] gradient, double[][] hessian) {
        int count = weights.length;
        double[] at = weights.clone();
        double[] slope = gradient.clone();
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            double most = 0;
            for (int j = 0; j < count; j++) {
                double curvature = hessian[j][j];
                if (curvature <= 0) {
                    continue;
                }
                double next = at[j] - slope[j] / curvature;
                if (j > 0 && next < 0) {
                    next = 0;
                }
                double move = next - at[j];
                if (move != 0) {
                    at[j] = next;
                    for (int k = 0; k < count; k++) {
                        slope[k] += move * hessian[k][j];
                    }
                    most = Math.max(most, move * move * curvature);
                }
            }
            if (most < ENOUGH * ENOUGH) {
                break;
            }
        }
        return at;
    }
}
