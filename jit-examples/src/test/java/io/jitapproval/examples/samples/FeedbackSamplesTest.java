package io.jitapproval.examples.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.JitGuard;
import io.jitapproval.Outcome;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicyDocument;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("samples of what the record keeps, outcomes and suspended rules")
class FeedbackSamplesTest {

    private static void report(JitGuard guard, String requestId, String grantId) {
        guard.outcomes().ofRequest(requestId, Outcome.INCIDENT, new Ref("system", "pager"), "INC-77");
        guard.outcomes().ofUse(grantId, 1, Outcome.REVERSED, Ref.user("mia"), "paid twice");
    }

    private static void suspend(JitGuard guard) {
        guard.rules().suspend("small-refunds", new Ref("system", "monitor"), "people denied 3 of 40 samples");
        guard.rules().resume("small-refunds", Ref.user("mia"), "looked at them all");
    }

    @Test
    @DisplayName("they do what they say")
    void run() throws Exception {
        MemoryAuditSink record = AuditSinks.memory(100);
        try (MethodGuard guard = Jit.guard()
                .policy(PolicyDocument.denyByDefault()
                        .rule(
                                "small-refunds",
                                rule -> rule.actions("payment.refund").autoApprove())
                        .build())
                .people(People.of(People.person("mia", "BOSS")))
                .recordAttributes("subject.department", "context.*", "!subject.salary")
                .audit(record)
                .build()) {
            guard.attempt("payment.refund")
                    .by(Subject.user("ana").with("department", "support").with("salary", 1))
                    .on(Resource.of("order", "42"))
                    .call(() -> "paid");
            AuditRecord use = record.records().stream()
                    .filter(each -> each.kind() == Kind.USE_BEGUN)
                    .findFirst()
                    .orElseThrow();
            assertThat(((Map<?, ?>) use.details().get("attributes")).toString())
                    .contains("support")
                    .doesNotContain("salary");

            report(guard, "no such request", use.grantId().orElseThrow());
            suspend(guard);

            assertThat(record.records()).extracting(AuditRecord::kind).contains(Kind.OUTCOME);
            assertThat(record.records())
                    .extracting(AuditRecord::reason)
                    .contains(Reason.RULE_SUSPENDED, Reason.RULE_RESUMED);
            assertThat(guard.rules().suspended()).isEmpty();
        }
    }
}
