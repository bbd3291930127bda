package io.jitapproval.spring;

import io.jitapproval.core.TimeSources;
import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** The system's time, set forward by hand. */
final class ShiftedTime implements TimeSource {

    private final TimeSource system = TimeSources.system();
    private volatile Duration ahead = Duration.ZERO;

    void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return system.instant().plus(ahead);
    }

    @Override
    public Runnable alarm(Instant at, Runnable task) {
        return system.alarm(at.minus(ahead), task);
    }

    @Override
    public boolean await(CompletableFuture<?> future, Instant deadline) throws InterruptedException {
        return system.await(future, deadline.minus(ahead));
    }
}
