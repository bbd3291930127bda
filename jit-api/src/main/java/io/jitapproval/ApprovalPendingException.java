package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.io.Serial;

/**
 * People have been asked and have not decided yet. After their approval the same call runs when it is made again. Where they approved it
 * ahead of time, its reason is {@link Reason#GRANT_NOT_YET_VALID}, and the same call runs from the grant's beginning on.
 */
public final class ApprovalPendingException extends JitApprovalException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ApprovalRequest request;

    /**
     * With all that is known.
     *
     * @param refusal why the action did not run
     * @param request the request as it stands: its id, who is asked, the decide-by
     */
    public ApprovalPendingException(Refusal refusal, ApprovalRequest request) {
        super(refusal, null);
        this.request = requireNonNull(request, "request");
    }

    /** {@return the request as it stands: its id, who is asked, the decide-by} */
    public ApprovalRequest request() {
        return request;
    }
}
