package io.jitapproval.examples.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.JitGuard;
import io.jitapproval.test.FakeApprover;
import io.jitapproval.test.JitTest;
import io.jitapproval.test.TestPeople;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The samples in the Javadoc of the test kit. */
@ExtendWith(JitTest.class)
class TestKitSamplesTest {

    private final LedgerRefunds target = new LedgerRefunds();

    @Test
    @DisplayName("a script of answers, and what was asked")
    void script(JitGuard guard, FakeApprover approver) {
        approver.as("mia").approve();
        approver.as("tom").when(request -> request.resource().id().equals("42")).deny("not this one");
        approver.as("kim").after(Duration.ofMinutes(5)).once().approve();

        guard.protect(Refunds.class, target).refund("42", new BigDecimal("5000"), "double charge");

        assertThat(approver)
                .wasAskedOnce()
                .forAction("payment.refund")
                .showing("amount", "5000"); // once in all, for that
        assertThat(approver).forAction("payment.refund").wasAskedOnce(); // once for that
        assertThat(target.ledger().receipts()).hasSize(1);
    }

    @Test
    @DisplayName("described people alone may decide")
    void people(JitGuard guard, FakeApprover approver, TestPeople people) {
        people.person("mia").role("FINANCE_MANAGER").identity("slack/U0123");
        people.person("tom").group("on-call");
        approver.as("slack/U0123").deny("not this one");
        approver.as("tom").approve();

        Refunds refunds = guard.protect(Refunds.class, target);

        assertThatThrownBy(() -> refunds.refund("42", new BigDecimal("5000"), "double charge"))
                .isInstanceOf(ActionDeniedException.class)
                .hasMessageContaining("not this one");
        assertThat(target.ledger().receipts()).isEmpty();
    }
}
