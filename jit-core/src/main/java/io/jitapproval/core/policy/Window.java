package io.jitapproval.core.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A part of the day by the wall clock of a zone: {@code [from, to)}, over midnight if {@code to} is not after {@code
 * from}. Days, where there are any, are those on which the window begins: Friday's 22:00-06:00 ends on Saturday.
 */
final class Window {

    static final int DAY = 24 * 60;

    private final int from;
    private final int to;
    private final ZoneId zone;
    private final Set<DayOfWeek> days;
    private final @Nullable Calendar on;
    private final @Nullable Calendar except;

    /** From and to in minutes of the day; to may be 24:00. No days means all. */
    Window(int from, int to, ZoneId zone, Set<DayOfWeek> days) {
        this(from, to, zone, days, null, null);
    }

    /** Only the days of one calendar, and none of another. */
    Window(int from, int to, ZoneId zone, Set<DayOfWeek> days, @Nullable Calendar on, @Nullable Calendar except) {
        this.from = from;
        this.to = to;
        this.zone = zone;
        this.days = days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : EnumSet.copyOf(days);
        this.on = on;
        this.except = except;
    }

    /** The minute of the day at which it begins. */
    int from() {
        return from;
    }

    /** The minute of the day at which it is over; may be {@link #DAY}. */
    int to() {
        return to;
    }

    ZoneId zone() {
        return zone;
    }

    Set<DayOfWeek> days() {
        return EnumSet.copyOf(days);
    }

    /** The calendar whose days alone count; null if all do. */
    @Nullable
    Calendar on() {
        return on;
    }

    /** The calendar whose days do not count; null if there is none. */
    @Nullable
    Calendar except() {
        return except;
    }

    boolean contains(Instant now) {
        long local = now.getEpochSecond() + zone.getRules().getOffset(now).getTotalSeconds();
        long day = Math.floorDiv(local, 86_400L);
        long minute = Math.floorMod(local, 86_400L) / 60;
        if (from < to) {
            return minute >= from && minute < to && isOn(day);
        }
        return minute >= from ? isOn(day) : minute < to && isOn(day - 1);
    }

    /** 1970-01-01 was a Thursday. */
    private boolean isOn(long epochDay) {
        if (!days.contains(DayOfWeek.of((int) Math.floorMod(epochDay + 3, 7L) + 1))) {
            return false;
        }
        if (on == null && except == null) {
            return true;
        }
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        return (on == null || on.contains(day)) && (except == null || !except.contains(day));
    }

    /** The moment by the clock of this window's zone, such as {@code Mon 14:12 Europe/Berlin}. */
    String show(Instant now) {
        ZonedDateTime local = now.atZone(zone);
        String day = days.size() == 7 ? "" : shortName(local.getDayOfWeek()) + " ";
        String date = on == null && except == null ? "" : local.toLocalDate() + " ";
        return day + date + clock(local.getHour() * 60 + local.getMinute()) + " " + zone;
    }

    /** The window, such as {@code 07:00-22:00 on MON, TUE except holidays}. */
    @Override
    public String toString() {
        String hours = clock(from) + "-" + clock(to);
        String week = days.size() == 7
                ? ""
                : days.stream().map(Window::shortName).collect(Collectors.joining(", ", " on ", ""));
        return hours
                + week
                + (on == null ? "" : " on days of " + Render.value(on.name()))
                + (except == null ? "" : " except days of " + Render.value(except.name()));
    }

    static String shortName(DayOfWeek day) {
        return day.name().substring(0, 3);
    }

    private static String clock(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }
}
