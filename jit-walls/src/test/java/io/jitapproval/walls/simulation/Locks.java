package io.jitapproval.walls.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The locks of the memory store as the conductor sees them: whoever would block in the store waits here instead, so that it is known at once
 * who can go on, and when nobody can. Where the store has other locks than these, an actor really blocks, which is noticed as well.
 */
final class Locks {

    private static final String GATE = "gate";
    private static final int STRIPES = 64;

    private final Conductor conductor;
    private final Set<String> held = new HashSet<>();
    private final Map<Thread, Deque<String>> own = new HashMap<>();
    private int inside;

    Locks(Conductor conductor) {
        this.conductor = conductor;
    }

    static String key(String key) {
        return "key " + (key.hashCode() & 0x7fffffff) % STRIPES;
    }

    static String entry(String kind, String key) {
        return "entry " + ((31 * kind.hashCode() + key.hashCode()) & 0x7fffffff) % STRIPES;
    }

    /** The gate that all changes pass together. */
    void enter() {
        conductor.await(GATE, () -> !held.contains(GATE));
        inside++;
    }

    void leave() {
        inside--;
        Deque<String> mine = own.remove(Thread.currentThread());
        if (mine != null) {
            held.removeAll(mine);
        }
    }

    /** The gate, closed to every change. */
    void close() {
        conductor.await(GATE, () -> inside == 0 && !held.contains(GATE));
        held.add(GATE);
    }

    void open() {
        held.remove(GATE);
    }

    /** Until {@link #leave}. */
    void take(String name) {
        Deque<String> mine = own.computeIfAbsent(Thread.currentThread(), thread -> new ArrayDeque<>());
        if (!mine.contains(name)) {
            waitFor(name);
            held.add(name);
            mine.add(name);
        }
    }

    /** Until it is free. */
    void waitFor(String name) {
        conductor.await(name, () -> !held.contains(name));
    }
}
