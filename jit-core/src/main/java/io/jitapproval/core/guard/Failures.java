package io.jitapproval.core.guard;

import io.jitapproval.GuardUnavailableException;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.core.audit.AuditUnavailableException;
import io.jitapproval.spi.StoreFullException;
import java.util.concurrent.Callable;

/** Turns whatever is thrown inside the guard into the one exception type that says so. */
final class Failures {

    private Failures() {}

    /** Whoever swallows a throwable keeps the interrupt that it may stand for. */
    static void keepInterrupt(Throwable swallowed) {
        if (swallowed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    /** The reason for a failure of the given phase; the audit and a full store have reasons of their own. */
    static Reason reason(Throwable failure, Reason phase) {
        if (failure instanceof AuditUnavailableException) {
            return Reason.AUDIT_UNAVAILABLE;
        }
        if (failure instanceof StoreFullException) {
            return Reason.STORE_FULL;
        }
        if (failure instanceof InterruptedException) {
            keepInterrupt(failure);
            return Reason.INTERRUPTED;
        }
        return phase;
    }

    /** Runs what belongs to no call. */
    static <T> T guarded(String what, Callable<T> work) {
        try {
            return work.call();
        } catch (JitApprovalException e) {
            throw e;
        } catch (Throwable failure) {
            throw unavailable(what, failure, Reason.STORE_UNAVAILABLE);
        }
    }

    static GuardUnavailableException unavailable(String what, Throwable failure, Reason phase) {
        return Refusals.unavailable(what, reason(failure, phase), failure);
    }
}
