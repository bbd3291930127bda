package io.jitapproval.walls.simulation;

import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.InlineAuditSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The record, and when each line was really written. */
final class Ledger implements InlineAuditSink {

    private final Conductor conductor;
    private final SteppedTime time;
    private final SteppedStore store;
    private final List<AuditRecord> records = new ArrayList<>();
    private final List<AuditRecord> early = new ArrayList<>();
    private final List<Instant> written = new ArrayList<>();

    Ledger(Conductor conductor, SteppedTime time, SteppedStore store) {
        this.conductor = conductor;
        this.time = time;
        this.store = store;
    }

    @Override
    public void append(List<AuditRecord> more) {
        conductor.pause(() -> "is to record " + more.get(0).kind().word());
        for (AuditRecord one : more) {
            if (!store.isOfThisChange(one.time())) {
                early.add(one);
            }
            records.add(one);
            written.add(time.now());
        }
        conductor.pause(() -> "has recorded " + more.get(0).kind().word());
    }

    int size() {
        return records.size();
    }

    List<AuditRecord> all() {
        return records;
    }

    /** What bears an instant that was read before the lock was taken. */
    List<AuditRecord> early() {
        return early;
    }

    Instant written(int line) {
        return written.get(line);
    }
}
