package io.jitapproval.spi;

import org.jspecify.annotations.Nullable;

/** Runs approved calls of one action without their caller. */
@FunctionalInterface
public interface ReplayExecutor {

    /**
     * Runs the action.
     *
     * <p><b>Threads:</b> called on a thread of the guard's own, perhaps in another process than the one that took the call; must be
     * thread-safe. <b>Twice:</b> never for one call, over all processes that share the store: after a crash in the middle it is not run
     * again, and stays without an outcome. <b>Blocking:</b> may block. <b>Throwing:</b> whatever is thrown is the call's outcome, of which
     * the class's name is kept.
     *
     * @param call the call
     * @return the result, which must be of a kind that arguments may be of to be kept; null for none; a {@link
     *         java.util.concurrent.CompletionStage} for a result that is still to come
     * @throws Exception if the action fails
     */
    @Nullable
    Object run(ReplayedCall call) throws Exception;
}
