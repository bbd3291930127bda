package io.jitapproval.core.guard;

import io.jitapproval.GuardUnavailableException;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.core.audit.AuditUnavailableException;
import io.jitapproval.spi.StoreFullException;

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

    /** Work whose failures are told by what it was doing. */
    @FunctionalInterface
    interface Work<T> {
        T in(Phase phase) throws Exception;
    }

    /** Runs what belongs to no call. */
    static <T> T guarded(String what, Work<T> work) {
        Phase phase = new Phase();
        phase.enter(Reason.STORE_UNAVAILABLE);
        try {
            return work.in(phase);
        } catch (JitApprovalException e) {
            throw e;
        } catch (Throwable failure) {
            throw unavailable(what, failure, phase.reason());
        }
    }

    static GuardUnavailableException unavailable(String what, Throwable failure, Reason phase) {
        return Refusals.unavailable(what, reason(failure, phase), failure);
    }
}
