package io.jitapproval.core.audit;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Records could not be written, or not in time. What they are about must not happen. */
public final class AuditUnavailableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    AuditUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
