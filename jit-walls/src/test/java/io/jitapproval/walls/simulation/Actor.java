package io.jitapproval.walls.simulation;

import java.util.function.BooleanSupplier;

/** Somebody who does something, and goes on only while the conductor lets them. Changed only by whoever has the baton. */
final class Actor {

    enum State {
        READY,
        /** Until {@link #until} holds. */
        WAITING,
        /** Blocked by something that the conductor does not know: a future of the guard's own. */
        BLOCKED,
        DONE
    }

    final String name;
    final int index;
    final Runnable deeds;
    final boolean clock;

    volatile State state = State.READY;
    volatile Worker worker;
    BooleanSupplier until = () -> true;
    String waitsFor = "";
    /** Of the chooser's own. */
    int priority;

    Actor(String name, int index, boolean clock, Runnable deeds) {
        this.name = name;
        this.index = index;
        this.clock = clock;
        this.deeds = deeds;
    }

    boolean isReady() {
        return state == State.READY || (state == State.WAITING && until.getAsBoolean());
    }

    @Override
    public String toString() {
        return name + (state == State.WAITING ? " waits for " + waitsFor : " is " + state);
    }
}
