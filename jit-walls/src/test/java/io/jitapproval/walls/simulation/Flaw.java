package io.jitapproval.walls.simulation;

import io.jitapproval.spi.GrantStore;

/** What is wrong with the store. */
enum Flaw {
    NONE;

    /** Makes what each node sees. */
    interface Shared {
        GrantStore node(int number);
    }

    Shared shared(World world, GrantStore store) {
        return number -> store;
    }
}
