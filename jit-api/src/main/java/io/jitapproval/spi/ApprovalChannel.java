package io.jitapproval.spi;

/**
 * A way to reach people: a terminal, a chat, mail, a pager. A channel that only tells implements this; one through which
 * people answer implements {@link InteractiveApprovalChannel}, one that can change what it sent {@link UpdatingApprovalChannel}, and
 * one that can tell several questions at once {@link DigestingApprovalChannel}.
 */
public interface ApprovalChannel {

    /** {@return the channel's name, for records and messages that wait; short and constant, over restarts too} */
    String name();

    /**
     * Delivers a notice.
     *
     * <p><b>Threads:</b> called on threads of the guard's, several at once; must be thread-safe. Never called under a lock.
     * <b>Blocking:</b> may block up to the guard's channel time limit (5 seconds by default); after that the guard goes on
     * without it and interrupts the thread. <b>Throwing:</b> the failure is recorded and the notice tried again after a pause that
     * grows, or when a {@link RetryLaterException} says, at most twelve times; an {@link UndeliverableException} says that it is in
     * vain. The request stays pending and other channels are not affected. <b>Twice:</b> the same notice may come again under the same {@link
     * ApprovalNotice#id()}. <b>Order:</b> notices about one request come in order, each after the one before it was taken or given up.
     *
     * @param notice the notice
     * @throws Exception if it cannot be delivered
     */
    void deliver(ApprovalNotice notice) throws Exception;

    /**
     * Frees what the channel holds; called when the guard closes, and harmless to call again. By default does nothing.
     *
     * @throws Exception if it fails; logged
     */
    default void close() throws Exception {}
}
