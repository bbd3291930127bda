package io.jitapproval;

import java.io.Serial;

/** Policy denied the action, or a person did. Asking again at once will not help. */
public final class ActionDeniedException extends JitApprovalException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * With all that is known.
     *
     * @param refusal why the action did not run
     */
    public ActionDeniedException(Refusal refusal) {
        super(refusal, null);
    }
}
