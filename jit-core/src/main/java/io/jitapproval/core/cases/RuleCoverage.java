package io.jitapproval.core.cases;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Effect;
import io.jitapproval.core.document.Node.Place;

/**
 * How often cases met a rule.
 *
 * @param rule       its id
 * @param effect     its effect
 * @param shadow     whether it never counts
 * @param document   the origin of its document
 * @param place      where in it the rule begins
 * @param decided    how often it was among the rules that decided
 * @param matched    how often it matched
 * @param unknown    how often it was unknown
 * @param notMatched how often it was for the action and did not match
 */
public record RuleCoverage(
        String rule,
        Effect effect,
        boolean shadow,
        String document,
        Place place,
        int decided,
        int matched,
        int unknown,
        int notMatched) {

    public RuleCoverage {
        requireNonNull(rule, "rule");
        requireNonNull(effect, "effect");
        requireNonNull(document, "document");
        requireNonNull(place, "place");
    }

    /** Whether a case shows what the rule does: it matched, or decided though it was unknown. */
    public boolean exercised() {
        return decided > 0 || matched > 0;
    }

    /** Why it was never exercised; empty if it was. */
    public String gap() {
        if (exercised()) {
            return "";
        }
        if (unknown > 0) {
            return "never exercised: at most unknown";
        }
        return notMatched > 0 ? "never exercised: it never matched" : "never exercised: no case for its actions";
    }
}
