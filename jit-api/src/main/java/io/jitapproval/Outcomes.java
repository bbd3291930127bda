package io.jitapproval;

/**
 * Where the application says what came of actions that ran: a refund that was reversed, a change that caused an incident. Votes are
 * opinions; this is what they are measured by. It changes no request and no grant. Each report has one record, and the last one
 * counts.
 *
 * <pre>{@code
 * guard.outcomes().ofUse(grantId, 1, Outcome.REVERSED, Ref.user("mia"), "paid twice");
 * }</pre>
 *
 * <p>Who is calling must have been authenticated by the caller; who may report is for the application to decide. Thread-safe.
 */
public interface Outcomes {

    /** How long a note can be, in characters. */
    int LONGEST_NOTE = 4_000;

    /**
     * Says what came of everything that ran on a request's approval.
     *
     * @param requestId the request's id
     * @param outcome   what came of it
     * @param by        who says so: a person, or a system such as {@code new Ref("system", "ledger")}
     * @param note      what else there is to say; may be empty
     * @return {@link Reason#OUTCOME_REPORTED} if it is on record, by this call or by an equal one before it; {@link Reason#UNKNOWN_ID} if
     *         there is no such request, or it ended so long ago that the store no longer keeps it; {@link Reason#NOTHING_RAN} if no
     *         use has begun on it
     * @throws IllegalArgumentException  if the note is longer than {@link #LONGEST_NOTE}
     * @throws GuardUnavailableException if store or sink fail; then nothing is reported
     */
    Reason ofRequest(String requestId, Outcome outcome, Ref by, String note);

    /**
     * Says what came of one use of a grant.
     *
     * @param grantId the grant's id
     * @param use     the number of the use, counted from 1
     * @param outcome what came of it
     * @param by      who says so
     * @param note    what else there is to say; may be empty
     * @return as {@link #ofRequest}; {@link Reason#NOTHING_RAN} if this use has not begun
     * @throws IllegalArgumentException  if the use is less than 1, or the note longer than {@link #LONGEST_NOTE}
     * @throws GuardUnavailableException if store or sink fail; then nothing is reported
     */
    Reason ofUse(String grantId, int use, Outcome outcome, Ref by, String note);
}
