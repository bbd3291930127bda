package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What became of a vote, or of taking it back.
 *
 * @param reason  {@link Reason#VOTE_COUNTED}; {@link Reason#REVOKED} for a denial after the approval, that revoked its grant; {@link
 *                Reason#VOTE_TAKEN_BACK}; or why nothing came of it
 * @param request the request after the vote; empty if there is none with that id
 * @param moved   for {@link Reason#SHOWN_DIFFERS}, what has changed since the voter looked, one sentence each; otherwise empty
 */
public record VoteReceipt(Reason reason, Optional<ApprovalRequest> request, List<String> moved) {

    /**
     * Checks that everything is there.
     *
     * @param reason  as above
     * @param request as above
     * @param moved   as above
     */
    public VoteReceipt {
        requireNonNull(reason, "reason");
        requireNonNull(request, "request");
        moved = List.copyOf(moved);
    }

    /**
     * A receipt of a vote on what the request still is.
     *
     * @param reason  as above
     * @param request as above
     */
    public VoteReceipt(Reason reason, Optional<ApprovalRequest> request) {
        this(reason, request, List.of());
    }

    /** {@return whether the vote was counted} */
    public boolean counted() {
        return reason == Reason.VOTE_COUNTED;
    }
}
