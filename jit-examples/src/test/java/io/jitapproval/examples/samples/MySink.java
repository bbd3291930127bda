package io.jitapproval.examples.samples;

import io.jitapproval.core.AuditSinks;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import java.util.List;

/** Writes rows: all of a change or none. */
record MySink(List<String> rows) implements AuditSink {

    @Override
    public void append(List<AuditRecord> records) {
        rows.addAll(records.stream().map(AuditSinks::toJson).toList());
    }
}
