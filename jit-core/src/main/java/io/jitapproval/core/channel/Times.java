package io.jitapproval.core.channel;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people at a terminal write and read them. */
final class Times {

    private static final Pattern SHORT = Pattern.compile(
            "(?:(\\d{1,6})d)?\\s*(?:(\\d{1,6})h)?\\s*(?:(\\d{1,6})m(?:in)?)?\\s*(?:(\\d{1,6})s)?",
            Pattern.CASE_INSENSITIVE);

    private Times() {}

    /** Reads {@code 10m}, {@code 1h30m} or {@code PT10M}; empty if it is none of them or not positive. */
    static Optional<Duration> parse(String text) {
        String trimmed = text.strip();
        Matcher parts = SHORT.matcher(trimmed);
        Duration duration = Duration.ZERO;
        if (parts.matches()) {
            duration = Duration.ofDays(number(parts.group(1)))
                    .plusHours(number(parts.group(2)))
                    .plusMinutes(number(parts.group(3)))
                    .plusSeconds(number(parts.group(4)));
        } else {
            try {
                duration = Duration.parse(trimmed);
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
        return duration.isNegative() || duration.isZero() ? Optional.empty() : Optional.of(duration);
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The time left as {@code 29:41}, {@code 1:05:00} or {@code 2 d 01:05:00}. */
    static String left(Duration duration) {
        long days = duration.toDays();
        int hours = duration.toHoursPart();
        int minutes = duration.toMinutesPart();
        int seconds = duration.toSecondsPart();
        if (days > 0) {
            return String.format(Locale.ROOT, "%d d %02d:%02d:%02d", days, hours, minutes, seconds);
        }
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, seconds)
                : String.format(Locale.ROOT, "%d:%02d", minutes, seconds);
    }
}
