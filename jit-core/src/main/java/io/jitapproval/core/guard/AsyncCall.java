package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.GuardedCall;
import io.jitapproval.JitApprovalException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A call that holds no thread while it waits. Its steps never overlap: each schedules the next. Once the result is there,
 * whoever completed it, nothing of the call goes on.
 *
 * @param <T> what the action's stage completes with
 */
final class AsyncCall<T extends @Nullable Object> {

    private final Execution execution;
    private final Call call;
    private final GuardedCall<? extends @Nullable CompletionStage<T>, ? extends Exception> action;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private @Nullable Instant deadline;

    AsyncCall(
            Execution execution,
            Call call,
            GuardedCall<? extends @Nullable CompletionStage<T>, ? extends Exception> action) {
        this.execution = execution;
        this.call = call;
        this.action = action;
    }

    CompletableFuture<T> result() {
        return result;
    }

    /** Makes one step; never throws. */
    void step(@Nullable String followed) {
        if (result.isDone()) {
            return;
        }
        try {
            Instant until = deadline == null ? execution.deadline(call) : deadline;
            deadline = until;
            Engine.Outcome outcome = execution.engine().step(call, followed);
            Clearance clearance = outcome.clearance();
            if (clearance != null) {
                start(clearance);
            } else {
                await(execution.pendingUntil(call, outcome, until), until);
            }
        } catch (JitApprovalException refused) {
            result.completeExceptionally(refused);
        } catch (Throwable failure) {
            result.completeExceptionally(execution.failed(call, failure));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callbacks end in the next step, which ends in the result
    private void await(ApprovalRequest pending, Instant until) {
        CompletableFuture<Void> signal = new CompletableFuture<>();
        Runnable alarm = execution.time().alarm(execution.lookAgain(until, pending), () -> signal.complete(null));
        execution.waiters().of(pending.id()).whenComplete((nothing, failure) -> signal.complete(null));
        if (!execution.engine().stillPending(call, pending.id())) {
            signal.complete(null);
            execution.waiters().wake(pending.id());
        }
        signal.whenCompleteAsync(
                        (nothing, failure) -> {
                            alarm.run();
                            step(pending.id());
                        },
                        execution.executor())
                .exceptionally(rejected -> {
                    result.completeExceptionally(execution.failed(call, rejected));
                    return null;
                });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback ends in the result
    private void start(Clearance clearance) {
        JitApprovalException refused = Execution.lastLook(call);
        if (refused == null && result.isDone()) {
            refused = Refusals.abandoned(call);
        }
        if (refused != null) {
            execution.notRun(call, clearance, refused);
            result.completeExceptionally(refused);
            return;
        }
        long start = System.nanoTime();
        CompletionStage<T> stage;
        Inside.enter(call.action());
        try {
            stage = action.call();
            if (stage == null) {
                throw new NullPointerException(call.action() + " returned null instead of a stage");
            }
        } catch (Throwable failure) {
            execution.records().ended(call, clearance, "failed", failure, System.nanoTime() - start);
            result.completeExceptionally(failure);
            return;
        } finally {
            Inside.exit();
        }
        stage.whenComplete((value, failure) -> {
            long nanos = System.nanoTime() - start;
            if (failure == null) {
                execution.records().ended(call, clearance, "succeeded", null, nanos);
                result.complete(value);
            } else {
                execution.records().ended(call, clearance, "failed", unwrapped(failure), nanos);
                result.completeExceptionally(failure);
            }
        });
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }
}
