package io.jitapproval.core.audit;

import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import io.jitapproval.spi.AuditRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records for tests. */
final class Records {

    static final Instant TIME = Instant.parse("2026-11-21T07:01:12.402Z");

    private Records() {}

    /** One whose request id is all that matters. */
    static AuditRecord numbered(String requestId) {
        return new AuditRecord(
                TIME,
                AuditRecord.Kind.USE_BEGUN,
                Ref.user("ana"),
                List.of(),
                "payment.refund",
                new Ref("order", "42"),
                List.of(),
                Optional.of(requestId),
                Optional.of("g-" + requestId),
                "1",
                Optional.empty(),
                Reason.APPROVED,
                List.of("refund-large"),
                "9f3c",
                "5d1f",
                Map.of());
    }

    static AuditRecord asked(List<ShownArgument> arguments, Map<String, Object> details) {
        return new AuditRecord(
                TIME,
                AuditRecord.Kind.REQUESTED,
                Ref.user("ana"),
                List.of(new Ref("agent", "helper")),
                "payment.refund",
                new Ref("order", "42"),
                arguments,
                Optional.of("01JD"),
                Optional.empty(),
                "",
                Optional.of(Ref.user("mia")),
                Reason.APPROVAL_REQUIRED,
                List.of("refund-large", "refund-all"),
                "9f3c",
                "5d1f",
                details);
    }

    static AuditRecord on(String action, String resourceId, String use) {
        return new AuditRecord(
                TIME,
                AuditRecord.Kind.DENIED,
                Ref.user("ana"),
                List.of(),
                action,
                new Ref("order", resourceId),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                use,
                Optional.empty(),
                Reason.POLICY_DENIED,
                List.of(),
                "",
                "",
                Map.of());
    }

    static AuditRecord argument(Object value) {
        return asked(List.of(new ShownArgument("note", value, true, false)), Map.of());
    }

    /** One of each sort of value. */
    static AuditRecord colourful() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("channels", List.of("terminal", "slack"));
        details.put("people", 2);
        details.put("within", java.time.Duration.ofMinutes(15));
        details.put("nothing", null);
        return asked(
                List.of(
                        new ShownArgument("amount", new BigDecimal("5000.00"), true, false),
                        new ShownArgument("huge", new BigDecimal("1E+3"), true, false),
                        new ShownArgument("ratio", 0.1, true, false),
                        new ShownArgument("endless", Double.POSITIVE_INFINITY, true, false),
                        new ShownArgument("urgent", true, true, false),
                        new ShownArgument("day", java.time.LocalDate.of(2026, 11, 21), true, false),
                        new ShownArgument("lines", List.of(Map.of("sku", "A-1"), 7L), true, false),
                        new ShownArgument("pin", "q0Zr3T_commitment", true, true),
                        new ShownArgument("note", "double \"charge\"\n\u2028\u202E\u0000\uD83D ünï", false, false),
                        new ShownArgument("smile", "\uD83D\uDE00", true, false),
                        new ShownArgument("none", null, true, false)),
                details);
    }

    static String requestIds(List<AuditRecord> records) {
        StringBuilder text = new StringBuilder();
        for (AuditRecord each : records) {
            text.append(each.kind() == AuditRecord.Kind.VOIDED ? "void " : "")
                    .append(each.requestId().orElse("?"))
                    .append(", ");
        }
        return text.length() == 0 ? "" : text.substring(0, text.length() - 2);
    }
}
