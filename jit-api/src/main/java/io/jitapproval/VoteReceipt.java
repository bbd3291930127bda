package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What became of a vote.
 *
 * @param reason  {@link Reason#VOTE_COUNTED}, or why the vote was refused
 * @param request the request after the vote; empty if there is none with that id
 */
public record VoteReceipt(Reason reason, Optional<ApprovalRequest> request) {

    /**
     * Checks that everything is there.
     *
     * @param reason  as above
     * @param request as above
     */
    public VoteReceipt {
        requireNonNull(reason, "reason");
        requireNonNull(request, "request");
    }

    /** {@return whether the vote was counted} */
    public boolean counted() {
        return reason == Reason.VOTE_COUNTED;
    }
}
