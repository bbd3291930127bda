package io.jitapproval.core.audit;

import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a sink that may block, one call after the other on a thread of its own. The lock is never held during a call. */
final class AuditWorker implements Runnable {

    static final int MAX_QUEUED = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(AuditWorker.class);
    private static final long LONGEST_CLOSE = TimeUnit.SECONDS.toNanos(5);

    private final AuditSink sink;
    private final long limit;
    private final int maxQueued;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition ended = lock.newCondition();
    private final ArrayDeque<Task> queue = new ArrayDeque<>();

    // Under the lock.
    private boolean closing;
    private boolean over;
    private boolean calling;
    private boolean overdue;
    private long callingSince;

    // The worker's own.
    private List<AuditRecord> late = List.of();
    private int attempts;

    private AuditWorker(AuditSink sink, long limit, int maxQueued) {
        this.sink = sink;
        this.limit = limit;
        this.maxQueued = maxQueued;
    }

    static AuditWorker started(AuditSink sink, long limit, int maxQueued) {
        AuditWorker worker = new AuditWorker(sink, limit, maxQueued);
        Thread thread = new Thread(null, worker, "jit-audit", 0, false);
        thread.setDaemon(true);
        thread.start();
        return worker;
    }

    void append(List<AuditRecord> records) {
        lock.lock();
        try {
            refuseIfUseless();
            Task task = new Task(records, lock.newCondition());
            queue.add(task);
            work.signal();
            await(task);
            if (task.failure != null) {
                throw AuditGate.failed(sink, task.failure);
            }
        } finally {
            lock.unlock();
        }
    }

    private void refuseIfUseless() {
        if (closing) {
            throw new AuditUnavailableException("the audit gate is closed", null);
        }
        if (calling && (overdue || System.nanoTime() - callingSince >= limit)) {
            throw new AuditUnavailableException(
                    name() + " still has not returned from a call that should have taken " + limit() + " at most",
                    null);
        }
        if (queue.size() >= maxQueued) {
            throw new AuditUnavailableException(name() + " is behind by " + maxQueued + " changes", null);
        }
    }

    private void await(Task task) {
        long left = limit;
        try {
            while (!task.done) {
                if (left <= 0) {
                    overdue |= giveUp(task);
                    throw new AuditUnavailableException(
                            name() + " did not take " + task.records.size() + " record(s) within " + limit(), null);
                }
                left = task.changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (!task.done) {
                giveUp(task);
                throw new AuditUnavailableException("the caller was interrupted while " + name() + " was writing", e);
            }
        }
    }

    /** Takes the task back, and returns whether it is too late for that. */
    private boolean giveUp(Task task) {
        task.givenUp = true;
        return !queue.remove(task);
    }

    void close() {
        lock.lock();
        try {
            closing = true;
            work.signal();
            long left = Math.min(limit, LONGEST_CLOSE);
            while (!over && left > 0) {
                left = ended.awaitNanos(left);
            }
            if (!over) {
                LOG.warn("{} is still busy; it will be closed when it returns", name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        while (awaitWork()) {
            Throwable unsettled = settle();
            Task task = take();
            if (task == null) {
                continue;
            }
            Throwable failure = unsettled == null ? call(() -> task.records) : unsettled;
            if (finish(task, failure)) {
                late = task.records;
                attempts = 0;
                settle();
            }
        }
        settle();
        AuditGate.close(sink);
        lock.lock();
        try {
            over = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitWork() {
        lock.lock();
        try {
            while (queue.isEmpty()) {
                if (closing) {
                    return false;
                }
                work.awaitUninterruptibly();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** From here on the task counts as started. */
    private @Nullable Task take() {
        lock.lock();
        try {
            return begin(queue.poll());
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Task begin(@Nullable Task task) {
        calling = task != null;
        overdue = false;
        callingSince = System.nanoTime();
        return task;
    }

    /** Tells the caller, and returns whether there is none any more although the records were written. */
    private boolean finish(Task task, @Nullable Throwable failure) {
        lock.lock();
        try {
            task.done = true;
            task.failure = failure;
            task.changed.signal();
            calling = false;
            return task.givenUp && failure == null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Throwable call(Supplier<List<AuditRecord>> records) {
        try {
            // An interrupt that strayed here would make a channel close the file.
            boolean ignored = Thread.interrupted();
            sink.append(records.get());
            return null;
        } catch (Throwable failure) {
            return failure;
        }
    }

    /** Voids what was written late. Until that has worked, nothing else is written. */
    private @Nullable Throwable settle() {
        if (late.isEmpty()) {
            return null;
        }
        lock.lock();
        try {
            calling = true;
            overdue = false;
            callingSince = System.nanoTime();
        } finally {
            lock.unlock();
        }
        attempts++;
        Throwable failure = call(() -> Voided.of(late, attempts));
        if (failure == null) {
            late = List.of();
        }
        lock.lock();
        try {
            calling = false;
        } finally {
            lock.unlock();
        }
        if (failure != null) {
            complain(failure);
        }
        return failure;
    }

    private void complain(Throwable failure) {
        try {
            LOG.error("{} could not void {} record(s) that it wrote too late", name(), late.size(), failure);
        } catch (Throwable logging) {
            // The worker must live on: the next append is refused until the voiding has worked.
            failure.addSuppressed(logging);
        }
    }

    private String name() {
        return "the audit sink " + sink.getClass().getName();
    }

    private Duration limit() {
        return Duration.ofNanos(limit);
    }

    private static final class Task {

        final List<AuditRecord> records;
        final Condition changed;
        boolean done;
        boolean givenUp;

        @Nullable
        Throwable failure;

        Task(List<AuditRecord> records, Condition changed) {
            this.records = records;
            this.changed = changed;
        }
    }
}
