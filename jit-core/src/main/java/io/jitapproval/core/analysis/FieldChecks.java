package io.jitapproval.core.analysis;

import io.jitapproval.Effect;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.time.Duration;

/** Looks at the fields of rules one by one. */
final class FieldChecks {

    private static final Duration MONTH = Duration.ofDays(30);

    private FieldChecks() {}

    static void look(Lint lint) {
        for (RuleView rule : lint.policy().rules()) {
            if (rule.effect() == Effect.AUTO_APPROVE) {
                automatic(lint, rule);
            }
            boolean refuses = rule.effect() == Effect.DENY || rule.effect() == Effect.REQUIRE_APPROVAL;
            if (refuses && rule.because().isEmpty()) {
                lint.add(
                        Check.NO_BECAUSE,
                        rule,
                        null,
                        "the rule " + Words.quote(rule.id()) + " does not say why it is there",
                        "add a 'because' for those whom it refuses or asks");
            }
        }
    }

    private static void automatic(Lint lint, RuleView rule) {
        rule.requirement()
                .map(given -> given.grant().within())
                .filter(within -> within.compareTo(MONTH) > 0)
                .ifPresent(within -> lint.add(
                        Check.LONG_GRANT,
                        rule,
                        "grant",
                        "the rule " + Words.quote(rule.id()) + " gives a grant of " + within + " that nobody looked at",
                        "give at most P30D, or ask people"));
    }
}
