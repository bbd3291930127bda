package io.jitapproval.core.feedback.evidence;

import java.util.Locale;

/** Numbers as people read them. */
final class Figures {

    private Figures() {}

    /** With two digits behind the point where it is small. */
    static String percent(double share) {
        double percent = share * 100;
        return String.format(Locale.ROOT, percent < 10 ? "%.2f %%" : "%.1f %%", percent);
    }

    static String score(double score) {
        return String.format(Locale.ROOT, "%.3f", score);
    }

    /** Thousands apart. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    static String duration(double seconds) {
        if (seconds < 90) {
            return Math.round(seconds) + " s";
        }
        double minutes = seconds / 60;
        return minutes < 90 ? Math.round(minutes) + " min" : String.format(Locale.ROOT, "%.1f h", minutes / 60);
    }
}
