package io.jitapproval.test.contract;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequestBuilder;
import io.jitapproval.ApproverSelector;
import io.jitapproval.Grant;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.ShownArgument;
import io.jitapproval.Stage;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.GrantStore.Submission;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values to put into what is tested. */
final class Samples {

    static final String KIND = "note";
    static final Ref ANA = Ref.user("ana");
    static final String REFUND = "payment.refund";
    static final Duration DECIDE_WITHIN = Duration.ofMinutes(30);
    static final Duration WITHIN = Duration.ofMinutes(15);

    private Samples() {}

    static Requirement requirement(int uses) {
        Stage finance = new Stage(Set.of(new ApproverSelector(ApproverSelector.Kind.ROLE, "FINANCE_MANAGER")), 1);
        return new Requirement(
                Set.of(finance),
                DECIDE_WITHIN,
                WITHIN,
                new GrantTerms(GrantScope.EXACT, WITHIN, uses, GrantClock.APPROVAL),
                false,
                false);
    }

    static ApprovalRequest request(String id, String matchKey, Instant now) {
        return request(id, matchKey, now, "double charge", List.of());
    }

    static ApprovalRequest request(
            String id, String matchKey, Instant now, String reason, List<ShownArgument> arguments) {
        return new ApprovalRequestBuilder()
                .id(id)
                .digest("digest-of-" + id)
                .subject(ANA)
                .action(REFUND)
                .resource(new Ref("order", "order-of-" + id))
                .arguments(arguments)
                .reason(reason)
                .requirement(requirement(1))
                .rules(List.of("refund-large"))
                .because("Large refunds are seen by finance.")
                .policy("policy-1")
                .binding("binding-of-" + id)
                .matchKey(matchKey)
                .asked(List.of("mia"))
                .createdAt(now)
                .decideBy(now.plus(DECIDE_WITHIN))
                .eligible(1)
                .build();
    }

    static Grant grant(String id, int uses, Instant now) {
        return grant(id, ANA, REFUND, uses, now);
    }

    static Grant grant(String id, Ref subject, String action, int uses, Instant now) {
        Requirement requirement = requirement(uses);
        return new Grant(
                id,
                "request-of-" + id,
                Grant.State.ACTIVE,
                subject,
                List.of(),
                action,
                new Ref("order", "42"),
                requirement.grant(),
                requirement,
                "policy-1",
                "binding-of-" + id,
                "key-of-" + id,
                List.of("mia"),
                List.of(),
                now,
                now,
                now.plus(WITHIN),
                Optional.of(now.plus(WITHIN)),
                0,
                List.of(),
                false);
    }

    /** A pending request with its one record. */
    static Submission asked(String id, String matchKey, Instant now) {
        return new Submission(
                request(id, matchKey, now),
                Optional.empty(),
                List.of(record(AuditRecord.Kind.REQUESTED, id, now, Map.of())));
    }

    /** A request that a rule approved at once, with its grant; the request's id is that of the grant. */
    static Submission granted(Grant grant) {
        Instant now = grant.grantedAt();
        ApprovalRequest request = request(grant.requestId(), grant.matchKey(), now)
                .ended(ApprovalRequest.State.APPROVED, Reason.AUTO_APPROVED, now, Optional.of(grant.id()));
        return new Submission(
                request,
                Optional.of(grant),
                List.of(record(AuditRecord.Kind.GRANTED, grant.requestId(), now, Map.of())));
    }

    static Step<ApprovalRequest, String> deny(ApprovalRequest current, Instant now) {
        return Step.to(
                current.ended(ApprovalRequest.State.DENIED, Reason.APPROVAL_DENIED, now, Optional.empty()),
                "denied",
                record(AuditRecord.Kind.DECIDED, current.id(), now, Map.of()));
    }

    static Step<ApprovalRequest, String> approve(ApprovalRequest current, String grantId, int uses, Instant now) {
        return new Step<>(
                current.ended(ApprovalRequest.State.APPROVED, Reason.APPROVED, now, Optional.of(grantId)),
                grant(grantId, uses, now),
                List.of(record(AuditRecord.Kind.DECIDED, current.id(), now, Map.of())),
                List.of(),
                List.of(),
                "approved");
    }

    /** The number of the use that began; 0 if none did. */
    static Step<Grant, Integer> begin(Grant current, Instant now) {
        if (current.stateAt(now) != Grant.State.ACTIVE) {
            return Step.nothing(0);
        }
        Grant next = current.begun(now);
        return Step.to(next, next.uses(), record(AuditRecord.Kind.USE_BEGUN, current.requestId(), now, Map.of()));
    }

    static OutboxMessage message(String requestId, int number, String channel, Instant now) {
        return OutboxMessage.of(requestId, number, channel, ApprovalNotice.Kind.ASKED, List.of("mia"), now);
    }

    static StoreEntry entry(String key, String value, Instant until) {
        return new StoreEntry(KIND, key, Map.of("value", value), until);
    }

    static AuditRecord record(
            AuditRecord.Kind kind, String requestId, Instant now, Map<String, @Nullable Object> details) {
        return record(kind, requestId, now, List.of(), details);
    }

    static AuditRecord record(
            AuditRecord.Kind kind,
            String requestId,
            Instant now,
            List<ShownArgument> arguments,
            Map<String, @Nullable Object> details) {
        return new AuditRecord(
                now,
                kind,
                ANA,
                List.of(),
                REFUND,
                new Ref("order", "42"),
                arguments,
                Optional.of(requestId),
                Optional.empty(),
                "",
                Optional.empty(),
                Reason.APPROVAL_PENDING,
                List.of("refund-large"),
                "policy-1",
                "binding-1",
                details);
    }
}
