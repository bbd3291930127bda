package io.jitapproval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The approvers' side of the guard: any user interface can sit on it. Who is calling must have been authenticated by the
 * caller; whether they may decide is tested here, when the vote is cast.
 *
 * <p>Thread-safe.
 */
public interface Approvals {

    /**
     * What waits for a person's vote: pending requests on which this person may vote and has not voted, oldest first.
     *
     * @param approver an authenticated identity
     * @return the requests; empty if the identity cannot be resolved to a person
     * @throws GuardUnavailableException if store or people directory fail
     */
    List<ApprovalRequest> waitingFor(Ref approver);

    /** {@return every pending request, oldest first} */
    List<ApprovalRequest> pending();

    /**
     * One request.
     *
     * @param requestId its id
     * @return the request; empty if there is none, or it ended long ago and the store no longer keeps it
     */
    Optional<ApprovalRequest> find(String requestId);

    /**
     * Casts a vote. The vote counts only if the voter resolves to a person who is one of those asked, who is neither the
     * requester nor acts for the requester, who has not voted, and who was shown this very request; it is recorded either
     * way. Two votes at once end in one order, that of the record. One denial is final.
     *
     * @param requestId the request's id
     * @param vote      the vote
     * @return whether it was counted, and the request after it
     * @throws GuardUnavailableException if store, sink or people directory fail; then nothing has changed
     */
    VoteReceipt vote(String requestId, Vote vote);

    /**
     * Votes on items of a bundle, each on its own: a vote names what its voter was shown of that item, and an item that has moved on, or is
     * closed to the voter, is refused without touching the others.
     *
     * @param bundleId the bundle's id
     * @param votes    the votes by their requests' ids; cast in the map's order
     * @return what became of each vote, in the same order; {@link Reason#UNKNOWN_ID} for a request that is not of this bundle
     * @throws GuardUnavailableException if store, sink or people directory fail; the votes before that count
     */
    default Map<String, VoteReceipt> voteBundle(String bundleId, Map<String, Vote> votes) {
        Map<String, VoteReceipt> receipts = new LinkedHashMap<>();
        votes.forEach((requestId, vote) -> {
            boolean inside = find(requestId)
                    .flatMap(ApprovalRequest::bundle)
                    .filter(bundleId::equals)
                    .isPresent();
            receipts.put(
                    requestId, inside ? vote(requestId, vote) : new VoteReceipt(Reason.UNKNOWN_ID, Optional.empty()));
        });
        return receipts;
    }

    /**
     * Withdraws a pending request.
     *
     * @param requestId the request's id
     * @param by        the requester, or one who acts for the requester
     * @return {@link Reason#APPROVAL_CANCELLED} if it is withdrawn now; otherwise why not
     * @throws GuardUnavailableException if store or sink fail; then nothing has changed
     */
    Reason withdraw(String requestId, Ref by);
}
