package io.jitapproval.walls.simulation;

import java.util.concurrent.locks.LockSupport;

/** A thread that lends itself to one actor after the other. */
final class Worker extends Thread {

    private final Conductor conductor;
    volatile Actor actor;

    Worker(Conductor conductor, int number) {
        super(null, null, "simulated-" + number, 0, false);
        this.conductor = conductor;
        setDaemon(true);
    }

    @Override
    public void run() {
        while (!conductor.isOver()) {
            Actor mine = actor;
            if (mine == null || conductor.holder() != mine) {
                LockSupport.park(conductor);
            } else {
                conductor.perform(this, mine);
            }
        }
    }
}
