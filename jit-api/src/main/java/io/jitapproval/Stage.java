package io.jitapproval;

import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A number of different people out of those that any of the selectors names. One person fills one place in one stage,
 * however many roles and groups they have.
 *
 * @param by     who may approve; anybody whom one of them names; not empty
 * @param people how many; at least 1
 */
public record Stage(Set<ApproverSelector> by, int people) implements Comparable<Stage> {

    /**
     * Checks the number and copies the selectors in their own order.
     *
     * @param by     as above
     * @param people as above
     * @throws IllegalArgumentException if nobody is named or the number is less than 1
     */
    public Stage {
        by = Collections.unmodifiableSet(new TreeSet<>(by));
        if (by.isEmpty()) {
            throw new IllegalArgumentException("approval.by must name somebody");
        }
        if (people < 1) {
            throw new IllegalArgumentException("approval.people must be at least 1, but was " + people);
        }
    }

    @Override
    public int compareTo(Stage other) {
        Iterator<ApproverSelector> mine = by.iterator();
        Iterator<ApproverSelector> others = other.by.iterator();
        while (mine.hasNext() && others.hasNext()) {
            int order = mine.next().compareTo(others.next());
            if (order != 0) {
                return order;
            }
        }
        if (mine.hasNext() != others.hasNext()) {
            return mine.hasNext() ? 1 : -1;
        }
        return Integer.compare(people, other.people);
    }

    /** {@return the stage as {@code 1 of role FINANCE_MANAGER or group on-call}} */
    @Override
    public String toString() {
        return people + " of " + by.stream().map(ApproverSelector::toString).collect(Collectors.joining(" or "));
    }
}
