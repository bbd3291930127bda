package io.jitapproval.examples.refunddesk;

import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands records on many at a time. A simulation may lose its last ones in a crash; a guard in earnest must not, and forces each to the
 * disk.
 */
final class Batches implements AuditSink {

    private static final int FULL = 1000;

    private final AuditSink file;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<AuditRecord> records = new ArrayList<>();
    private int written;

    Batches(AuditSink file) {
        this.file = file;
    }

    @Override
    public void append(List<AuditRecord> appended) throws Exception {
        lock.lock();
        try {
            records.addAll(appended);
            written += appended.size();
            if (records.size() >= FULL) {
                flush();
            }
        } finally {
            lock.unlock();
        }
    }

    private void flush() throws Exception {
        file.append(List.copyOf(records));
        records.clear();
    }

    /** How many records there are. */
    int written() {
        lock.lock();
        try {
            return written;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws Exception {
        lock.lock();
        try {
            if (!records.isEmpty()) {
                flush();
            }
            file.close();
        } finally {
            lock.unlock();
        }
    }
}
