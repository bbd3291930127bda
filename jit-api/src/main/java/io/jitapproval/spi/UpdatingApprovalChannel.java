package io.jitapproval.spi;

/**
 * A channel that can change a message after it was sent, such as a chat. The first notice about a request is sent; when the
 * request moves on, whoever decided it and where, the message that is there is changed.
 */
public interface UpdatingApprovalChannel extends ApprovalChannel {

    /**
     * Sends a message. Threads, time limit, throwing and order are as for {@link #deliver}.
     *
     * @param notice the notice
     * @return what the channel calls the message, by which it can find it again after a restart; not blank
     * @throws Exception if it cannot be sent
     */
    String send(ApprovalNotice notice) throws Exception;

    /**
     * Changes a message. Threads, time limit, throwing and order are as for {@link #deliver}.
     *
     * @param message what {@link #send} called it
     * @param notice  what it should say now
     * @throws Exception if it cannot be changed
     */
    void update(String message, ApprovalNotice notice) throws Exception;

    @Override
    default void deliver(ApprovalNotice notice) throws Exception {
        send(notice);
    }
}
