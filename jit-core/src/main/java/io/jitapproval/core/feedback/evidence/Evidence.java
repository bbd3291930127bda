package io.jitapproval.core.feedback.evidence;

/**
 * What counts say, as numbers: how far the approval rate of those that are alike lies from that of all, on the scale of log odds, drawn
 * towards none by three requests that behave like all.
 */
final class Evidence {

    static final double SMOOTHING = 3;

    private Evidence() {}

    /** The approval rate of all, kept away from 0 and 1 by half a request each. */
    static double base(long approved, long decided) {
        return (approved + 0.5) / (decided + 1.0);
    }

    static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    /** {@code logit((k + 3b) / (n + 3)) - logit(b)}: 0 where nothing is known. */
    static double of(int approved, int decided, double base, double logitBase) {
        if (decided == 0) {
            return 0;
        }
        double yes = approved + SMOOTHING * base;
        double no = decided - approved + SMOOTHING * (1 - base);
        return Math.log(yes / no) - logitBase;
    }

    /** {@code log(1 + k)}: how much there is that speaks for it. Counted by approvals, so that a denial never raises it. */
    static double support(int approved) {
        return Math.log1p(approved);
    }
}
