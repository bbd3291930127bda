package io.jitapproval.examples.samples;

import static io.jitapproval.core.PolicyCondition.attribute;
import static io.jitapproval.core.PolicyCondition.subject;

import io.jitapproval.Demand;
import io.jitapproval.core.Approvers;
import io.jitapproval.core.PolicyDocument;
import java.time.Duration;

/** A policy that is built in Java. */
final class BuiltPolicySample {

    private BuiltPolicySample() {}

    static PolicyDocument refunds() {
        PolicyDocument policy = PolicyDocument.denyByDefault()
                .rule(
                        "refund-small",
                        rule -> rule.actions("payment.refund")
                                .when(
                                        subject().hasRole("SUPPORT"),
                                        attribute("action.amount").atMost(1000))
                                .allow())
                .rule(
                        "refund-large",
                        rule -> rule.actions("payment.refund")
                                .when(attribute("action.amount").moreThan(1000))
                                .because("Large refunds are seen by finance.")
                                .requireApproval(approval -> approval.by(Approvers.role("FINANCE_MANAGER"))
                                        .reason(Demand.REQUIRED))
                                .grant(grant ->
                                        grant.within(Duration.ofMinutes(15)).uses(1)))
                .build();
        return policy;
    }
}
