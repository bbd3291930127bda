package io.jitapproval.core.audit;

import io.jitapproval.Reason;
import io.jitapproval.spi.AuditRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records that take back what a sink wrote after its caller had given up. */
final class Voided {

    private Voided() {}

    /** One for each record, in the same order; a later attempt is told apart, since no record is handed over twice. */
    static List<AuditRecord> of(List<AuditRecord> late, int attempt) {
        return late.stream().map(each -> of(each, attempt)).toList();
    }

    private static AuditRecord of(AuditRecord record, int attempt) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("voids", record.kind().word());
        details.put("why", "late");
        if (attempt > 1) {
            details.put("attempt", attempt);
        }
        return new AuditRecord(
                record.time(),
                AuditRecord.Kind.VOIDED,
                record.subject(),
                record.actors(),
                record.action(),
                record.resource(),
                List.of(),
                record.requestId(),
                record.grantId(),
                record.use(),
                record.by(),
                Reason.AUDIT_UNAVAILABLE,
                record.rules(),
                record.policy(),
                record.binding(),
                details);
    }
}
