package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a grant gives, or may give at most. A vote can narrow the terms that policy sets; nothing can widen them.
 *
 * @param scope   what it covers
 * @param within  how long it lasts, counted as the clock says; positive, at most {@link #LONGEST}
 * @param uses    how many uses may begin; at least 1
 * @param clock   when the length begins to count
 * @param ceilings what numeric arguments may be at most, by the argument's name; may be empty. Only arguments that the action takes
 *                 lower than asked can have one
 */
public record GrantTerms(
        GrantScope scope, Duration within, int uses, GrantClock clock, Map<String, BigDecimal> ceilings) {

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
     * @param ceilings as above
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
        ceilings = ceilings.isEmpty() ? Map.of() : lowest(ceilings, Map.of());
    }

    /**
     * Terms without ceilings.
     *
     * @param scope  as above
     * @param within as above
     * @param uses   as above
     * @param clock  as above
     * @throws IllegalArgumentException if the length is not positive or too long, or there is not at least one use
     */
    public GrantTerms(GrantScope scope, Duration within, int uses, GrantClock clock) {
        this(scope, within, uses, clock, Map.of());
    }

    /**
     * A copy with a ceiling; of two for one argument the lower one.
     *
     * @param argument the argument's name; not blank
     * @param most     what it may be at most
     * @return the copy
     */
    public GrantTerms withCeiling(String argument, BigDecimal most) {
        return new GrantTerms(
                scope,
                within,
                uses,
                clock,
                lowest(ceilings, Map.of(Text.requireNotBlank(argument, "argument"), requireNonNull(most, "most"))));
    }

    /**
     * The narrower of both in every respect: narrowest scope, shortest length, fewest uses, earlier clock, lowest ceilings.
     *
     * @param other the other terms
     * @return the terms that both allow
     */
    public GrantTerms narrowest(GrantTerms other) {
        return new GrantTerms(
                scope.compareTo(other.scope) <= 0 ? scope : other.scope,
                within.compareTo(other.within) <= 0 ? within : other.within,
                Math.min(uses, other.uses),
                clock.compareTo(other.clock) <= 0 ? clock : other.clock,
                ceilings.isEmpty() && other.ceilings.isEmpty() ? ceilings : lowest(ceilings, other.ceilings));
    }

    private static Map<String, BigDecimal> lowest(Map<String, BigDecimal> a, Map<String, BigDecimal> b) {
        TreeMap<String, BigDecimal> all = new TreeMap<>();
        a.forEach((name, most) -> all.put(name, plain(most)));
        b.forEach((name, most) -> all.merge(name, plain(most), BigDecimal::min));
        return Collections.unmodifiableMap(all);
    }

    /** One form for one number, so that equal ceilings make equal terms. */
    private static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
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
