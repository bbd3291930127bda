package io.jitapproval;

import java.util.List;
import java.util.Optional;

/**
 * The owners' side of the guard: what has been granted, and how it ends early. Who may revoke is for the application to
 * decide before it calls; every call is recorded with the identity given.
 *
 * <p>Thread-safe.
 */
public interface Grants {

    /**
     * One grant.
     *
     * @param grantId its id
     * @return the grant; empty if there is none, or it ended long ago and the store no longer keeps it
     */
    Optional<Grant> find(String grantId);

    /** {@return every grant that can still be used, oldest first} */
    List<Grant> active();

    /**
     * Gives a grant back before its end. Uses that have begun go on.
     *
     * @param grantId its id
     * @param holder  its subject, or one who acts for the subject
     * @return {@link Reason#GIVEN_BACK} if it is given back now; otherwise why not
     * @throws GuardUnavailableException if store or sink fail; then nothing has changed
     */
    Reason giveBack(String grantId, Ref holder);

    /**
     * Takes a grant away. Every use that begins after this returns is refused; uses that have begun go on.
     *
     * @param grantId its id
     * @param by      who revokes it
     * @param why     why; may be empty
     * @return {@link Reason#REVOKED} if it is revoked now; otherwise why not
     * @throws GuardUnavailableException if store or sink fail; then nothing has changed
     */
    Reason revoke(String grantId, Ref by, String why);

    /**
     * Takes away every grant of a subject, and every grant on which it acts for another one. Every use that begins after this returns is
     * refused, those of grants that nobody here has heard of included; uses that have begun go on. Grants that are given afterwards
     * are not touched: who shall not get another one has to be denied by policy.
     *
     * <p>There is one record of it, and then one for each grant. If writing those fails, the grants are gone all the same, and the
     * same call writes down what is missing.
     *
     * @param subject whose grants, as the grants name the subject: somebody with several accounts has to be named by each of them
     * @param by      who revokes them
     * @param why     why; may be empty
     * @return how many grants were written down as revoked, those included that an earlier call could not write down
     * @throws GuardUnavailableException if store or sink fail; make the call again
     */
    int revokeAllOf(Ref subject, Ref by, String why);

    /**
     * Takes away every grant for an action; otherwise as {@link #revokeAllOf}.
     *
     * @param action the action's name; not blank
     * @param by     who revokes them
     * @param why    why; may be empty
     * @return as {@link #revokeAllOf}
     * @throws GuardUnavailableException if store or sink fail; make the call again
     * @throws IllegalArgumentException  if the action is blank
     */
    int revokeAllFor(String action, Ref by, String why);

    /**
     * Takes away every grant there is; otherwise as {@link #revokeAllOf}.
     *
     * @param by  who revokes them
     * @param why why; may be empty
     * @return as {@link #revokeAllOf}
     * @throws GuardUnavailableException if store or sink fail; make the call again
     */
    int revokeEverything(Ref by, String why);
}
