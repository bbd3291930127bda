package io.jitapproval;

import org.jspecify.annotations.Nullable;

/**
 * The sensitive action itself, as a lambda.
 *
 * @param <T> what it returns
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface GuardedCall<T extends @Nullable Object, X extends Exception> {

    /**
     * Runs the action.
     *
     * @return its result
     * @throws X as the action does; passed on to the caller unchanged
     */
    T call() throws X;
}
