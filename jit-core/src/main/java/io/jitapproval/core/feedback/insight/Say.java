package io.jitapproval.core.feedback.insight;

import java.time.Duration;
import java.util.Locale;

/** Numbers in sentences. */
final class Say {

    private static final long[] STEPS = {1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1440};

    private Say() {}

    static String share(double share) {
        double percent = 100 * share;
        return String.format(Locale.ROOT, percent != 0 && percent < 1 ? "%.2f %%" : "%.1f %%", percent);
    }

    static String of(long some, long n) {
        return some + " of " + n;
    }

    static String confidence(double confidence) {
        return String.format(Locale.ROOT, "with %s confidence", share(confidence));
    }

    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3600) {
            return Math.round(seconds / 60.0) + " min";
        }
        if (seconds < 48 * 3600) {
            return String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
        }
        return String.format(Locale.ROOT, "%.1f days", seconds / 86400.0);
    }

    /** The next longer duration that people would write down. */
    static Duration round(Duration duration) {
        for (long minutes : STEPS) {
            if (duration.compareTo(Duration.ofMinutes(minutes)) <= 0) {
                return Duration.ofMinutes(minutes);
            }
        }
        return Duration.ofDays((duration.toSeconds() + 86399) / 86400);
    }

    /** Text as in a policy document. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
