package io.jitapproval.core.intercept;

import org.jspecify.annotations.Nullable;

/** Decides about one call of a guarded method, and runs it. */
@FunctionalInterface
public interface MethodCallGuard {

    /**
     * Guards one call.
     *
     * @param method  what the annotation says
     * @param args    the caller's arguments; empty where there are none
     * @param proceed runs the method itself
     * @return what the caller gets
     */
    @Nullable
    Object invoke(GuardedMethod method, @Nullable Object[] args, Proceed proceed) throws Throwable;
}
