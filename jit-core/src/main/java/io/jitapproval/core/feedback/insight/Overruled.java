package io.jitapproval.core.feedback.insight;

import io.jitapproval.Effect;
import io.jitapproval.Explanation.Match;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import io.jitapproval.core.feedback.stats.Binomial;
import io.jitapproval.core.feedback.stats.Discovery;
import io.jitapproval.core.policy.PolicyView;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Rules that permit without people, or would if they counted, where people say no too often. Only blind samples tell it of rules in force,
 * and what people answered beside them of shadow rules.
 */
final class Overruled implements Detector {

    private final Frame frame;
    private final List<RuleView> rules = new ArrayList<>();
    private final Map<String, Tally> tallies = new TreeMap<>();

    Overruled(Frame frame) {
        this.frame = frame;
        PolicyView policy = frame.policy();
        if (policy != null) {
            policy.rules().stream().filter(Overruled::opens).forEach(rules::add);
        }
    }

    private static boolean opens(RuleView rule) {
        return rule.effect() == Effect.ALLOW || rule.effect() == Effect.AUTO_APPROVE;
    }

    /** One rule. */
    private static final class Tally {
        private long labels;
        private long denied;
        private long unlabelled;
        private boolean shadow;
        private final Traces traces = new Traces();
    }

    private Tally of(String rule) {
        return tallies.computeIfAbsent(rule, key -> new Tally());
    }

    @Override
    public void see(PastDecision decision) {
        if (decision.route() == Route.RULE) {
            decision.rules().stream()
                    .filter(id -> frame.rule(id).map(Overruled::opens).orElse(frame.policy() == null))
                    .forEach(id -> of(id).unlabelled++);
        }
        if (!decision.isLabelled()) {
            return;
        }
        if (frame.policy() == null) {
            if (decision.route() == Route.AUDIT) {
                decision.rules().forEach(id -> label(of(id), decision));
            }
            return;
        }
        for (RuleView rule : rules) {
            if ((rule.isShadow() || decision.route() == Route.AUDIT)
                    && isFor(rule, decision)
                    && Frame.test(rule, decision) == Match.MATCHED) {
                Tally tally = of(rule.id());
                tally.shadow = rule.isShadow();
                label(tally, decision);
            }
        }
    }

    private static boolean isFor(RuleView rule, PastDecision decision) {
        String action = decision.request().action().name();
        for (String name : rule.actions()) {
            if (name.endsWith("*") ? action.startsWith(name.substring(0, name.length() - 1)) : name.equals(action)) {
                return true;
            }
        }
        return false;
    }

    private static void label(Tally tally, PastDecision decision) {
        tally.labels++;
        if (!decision.isApproved()) {
            tally.denied++;
            tally.traces.add(decision);
        }
    }

    @Override
    public void report(Consumer<Insight> insights, Consumer<Silence> silences) {
        List<String> judged = new ArrayList<>();
        tallies.forEach((rule, tally) -> {
            if (tally.labels > 0) {
                judged.add(rule);
            } else {
                silences.accept(new Silence(
                        Kind.PEOPLE_WOULD_DENY,
                        "rule " + rule,
                        "none of its " + tally.unlabelled + " answers was also asked of people"));
            }
        });
        double eps = frame.settings().wrong();
        double confidence = frame.settings().confidence();
        double[] values = judged.stream()
                .map(this::of)
                .mapToDouble(tally -> Binomial.atLeast(tally.denied, tally.labels, eps))
                .toArray();
        boolean[] rejected = Discovery.holm(values, 1 - confidence);
        for (int i = 0; i < rejected.length; i++) {
            if (rejected[i]) {
                insights.accept(finding(judged.get(i), of(judged.get(i)), values[i]));
            }
        }
    }

    private Insight finding(String rule, Tally tally, double p) {
        double confidence = frame.settings().confidence();
        return new Draft(
                        Kind.PEOPLE_WOULD_DENY,
                        "rule " + rule,
                        "People deny what rule " + rule + (tally.shadow ? " would permit" : " permits"))
                .why("Of " + tally.labels + " requests that it matches and people answered"
                        + (tally.shadow ? "" : " in a blind sample") + ", they denied " + tally.denied + " ("
                        + Say.share((double) tally.denied / tally.labels) + ").")
                .number("labels", tally.labels)
                .number("denied", tally.denied)
                .number("deniedAtLeast", Binomial.lower(tally.denied, tally.labels, confidence))
                .number("rules", tallies.size())
                .number("p", p)
                .bound(Say.confidence(confidence) + " people deny at least "
                        + Say.share(Binomial.lower(tally.denied, tally.labels, confidence)) + "; "
                        + Say.share(frame.settings().wrong())
                        + " were to be borne (exact, Holm over " + tallies.size() + " rules)")
                .traces(tally.traces)
                .change(rule, "mode", Say.quoted("shadow"))
                .severity(tally.shadow ? Severity.LOW : Severity.HIGH)
                .asOf(frame.asOf());
    }
}
