package io.jitapproval.walls.shapes;

/** Counts how often an action ran on this thread. */
public final class Runs {

    private static final ThreadLocal<Integer> COUNT = ThreadLocal.withInitial(() -> 0);

    private Runs() {}

    /** Called by the action. */
    public static void mark() {
        COUNT.set(COUNT.get() + 1);
    }

    /** How often it was called since the last time, and starts anew. */
    public static int take() {
        int count = COUNT.get();
        COUNT.remove();
        return count;
    }
}
