package io.jitapproval.core;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A condition about the time of the evaluation. What belongs to a window comes first; the operators of any attribute may follow.
 *
 * <p>Immutable and thread-safe.
 */
public final class TimeCondition extends AttributeCondition {

    private static final String TIME = "time";

    TimeCondition(Map<String, Object> operators) {
        super(TIME, operators);
    }

    /**
     * {@code inside}: within this window of the day.
     *
     * @param hours from and to, such as {@code 07:00-22:00}; it may go over midnight
     * @return the condition
     * @throws IllegalStateException if it was set before
     */
    public TimeCondition inside(String hours) {
        return plus("inside", hours);
    }

    /**
     * {@code outside}: not within this window.
     *
     * @param hours from and to, such as {@code 07:00-22:00}; it may go over midnight
     * @return the condition
     * @throws IllegalStateException if it was set before
     */
    public TimeCondition outside(String hours) {
        return plus("outside", hours);
    }

    /**
     * {@code days}: the window begins on one of these days; alone, the whole days.
     *
     * @param days the days
     * @return the condition
     * @throws IllegalStateException if it was set before
     */
    public TimeCondition days(DayOfWeek... days) {
        List<Object> names = new ArrayList<>();
        for (DayOfWeek day : days) {
            names.add(Objects.requireNonNull(day, "day").name().substring(0, 3));
        }
        return plus("days", names);
    }

    /**
     * {@code on}: the window begins on a day of this calendar; alone, the whole days.
     *
     * @param calendar its name, see {@link PolicyBuilder#calendar}
     * @return the condition
     * @throws IllegalStateException if it was set before
     */
    public TimeCondition on(String calendar) {
        return plus("on", calendar);
    }

    /**
     * {@code except}: the window begins on no day of this calendar; alone, the whole days.
     *
     * @param calendar its name, see {@link PolicyBuilder#calendar}
     * @return the condition
     * @throws IllegalStateException if it was set before
     */
    public TimeCondition except(String calendar) {
        return plus("except", calendar);
    }

    /**
     * {@code zone}: whose hours and days count. By default those of UTC.
     *
     * @param zone a zone id such as {@code Europe/Berlin}
     * @return the condition
     * @throws IllegalStateException if it was set before
     */
    public TimeCondition zone(String zone) {
        return plus("zone", zone);
    }

    private TimeCondition plus(String word, Object operand) {
        return new TimeCondition(plus(TIME, operators(), word, operand));
    }
}
