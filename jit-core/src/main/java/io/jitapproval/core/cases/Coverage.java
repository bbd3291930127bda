package io.jitapproval.core.cases;

import java.util.List;

/**
 * How far cases exercise the rules of one policy.
 *
 * @param documents the origins of its documents
 * @param policy    its version
 * @param rules     its rules, in the order of its documents
 */
public record Coverage(List<String> documents, String policy, List<RuleCoverage> rules) {

    public Coverage {
        documents = List.copyOf(documents);
        rules = List.copyOf(rules);
    }

    /** How many rules are exercised. */
    public int exercised() {
        return (int) rules.stream().filter(RuleCoverage::exercised).count();
    }

    /** How many of a hundred rules are exercised, rounded down: 100 means all, also if there are none. */
    public int percent() {
        return rules.isEmpty() ? 100 : (int) (100L * exercised() / rules.size());
    }

    /** How people call the policy. */
    public String name() {
        return String.join(", ", documents);
    }
}
