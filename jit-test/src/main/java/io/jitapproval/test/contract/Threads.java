package io.jitapproval.test.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Threads for tests: nothing here waits without a bound, and nothing sleeps. */
final class Threads {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Threads() {}

    /** A thread at work, and what comes of it. */
    record Running<T>(Thread thread, CompletableFuture<T> result) {

        T join() {
            return Threads.join(result);
        }

        /** Whether it stands still: at a lock, most likely. */
        boolean waits() {
            return switch (thread.getState()) {
                case BLOCKED, WAITING, TIMED_WAITING -> true;
                case NEW, RUNNABLE, TERMINATED -> false;
            };
        }
    }

    static <T> Running<T> start(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Throwable failure) {
                        result.completeExceptionally(failure);
                    }
                },
                "contract");
        thread.setDaemon(true);
        thread.start();
        return new Running<>(thread, result);
    }

    /** Has many threads do the same at once; gives their results. */
    static <T> List<T> race(int threads, Callable<T> work) {
        CountDownLatch ready = new CountDownLatch(threads);
        List<Running<T>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(start(() -> {
                ready.countDown();
                await(ready);
                return work.call();
            }));
        }
        return running.stream().map(Running::join).toList();
    }

    /** Lets other threads run in the middle of what ought to be one step. */
    static void giveWay() {
        LockSupport.parkNanos(1); // leaves the processor, where a yield may not
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("another thread did not get there within " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("another thread did not end within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Looks again and again until something holds or the time is over; gives whether it holds. */
    static boolean eventually(Duration bound, BooleanSupplier holds) {
        long end = System.nanoTime() + bound.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            new CompletableFuture<@Nullable Void>()
                    .completeOnTimeout(null, 2, TimeUnit.MILLISECONDS)
                    .join();
        }
        return true;
    }
}
