package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.JitApprovalException;
import io.jitapproval.spi.AsyncCall;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call that holds no thread while it waits. Its steps never overlap: each schedules the next. */
final class AsyncExecution implements AsyncCall {

    private static final Logger LOG = LoggerFactory.getLogger(AsyncExecution.class);

    private enum State {
        MADE,
        STARTED,
        RUNNING,
        OVER
    }

    /** The method itself. */
    @FunctionalInterface
    interface Action {
        @Nullable
        Object call() throws Throwable;
    }

    /** A use that has begun. */
    private record Use(Clearance clearance, long nanos) {}

    private final Execution execution;
    private final Call call;
    private final Action action;
    private final Listener listener;
    private final AtomicReference<State> state = new AtomicReference<>(State.MADE);
    private volatile @Nullable CompletableFuture<Void> waiting;
    private volatile @Nullable Use use;
    private @Nullable Instant deadline;

    AsyncExecution(Execution execution, Call call, Action action, Listener listener) {
        this.execution = execution;
        this.call = call;
        this.action = action;
        this.listener = listener;
    }

    @Override
    public void start() {
        if (state.compareAndSet(State.MADE, State.STARTED)) {
            step(null);
        }
    }

    @Override
    public boolean abandon() {
        boolean now = state.compareAndSet(State.MADE, State.OVER) || state.compareAndSet(State.STARTED, State.OVER);
        CompletableFuture<Void> signal = waiting;
        if (now && signal != null) {
            // The next step only sees that nobody waits any more.
            signal.complete(null);
        }
        return state.get() == State.OVER;
    }

    @Override
    public void succeeded() {
        end("succeeded", null);
    }

    @Override
    public void failed(Throwable failure) {
        end("failed", failure);
    }

    @Override
    public void cancelled() {
        end("indeterminate", null);
    }

    private boolean end(String outcome, @Nullable Throwable failure) {
        Use begun = use;
        if (begun == null || !state.compareAndSet(State.RUNNING, State.OVER)) {
            return false;
        }
        execution.records().ended(call, begun.clearance(), outcome, failure, System.nanoTime() - begun.nanos());
        return true;
    }

    private boolean gone() {
        return state.get() == State.OVER;
    }

    private void refuse(Throwable refused) {
        if (state.compareAndSet(State.STARTED, State.OVER)) {
            tell(listener, call.action(), refused);
        }
    }

    /** Whatever a listener does with it, the call is over. */
    static void tell(Listener listener, String action, Throwable failure) {
        try {
            listener.failed(failure);
        } catch (Throwable deaf) {
            Failures.keepInterrupt(deaf);
            LOG.warn("{} did not run, but whoever listens could not be told", action, deaf);
        }
    }

    /** Makes one step; never throws. */
    private void step(@Nullable String followed) {
        if (gone()) {
            return;
        }
        try {
            Instant until = deadline == null ? execution.deadline(call) : deadline;
            deadline = until;
            Engine.Outcome outcome = execution.engine().step(call, followed);
            Clearance clearance = outcome.clearance();
            if (clearance != null) {
                run(clearance);
            } else {
                await(execution.pendingUntil(call, outcome, until), until);
            }
        } catch (JitApprovalException refused) {
            refuse(refused);
        } catch (Throwable failure) {
            refuse(execution.failed(call, failure));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callbacks end in the next step
    private void await(ApprovalRequest pending, Instant until) {
        CompletableFuture<Void> signal = new CompletableFuture<>();
        waiting = signal;
        Runnable alarm = execution.time().alarm(execution.lookAgain(until, pending), () -> signal.complete(null));
        Runnable off = execution.waiters().signal(pending.id(), signal);
        signal.whenComplete((nothing, failure) -> off.run());
        if (gone()) {
            signal.complete(null);
        } else if (!execution.engine().stillPending(call, pending.id())) {
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
                    if (!gone()) {
                        refuse(execution.failed(call, rejected));
                    }
                    return null;
                });
    }

    private void run(Clearance clearance) {
        use = new Use(clearance, System.nanoTime());
        JitApprovalException refused = Execution.lastLook(call);
        if (refused == null && !state.compareAndSet(State.STARTED, State.RUNNING)) {
            refused = Refusals.abandoned(call);
        }
        if (refused != null) {
            execution.notRun(call, clearance, refused);
            refuse(refused);
            return;
        }
        try {
            listener.started(this, returned());
        } catch (Throwable failure) {
            if (end("failed", failure)) {
                tell(listener, call.action(), failure);
            } else {
                LOG.warn("{} has ended, and then failed", call.action(), failure);
            }
        }
    }

    private Object returned() throws Throwable {
        Inside.enter(call.action());
        try {
            Object returned = action.call();
            if (returned == null) {
                throw new NullPointerException(call.action() + " returned null, from which no outcome can come");
            }
            return returned;
        } finally {
            Inside.exit();
        }
    }
}
