package io.jitapproval.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.JitGuard;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sample of the documentation, with nothing but AssertJ's own imports. */
@ExtendWith(JitTest.class)
class RefundsTest {

    @Test
    void largeRefundsAskFinance(JitGuard guard, FakeApprover approver, TestClock clock) {
        approver.as("mia").approve();
        Refunds refunds = guard.protect(Refunds.class, new LedgerRefunds());

        refunds.refund("42", new BigDecimal("5000"), "double charge");

        assertThat(approver).wasAskedOnce().forAction("payment.refund").showing("amount", "5000");
        clock.advance(Duration.ofMinutes(16));
        approver.staySilent();
        assertThatThrownBy(() -> refunds.refund("42", new BigDecimal("5000"), "again"))
                .isInstanceOf(ApprovalPendingException.class);
    }

    private static final class LedgerRefunds implements Refunds {

        @Override
        public String refund(String orderId, BigDecimal amount, String note) {
            return "refunded " + amount + " of order " + orderId;
        }
    }
}
