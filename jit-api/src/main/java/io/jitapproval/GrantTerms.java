package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a grant gives, or may give at most. A vote can narrow the terms that policy sets; nothing can widen them.
 *
 * @param scope   what it covers
 * @param within  how long it lasts, counted as the clock says; positive, at most {@link #LONGEST}
 * @param uses    how many uses may begin; at least 1
 * @param clock   when the length begins to count
 */
public record GrantTerms(GrantScope scope, Duration within, int uses, GrantClock clock) {

    /** No grant lasts longer than this: 366 days. */
    public static final Duration LONGEST = Duration.ofDays(366);

    /** What a rule gives that says nothing: this exact call, once, within 15 minutes of the approval. */
    public static final GrantTerms DEFAULT =
            new GrantTerms(GrantScope.EXACT, Duration.ofMinutes(15), 1, GrantClock.APPROVAL);

    /**
     * Checks the bounds.
     *
     * @param scope  as above
     * @param within as above
     * @param uses   as above
     * @param clock  as above
     * @throws IllegalArgumentException if the length is not positive or too long, or there is not at least one use
     */
    public GrantTerms {
        requireNonNull(scope, "scope");
        Text.requirePositive(within, "grant.within");
        if (within.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("grant.within must be at most " + LONGEST + ", but was " + within);
        }
        if (uses < 1) {
            throw new IllegalArgumentException("grant.uses must be at least 1, but was " + uses);
        }
        requireNonNull(clock, "clock");
    }

    /**
     * The narrower of both in every respect: narrowest scope, shortest length, fewest uses, earlier clock.
     *
     * @param other the other terms
     * @return the terms that both allow
     */
    public GrantTerms narrowest(GrantTerms other) {
        return new GrantTerms(
                scope.compareTo(other.scope) <= 0 ? scope : other.scope,
                within.compareTo(other.within) <= 0 ? within : other.within,
                Math.min(uses, other.uses),
                clock.compareTo(other.clock) <= 0 ? clock : other.clock);
    }

    /**
     * Whether these terms give nothing that the other ones do not give.
     *
     * @param other the other terms
     * @return true if they are equal or narrower in every respect
     */
    public boolean isWithin(GrantTerms other) {
        return narrowest(other).equals(this);
    }
}
