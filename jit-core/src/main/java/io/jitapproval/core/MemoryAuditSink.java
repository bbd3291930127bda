package io.jitapproval.core;

import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.InlineAuditSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps records in memory, for tests and trials. Thread-safe; made by {@link AuditSinks#memory(int)}. */
public final class MemoryAuditSink implements InlineAuditSink {

    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<AuditRecord> records = new ArrayList<>();

    MemoryAuditSink(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, but was " + limit);
        }
        this.limit = limit;
    }

    @Override
    public void append(List<AuditRecord> more) {
        lock.lock();
        try {
            if (records.size() + more.size() > limit) {
                throw new IllegalStateException(
                        "the memory sink holds " + records.size() + " of " + limit + " records");
            }
            records.addAll(more);
        } finally {
            lock.unlock();
        }
    }

    /** {@return a copy of the records so far, in order} */
    public List<AuditRecord> records() {
        lock.lock();
        try {
            return List.copyOf(records);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the records so far. */
    public void clear() {
        lock.lock();
        try {
            records.clear();
        } finally {
            lock.unlock();
        }
    }
}
