package io.jitapproval.core.intercept;

import org.jspecify.annotations.Nullable;

/** The rest of a guarded call: the method itself. */
@FunctionalInterface
public interface Proceed {

    /**
     * Runs the method.
     *
     * @param args the arguments to run with, as many as the method has parameters; may be copies of the caller's
     * @return what the method returns
     * @throws Throwable what the method throws, as it threw it
     */
    @Nullable
    Object proceed(@Nullable Object[] args) throws Throwable;
}
