package io.jitapproval.core.cases;

import io.jitapproval.Decision;
import io.jitapproval.Explanation;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.core.policy.PolicyView;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts what became of the rules of one policy. */
final class Tally {

    private static final class Count {
        private int decided;
        private int matched;
        private int unknown;
        private int notMatched;
    }

    private final List<String> documents;
    private final PolicyView policy;
    private final Map<String, Count> counts = new LinkedHashMap<>();

    Tally(List<String> documents, Policy policy) {
        this.documents = documents;
        this.policy = new PolicyView(policy);
        this.policy.rules().forEach(rule -> counts.put(rule.id(), new Count()));
    }

    Set<String> rules() {
        return counts.keySet();
    }

    void add(Outcome outcome) {
        Decision explained = outcome.explained();
        Explanation explanation = explained.explanation();
        explanation.rules().forEach(this::add);
        explanation.shadow().ifPresent(shadow -> shadow.traces().forEach(this::add));
        outcome.decision().rules().forEach(rule -> count(rule).decided++);
    }

    private void add(RuleTrace trace) {
        Count count = count(trace.rule());
        switch (trace.match()) {
            case MATCHED -> count.matched++;
            case UNKNOWN -> count.unknown++;
            case NOT_MATCHED -> count.notMatched++;
        }
    }

    private Count count(String rule) {
        return counts.computeIfAbsent(rule, id -> new Count());
    }

    Coverage coverage() {
        List<RuleCoverage> rules = policy.rules().stream().map(this::coverage).toList();
        return new Coverage(documents, policy.policy().version(), rules);
    }

    private RuleCoverage coverage(RuleView rule) {
        Count count = count(rule.id());
        return new RuleCoverage(
                rule.id(),
                rule.effect(),
                rule.isShadow(),
                rule.origin(),
                rule.place(),
                count.decided,
                count.matched,
                count.unknown,
                count.notMatched);
    }
}
