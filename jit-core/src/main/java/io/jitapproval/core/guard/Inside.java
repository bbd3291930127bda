package io.jitapproval.core.guard;

import io.jitapproval.ActionDeniedException;
import org.jspecify.annotations.Nullable;

/** Which guarded action a thread is running right now. Says nothing about what may run: it is never asked by a decision. */
public final class Inside {

    private static final ThreadLocal<@Nullable Running> CURRENT = new ThreadLocal<>();

    private Inside() {}

    private record Running(String action, @Nullable Running outer) {}

    /** The action starts on this thread. Always paired with {@link #exit()}. */
    static void enter(String action) {
        CURRENT.set(new Running(action, CURRENT.get()));
    }

    /** The innermost action ends on this thread. */
    static void exit() {
        Running running = CURRENT.get();
        // Not removed: the next call would have to make the entry anew.
        CURRENT.set(running == null ? null : running.outer());
    }

    /**
     * Fails unless the innermost guarded action of this thread is the given one.
     *
     * @param action the action's name
     * @throws ActionDeniedException if it is not
     */
    public static void require(String action) {
        Running running = CURRENT.get();
        if (running == null || !running.action().equals(action)) {
            throw Refusals.outside(
                    action,
                    running == null ? "" : "this thread is running " + running.action(),
                    "Call it through the guarded proxy or through guard.attempt(\"" + action + "\").");
        }
    }
}
