package io.jitapproval;

import java.io.Serial;

/** The approval request was withdrawn while the caller waited. Not a denial. */
public final class ApprovalCancelledException extends JitApprovalException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * With all that is known.
     *
     * @param refusal why the action did not run
     */
    public ApprovalCancelledException(Refusal refusal) {
        super(refusal, null);
    }
}
