package io.jitapproval.examples.refunddesk;

import io.jitapproval.Reason;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.AuditSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Passes records on to the file and remembers those of the request at hand: what the desk prints comes out of the record. */
final class Recorder implements AuditSink {

    private final AuditSink file;
    private final List<AuditRecord> recent = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();
    private int written;

    Recorder(AuditSink file) {
        this.file = file;
    }

    @Override
    public void append(List<AuditRecord> records) throws Exception {
        file.append(records);
        synchronized (recent) {
            written += records.size();
            recent.addAll(records);
            for (AuditRecord record : records) {
                String id = record.requestId().orElse("");
                if (record.kind() == Kind.REQUESTED) {
                    asked.add(id);
                } else if ((record.kind() == Kind.DECIDED && record.reason() == Reason.AUTO_APPROVED)
                        || "ended".equals(record.details().get("notice"))) {
                    asked.remove(id);
                }
            }
            recent.notifyAll();
        }
    }

    /** The records since the last call. */
    List<AuditRecord> take() {
        synchronized (recent) {
            List<AuditRecord> taken = List.copyOf(recent);
            recent.clear();
            return taken;
        }
    }

    /** How many records were written in this run. */
    int written() {
        synchronized (recent) {
            return written;
        }
    }

    /** Waits until everybody was told how the requests ended that are not pending any more. */
    void settle(Set<String> pending, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (recent) {
            while (!pending.containsAll(asked)) {
                long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (left <= 0) {
                    return;
                }
                recent.wait(left);
            }
        }
    }

    @Override
    public void close() throws Exception {
        file.close();
    }
}
