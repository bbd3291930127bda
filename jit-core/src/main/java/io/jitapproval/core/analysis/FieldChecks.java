package io.jitapproval.core.analysis;

import io.jitapproval.Effect;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.time.Duration;
import java.time.Instant;

/** Looks at the fields of rules one by one. */
final class FieldChecks {

    private static final Duration MONTH = Duration.ofDays(30);

    private FieldChecks() {}

    static void look(Lint lint) {
        for (RuleView rule : lint.policy().rules()) {
            validity(lint, rule);
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

    private static void validity(Lint lint, RuleView rule) {
        Instant expires = rule.expires();
        String name = "the rule " + Words.quote(rule.id());
        if (expires == null) {
            if (rule.isShadow()) {
                lint.add(
                        Check.ENDLESS_SHADOW,
                        rule,
                        "mode",
                        name + " is tried in shadow mode without an end",
                        "add 'expires', then enforce it or take it out");
            }
            return;
        }
        if (!expires.isAfter(lint.at())) {
            lint.add(Check.EXPIRED, rule, "expires", name + " expired " + expires, "take it out, or set a later day");
        } else if (!expires.isAfter(lint.at().plus(MONTH))) {
            lint.add(
                    Check.EXPIRES_SOON,
                    rule,
                    "expires",
                    name + " expires " + expires + ", which is within 30 days",
                    "set a later day if it shall stay");
        }
    }

    private static void automatic(Lint lint, RuleView rule) {
        if (rule.expires() == null) {
            lint.add(
                    Check.NO_END,
                    rule,
                    null,
                    "the rule " + Words.quote(rule.id()) + " answers in people's place without an end",
                    "add 'expires', so that somebody looks at it again");
        }
        rule.requirement()
                .map(given -> given.grant().within())
                .filter(within -> within.compareTo(MONTH) > 0)
                .ifPresent(within -> lint.add(
                        Check.LONG_GRANT,
                        rule,
                        "grant",
                        "the rule " + Words.quote(rule.id()) + " gives a grant of " + within.toDays()
                                + " days that nobody looked at",
                        "give at most P30D, or ask people"));
    }
}
