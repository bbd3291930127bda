package io.jitapproval.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Debt;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

@DisplayName("wall 15: an overdue review of an emergency shows in health")
class DebtHealthTest {

    private static final String POLICY = """
            {"default": "deny", "rules": [{"id": "r", "actions": ["pay"], "effect": "require-approval", "approval":
             {"by": {"role": "FINANCE_MANAGER"}, "breakGlass": {"by": {"person": "ana"}, "alarm": {"person": "mia"},
             "review": {"person": "mia"}, "reviewWithin": "P1D"}}}]}""";

    private static final class Ear implements ApprovalChannel {

        @Override
        public String name() {
            return "ear";
        }

        @Override
        public void deliver(ApprovalNotice notice) {
            // heard
        }
    }

    @Test
    @DisplayName("until somebody else has reviewed it; it is neither up nor down meanwhile")
    void overdue() {
        ShiftedTime clock = new ShiftedTime();
        Contexts.runner()
                .withBean(TimeSource.class, () -> clock)
                .withBean(ApprovalChannel.class, Ear::new)
                .withBean(PolicySource.class, () -> PolicySources.text("policy.json", POLICY))
                .run(context -> {
                    MethodGuard guard = context.getBean(MethodGuard.class);
                    HealthIndicator health = context.getBean("jitDebtHealthIndicator", HealthIndicator.class);
                    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
                    guard.attempt("pay")
                            .by(Subject.user("ana"))
                            .breakGlass("the ledger is down")
                            .run(() -> {});
                    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
                    clock.advance(Duration.ofDays(1));
                    Debt debt = guard.debts().overdue().get(0);
                    assertThat(health.health().getStatus()).isEqualTo(DebtHealth.OVERDUE);
                    assertThat(health.health().getDetails().get("overdue").toString())
                            .contains(debt.id());
                    guard.debts().review(debt.id(), Ref.user("mia"), Debt.Finding.OK, "");
                    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
                });
    }
}
