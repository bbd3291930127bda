package io.jitapproval;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One approval request, by its id: to look at, to wait for, to withdraw. It holds nothing but the id, so that any process whose guard uses
 * the same store can go on where another one stopped. Whoever has the id can see the request.
 *
 * <p>Thread-safe.
 */
public interface RequestHandle {

    /** {@return the request's id} */
    String id();

    /**
     * The request as it stands; one whose time is over has expired.
     *
     * @return the request; empty if there is none, or it ended long ago and the store no longer keeps it, or a kept call needed none
     * @throws GuardUnavailableException if store or sink fail, or the guard is closed
     */
    Optional<ApprovalRequest> current();

    /**
     * Waits until the request has ended, whichever process ended it. Holds the calling thread; {@link #whenEnded()} holds none.
     *
     * @param atMost how long; not negative
     * @return the request as it stands then, which may still be pending; empty if there is none
     * @throws IllegalArgumentException  if the time is negative or longer than {@link Requirement#LONGEST_DECIDE_WITHIN}
     * @throws GuardUnavailableException if store or sink fail, the guard is closed, or the thread is interrupted; its flag is then kept
     */
    Optional<ApprovalRequest> await(Duration atMost);

    /**
     * Completes when the request has ended, whichever process ended it: at once where this guard did, within a few seconds where another one
     * did.
     *
     * @return a stage of the ended request, completed on one of the guard's threads; fails with {@link GuardUnavailableException} if there is
     *         no such request ({@link Reason#UNKNOWN_ID}), store or sink fail, or the guard is closed meanwhile
     */
    CompletionStage<ApprovalRequest> whenEnded();

    /**
     * Withdraws the request, as {@link Approvals#withdraw}.
     *
     * @param by the requester, or one who acts for the requester
     * @return {@link Reason#APPROVAL_CANCELLED} if it is withdrawn now; otherwise why not
     * @throws GuardUnavailableException if store or sink fail; then nothing has changed
     */
    Reason withdraw(Ref by);

    /**
     * What became of the call that was kept to run on approval.
     *
     * @return its state; empty if no call was kept under this id, or it is no longer kept
     * @throws GuardUnavailableException if the store fails, or the guard is closed
     */
    Optional<Replay> replay();
}
