package io.jitapproval.walls;

import io.jitapproval.spi.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Time that only a test moves. A wait does what the test says meanwhile, and then is over. */
final class HandTime implements TimeSource {

    static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private record Alarm(Instant at, Runnable task) {}

    private final List<Alarm> alarms = new ArrayList<>();
    private Instant now = START;
    private volatile Runnable meanwhile = () -> {};

    /** What happens while somebody waits. */
    void meanwhile(Runnable task) {
        meanwhile = task;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public Runnable alarm(Instant at, Runnable task) {
        Alarm alarm = new Alarm(at, task);
        boolean late;
        synchronized (this) {
            late = !at.isAfter(now);
            if (!late) {
                alarms.add(alarm);
            }
        }
        if (late) {
            task.run();
        }
        return () -> forget(alarm);
    }

    private synchronized void forget(Alarm alarm) {
        alarms.remove(alarm);
    }

    @Override
    public boolean await(CompletableFuture<?> future, Instant deadline) {
        meanwhile.run();
        if (!future.isDone()) {
            moveTo(deadline);
        }
        return future.isDone();
    }

    /** Moves on, never back, and lets the alarms that are due go off. */
    void moveTo(Instant instant) {
        List<Alarm> due = new ArrayList<>();
        synchronized (this) {
            if (instant.isAfter(now)) {
                now = instant;
            }
            alarms.removeIf(alarm -> !alarm.at().isAfter(now) && due.add(alarm));
        }
        due.forEach(alarm -> alarm.task().run());
    }
}
