package io.jitapproval.walls.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Lets exactly one actor go on at a time. An actor hands the baton over wherever it {@linkplain #pause pauses}; who gets it is the chooser's
 * to say, so a schedule is repeated by repeating the choices. An actor that blocks on something of the guard's own is noticed by the state of
 * its thread, and another goes on; it comes back as soon as what it waits for is there.
 */
final class Conductor {

    private static final int MOST_STEPS = 20_000;
    private static final long GLANCE = 60_000;
    private static final long PATIENCE = 10_000_000_000L;
    /** The locks of the JDK's own timers may be held for a moment by its own threads. */
    private static final long MOMENT = 30_000_000L;

    private final List<Worker> idle = new ArrayList<>();
    private final List<Actor> actors = new ArrayList<>();
    private final List<Actor> ready = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();
    private final Thread owner = Thread.currentThread();
    private int workers;

    private volatile Actor holder;
    private final AtomicInteger steps = new AtomicInteger();
    private volatile boolean performing;
    private volatile boolean over;
    private volatile Throwable failure;
    private Chooser chooser;
    private boolean traced;

    /** The actors go no further: their schedule has failed. */
    static final class Abandoned extends Error {

        private static final long serialVersionUID = 1L;

        Abandoned() {
            super("abandoned", null, false, false);
        }
    }

    /** Begins a schedule. */
    void begin(Chooser how, boolean readably) {
        chooser = how;
        traced = readably;
        actors.clear();
        trace.clear();
        steps.set(0);
    }

    Actor spawn(String name, Runnable deeds) {
        return spawn(name, false, deeds);
    }

    Actor spawn(String name, boolean clock, Runnable deeds) {
        Actor actor = new Actor(name, actors.size(), clock, deeds);
        actors.add(actor);
        return actor;
    }

    /** Lets the actors go on until none can; the owner's alone. */
    void perform() {
        Actor first = choose(null);
        if (first == null) {
            return;
        }
        performing = true;
        handTo(first);
        long since = System.nanoTime();
        int seen = -1;
        while (holder != null) {
            LockSupport.parkNanos(this, GLANCE);
            Actor now = holder;
            int step = steps.get();
            if (failure != null) {
                throw failed();
            }
            if (step != seen) {
                seen = step;
                since = System.nanoTime();
            } else if (now != null && blocks(now, System.nanoTime() - since) && holder == now && steps.get() == step) {
                now.state = Actor.State.BLOCKED;
                steps.incrementAndGet();
                handTo(choose(null));
            } else if (System.nanoTime() - since > PATIENCE) {
                throw new AssertionError("no step for " + PATIENCE + " ns: " + now);
            }
        }
        performing = false;
        if (failure != null) {
            throw failed();
        }
    }

    private AssertionError failed() {
        return failure instanceof AssertionError error ? error : new AssertionError("an actor failed", failure);
    }

    private boolean blocks(Actor actor, long nanos) {
        Worker worker = actor.worker;
        if (worker == null || actor.state != Actor.State.READY) {
            return false;
        }
        Object blocker = LockSupport.getBlocker(worker);
        boolean parked = worker.getState() == Thread.State.WAITING || worker.getState() == Thread.State.TIMED_WAITING;
        return parked
                && (blocker instanceof ForkJoinPool.ManagedBlocker
                        || (blocker instanceof AbstractQueuedSynchronizer && nanos > MOMENT));
    }

    /** Who has not come to an end. */
    List<Actor> left() {
        return actors.stream().filter(actor -> actor.state != Actor.State.DONE).toList();
    }

    List<String> trace() {
        return trace;
    }

    int steps() {
        return steps.get();
    }

    boolean isTraced() {
        return traced;
    }

    Actor holder() {
        return holder;
    }

    boolean isOver() {
        return over;
    }

    /** Whether the caller is an actor; what the owner does by itself happens at once. */
    boolean isActing() {
        return performing && Thread.currentThread() instanceof Worker;
    }

    /** Gives up; whoever is under way ends at its next pause. */
    void abandon() {
        over = true;
        // They may add to the list while they come to their end.
        for (int i = 0; i < actors.size(); i++) {
            LockSupport.unpark(actors.get(i).worker);
        }
        List.copyOf(idle).forEach(LockSupport::unpark);
    }

    /** A call leaves the guard's own code, or comes back: another may go on. */
    void pause(Supplier<String> what) {
        if (Thread.currentThread() instanceof Worker worker) {
            Actor me = worker.actor;
            arrive(me);
            note(me, what);
            goOn(me);
        }
    }

    /** Others go on until something holds. */
    void await(String what, BooleanSupplier until) {
        if (!(Thread.currentThread() instanceof Worker worker)) {
            if (!until.getAsBoolean()) {
                throw new AssertionError("nobody is there to bring about " + what);
            }
            return;
        }
        Actor me = worker.actor;
        arrive(me);
        if (!until.getAsBoolean()) {
            note(me, () -> "waits: " + what);
            me.until = until;
            me.waitsFor = what;
            me.state = Actor.State.WAITING;
            goOn(me);
        }
    }

    /** After it was blocked by something else, an actor first waits for its turn. */
    private void arrive(Actor me) {
        if (over) {
            throw new Abandoned();
        }
        if (me.state == Actor.State.BLOCKED) {
            me.state = Actor.State.READY;
            waitForBaton(me);
        }
    }

    private void note(Actor me, Supplier<String> what) {
        steps.incrementAndGet();
        if (traced) {
            trace.add(me.name + ": " + what.get());
        }
        if (steps.get() > MOST_STEPS) {
            failure = new AssertionError("no end after " + MOST_STEPS + " steps");
            LockSupport.unpark(owner);
            throw new Abandoned();
        }
    }

    private void goOn(Actor me) {
        Actor next = choose(me);
        if (next != me) {
            handTo(next);
            waitForBaton(me);
        }
        me.state = Actor.State.READY;
    }

    private void waitForBaton(Actor me) {
        while (holder != me) {
            if (over) {
                throw new Abandoned();
            }
            LockSupport.park(this);
        }
        me.state = Actor.State.READY;
    }

    private Actor choose(Actor me) {
        ready.clear();
        boolean goesOn = false;
        for (int i = 0; i < actors.size(); i++) {
            Actor actor = actors.get(i);
            if (actor.state == Actor.State.BLOCKED) {
                freed(actor);
            }
            if (actor.state != Actor.State.DONE && actor.state != Actor.State.BLOCKED && actor.isReady()) {
                ready.add(actor);
                goesOn |= actor == me;
            }
        }
        return ready.isEmpty() ? null : chooser.next(goesOn ? me : null, ready);
    }

    /** If what blocked it is there, it comes as far as its next pause while nobody else does anything. */
    private void freed(Actor actor) {
        long since = System.nanoTime();
        while (actor.state == Actor.State.BLOCKED && !over) {
            Object blocker = LockSupport.getBlocker(actor.worker);
            if (blocker instanceof ForkJoinPool.ManagedBlocker future && !isReleased(future)) {
                return;
            }
            if (blocker instanceof AbstractQueuedSynchronizer && System.nanoTime() - since > MOMENT) {
                return;
            }
            LockSupport.parkNanos(this, GLANCE / 10);
        }
    }

    private static boolean isReleased(ForkJoinPool.ManagedBlocker future) {
        return future.isReleasable();
    }

    private void handTo(Actor next) {
        if (next == null) {
            holder = null;
            LockSupport.unpark(owner);
            return;
        }
        if (next.worker == null) {
            Worker worker = idle.isEmpty() ? hired() : idle.remove(idle.size() - 1);
            next.worker = worker;
            worker.actor = next;
        }
        holder = next;
        LockSupport.unpark(next.worker);
    }

    private Worker hired() {
        Worker worker = new Worker(this, ++workers);
        worker.start();
        return worker;
    }

    /** Whatever an actor throws is a finding. */
    void perform(Worker worker, Actor me) {
        me.state = Actor.State.READY;
        try {
            me.deeds.run();
        } catch (Abandoned abandoned) {
            return;
        } catch (Throwable thrown) {
            failure = thrown;
            LockSupport.unpark(owner);
            return;
        }
        if (me.state == Actor.State.BLOCKED) {
            me.state = Actor.State.READY;
            waitForBaton(me);
        }
        me.state = Actor.State.DONE;
        steps.incrementAndGet();
        worker.actor = null;
        idle.add(worker);
        handTo(choose(null));
    }
}
