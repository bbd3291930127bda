package io.jitapproval.spi;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * Where the guard's time comes from: the instant, alarms, and waiting. No other clock is used, so that a test can move
 * time by hand.
 *
 * <p>Thread-safe.
 */
public interface TimeSource extends InstantSource {

    /**
     * Runs a task when an instant is reached.
     *
     * <p><b>Blocking:</b> does not block. <b>Throwing:</b> never; what the task throws is dropped.
     *
     * @param at   the instant; one in the past means at once
     * @param task what to run, on any thread; must not block
     * @return a handle that calls the alarm off; calling off twice, or too late, is harmless
     */
    Runnable alarm(Instant at, Runnable task);

    /**
     * Blocks the calling thread until a future is done or an instant is reached.
     *
     * @param future   the future
     * @param deadline the instant
     * @return whether the future is done
     * @throws InterruptedException if the thread is interrupted; its flag is then clear
     */
    boolean await(CompletableFuture<?> future, Instant deadline) throws InterruptedException;
}
