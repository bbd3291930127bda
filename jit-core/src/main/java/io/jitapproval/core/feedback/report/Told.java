package io.jitapproval.core.feedback.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as people read them. */
final class Told {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final double DAY_SECONDS = 86_400;

    private Told() {}

    static String percent(double share) {
        if (!Double.isFinite(share)) {
            return "unknown";
        }
        double percent = share * 100;
        return String.format(Locale.ROOT, percent != 0 && percent < 10 ? "%.2f %%" : "%.1f %%", percent);
    }

    /** As short as it can be: 2 %, 95 %, 99.75 %. */
    static String level(double share) {
        return plain(Math.rint(share * 1e6) / 1e4) + " %";
    }

    static String plain(double number) {
        String text = String.format(Locale.ROOT, "%.4f", number);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    /** Thousands apart. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    static String number(Number number) {
        return number instanceof Double || number instanceof Float
                ? Math.abs(number.doubleValue()) >= 1e-4 || number.doubleValue() == 0
                        ? plain(number.doubleValue())
                        : String.format(Locale.ROOT, "%.2g", number.doubleValue())
                : count(number.longValue());
    }

    static String tenth(double number) {
        return String.format(Locale.ROOT, "%,.1f", number).replace(',', ' ');
    }

    static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "unknown";
        }
        if (seconds < 90) {
            return Math.round(seconds) + " s";
        }
        if (seconds < 90 * 60) {
            return Math.round(seconds / 60) + " min";
        }
        return seconds < 2 * DAY_SECONDS ? tenth(seconds / 3600) + " h" : tenth(seconds / DAY_SECONDS) + " days";
    }

    static String duration(Duration duration) {
        return duration(duration.toMillis() / 1e3);
    }

    static String minute(Instant at) {
        return MINUTE.format(at);
    }

    static String day(Instant at) {
        return DAY.format(at);
    }

    /** {@code denied-with} or {@code deniedWith} as words. */
    static String words(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1 $2").replace('-', ' ').toLowerCase(Locale.ROOT);
    }
}
