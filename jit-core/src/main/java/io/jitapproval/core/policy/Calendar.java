package io.jitapproval.core.policy;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;
import java.util.TreeSet;

/** Named days, some of them every year. */
final class Calendar {

    private final String name;
    private final Set<LocalDate> once;
    private final Set<MonthDay> yearly;

    Calendar(String name, Set<LocalDate> once, Set<MonthDay> yearly) {
        this.name = name;
        this.once = Set.copyOf(once);
        this.yearly = Set.copyOf(yearly);
    }

    String name() {
        return name;
    }

    /** The days that it has once, in order. */
    Set<LocalDate> once() {
        return new TreeSet<>(once);
    }

    /** The days that it has every year, in order; 29 February in leap years only. */
    Set<MonthDay> yearly() {
        return new TreeSet<>(yearly);
    }

    boolean contains(LocalDate day) {
        return once.contains(day) || (!yearly.isEmpty() && yearly.contains(MonthDay.from(day)));
    }

    @Override
    public String toString() {
        return name;
    }
}
