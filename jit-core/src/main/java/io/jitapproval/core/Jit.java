package io.jitapproval.core;

/** The way in. */
public final class Jit {

    private Jit() {}

    /**
     * Starts the configuration of a guard.
     *
     * @return a new builder
     */
    public static GuardBuilder guard() {
        return new GuardBuilder();
    }
}
