package io.jitapproval;

import java.io.Serial;

/** People were asked and nobody decided in time, or the approval was not used in time. Not a denial: the caller may ask again. */
public final class ApprovalExpiredException extends JitApprovalException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * With all that is known.
     *
     * @param refusal why the action did not run
     */
    public ApprovalExpiredException(Refusal refusal) {
        super(refusal, null);
    }
}
