package io.jitapproval.core.guard;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls the code of others within a time limit, on threads of its own. Time is real time: what hangs, hangs in the real world.
 * Thread-safe.
 */
final class Limited implements AutoCloseable {

    private final ExecutorService threads;

    Limited(ExecutorService threads) {
        this.threads = threads;
    }

    /**
     * Calls it. What is late is interrupted, or never begun.
     *
     * @param limit how long it may take; zero: without a limit, on the thread of the caller
     * @throws TimeoutException     if it takes longer
     * @throws InterruptedException if the caller was interrupted, not the work
     * @throws Exception            what it threw
     */
    <T> T call(Duration limit, Callable<T> work) throws Exception {
        if (limit.isZero()) {
            return work.call();
        }
        Future<T> answer = threads.submit(work);
        try {
            return answer.get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            Throwable failure = e.getCause();
            if (failure instanceof Error error) {
                throw error;
            }
            // Its thread was interrupted, not this one.
            throw failure instanceof Exception exception && !(failure instanceof InterruptedException) ? exception : e;
        }
    }

    /** Takes no more work, and interrupts what is under way. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
