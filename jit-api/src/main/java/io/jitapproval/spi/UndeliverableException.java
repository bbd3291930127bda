package io.jitapproval.spi;

import java.io.Serial;

/**
 * A channel cannot deliver a notice and never will: trying again is of no use. Any channel may throw it from
 * {@link ApprovalChannel#deliver}.
 */
public final class UndeliverableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * With the reason.
     *
     * @param message why it is in vain, and what to do; no secret, and no argument of a request
     */
    public UndeliverableException(String message) {
        super(message);
    }
}
