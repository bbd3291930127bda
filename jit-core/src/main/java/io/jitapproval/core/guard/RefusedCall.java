package io.jitapproval.core.guard;

import io.jitapproval.JitApprovalException;
import io.jitapproval.spi.AsyncCall;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call that was refused before it was one. */
final class RefusedCall implements AsyncCall {

    private final JitApprovalException refused;
    private final Listener listener;
    private final AtomicBoolean over = new AtomicBoolean();

    RefusedCall(JitApprovalException refused, Listener listener) {
        this.refused = refused;
        this.listener = listener;
    }

    @Override
    public void start() {
        if (over.compareAndSet(false, true)) {
            AsyncExecution.tell(listener, refused.refusal().action(), refused);
        }
    }

    @Override
    public boolean abandon() {
        over.set(true);
        return true;
    }

    @Override
    public void succeeded() {}

    @Override
    public void failed(Throwable failure) {}

    @Override
    public void cancelled() {}
}
