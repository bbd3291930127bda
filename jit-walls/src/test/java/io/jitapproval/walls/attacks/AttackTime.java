package io.jitapproval.walls.attacks;

import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Time that steps back as well, and whose alarms go off when the test says so. A wait moves it to its deadline. */
final class AttackTime implements TimeSource {

    record Alarm(Instant at, Runnable task) {}

    final BlockingQueue<Alarm> armed = new LinkedBlockingQueue<>();
    private volatile Instant now = Instant.parse("2026-03-02T09:00:00Z");

    void step(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Runnable alarm(Instant at, Runnable task) {
        armed.add(new Alarm(at, task));
        return () -> {};
    }

    @Override
    public boolean await(CompletableFuture<?> future, Instant deadline) {
        if (!future.isDone()) {
            if (!deadline.isAfter(now)) {
                throw new IllegalStateException("a wait for nothing, until " + deadline + " at " + now);
            }
            now = deadline;
        }
        return future.isDone();
    }
}
