package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.GuardedCall;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Takes calls through the engine, waits where they wait, runs their action once cleared, and records how it ended. */
final class Execution {

    private final Engine engine;
    private final CallRecords records;
    private final Waiters waiters;
    private final TimeSource time;
    private final ExecutorService executor;

    Execution(Engine engine, CallRecords records, Waiters waiters, TimeSource time, ExecutorService executor) {
        this.engine = engine;
        this.records = records;
        this.waiters = waiters;
        this.time = time;
        this.executor = executor;
    }

    /** Runs the action on this thread, or throws. */
    <T extends @Nullable Object, X extends Exception> T run(Call call, GuardedCall<T, X> action) throws X {
        Clearance clearance = clear(call);
        requireUnchanged(call, clearance);
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

    /** Runs the action when it is cleared; whatever goes wrong fails the future and is never thrown. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback ends in the result
    <T extends @Nullable Object> CompletableFuture<T> runAsync(
            Call call, GuardedCall<? extends @Nullable CompletionStage<T>, ? extends Exception> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<Clearance> cleared = new CompletableFuture<>();
        cleared.whenComplete((clearance, refused) -> {
            if (refused != null) {
                result.completeExceptionally(refused);
            } else {
                start(call, clearance, action, result);
            }
        });
        try {
            stepAsync(call, null, deadline(call), cleared);
        } catch (Throwable failure) {
            cleared.completeExceptionally(failed(call, failure));
        }
        return result;
    }

    private Clearance clear(Call call) {
        try {
            return stepping(call);
        } catch (JitApprovalException refused) {
            throw refused;
        } catch (Throwable failure) {
            throw failed(call, failure);
        }
    }

    private JitApprovalException failed(Call call, Throwable failure) {
        JitApprovalException refused =
                Refusals.unavailable(call, Failures.reason(failure, Reason.GUARD_FAILED), failure);
        records.refused(call, refused);
        return refused;
    }

    private Clearance stepping(Call call) throws InterruptedException {
        String followed = null;
        Instant deadline = deadline(call);
        while (true) {
            Engine.Outcome outcome = engine.step(call, followed);
            Clearance clearance = outcome.clearance();
            if (clearance != null) {
                return clearance;
            }
            ApprovalRequest pending = pending(outcome);
            if (!time.instant().isBefore(deadline)) {
                throw Refusals.pending(call, pending, outcome.decision());
            }
            await(call, pending, deadline);
            followed = pending.id();
        }
    }

    private void await(Call call, ApprovalRequest pending, Instant deadline) throws InterruptedException {
        CompletableFuture<Void> ended = waiters.of(pending.id());
        if (engine.stillPending(call, pending.id())) {
            time.await(ended, earlier(deadline, pending.decideBy()));
        }
    }

    private void stepAsync(
            Call call, @Nullable String followed, Instant deadline, CompletableFuture<Clearance> cleared) {
        try {
            Engine.Outcome outcome = engine.step(call, followed);
            Clearance clearance = outcome.clearance();
            if (clearance != null) {
                cleared.complete(clearance);
                return;
            }
            ApprovalRequest pending = pending(outcome);
            if (!time.instant().isBefore(deadline)) {
                throw Refusals.pending(call, pending, outcome.decision());
            }
            awaitAsync(call, pending, deadline, cleared);
        } catch (JitApprovalException refused) {
            cleared.completeExceptionally(refused);
        } catch (Throwable failure) {
            cleared.completeExceptionally(failed(call, failure));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callbacks end in the clearance
    private void awaitAsync(
            Call call, ApprovalRequest pending, Instant deadline, CompletableFuture<Clearance> cleared) {
        CompletableFuture<Void> signal = new CompletableFuture<>();
        waiters.of(pending.id()).whenComplete((nothing, failure) -> signal.complete(null));
        Runnable alarm = time.alarm(earlier(deadline, pending.decideBy()), () -> signal.complete(null));
        signal.whenCompleteAsync(
                        (nothing, failure) -> {
                            alarm.run();
                            stepAsync(call, pending.id(), deadline, cleared);
                        },
                        executor)
                .exceptionally(rejected -> {
                    cleared.completeExceptionally(Refusals.unavailable(call, Reason.GUARD_FAILED, rejected));
                    return null;
                });
        if (!engine.stillPending(call, pending.id())) {
            signal.complete(null);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback ends in the result
    private <T extends @Nullable Object> void start(
            Call call,
            Clearance clearance,
            GuardedCall<? extends @Nullable CompletionStage<T>, ? extends Exception> action,
            CompletableFuture<T> result) {
        long start = System.nanoTime();
        CompletionStage<T> stage;
        try {
            requireUnchanged(call, clearance);
        } catch (JitApprovalException refused) {
            result.completeExceptionally(refused);
            return;
        }
        Inside.enter(call.action());
        try {
            stage = action.call();
            if (stage == null) {
                throw new NullPointerException(call.action() + " returned null instead of a stage");
            }
        } catch (Throwable failure) {
            records.ended(call, clearance, "failed", failure, System.nanoTime() - start);
            result.completeExceptionally(failure);
            return;
        } finally {
            Inside.exit();
        }
        stage.whenComplete((value, failure) -> {
            records.ended(
                    call,
                    clearance,
                    failure == null ? "succeeded" : "failed",
                    failure instanceof CompletionException wrapped && wrapped.getCause() != null
                            ? wrapped.getCause()
                            : failure,
                    System.nanoTime() - start);
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    /** The last look before the action: what changes after this, changes under the action's own hands. */
    private void requireUnchanged(Call call, Clearance clearance) {
        if (!call.unchanged()) {
            JitApprovalException refused = Refusals.changed(call);
            records.ended(call, clearance, "not-run", refused, 0);
            records.refused(call, refused);
            throw refused;
        }
    }

    private Instant deadline(Call call) {
        Duration limit = call.waitAtMost;
        return limit == null ? Instant.MIN : time.instant().plus(limit);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static ApprovalRequest pending(Engine.Outcome outcome) {
        ApprovalRequest pending = outcome.pending();
        if (pending == null) {
            throw new IllegalStateException("a step gave neither a clearance nor a request: " + outcome.decision());
        }
        return pending;
    }
}
