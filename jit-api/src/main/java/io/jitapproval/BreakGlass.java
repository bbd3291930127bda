package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What policy allows in an emergency: to run without waiting for approval, loudly, for a short time, and with a debt. Nothing falls
 * back to it; somebody has to ask for it by name and say why.
 *
 * @param by           who may: for each set, the requester has to be one of those whom it names; not empty
 * @param alarm        who is told at once, on all channels; not empty
 * @param within       how long the grant lasts; positive, at most {@link #LONGEST}
 * @param review       who has to review it afterwards: for each set, another person whom it names; not empty
 * @param reviewWithin how long they may take; after that the debt is overdue; positive
 */
public record BreakGlass(
        Set<Way> by, Set<ApproverSelector> alarm, Duration within, Set<Way> review, Duration reviewWithin) {

    /** No emergency lasts longer than this: 4 hours. */
    public static final Duration LONGEST = Duration.ofHours(4);

    /** A shorter reason is none: 10 characters. */
    public static final int SHORTEST_REASON = 10;

    /** No review may take longer than this: 31 days. */
    public static final Duration LONGEST_REVIEW = Duration.ofDays(31);

    /**
     * Checks the durations and copies the sets.
     *
     * @param by           as above
     * @param alarm        as above
     * @param within       as above
     * @param review       as above
     * @param reviewWithin as above
     * @throws IllegalArgumentException if a set is empty, or a duration not positive or too long
     */
    public BreakGlass {
        by = notEmpty(by, "by");
        alarm = notEmpty(alarm, "alarm");
        review = notEmpty(review, "review");
        requireAtMost(within, LONGEST, "breakGlass.within");
        requireAtMost(reviewWithin, LONGEST_REVIEW, "breakGlass.reviewWithin");
    }

    /**
     * Both together: whoever both allow, every alarm, the shorter times, and the review that each asks for.
     *
     * @param other the other terms
     * @return terms that hold only where both do
     */
    public BreakGlass merge(BreakGlass other) {
        return new BreakGlass(
                union(by, other.by),
                union(alarm, other.alarm),
                within.compareTo(other.within) <= 0 ? within : other.within,
                union(review, other.review),
                reviewWithin.compareTo(other.reviewWithin) <= 0 ? reviewWithin : other.reviewWithin);
    }

    private static <T extends Comparable<T>> Set<T> union(Set<T> a, Set<T> b) {
        TreeSet<T> all = new TreeSet<>(a);
        all.addAll(b);
        return all;
    }

    private static <T extends Comparable<T>> Set<T> notEmpty(Set<T> set, String name) {
        if (set.isEmpty()) {
            throw new IllegalArgumentException("breakGlass." + name + " must name somebody");
        }
        return Collections.unmodifiableSet(new TreeSet<>(set));
    }

    private static void requireAtMost(Duration value, Duration most, String name) {
        Text.requirePositive(requireNonNull(value, name), name);
        if (value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be at most " + most + ", but was " + value);
        }
    }
}
