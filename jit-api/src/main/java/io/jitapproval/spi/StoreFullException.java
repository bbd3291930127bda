package io.jitapproval.spi;

import java.io.Serial;

/** A store has no room for another request or grant, and everything that it holds is alive. */
public final class StoreFullException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * With the limit that was reached.
     *
     * @param message which limit, and its value
     */
    public StoreFullException(String message) {
        super(message);
    }
}
