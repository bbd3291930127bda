package io.jitapproval.core.feedback.adoption;

import io.jitapproval.Reason;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.InlineAuditSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what rules answer, as it goes on record. What was counted since the last look is lost with the process; then the share that is
 * reported as wrong seems higher than it is, which suspends early, never late.
 */
public final class Uses {

    private final Map<List<String>, LongAdder> byRules = new ConcurrentHashMap<>();

    /** A sink that also counts here; as inline as the other. */
    public AuditSink beside(AuditSink sink) {
        return sink instanceof InlineAuditSink ? new Inline(sink, this) : new Counting(sink, this);
    }

    private void count(List<AuditRecord> records) {
        for (AuditRecord record : records) {
            if (record.kind() == Kind.GRANTED && record.reason() == Reason.AUTO_APPROVED) {
                byRules.computeIfAbsent(record.rules(), any -> new LongAdder()).increment();
            }
        }
    }

    /** What was counted since this was asked last, by the rules that answered together. */
    Map<List<String>, Long> take() {
        Map<List<String>, Long> taken = new HashMap<>();
        byRules.forEach((rules, count) -> taken.put(rules, count.sumThenReset()));
        return taken;
    }

    private record Counting(AuditSink sink, Uses uses) implements AuditSink {

        @Override
        public void append(List<AuditRecord> records) throws Exception {
            sink.append(records);
            uses.count(records);
        }

        @Override
        public void close() throws Exception {
            sink.close();
        }
    }

    private record Inline(AuditSink sink, Uses uses) implements InlineAuditSink {

        @Override
        public void append(List<AuditRecord> records) throws Exception {
            sink.append(records);
            uses.count(records);
        }

        @Override
        public void close() throws Exception {
            sink.close();
        }
    }
}
