package io.jitapproval.spi;

import io.jitapproval.Approvals;

/**
 * A channel through which people answer. Nobody is named a stand-in through a channel, since that reaches requests on which its votes do
 * not count; where they do not, it takes none back either: both end with {@link io.jitapproval.Reason#CHANNEL_NOT_ALLOWED}.
 */
public interface InteractiveApprovalChannel extends ApprovalChannel {

    /**
     * Hands over the way to vote. Called once, before the first delivery, by the thread that builds the guard; must not
     * block. Anything thrown stops the start.
     *
     * @param approvals where to cast votes; the channel is responsible for knowing who the voter is
     * @throws Exception if the channel cannot start
     */
    void connect(Approvals approvals) throws Exception;
}
