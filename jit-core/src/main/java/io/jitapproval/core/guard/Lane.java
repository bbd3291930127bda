package io.jitapproval.core.guard;

import io.jitapproval.spi.ApprovalChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/** The threads of one channel: however long it hangs, it keeps no other channel waiting. */
final class Lane {

    private static final int MOST_THREADS = 16;

    final ApprovalChannel channel;
    final String name;
    private final Duration limit;
    private final Executor timers;
    private final Runnable blocked;
    private final ExecutorService threads;
    private final AtomicInteger hanging = new AtomicInteger();

    /** With what to run when the last thread hangs. */
    Lane(
            ApprovalChannel channel,
            String name,
            Duration limit,
            Executor timers,
            Runnable blocked,
            BiFunction<String, Integer, ExecutorService> pools) {
        this.channel = channel;
        this.name = name;
        this.limit = limit;
        this.timers = timers;
        this.blocked = blocked;
        this.threads = pools.apply("jit-notice-" + name, MOST_THREADS);
    }

    /** Work that may be given up before it has ended. */
    interface Work {

        void run();

        /** Gives it up; the result says whether it had not ended. */
        boolean giveUp(String why);
    }

    /** Whether every thread is with a notice that was given up. */
    boolean hangs() {
        return hanging.get() >= MOST_THREADS;
    }

    void start(Work work) {
        threads.execute(new Timed(work));
    }

    void close() {
        threads.shutdownNow();
    }

    /** Work whose time runs from the moment when a thread takes it on. */
    private final class Timed extends FutureTask<Boolean> {

        private final Work work;
        private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);

        Timed(Work work) {
            super(work::run, true);
            this.work = work;
        }

        @Override
        public void run() {
            CompletableFuture<Boolean> over =
                    new CompletableFuture<Boolean>().completeOnTimeout(true, limit.toNanos(), TimeUnit.NANOSECONDS);
            CompletableFuture<Void> late = over.thenRunAsync(this::late, timers);
            super.run();
            over.cancel(false);
            late.cancel(false);
            if (!phase.compareAndSet(Phase.RUNNING, Phase.OVER)) {
                hanging.decrementAndGet();
            }
        }

        private void late() {
            if (phase.compareAndSet(Phase.RUNNING, Phase.HANGING)) {
                hanging.incrementAndGet();
                if (work.giveUp("time limit of " + limit)) {
                    cancel(true);
                }
                if (hangs()) {
                    blocked.run();
                }
            }
        }
    }

    private enum Phase {
        RUNNING,
        HANGING,
        OVER
    }
}
