package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records of what becomes of approval requests. */
public final class RequestRecords {

    private RequestRecords() {}

    /**
     * A record that refers to a request.
     *
     * @param kind    what happened
     * @param request the request
     * @param at      when
     * @param by      who did it, if not the subject
     * @param reason  why
     * @param details what else
     * @return the record; with the arguments only where the request is created
     */
    public static AuditRecord of(
            Kind kind,
            ApprovalRequest request,
            Instant at,
            Optional<Ref> by,
            Reason reason,
            Map<String, Object> details) {
        return new AuditRecord(
                at,
                kind,
                request.subject(),
                request.actors(),
                request.action(),
                request.resource(),
                kind == Kind.REQUESTED ? request.arguments() : List.of(),
                Optional.of(request.id()),
                request.grantId(),
                "",
                by,
                reason,
                request.rules(),
                request.policy(),
                request.binding(),
                details);
    }

    static AuditRecord requested(ApprovalRequest request, Instant at, Map<String, Object> more) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (!request.reason().isEmpty()) {
            details.put("why", request.reason());
        }
        if (!request.ticket().isEmpty()) {
            details.put("ticket", request.ticket());
        }
        details.put(
                "needs",
                request.requirement().stages().stream().map(Object::toString).toList());
        details.put("asked", request.asked());
        details.put("decideBy", request.decideBy());
        request.startsAt().ifPresent(start -> details.put("startsAt", start));
        if (!request.ancestry().isEmpty()) {
            details.put("extends", request.ancestry());
        }
        details.putAll(more);
        return of(Kind.REQUESTED, request, at, Optional.empty(), Reason.APPROVAL_REQUIRED, details);
    }

    static AuditRecord granted(Grant grant, Instant at) {
        return granted(grant, at, grant.automatic().isEmpty() ? Reason.APPROVED : Reason.AUTO_APPROVED);
    }

    static AuditRecord granted(Grant grant, Instant at, Reason why) {
        return granted(grant, at, why, Map.of());
    }

    static AuditRecord granted(Grant grant, Instant at, Reason why, Map<String, Object> more) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("scope", grant.terms().scope().word());
        details.put("uses", grant.terms().uses());
        if (grant.notBefore().isAfter(grant.grantedAt())) {
            details.put("notBefore", grant.notBefore());
        }
        details.put("useBy", grant.useBy());
        grant.expiresAt().ifPresent(end -> details.put("expiresAt", end));
        if (!grant.terms().ceilings().isEmpty()) {
            details.put("ceilings", grant.terms().ceilings());
        }
        if (!grant.approvedBy().isEmpty()) {
            details.put("approvedBy", grant.approvedBy());
        }
        details.putAll(more);
        return new AuditRecord(
                at,
                Kind.GRANTED,
                grant.subject(),
                grant.actors(),
                grant.action(),
                grant.resource(),
                List.of(),
                Optional.of(grant.requestId()),
                Optional.of(grant.id()),
                "",
                Optional.empty(),
                why,
                grant.automatic(),
                grant.policy(),
                grant.binding(),
                details);
    }
}
