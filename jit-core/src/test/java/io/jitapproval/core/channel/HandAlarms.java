package io.jitapproval.core.channel;

import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands still until it is moved, and then rings. */
final class HandAlarms implements TimeSource {

    private record Alarm(Instant at, Runnable task) {}

    private final List<Alarm> alarms = new CopyOnWriteArrayList<>();
    private volatile Instant now = Requests.NOW;

    void advance(Duration step) {
        now = now.plus(step);
        for (Alarm alarm : List.copyOf(alarms)) {
            if (!alarm.at().isAfter(now) && alarms.remove(alarm)) {
                alarm.task().run();
            }
        }
    }

    int pending() {
        return alarms.size();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Runnable alarm(Instant at, Runnable task) {
        Alarm alarm = new Alarm(at, task);
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }

    @Override
    public boolean await(CompletableFuture<?> future, Instant deadline) {
        throw new UnsupportedOperationException("nobody waits here");
    }
}
