package io.jitapproval.core.analysis;

import io.jitapproval.core.policy.ConditionView.Hours;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Moments that stand for all from now on: now, each moment at which a time window of the coming year begins or ends, and the
 * same behind each moment that a policy names.
 */
final class Moments {

    private static final int DAYS = 367;
    /** Within so many years each day of a year falls on each day of the week. */
    private static final int YEARS = 28;

    private Moments() {}

    /** The moments from this one on, itself first. */
    static List<Instant> from(Instant at, Collection<Instant> points, Collection<Hours> windows) {
        TreeSet<Instant> starts = new TreeSet<>();
        starts.add(at);
        for (Instant each : points) {
            if (each.isAfter(at)) {
                starts.add(each);
                starts.add(each.minusNanos(1));
            }
            if (!each.isBefore(at)) {
                starts.add(each.plusNanos(1));
            }
        }
        SortedMap<String, Set<LocalDate>> days = new TreeMap<>();
        SortedMap<String, Set<Integer>> edges = new TreeMap<>();
        for (Hours window : windows) {
            Set<Integer> minutes = edges.computeIfAbsent(window.zone().getId(), any -> new TreeSet<>());
            minutes.add(window.from());
            minutes.add(window.to() % (24 * 60));
            if (!window.once().isEmpty() || !window.yearly().isEmpty()) {
                minutes.add(0);
            }
            calendar(at, window, days.computeIfAbsent(window.zone().getId(), any -> new TreeSet<>()));
        }
        Set<Instant> moments = new LinkedHashSet<>(starts);
        Set<Instant> named = new TreeSet<>();
        // On such a day windows of other zones begin and end, too.
        days.forEach((any, dates) ->
                edges.forEach((zone, minutes) -> dates.forEach(date -> onDay(date, ZoneId.of(zone), minutes, named))));
        Instant last = null;
        for (Iterator<Instant> each = starts.iterator(); each.hasNext(); ) {
            Instant start = each.next();
            // Moments that differ by nanoseconds share their days.
            boolean isNew = last == null || start.isAfter(last.plusSeconds(1));
            if (isNew) {
                Instant next = starts.higher(start.plusSeconds(1));
                edges.forEach((zone, minutes) -> sweep(start, next, ZoneId.of(zone), minutes, moments));
                last = start;
            }
        }
        named.stream().filter(each -> !each.isBefore(at)).forEach(moments::add);
        return new ArrayList<>(moments);
    }

    private static void sweep(
            Instant start, @Nullable Instant end, ZoneId zone, Set<Integer> minutes, Set<Instant> moments) {
        LocalDate first = start.atZone(zone).toLocalDate();
        TreeSet<Instant> found = new TreeSet<>();
        for (int day = -1; day <= DAYS; day++) {
            onDay(first.plusDays(day), zone, minutes, found);
        }
        ZoneOffsetTransition transition = zone.getRules().nextTransition(start);
        while (transition != null && transition.getInstant().isBefore(found.last())) {
            found.add(transition.getInstant());
            transition = zone.getRules().nextTransition(transition.getInstant());
        }
        found.stream()
                .filter(each -> !each.isBefore(start) && (end == null || each.isBefore(end)))
                .forEach(moments::add);
    }

    private static void onDay(LocalDate date, ZoneId zone, Set<Integer> minutes, Set<Instant> moments) {
        for (int minute : minutes) {
            LocalDateTime local = LocalDateTime.of(date, LocalTime.ofSecondOfDay(minute * 60L));
            for (ZoneOffset offset : zone.getRules().getValidOffsets(local)) {
                moments.add(local.toInstant(offset));
            }
        }
    }

    /** The days of calendars and those around them; days of every year for as long as it takes to fall on each weekday. */
    private static void calendar(Instant at, Hours window, Set<LocalDate> days) {
        Set<LocalDate> some = new TreeSet<>(window.once());
        int year = at.atZone(window.zone()).getYear();
        for (MonthDay each : window.yearly()) {
            for (int i = 0; i <= YEARS; i++) {
                some.add(each.atYear(year + i));
            }
        }
        for (LocalDate day : some) {
            for (int around = -2; around <= 2; around++) {
                days.add(day.plusDays(around));
            }
        }
    }
}
