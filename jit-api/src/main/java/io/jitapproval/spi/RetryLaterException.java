package io.jitapproval.spi;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.time.Duration;

/**
 * A channel could not deliver a notice now, and knows how long to leave the foreign system alone: it said so itself, for
 * instance with {@code Retry-After}. Any channel may throw it from {@link ApprovalChannel#deliver}.
 */
public final class RetryLaterException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration after;

    /**
     * With the time to wait.
     *
     * @param message what the foreign system said; no secret, and no argument of a request
     * @param after   how long to wait, from now, before the next attempt; not negative
     * @throws IllegalArgumentException if the time is negative
     */
    public RetryLaterException(String message, Duration after) {
        super(message);
        if (requireNonNull(after, "after").isNegative()) {
            throw new IllegalArgumentException("after must not be negative, but was " + after);
        }
        this.after = after;
    }

    /** {@return how long to wait, from the moment of the failure, before the next attempt; not negative} */
    public Duration after() {
        return after;
    }
}
