package io.jitapproval;

/**
 * A bundle in the making. Not thread-safe; good for one bundle.
 *
 * <pre>{@code
 * Bundle bundle = guard.bundle("move to the new bank")
 *         .add(guard.attempt("mandate.revoke").on(Resource.of("account", "old")))
 *         .add(guard.attempt("mandate.grant").on(Resource.of("account", "new")))
 *         .submit();
 * }</pre>
 */
public interface BundleAttempt {

    /**
     * One more call. Its values are frozen when the bundle is submitted.
     *
     * @param attempt an attempt of the same guard; after the approval, {@link Attempt#call} of it, or of one that is equal, runs it
     * @return this
     * @throws IllegalArgumentException if the attempt is another guard's
     * @throws IllegalStateException    if there are {@link Bundle#MOST_ITEMS} already, or the bundle was submitted
     */
    BundleAttempt add(Attempt attempt);

    /**
     * Asks about every item, each by its own request. An item that is refused, or cannot be asked about, keeps none of the others from being
     * asked about.
     *
     * @return the bundle, with what became of each item
     * @throws IllegalStateException     if there is no item, or it was submitted before
     * @throws GuardUnavailableException if the bundle itself cannot be kept; then nobody was asked
     */
    Bundle submit();
}
