package io.jitapproval.test.contract;

import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import java.util.List;

class MemoryAuditSinkContractTest extends AuditSinkContract {

    private final MemoryAuditSink sink = AuditSinks.memory(100_000);

    @Override
    protected AuditSink sink() {
        return sink;
    }

    @Override
    protected List<String> written() {
        return sink.records().stream().map(MemoryAuditSinkContractTest::text).toList();
    }

    private static String text(AuditRecord record) {
        try {
            return AuditSinks.toJson(record);
        } catch (RuntimeException unwritable) {
            return record.toString();
        }
    }
}
