package io.jitapproval.core;

import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Time sources that come with the library. */
public final class TimeSources {

    private TimeSources() {}

    /**
     * The system's clock, in UTC, with one daemon thread for alarms in the whole process.
     *
     * @return the source
     */
    public static TimeSource system() {
        return SystemTime.INSTANCE;
    }

    private static final class SystemTime implements TimeSource {

        static final SystemTime INSTANCE = new SystemTime();

        private final ScheduledThreadPoolExecutor alarms;

        SystemTime() {
            alarms = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "jit-alarms");
                thread.setDaemon(true);
                return thread;
            });
            alarms.setRemoveOnCancelPolicy(true);
        }

        @Override
        public Instant instant() {
            return Instant.now();
        }

        @Override
        public Runnable alarm(Instant at, Runnable task) {
            var handle = alarms.schedule(task, nanosUntil(at), TimeUnit.NANOSECONDS);
            return () -> handle.cancel(false);
        }

        @Override
        public boolean await(CompletableFuture<?> future, Instant deadline) throws InterruptedException {
            try {
                future.get(nanosUntil(deadline), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return future.isDone();
            } catch (ExecutionException | CancellationException e) {
                return true;
            }
            return true;
        }

        private long nanosUntil(Instant at) {
            Duration left = Duration.between(instant(), at);
            if (left.isNegative()) {
                return 0;
            }
            return left.compareTo(Duration.ofDays(366)) > 0
                    ? Duration.ofDays(366).toNanos()
                    : left.toNanos();
        }
    }
}
