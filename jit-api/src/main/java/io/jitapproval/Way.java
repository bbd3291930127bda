package io.jitapproval;

import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One way to fill a stage: a number of different people out of those that any of the selectors names.
 *
 * @param by     who may approve; anybody whom one of them names; not empty
 * @param people how many; at least 1
 */
public record Way(Set<ApproverSelector> by, int people) implements Comparable<Way> {

    /**
     * Checks the number and copies the selectors in their own order.
     *
     * @param by     as above
     * @param people as above
     * @throws IllegalArgumentException if nobody is named or the number is less than 1
     */
    public Way {
        by = Collections.unmodifiableSet(new TreeSet<>(by));
        if (by.isEmpty()) {
            throw new IllegalArgumentException("approval.by must name somebody");
        }
        if (people < 1) {
            throw new IllegalArgumentException("approval.people must be at least 1, but was " + people);
        }
    }

    @Override
    public int compareTo(Way other) {
        int order = compare(by, other.by);
        return order != 0 ? order : Integer.compare(people, other.people);
    }

    /** Compares sorted sets element by element; a shorter one that the other begins with comes first. */
    static <T extends Comparable<T>> int compare(Set<T> a, Set<T> b) {
        Iterator<T> mine = a.iterator();
        Iterator<T> others = b.iterator();
        while (mine.hasNext() && others.hasNext()) {
            int order = mine.next().compareTo(others.next());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(mine.hasNext(), others.hasNext());
    }

    /** {@return the way as {@code 1 of role FINANCE_MANAGER or group on-call}} */
    @Override
    public String toString() {
        return people + " of " + by.stream().map(ApproverSelector::toString).collect(Collectors.joining(" or "));
    }
}
