package io.jitapproval.core.audit;

import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A sink in memory that hangs and fails as it is told. */
class ScriptedSink implements AuditSink {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<AuditRecord> taken = new ArrayList<>();
    private final Set<String> threads = new LinkedHashSet<>();
    private boolean hanging;
    private int calls;
    private int appends;
    private int closings;
    private Throwable nextFailure;
    private AuditRecord.Kind failingKind;
    private Throwable kindFailure;

    void hang() {
        locked(() -> hanging = true);
    }

    void release() {
        locked(() -> hanging = false);
    }

    void failNext(Throwable failure) {
        locked(() -> nextFailure = failure);
    }

    void failOn(AuditRecord.Kind kind, Throwable failure) {
        locked(() -> {
            failingKind = kind;
            kindFailure = failure;
        });
    }

    @Override
    public void append(List<AuditRecord> records) {
        locked(() -> {
            calls++;
            threads.add(Thread.currentThread().getName());
            changed.signalAll();
            while (hanging) {
                changed.awaitUninterruptibly();
            }
            Throwable failure = nextFailure;
            nextFailure = null;
            if (failure == null && records.get(0).kind() == failingKind) {
                failure = kindFailure;
            }
            sneaky(failure);
            taken.addAll(records);
            appends++;
        });
    }

    @Override
    public void close() {
        locked(() -> closings++);
    }

    void awaitCalls(int number) {
        await(() -> calls >= number);
    }

    void awaitAppends(int number) {
        await(() -> appends >= number);
    }

    void awaitClosed() {
        await(() -> closings > 0);
    }

    private void await(BooleanSupplier condition) {
        locked(() -> {
            while (!condition.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
        });
    }

    List<AuditRecord> taken() {
        lock.lock();
        try {
            return List.copyOf(taken);
        } finally {
            lock.unlock();
        }
    }

    Set<String> threads() {
        lock.lock();
        try {
            return Set.copyOf(threads);
        } finally {
            lock.unlock();
        }
    }

    int closings() {
        lock.lock();
        try {
            return closings;
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("unchecked")
    static <T extends Throwable> void sneaky(Throwable failure) throws T {
        if (failure != null) {
            throw (T) failure;
        }
    }
}
