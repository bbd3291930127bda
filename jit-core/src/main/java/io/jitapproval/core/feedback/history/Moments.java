package io.jitapproval.core.feedback.history;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Times as histories write them. */
final class Moments {

    /** No duration is longer than a thousand years. */
    static final long LONGEST_SECONDS = 1_000L * 366 * 86_400;

    /** Numbers from here on are milliseconds: as seconds they would lie beyond the year 5000, as those before 1973. */
    private static final BigDecimal MILLIS_FROM = BigDecimal.valueOf(100_000_000_000L);

    /** The year 5138. Beyond are microseconds, or slips. */
    private static final BigDecimal MILLIS_TO = BigDecimal.valueOf(100_000_000_000_000L);

    private static final int NANO_DIGITS = 9;
    private static final int SECONDS_END = 19;

    private Moments() {}

    /** ISO 8601 with an offset; null if it is not. */
    static @Nullable Instant parse(String text) {
        Instant utc = utc(text);
        if (utc != null) {
            return utc;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** What nearly all histories write: {@code 2026-01-31T12:00:00.123Z}. Null where it reads otherwise. */
    private static @Nullable Instant utc(String text) {
        int last = text.length() - 1;
        if (last < SECONDS_END
                || text.charAt(last) != 'Z'
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, SECONDS_END);
        int nanos = 0;
        if (last > SECONDS_END) {
            int digits = last - SECONDS_END - 1;
            if (text.charAt(SECONDS_END) != '.' || digits < 1 || digits > NANO_DIGITS) {
                return null;
            }
            nanos = number(text, SECONDS_END + 1, last);
            for (int i = digits; i < NANO_DIGITS && nanos > 0; i++) {
                nanos *= 10;
            }
        }
        if ((year | month | day | hour | minute | second | nanos) < 0 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        try {
            long days = LocalDate.of(year, month, day).toEpochDay();
            return Instant.ofEpochSecond(days * 86_400 + hour * 3_600L + minute * 60L + second, nanos);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Negative if it is none. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Seconds or milliseconds since 1970; null if it can be neither. */
    static @Nullable Instant sinceEpoch(BigDecimal number) {
        if (number.signum() < 0 || number.compareTo(MILLIS_TO) >= 0) {
            return null;
        }
        BigDecimal seconds = number.compareTo(MILLIS_FROM) < 0 ? number : number.movePointLeft(3);
        return Instant.EPOCH.plus(seconds(seconds));
    }

    /** To the nanosecond, what is finer cut off. */
    static Duration seconds(BigDecimal seconds) {
        BigDecimal whole = seconds.setScale(0, RoundingMode.DOWN);
        int nanos = seconds.subtract(whole).movePointRight(NANO_DIGITS).intValue();
        return Duration.ofSeconds(whole.longValueExact(), nanos);
    }
}
