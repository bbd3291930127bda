package io.jitapproval;

import java.io.Serial;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A guarded action did not run. Each way in which that happens has its own type. */
public abstract sealed class JitApprovalException extends RuntimeException
        permits ActionDeniedException,
                ApprovalPendingException,
                ApprovalExpiredException,
                ApprovalCancelledException,
                GuardUnavailableException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    JitApprovalException(Refusal refusal, @Nullable Throwable cause) {
        super(refusal.message(), cause);
        this.refusal = refusal;
    }

    /** {@return everything known about why it did not run} */
    public Refusal refusal() {
        return refusal;
    }

    /** {@return why} */
    public Reason reason() {
        return refusal.reason();
    }

    /** {@return the id of the approval request, if there is one} */
    public Optional<String> requestId() {
        return refusal.requestId();
    }

    /** {@return the ids of the rules that decided} */
    public List<String> rules() {
        return refusal.rules();
    }

    /** {@return why policy decided so} */
    public Explanation explanation() {
        return refusal.explanation();
    }
}
