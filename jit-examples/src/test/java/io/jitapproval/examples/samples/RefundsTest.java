package io.jitapproval.examples.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.JitGuard;
import io.jitapproval.test.FakeApprover;
import io.jitapproval.test.JitTest;
import io.jitapproval.test.TestClock;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(JitTest.class)
class RefundsTest {
    @Test
    void largeRefundsAskFinance(JitGuard guard, FakeApprover approver, TestClock clock) {
        approver.as("mia").approve();
        Refunds refunds = guard.protect(Refunds.class, new LedgerRefunds());

        refunds.refund("42", new BigDecimal("5000"), "double charge");

        assertThat(approver).wasAskedOnce().forAction("payment.refund").showing("amount", "5000");
    }
}
