package io.jitapproval;

import org.jspecify.annotations.Nullable;

/**
 * The sensitive action itself, as a lambda that is content with less than was asked.
 *
 * @param <T> what it returns
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface GuardedUseCall<T extends @Nullable Object, X extends Exception> {

    /**
     * Runs the action.
     *
     * @param use what it may use; the numbers in it, not those that were asked, are to be acted on
     * @return its result
     * @throws X as the action does; passed on to the caller unchanged
     */
    T call(GuardedUse use) throws X;
}
