package io.jitapproval.walls;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Counts the calls of foreign code, and lets one of them throw. A site is a method, what it was about, and who called it: the
 * guarded call, the test while it votes, or the delivery of a notice.
 */
final class Faults {

    /** Marks the calls that a delivery makes. */
    static final String DELIVERY = "@delivery";

    /** Marks the calls that a vote makes. */
    static final String VOTE = "@vote";

    /** One call: the n-th of its site, and whether it throws instead of working or after it has worked. */
    record Place(String site, int call, boolean after) {

        boolean isOfTheCall() {
            return !site.contains("@");
        }

        boolean isAbout(String text) {
            return site.contains(text);
        }

        @Override
        public String toString() {
            return (after ? "after " : "") + site + " #" + call;
        }
    }

    private record Armed(Place place, Blow blow) {}

    /** That it went off: on which thread, and whether the action had begun. */
    record Fired(Thread thread, boolean actionHadBegun) {}

    private final Map<String, Integer> counts = new TreeMap<>();
    private final AtomicReference<Armed> armed = new AtomicReference<>();
    private final AtomicReference<Fired> fired = new AtomicReference<>();
    private final AtomicReference<Thread> voter = new AtomicReference<>();
    private final BooleanSupplier actionHasBegun;
    private boolean counting;

    Faults(BooleanSupplier actionHasBegun) {
        this.actionHasBegun = actionHasBegun;
    }

    synchronized void count() {
        counting = true;
        counts.clear();
    }

    synchronized Map<String, Integer> counted() {
        counting = false;
        return new TreeMap<>(counts);
    }

    /** Waits, as long as it never takes, until a site was called. */
    void awaitCall(String site) {
        long start = System.nanoTime();
        while (!called(site) && System.nanoTime() - start < 10_000_000_000L) {
            Thread.onSpinWait();
        }
    }

    private synchronized boolean called(String site) {
        return counts.containsKey(site);
    }

    void arm(Place place, Blow blow) {
        armed.set(new Armed(place, blow));
        count();
    }

    void disarm() {
        armed.set(null);
    }

    Optional<Fired> fired() {
        return Optional.ofNullable(fired.get());
    }

    void voting(Runnable vote) {
        voter.set(Thread.currentThread());
        try {
            vote.run();
        } finally {
            voter.set(null);
        }
    }

    void at(String method, Runnable real) {
        this.<Object>at(method, () -> {
            real.run();
            return "";
        });
    }

    <T> T at(String method, Callable<T> real) {
        Armed now = armed.get();
        String site = method + who();
        int call = next(site);
        boolean hit = now != null
                && now.place().site().equals(site)
                && now.place().call() == call
                && fired.compareAndSet(null, new Fired(Thread.currentThread(), actionHasBegun.getAsBoolean()));
        if (hit && !now.place().after()) {
            throw now.blow().strike();
        }
        T result;
        try {
            result = real.call();
        } catch (Throwable thrown) {
            if (hit) {
                throw now.blow().strike();
            }
            throw Blow.<RuntimeException>sneaky(thrown);
        }
        if (hit) {
            throw now.blow().strike();
        }
        return result;
    }

    private synchronized int next(String site) {
        return counting ? counts.merge(site, 1, Integer::sum) : 0;
    }

    private String who() {
        Thread thread = Thread.currentThread();
        if (thread.getName().startsWith("jit-notice")) {
            return DELIVERY;
        }
        return thread.equals(voter.get()) ? VOTE : "";
    }
}
