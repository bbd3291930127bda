package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * What one running of an action may use: the numbers named with {@link Attempt#withCeiling}, as asked or as low as they were approved.
 *
 * @param action  the action's name
 * @param grantId the grant under which it runs; empty where policy allows it without one
 * @param numbers the numbers by their names
 */
public record GuardedUse(String action, Optional<String> grantId, Map<String, BigDecimal> numbers) {

    /**
     * Checks that everything is there and copies the map.
     *
     * @param action  as above
     * @param grantId as above
     * @param numbers as above
     */
    public GuardedUse {
        requireNonNull(action, "action");
        requireNonNull(grantId, "grantId");
        numbers = Map.copyOf(numbers);
    }

    /**
     * A number to act on.
     *
     * @param name its name, as in {@link Attempt#withCeiling}
     * @return the number that was asked, or the lower one that was approved
     * @throws IllegalArgumentException if the attempt named no such number
     */
    public BigDecimal number(String name) {
        BigDecimal number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException(action + " has no number '" + name + "': name it with withCeiling(…)");
        }
        return number;
    }

    /** {@return the action and the names of the numbers, never their values} */
    @Override
    public String toString() {
        return "use of " + action + " with " + numbers.keySet();
    }
}
