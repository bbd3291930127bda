package io.jitapproval.benchmarks;

import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.InlineAuditSink;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Keeps the last records in memory, so that a benchmark can go on for ever. */
final class RingAuditSink implements InlineAuditSink {

    private static final int SIZE = 4_096;

    private final AtomicReferenceArray<@Nullable AuditRecord> ring = new AtomicReferenceArray<>(SIZE);
    private final AtomicLong count = new AtomicLong();

    @Override
    public void append(List<AuditRecord> records) {
        for (AuditRecord one : records) {
            ring.set((int) (count.getAndIncrement() & (SIZE - 1)), one);
        }
    }

    /** How many records came so far. */
    long count() {
        return count.get();
    }

    /** What the last records say, oldest first. */
    List<AuditRecord.Kind> last(int many) {
        AuditRecord.Kind[] kinds = new AuditRecord.Kind[many];
        for (int i = 0; i < many; i++) {
            AuditRecord one = ring.get((int) ((count.get() - many + i) & (SIZE - 1)));
            Task.require(one != null, "fewer than " + many + " records");
            kinds[i] = one.kind();
        }
        return List.of(kinds);
    }
}
