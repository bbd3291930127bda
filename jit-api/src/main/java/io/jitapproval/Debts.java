package io.jitapproval;

import java.util.List;

/**
 * What emergencies leave behind: each has to be reviewed by others before a deadline. A debt stays until it is; while one of a
 * person's is overdue, that person cannot {@linkplain Attempt#breakGlass break the glass} again.
 *
 * <p>Who is calling must have been authenticated by the caller; whether they may review is tested here. Thread-safe.
 */
public interface Debts {

    /**
     * What waits for review, overdue or not.
     *
     * @return the debts, oldest first
     * @throws GuardUnavailableException if the store fails
     */
    List<Debt> open();

    /**
     * What should have been reviewed by now. For health checks: whoever sees it not empty should look for the reviewers.
     *
     * @return the debts, oldest first
     * @throws GuardUnavailableException if the store fails
     */
    List<Debt> overdue();

    /**
     * Reviews an emergency. The review counts only if the reviewer resolves to a person whom the terms of the emergency name for it, who is
     * neither the one whose emergency it was nor acted for them, and who has not reviewed it. An objection settles a debt as well as
     * its opposite does: what follows from it is not for this library to say.
     *
     * @param debtId   the debt's id
     * @param reviewer the authenticated identity of the reviewer
     * @param finding  what they found
     * @param text     what they say; not blank for an objection
     * @return {@link Reason#DEBT_REVIEWED} if the review counts; otherwise why not
     * @throws IllegalArgumentException  if an objection says nothing
     * @throws GuardUnavailableException if store, sink or people directory fail; then nothing has changed
     */
    Reason review(String debtId, Ref reviewer, Debt.Finding finding, String text);
}
