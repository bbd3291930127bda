package io.jitapproval.core.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something besides numbers that has an order. ISO text counts as what it says.
 *
 * @param type  the class whose order counts
 * @param parse reads ISO text; throws DateTimeParseException
 */
record Scale<T extends Comparable<? super T>>(Class<T> type, Function<String, T> parse) {

    private static final int LONGEST_TEXT = 64;

    static final Scale<Instant> INSTANT =
            new Scale<>(Instant.class, text -> OffsetDateTime.parse(text).toInstant());
    static final Scale<Duration> DURATION = new Scale<>(Duration.class, Duration::parse);
    static final Scale<LocalDate> DATE = new Scale<>(LocalDate.class, LocalDate::parse);

    /** Tried in order; no text is read by two of them. */
    static final List<Scale<?>> ALL = List.of(
            INSTANT,
            DURATION,
            DATE,
            new Scale<>(LocalDateTime.class, LocalDateTime::parse),
            new Scale<>(LocalTime.class, LocalTime::parse));

    /** The value on this scale; null if it has no place there. */
    @Nullable
    T of(Object value) {
        Object plain = value;
        if (value instanceof OffsetDateTime time) {
            plain = time.toInstant();
        } else if (value instanceof ZonedDateTime time) {
            plain = time.toInstant();
        } else if (value instanceof Date date && value.getClass() == Date.class) {
            plain = date.toInstant();
        }
        if (type.isInstance(plain)) {
            return type.cast(plain);
        }
        if (!(plain instanceof String text) || text.isEmpty() || text.length() > LONGEST_TEXT) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    int compare(Object value, Object operand) {
        T right = of(operand);
        T left = right == null ? null : of(value);
        return left == null || right == null ? Decimal.INCOMPARABLE : Integer.signum(left.compareTo(right));
    }
}
