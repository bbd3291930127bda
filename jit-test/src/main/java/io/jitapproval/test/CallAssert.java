package io.jitapproval.test;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalCancelledException;
import io.jitapproval.ApprovalExpiredException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Assertions about how a guarded call ended. */
public final class CallAssert extends AbstractAssert<CallAssert, ThrowingCallable> {

    private final @Nullable Throwable end;

    CallAssert(ThrowingCallable call) {
        super(call, CallAssert.class);
        end = run(call);
    }

    private static @Nullable Throwable run(ThrowingCallable call) {
        try {
            call.call();
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    /**
     * The call came back without throwing.
     *
     * @return this
     */
    public CallAssert ran() {
        if (end != null) {
            throw told("to run");
        }
        return this;
    }

    /**
     * Policy or a person denied it.
     *
     * @return this
     */
    public CallAssert isDenied() {
        return ended(ActionDeniedException.class, "to be denied");
    }

    /**
     * People have been asked and have not decided.
     *
     * @return this
     */
    public CallAssert isPending() {
        return ended(ApprovalPendingException.class, "to be pending");
    }

    /**
     * Nobody decided in time while it waited.
     *
     * @return this
     */
    public CallAssert isExpired() {
        return ended(ApprovalExpiredException.class, "to be expired");
    }

    /**
     * The request was withdrawn while it waited.
     *
     * @return this
     */
    public CallAssert isCancelled() {
        return ended(ApprovalCancelledException.class, "to be cancelled");
    }

    /**
     * Something inside the guard failed.
     *
     * @return this
     */
    public CallAssert isUnavailable() {
        return ended(GuardUnavailableException.class, "to find the guard unavailable");
    }

    /**
     * It did not run for a reason.
     *
     * @param reason the reason
     * @return this
     */
    public CallAssert because(Reason reason) {
        if (!(end instanceof JitApprovalException refused) || refused.reason() != reason) {
            throw told("not to run because " + reason.text() + " (" + reason.code() + ")");
        }
        return this;
    }

    /**
     * It did not run, and exactly these rules decided so.
     *
     * @param rules the rules' ids
     * @return this
     */
    public CallAssert byRules(String... rules) {
        if (!(end instanceof JitApprovalException refused) || !refused.rules().equals(List.of(rules))) {
            throw told("not to run because of " + List.of(rules));
        }
        return this;
    }

    private CallAssert ended(Class<? extends JitApprovalException> type, String how) {
        if (!type.isInstance(end)) {
            throw told(how);
        }
        return this;
    }

    private AssertionError told(String expected) {
        AssertionError failure = failure(
                "%s", "expected the call " + expected + ", but " + (end == null ? "it ran" : "it ended with: " + end));
        if (end != null) {
            failure.initCause(end);
        }
        return failure;
    }
}
