package io.jitapproval.core.feedback.insight;

import io.jitapproval.Effect;
import io.jitapproval.Explanation.Match;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import io.jitapproval.core.feedback.stats.Binomial;
import io.jitapproval.core.policy.PolicyView;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Rules that nothing matched in the window, though they were there all the time. */
final class UnusedRules implements Detector {

    /** Above this the bound says little. */
    private static final double CERTAIN = 0.05;

    private final Frame frame;
    private final Map<String, List<Tally>> byAction = new HashMap<>();
    private final List<Tally> tallies = new ArrayList<>();
    private final Set<String> named = new HashSet<>();
    private long decisions;

    UnusedRules(Frame frame) {
        this.frame = frame;
        PolicyView policy = frame.policy();
        if (policy != null) {
            for (RuleView rule : policy.rules()) {
                Instant expires = rule.expires();
                if (!rule.isShadow() && (expires == null || expires.isAfter(frame.asOf()))) {
                    tallies.add(new Tally(rule));
                }
            }
        }
    }

    /** One rule. */
    private static final class Tally {
        private final RuleView rule;
        private long asked;
        private long unknown;
        private boolean used;

        Tally(RuleView rule) {
            this.rule = rule;
        }

        boolean isFor(String action) {
            return rule.actions().stream()
                    .anyMatch(name -> name.endsWith("*")
                            ? action.startsWith(name.substring(0, name.length() - 1))
                            : name.equals(action));
        }

        void test(PastDecision decision) {
            asked++;
            Match match = Frame.test(rule, decision);
            used = match == Match.MATCHED;
            unknown += match == Match.UNKNOWN ? 1 : 0;
        }
    }

    @Override
    public void see(PastDecision decision) {
        decisions++;
        named.addAll(decision.rules());
        String action = decision.request().action().name();
        for (Tally tally : byAction.computeIfAbsent(
                action, name -> tallies.stream().filter(one -> one.isFor(name)).toList())) {
            if (!tally.used) {
                tally.test(decision);
            }
        }
    }

    @Override
    public void report(Consumer<Insight> insights, Consumer<Silence> silences) {
        for (Tally tally : tallies) {
            if (tally.used || named.contains(tally.rule.id())) {
                continue;
            }
            String subject = "rule " + tally.rule.id();
            Instant since = frame.ruleSince(tally.rule);
            if (since == null) {
                silences.accept(new Silence(Kind.UNUSED_RULE, subject, "no match, but its age is not known"));
            } else if (since.isAfter(frame.from())) {
                silences.accept(new Silence(
                        Kind.UNUSED_RULE,
                        subject,
                        "no match, but it is known only since " + since + ", less than the window"));
            } else if (tally.unknown > 0) {
                silences.accept(new Silence(
                        Kind.UNUSED_RULE,
                        subject,
                        "it may have matched: " + Say.of(tally.unknown, tally.asked)
                                + " requests lack an attribute that it looks at"));
            } else {
                insights.accept(finding(tally, subject, since));
            }
        }
    }

    private Insight finding(Tally tally, String subject, Instant since) {
        boolean opens = tally.rule.effect() == Effect.ALLOW || tally.rule.effect() == Effect.AUTO_APPROVE;
        double confidence = frame.settings().confidence();
        double most = tally.asked == 0 ? 1 : Binomial.ruleOfThree(tally.asked, confidence);
        Draft draft = new Draft(Kind.UNUSED_RULE, subject, "Nothing matched " + subject)
                .why("None of " + tally.asked + " requests for its actions matched it since " + frame.from()
                        + " (of " + decisions + " requests in all); the rule is known since " + since + "."
                        + (opens ? "" : " It guards: see whether its conditions can match, before anything else."))
                .number("matched", 0)
                .number("requestsForItsActions", tally.asked)
                .number("requests", decisions)
                .number("matchedAtMost", most)
                .bound(
                        tally.asked == 0
                                ? "nobody asked for its actions"
                                : "0 of " + tally.asked + ": " + Say.confidence(confidence) + " less than "
                                        + Say.share(most) + " match (rule of three)")
                .severity(!opens ? Severity.INFO : most <= CERTAIN ? Severity.MEDIUM : Severity.LOW);
        // What opens can be taken out of force at once and put back; a guard is never suggested away.
        return (opens ? draft.change(tally.rule.id(), "mode", Say.quoted("shadow")) : draft).asOf(frame.asOf());
    }
}
