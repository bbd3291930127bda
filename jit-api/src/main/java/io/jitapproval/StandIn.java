package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * Somebody who votes in another person's place for a while. The two are one place together: once one of them has voted, the other
 * cannot vote there. A stand-in has no place of a person who may not vote.
 *
 * @param principal the canonical id of the person who is away
 * @param standIn   the canonical id of the person who votes in their place
 * @param from      the first instant of it
 * @param until     from this instant on no more
 */
public record StandIn(String principal, String standIn, Instant from, Instant until) {

    /** Nobody stands in for longer than this at a time: 31 days. */
    public static final Duration LONGEST = Duration.ofDays(31);

    /** How many people may stand in one for the other: 3. */
    public static final int LONGEST_CHAIN = 3;

    /**
     * Checks that everything is there.
     *
     * @param principal as above
     * @param standIn   as above
     * @param from      as above
     * @param until     as above
     * @throws IllegalArgumentException if an id is blank
     */
    public StandIn {
        Text.requireNotBlank(principal, "principal");
        Text.requireNotBlank(standIn, "standIn");
        requireNonNull(from, "from");
        requireNonNull(until, "until");
    }

    /**
     * Whether it holds at an instant.
     *
     * @param now the instant
     * @return true from its first instant on and before its end
     */
    public boolean holdsAt(Instant now) {
        return !now.isBefore(from) && now.isBefore(until);
    }
}
