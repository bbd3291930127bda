package io.jitapproval.core.policy;

import io.jitapproval.Explanation.Match;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** How old a time is. A date counts from its beginning in UTC. */
final class Ages {

    /** Clocks of other machines may run ahead by this. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private Ages() {}

    /** Unknown if the value is no time, is in the future, or the operand is no duration of zero or more. */
    static Match compare(Object value, Object operand, Instant now, IntPredicate holds) {
        Duration limit = Scale.DURATION.of(operand);
        Duration age = age(value, now);
        if (age == null || limit == null || limit.isNegative() || age.compareTo(AHEAD.negated()) < 0) {
            return Match.UNKNOWN;
        }
        return Values.of(holds.test((age.isNegative() ? Duration.ZERO : age).compareTo(limit)));
    }

    /** Negative for a time in the future; null if the value is no time. */
    private static @Nullable Duration age(Object value, Instant now) {
        Instant time = Scale.INSTANT.of(value);
        if (time == null) {
            LocalDate date = Scale.DATE.of(value);
            time = date == null ? null : date.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return time == null ? null : Duration.between(time, now);
    }

    /** For people, such as " (3 days old)"; empty if the value is no time. */
    static String show(Object value, Instant now) {
        Duration age = age(value, now);
        if (age == null) {
            return "";
        }
        return age.isNegative() ? " (" + show(age.negated()) + " in the future)" : " (" + show(age) + " old)";
    }

    private static String show(Duration age) {
        if (age.toDays() >= 2) {
            return age.toDays() + " days";
        }
        if (age.toHours() >= 2) {
            return age.toHours() + " hours";
        }
        return age.toMinutes() >= 2 ? age.toMinutes() + " minutes" : age.toSeconds() + " seconds";
    }
}
