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
    WAIT
}
