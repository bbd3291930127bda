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
     * What waits for a person's vote: pending requests on which this person may vote at this moment, in their own place or as a
     * {@linkplain #standIns() stand-in}, and has not voted, oldest first. A request whose open stages do not ask the person is none of them
     * yet.
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
     * Casts a vote. The vote counts only if the voter resolves to a person whom a stage that is open names, or who stands in for such a
     * person; who is neither the requester nor acts for the requester, nor is barred; who has not voted; and who was shown this very
     * version of the request. It is recorded either way. Two votes at once end in one order, that of the record.
     *
     * <p>Denials end the request as soon as there are as many as {@link VoteTerms#denials()} says, by default with the first. After an
     * approval a denial revokes the grant, as far as that is still possible; after a denial nothing approves.
     *
     * @param requestId the request's id
     * @param vote      the vote
     * @return whether it was counted, and the request after it; {@link Reason#REVOKED} if it was a denial that revoked the grant; for a
     *         voter who was shown something else, what has changed since
     * @throws GuardUnavailableException if store, sink or people directory fail; then nothing has changed
     */
    VoteReceipt vote(String requestId, Vote vote);

    /**
     * Takes a vote back, while the request is pending. The person may vote again.
     *
     * @param requestId the request's id
     * @param voter     the authenticated identity of the person who voted; any identity of that person
     * @return {@link Reason#VOTE_TAKEN_BACK} or why not, and the request afterwards
     * @throws GuardUnavailableException if store, sink or people directory fail; then nothing has changed
     */
    VoteReceipt takeBack(String requestId, Ref voter);

    /**
     * Says something about a pending request. A {@link Note.Kind#COMMENT} comes from the requester or any known person, a {@link
     * Note.Kind#QUESTION} from somebody whom one of its stages names or who stands in for one, {@link Note.Kind#INFORMATION} from the
     * requester: it makes the next version of the request, and whoever votes later must have seen it. Votes stay as they are.
     *
     * @param requestId the request's id
     * @param by        the authenticated identity of who says it
     * @param kind      what it is; not {@link Note.Kind#CHANGE}, for which there is {@link Attempt#changing}
     * @param text      what is said; not blank, at most {@value Note#LONGEST} characters
     * @return {@link Reason#NOTED} or why not; of all that is said, the requester has {@value Note#MOST} notes and so have the others
     * @throws IllegalArgumentException  if the kind is a change
     * @throws GuardUnavailableException if store, sink or people directory fail; then nothing has changed
     */
    Reason say(String requestId, Ref by, Note.Kind kind, String text);

    /** {@return who votes in whose place while they are away} */
    StandIns standIns();

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
