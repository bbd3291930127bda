package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Reason;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("design §6: evaluating allocates next to nothing, however many rules there are")
class PolicyCostTest {

    private static final Instant NOW = Instant.parse("2026-07-01T12:12:00Z");

    @Test
    @DisplayName("design §6: a permit, a denial by default and a requirement of one rule are made in advance")
    void allocatesNothing() {
        Policy few = refundsBehind(8);
        Policy many = refundsBehind(5_000);
        for (Policy policy : new Policy[] {few, many}) {
            assertThat(bytes(policy, PolicyDecisionTest.refund("SUPPORT", 500), Reason.POLICY_ALLOWED))
                    .isLessThan(4);
            assertThat(bytes(
                            policy,
                            PolicyDecisionTest.refund("SUPPORT", new BigDecimal("999.99")),
                            Reason.POLICY_ALLOWED))
                    .isLessThan(4);
            assertThat(bytes(policy, PolicyDecisionTest.refund("SUPPORT", 1001L), Reason.NO_RULE_MATCHED))
                    .isLessThan(4);
            assertThat(bytes(policy, PolicyDecisionTest.refund("FINANCE", 1e6), Reason.POLICY_ALLOWED))
                    .isLessThan(4);
        }
    }

    /** The rules that {@code anchors/performance.md} measures, behind others on actions of their own. */
    private static Policy refundsBehind(int others) {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < others; i++) {
            rules.append("{\"id\":\"o" + i + "\",\"actions\":[\"other." + i + "\"],\"effect\":\"allow\"},");
        }
        rules.append("{\"id\":\"support\",\"actions\":[\"payment.refund\"],\"effect\":\"allow\",\"when\":"
                + "{\"subject\":{\"hasRole\":\"SUPPORT\"},\"action.amount\":{\"atMost\":1000}}},"
                + "{\"id\":\"finance\",\"actions\":[\"payment.refund\"],\"effect\":\"allow\",\"when\":"
                + "{\"subject\":{\"hasRole\":\"FINANCE\"}}}");
        return Policy.parse(new PolicyText("policy.json", "{\"default\":\"deny\",\"rules\":[" + rules + "]}"));
    }

    private static long bytes(Policy policy, EvaluationRequest request, Reason expected) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        int rounds = 5_000;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int j = 0; j < rounds; j++) {
                Decision decision = policy.evaluate(request, NOW, AttributeLookup.NONE);
                if (decision.reason() != expected) {
                    throw new AssertionError(decision);
                }
            }
            least = Math.min(least, (threads.getThreadAllocatedBytes(thread) - before) / rounds);
        }
        return least;
    }
}
