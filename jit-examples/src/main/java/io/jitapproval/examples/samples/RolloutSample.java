package io.jitapproval.examples.samples;

import io.jitapproval.Rollout;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.RolloutReport;

/** First look what it would cost, then enforce. */
final class RolloutSample {

    private RolloutSample() {}

    static void observe(GuardBuilder builder) {
        builder.rollout("payment.*", Rollout.OBSERVE).rollout("payment.refund", Rollout.ENFORCE);
    }

    static String cost(MemoryAuditSink records) {
        RolloutReport report = RolloutReport.of(records.records());
        return report.toString();
    }
}
