package io.jitapproval.core;

import io.jitapproval.core.guard.DefaultGuard;
import io.jitapproval.spi.OutboxMessage;
import java.util.List;

/**
 * What became of the messages to the channels: delivered, still on their way, overtaken, or given up. For operators; which people voted
 * and what was decided is not here but with the requests.
 *
 * <p>A message that a channel did not take is tried again, at first after a second and then after longer and longer pauses of at most
 * five minutes, or when the channel {@linkplain io.jitapproval.spi.RetryLaterException says}. After twelve attempts, or when the
 * channel says that it is {@linkplain io.jitapproval.spi.UndeliverableException in vain}, it is given up.
 *
 * <p>Thread-safe.
 */
public final class Deliveries {

    private final DefaultGuard guard;

    Deliveries(DefaultGuard guard) {
        this.guard = guard;
    }

    /**
     * Every message about a request, in order.
     *
     * @param requestId the request's id
     * @return the messages; empty if there are none, or the store no longer keeps the request
     * @throws io.jitapproval.GuardUnavailableException if the store fails
     */
    public List<OutboxMessage> of(String requestId) {
        return guard.messages(requestId);
    }

    /**
     * The messages that were given up, as long as their requests are kept.
     *
     * @return the messages, oldest first
     * @throws io.jitapproval.GuardUnavailableException if the store fails
     */
    public List<OutboxMessage> dead() {
        return guard.deadMessages();
    }

    /**
     * Tries a message again that was given up, with as many attempts as a fresh one. What has been overtaken in the meantime is not
     * sent.
     *
     * @param messageId the message's id
     * @return whether there is such a message that was given up
     * @throws io.jitapproval.GuardUnavailableException if the store fails
     */
    public boolean retry(String messageId) {
        return guard.retryMessage(messageId);
    }
}
