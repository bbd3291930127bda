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
}
