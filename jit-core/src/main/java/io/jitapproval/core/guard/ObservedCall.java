package io.jitapproval.core.guard;

import io.jitapproval.core.guard.Observing.Body;
import io.jitapproval.core.guard.Observing.Seen;
import io.jitapproval.spi.AsyncCall;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call that is let through whatever policy says, and whose outcome comes later. */
final class ObservedCall implements AsyncCall {

    private enum State {
        MADE,
        RUNNING,
        OVER
    }

    private final Observing observing;
    private final String action;
    private final Supplier<Call> freeze;
    private final Body<? extends @Nullable Object, ? extends Throwable> body;
    private final Listener listener;
    private final AtomicReference<State> state = new AtomicReference<>(State.MADE);
    private volatile Seen seen = Seen.NOTHING;
    private volatile long nanos;

    ObservedCall(
            Observing observing,
            String action,
            Supplier<Call> freeze,
            Body<? extends @Nullable Object, ? extends Throwable> body,
            Listener listener) {
        this.observing = observing;
        this.action = action;
        this.freeze = freeze;
        this.body = body;
        this.listener = listener;
    }

    @Override
    public void start() {
        if (!state.compareAndSet(State.MADE, State.RUNNING)) {
            return;
        }
        seen = observing.look(action, freeze);
        nanos = System.nanoTime();
        try {
            listener.started(this, returned());
        } catch (Throwable failure) {
            if (end("failed", failure)) {
                AsyncExecution.tell(listener, action, failure);
            }
        }
    }

    private Object returned() throws Throwable {
        Inside.enter(action);
        try {
            Object returned = body.run(seen.call());
            if (returned == null) {
                throw new NullPointerException(action + " returned null, from which no outcome can come");
            }
            return returned;
        } finally {
            Inside.exit();
        }
    }

    @Override
    public boolean abandon() {
        return state.compareAndSet(State.MADE, State.OVER) || state.get() == State.OVER;
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
        boolean now = state.compareAndSet(State.RUNNING, State.OVER);
        if (now) {
            observing.ended(seen, outcome, failure, nanos);
        }
        return now;
    }
}
