package io.jitapproval.test.contract;

import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A journal that keeps what it is given, and one that holds up the change it is called in. */
final class RecordingJournal implements Journal {

    private final Queue<AuditRecord> records = new ConcurrentLinkedQueue<>();

    @Override
    public void append(List<AuditRecord> more) {
        records.addAll(more);
    }

    List<AuditRecord.Kind> kinds() {
        List<AuditRecord.Kind> kinds = new ArrayList<>();
        records.forEach(record -> kinds.add(record.kind()));
        return kinds;
    }

    /** Fails every change with the same throwable. */
    static Journal failing(RuntimeException failure) {
        return records -> {
            throw failure;
        };
    }

    /** Stops in the middle of a change until it is released. */
    static final class Holding implements Journal {

        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public void append(List<AuditRecord> records) {
            reached.countDown();
            Threads.await(released);
        }

        void awaitReached() {
            Threads.await(reached);
        }

        void release() {
            released.countDown();
        }
    }
}
