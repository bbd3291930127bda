package io.jitapproval.spi;

import static java.util.Objects.requireNonNull;

import io.jitapproval.EvaluationRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Supplies attributes that a request does not carry, such as a risk score, the state of a device or who is on call. Asked only
 * when a rule that can still matter needs the attribute, and at most once in one evaluation.
 */
@FunctionalInterface
public interface AttributeResolver {

    /** How long a resolver may take that says nothing else: one second. */
    Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(1);

    /**
     * The value of an attribute.
     *
     * <p><b>Threads:</b> called on a thread of the guard's own, or, with a {@link #timeLimit()} of zero, on the thread of the
     * guarded call; must be thread-safe. <b>Blocking:</b> may block up to the time limit; then its thread is interrupted and the
     * attribute is unknown. <b>Throwing:</b> an exception makes the attribute unknown, and unknown never loosens policy; an
     * {@link Error} denies the call. Never reaches the caller.
     *
     * @param attribute the attribute's path, such as {@code subject.riskScore} or {@code resource.owner}
     * @param request   the request as it was made
     * @return the value (text, number, boolean, time, list or map), or a {@link Dated} one; empty if this resolver does not know
     *         it
     * @throws Exception if it fails
     */
    Optional<Object> resolve(String attribute, EvaluationRequest request) throws Exception;

    /**
     * What explanations call it.
     *
     * @return a short name; by default that of the class
     */
    default String name() {
        String name = getClass().getSimpleName();
        return name.isEmpty() || name.contains("$$Lambda") ? "resolver" : name;
    }

    /**
     * How long it may take for one attribute.
     *
     * @return the limit; by default {@link #DEFAULT_TIME_LIMIT}; zero: without a limit, on the thread of the guarded call
     */
    default Duration timeLimit() {
        return DEFAULT_TIME_LIMIT;
    }

    /**
     * How old a {@link Dated} value may be to count; an older one is unknown.
     *
     * @return the limit; by default none
     */
    default Optional<Duration> maxAge() {
        return Optional.empty();
    }

    /**
     * A value that was true at a moment, for resolvers that keep what they once fetched.
     *
     * @param value the value
     * @param at    when it was fetched or measured
     */
    record Dated(Object value, Instant at) {

        /**
         * Checks that both are there.
         *
         * @param value as above
         * @param at    as above
         */
        public Dated {
            requireNonNull(value, "value");
            requireNonNull(at, "at");
        }
    }
}
