package io.jitapproval;

/** How a guarded call goes on when people have to be asked first. */
public enum Continuation {
    /**
     * The call ends at once with an {@link ApprovalPendingException}. After the approval the caller makes the same call
     * again, and it runs.
     */
    RETRY,
    /**
     * The call waits for the decision, up to its wait limit and never longer than the request's decide-by, and then
     * runs or fails. A method that returns a {@link java.util.concurrent.CompletionStage}, or another type that an {@link
     * io.jitapproval.spi.AsyncReturnType} answers, holds no thread while it waits.
     */
    WAIT,
    /**
     * The call is kept, ends at once with an {@link ApprovalPendingException}, and runs once when it is approved, with copies of its
     * arguments and without its caller: in this process with the method itself, or, where that is gone, by the {@code
     * io.jitapproval.spi.ReplayExecutor} that a guard on the same store has for the action. Where nobody has one it stays approved until
     * its use-by. {@link JitGuard#request} fetches what became of it. Policy decides once more right before it runs, with the subject as
     * it was and with attributes as they are then. A method that returns a {@link java.util.concurrent.CompletionStage} gets a stage
     * that completes when the call ran. Approvers see that it runs at once. Sensitive arguments are refused.
     */
    REPLAY
}
