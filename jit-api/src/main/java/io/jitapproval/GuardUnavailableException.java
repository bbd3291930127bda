package io.jitapproval;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The guard could not do its work (a store, a sink or a resolver failed, did not answer, or the guard is closed), so the action did not run. */
public final class GuardUnavailableException extends JitApprovalException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * With all that is known.
     *
     * @param refusal why the action did not run
     * @param cause   what failed, if something was thrown
     */
    public GuardUnavailableException(Refusal refusal, @Nullable Throwable cause) {
        super(refusal, cause);
    }
}
