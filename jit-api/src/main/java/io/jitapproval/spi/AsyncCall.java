package io.jitapproval.spi;

/**
 * One call of a guarded method whose outcome comes later. It is in one of four states, and every change happens once: made,
 * {@linkplain #start() started}, its action running, over. What comes too late changes nothing.
 *
 * <p><b>Threads:</b> thread-safe. <b>Throwing:</b> no method throws. <b>Twice:</b> harmless.
 */
public interface AsyncCall {

    /**
     * Takes the call through the guard. The first steps are made on the calling thread, and may block it for a store, a sink or
     * an attribute; a wait for people holds no thread, and what comes after it runs on one of the guard's.
     */
    void start();

    /**
     * The caller does not want the outcome any more. If the action has not begun, it never will, and the listener hears nothing
     * more; if this comes just as the use has begun, that use ends as not run, with the reason {@link
     * io.jitapproval.Reason#CALLER_GONE}. If the action has begun, nothing changes.
     *
     * @return whether the call is over; false means that the action runs
     */
    boolean abandon();

    /** The action has done its work. Ends the use; call it before telling the caller. */
    void succeeded();

    /**
     * The action has failed. Ends the use; call it before telling the caller.
     *
     * @param failure its failure; its class goes on record, its message does not
     */
    void failed(Throwable failure);

    /** The running action was told to stop. Ends the use as indeterminate: nobody knows how much of its work it did. */
    void cancelled();

    /**
     * Hears how a call goes on: one of the two, once, or {@code failed} after {@code started} has thrown.
     *
     * <p><b>Threads:</b> the one that starts the call, or one of the guard's. <b>Blocking:</b> must not block.
     */
    interface Listener {

        /**
         * The use has begun, and the method was called with the frozen arguments: wait for what it returned, or subscribe to
         * it, and end the call when it ends.
         *
         * @param call     the call, which is to be ended
         * @param returned what the method returned, never null
         * @throws RuntimeException fails the call
         */
        void started(AsyncCall call, Object returned);

        /**
         * The action does not run, or the method itself threw. The call is over. What this throws is logged, and changes nothing.
         *
         * @param failure a {@link io.jitapproval.JitApprovalException}, or what the method threw
         */
        void failed(Throwable failure);
    }
}
