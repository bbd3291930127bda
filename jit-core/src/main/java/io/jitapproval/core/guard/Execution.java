package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.GuardedCall;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.spi.AsyncCall;
import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Takes calls through the engine, waits where they wait, runs their action once cleared, and records how it ended. */
final class Execution {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Engine engine;
    private final CallRecords records;
    private final Waiters waiters;
    private final TimeSource time;
    private final Executor executor;
    private final CallFactory calls;

    Execution(
            Engine engine,
            CallRecords records,
            Waiters waiters,
            TimeSource time,
            Executor executor,
            CallFactory calls) {
        this.engine = engine;
        this.records = records;
        this.waiters = waiters;
        this.time = time;
        this.executor = executor;
        this.calls = calls;
    }

    /** Runs the action on this thread, or throws. */
    <T extends @Nullable Object, X extends Exception> T run(Call call, GuardedCall<T, X> action) throws X {
        Clearance clearance = clear(call);
        JitApprovalException changed = lastLook(call);
        if (changed != null) {
            notRun(call, clearance, changed);
            throw changed;
        }
        long start = System.nanoTime();
        Inside.enter(call.action());
        T result;
        try {
            result = action.call();
        } catch (Throwable failure) {
            records.ended(call, clearance, "failed", failure, System.nanoTime() - start);
            throw failure;
        } finally {
            Inside.exit();
        }
        records.ended(call, clearance, "succeeded", null, System.nanoTime() - start);
        return result;
    }

    /** A call whose action runs when it is cleared; whatever goes wrong is told to the listener and never thrown. */
    AsyncCall later(Call call, AsyncExecution.Action action, AsyncCall.Listener listener) {
        return new AsyncExecution(this, call, action, listener);
    }

    private Clearance clear(Call asked) {
        Call call = asked;
        try {
            Instant deadline = deadline(call);
            String followed = null;
            while (true) {
                Engine.Outcome outcome = engine.step(call, followed);
                Clearance clearance = outcome.clearance();
                if (clearance != null) {
                    return clearance;
                }
                ApprovalRequest pending = pendingUntil(call, outcome, deadline);
                CompletableFuture<Void> ended = waiters.of(pending.id());
                if (engine.stillPending(call, pending.id())) {
                    time.await(ended, lookAgain(deadline, pending));
                } else {
                    waiters.wake(pending.id());
                }
                followed = pending.id();
                call = calls.refreshed(call);
            }
        } catch (JitApprovalException refused) {
            throw refused;
        } catch (Throwable failure) {
            throw failed(call, failure);
        }
    }

    /** The request to wait for; refuses the call if it may not wait any longer. */
    ApprovalRequest pendingUntil(Call call, Engine.Outcome outcome, Instant deadline) {
        ApprovalRequest pending = outcome.pending();
        if (pending == null) {
            throw new IllegalStateException("a step gave neither a clearance nor a request: " + outcome.decision());
        }
        if (!time.instant().isBefore(deadline)) {
            throw Refusals.pending(call, pending, outcome.decision());
        }
        return pending;
    }

    /** The last look before the action: what changes after this, changes under the action's own hands. */
    static @Nullable JitApprovalException lastLook(Call call) {
        try {
            return call.unchanged() ? null : Refusals.changed(call);
        } catch (Throwable failure) {
            return Refusals.unavailable(call, Failures.reason(failure, Reason.GUARD_FAILED), failure);
        }
    }

    /** A use that has begun ends without the action having run. */
    void notRun(Call call, Clearance clearance, JitApprovalException refused) {
        records.ended(call, clearance, "not-run", refused, 0);
        records.refused(call, refused);
    }

    JitApprovalException failed(Call call, Throwable failure) {
        JitApprovalException refused =
                Refusals.unavailable(call, Failures.reason(failure, Reason.GUARD_FAILED), failure);
        records.refused(call, refused);
        return refused;
    }

    Instant deadline(Call call) {
        Duration limit = call.waitAtMost;
        return limit == null ? Instant.MIN : time.instant().plus(limit);
    }

    /** When to look at a request again that nobody ended: never at once, since the store's clock may lag behind this one. */
    Instant lookAgain(Instant deadline, ApprovalRequest pending) {
        Instant soon = time.instant().plus(PAUSE);
        Instant end = pending.decideBy().isBefore(soon) ? soon : pending.decideBy();
        return end.isBefore(deadline) ? end : deadline;
    }

    Engine engine() {
        return engine;
    }

    CallRecords records() {
        return records;
    }

    Waiters waiters() {
        return waiters;
    }

    TimeSource time() {
        return time;
    }

    Executor executor() {
        return executor;
    }
}
