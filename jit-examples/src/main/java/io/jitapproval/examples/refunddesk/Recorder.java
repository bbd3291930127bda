package io.jitapproval.examples.refunddesk;

import io.jitapproval.Reason;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.AuditSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Passes records on to the file and remembers those of this run: what the desk prints comes out of the record. */
final class Recorder implements AuditSink {

    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(20).toNanos();

    private final AuditSink file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<AuditRecord> records = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> touched = new HashSet<>();

    Recorder(AuditSink file) {
        this.file = file;
    }

    @Override
    public void append(List<AuditRecord> appended) throws Exception {
        file.append(appended);
        lock.lock();
        try {
            records.addAll(appended);
            for (AuditRecord record : appended) {
                String id = record.requestId().orElse("");
                record.requestId().ifPresent(touched::add);
                if (record.kind() == Kind.REQUESTED) {
                    asked.add(id);
                } else if ((record.kind() == Kind.DECIDED && isTold(record.reason()))
                        || "ended".equals(record.details().get("notice"))) {
                    asked.remove(id);
                }
            }
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody is told that a request ended, since nobody was asked. */
    private static boolean isTold(Reason reason) {
        return reason == Reason.AUTO_APPROVED || reason == Reason.BREAK_GLASS;
    }

    /** How many records were written in this run. */
    int written() {
        lock.lock();
        try {
            return records.size();
        } finally {
            lock.unlock();
        }
    }

    /** The records from one of them on. */
    List<AuditRecord> since(int first) {
        lock.lock();
        try {
            return List.copyOf(records.subList(first, records.size()));
        } finally {
            lock.unlock();
        }
    }

    /** The ids of the requests about which there was a record since the last call. */
    Set<String> touched() {
        lock.lock();
        try {
            Set<String> ids = Set.copyOf(touched);
            touched.clear();
            return ids;
        } finally {
            lock.unlock();
        }
    }

    /** All records about a request. */
    List<AuditRecord> about(String requestId) {
        return since(0).stream()
                .filter(record -> record.requestId().equals(Optional.of(requestId)))
                .toList();
    }

    /** Waits until everybody was told how the requests ended that are not pending any more. */
    void settle(Set<String> pending, Duration limit) throws InterruptedException {
        until(
                () -> {
                    lock.lock();
                    try {
                        return pending.containsAll(asked);
                    } finally {
                        lock.unlock();
                    }
                },
                limit);
    }

    /** Waits in real time until something has happened that is on record; looks again with each record. */
    void until(BooleanSupplier done, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean() && System.nanoTime() - deadline < 0) {
            lock.lock();
            try {
                long left = more.awaitNanos(LOOK_AGAIN_NANOS);
                assert left <= LOOK_AGAIN_NANOS;
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void close() throws Exception {
        file.close();
    }
}
