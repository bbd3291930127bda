package io.jitapproval;

/**
 * The sensitive action itself, as a lambda that returns nothing.
 *
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface GuardedRun<X extends Exception> {

    /**
     * Runs the action.
     *
     * @throws X as the action does; passed on to the caller unchanged
     */
    void run() throws X;
}
