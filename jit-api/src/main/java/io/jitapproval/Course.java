package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a request goes its way while it is pending: who is told, when they are reminded, and what happens at the end of its time.
 *
 * @param atDecideBy  what happens when nobody decided in time
 * @param remindAfter how long after being told those who have not voted are reminded, then after twice that time, and so on; empty
 *                    if never
 * @param tellAtMost  how many people are told at most when a stage opens; the others may vote all the same; at least 1
 * @param tellFirst   whom to tell before others, such as those on call; may be empty
 * @param coolDown    how long after a denial the same call is not asked again; not negative
 */
public record Course(
        AtDecideBy atDecideBy,
        Optional<Duration> remindAfter,
        int tellAtMost,
        Set<ApproverSelector> tellFirst,
        Duration coolDown) {

    /** How many people are told where a rule says nothing: 10. */
    public static final int DEFAULT_TELL_AT_MOST = 10;

    /** How long a denied call is not asked again where a rule says nothing: 5 minutes. */
    public static final Duration DEFAULT_COOL_DOWN = Duration.ofMinutes(5);

    /** What a rule says that says nothing. */
    public static final Course DEFAULT =
            new Course(AtDecideBy.EXPIRE, Optional.empty(), DEFAULT_TELL_AT_MOST, Set.of(), DEFAULT_COOL_DOWN);

    /** What happens when nobody decided in time; never an approval. From strict to patient. */
    public enum AtDecideBy {
        /** The request counts as denied, and the cool-down begins. */
        DENY("deny"),
        /** The request has expired. The default. */
        EXPIRE("expire"),
        /** Every escalation that is left happens at once, and the same time runs once more; then the request has expired. */
        ESCALATE("escalate");

        private final String word;

        AtDecideBy(String word) {
            this.word = word;
        }

        /** {@return the word that a policy document uses} */
        public String word() {
            return word;
        }
    }

    /**
     * Checks the numbers and copies the set.
     *
     * @param atDecideBy  as above
     * @param remindAfter as above
     * @param tellAtMost  as above
     * @param tellFirst   as above
     * @param coolDown    as above
     * @throws IllegalArgumentException if a duration or the number is too small, or the cool-down longer than {@link
     *                                  Requirement#LONGEST_DECIDE_WITHIN}
     */
    public Course {
        requireNonNull(atDecideBy, "atDecideBy");
        remindAfter.ifPresent(after -> Text.requirePositive(after, "approval.remindAfter"));
        if (tellAtMost < 1) {
            throw new IllegalArgumentException("approval.tell.atMost must be at least 1, but was " + tellAtMost);
        }
        tellFirst = Collections.unmodifiableSet(new TreeSet<>(tellFirst));
        if (coolDown.isNegative() || coolDown.compareTo(Requirement.LONGEST_DECIDE_WITHIN) > 0) {
            throw new IllegalArgumentException("approval.coolDown must be within PT0S and "
                    + Requirement.LONGEST_DECIDE_WITHIN + ", but was " + coolDown);
        }
    }

    /**
     * Both together: the stricter end, the earlier reminder, fewer people told, the longer cool-down, and whoever is to be told first
     * by one of them.
     *
     * @param other the other course
     * @return the course of a request that both ask for
     */
    public Course merge(Course other) {
        TreeSet<ApproverSelector> first = new TreeSet<>(tellFirst);
        first.addAll(other.tellFirst);
        return new Course(
                atDecideBy.compareTo(other.atDecideBy) <= 0 ? atDecideBy : other.atDecideBy,
                earlier(remindAfter, other.remindAfter),
                Math.min(tellAtMost, other.tellAtMost),
                first,
                coolDown.compareTo(other.coolDown) >= 0 ? coolDown : other.coolDown);
    }

    private static Optional<Duration> earlier(Optional<Duration> a, Optional<Duration> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isPresent() ? a : b;
        }
        return a.get().compareTo(b.get()) <= 0 ? a : b;
    }
}
