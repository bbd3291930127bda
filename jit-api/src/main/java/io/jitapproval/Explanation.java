package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Why a decision came out as it did, produced by the evaluation itself.
 *
 * <p>The explanation inside a {@link Decision} lists the rules that decided; the one of {@link
 * JitGuard#explain(EvaluationRequest)} lists every rule for the action, with the comparisons that were looked at.
 *
 * @param rules what became of the rules, in the document's order
 */
public record Explanation(List<RuleTrace> rules) {

    /** Says nothing: no rule was looked at. */
    public static final Explanation NONE = new Explanation(List.of());

    /**
     * Copies the list.
     *
     * @param rules as above
     */
    public Explanation {
        rules = List.copyOf(rules);
    }

    /** What became of a rule or a comparison. Unknown means that an attribute is missing, of a wrong type or failed to load. */
    public enum Match {
        /** It holds. */
        MATCHED("matched"),
        /** It does not hold. */
        NOT_MATCHED("no match"),
        /** It cannot be told; that counts as a match where it tightens and as none where it would loosen. */
        UNKNOWN("unknown");

        private final String text;

        Match(String text) {
            this.text = text;
        }

        /** {@return the word for people} */
        public String text() {
            return text;
        }
    }

    /**
     * What became of one rule.
     *
     * @param rule        the rule's id
     * @param effect      its effect
     * @param match       whether it matched
     * @param because     its {@code because} for people; empty if it has none
     * @param comparisons the comparisons that were looked at, in order; empty in a decision's own explanation
     */
    public record RuleTrace(
            String rule, Effect effect, Match match, String because, List<ComparisonTrace> comparisons) {

        /**
         * Checks that everything is there and copies the list.
         *
         * @param rule        as above
         * @param effect      as above
         * @param match       as above
         * @param because     as above
         * @param comparisons as above
         */
        public RuleTrace {
            requireNonNull(rule, "rule");
            requireNonNull(effect, "effect");
            requireNonNull(match, "match");
            requireNonNull(because, "because");
            comparisons = List.copyOf(comparisons);
        }
    }

    /**
     * What became of one comparison.
     *
     * @param attribute the attribute that was compared, such as {@code action.amount}
     * @param text      the comparison for people with the actual value, such as {@code action.amount 5000 is more than
     *                  1000}; a sensitive value reads {@code hidden}
     * @param match     whether it holds
     */
    public record ComparisonTrace(String attribute, String text, Match match) {

        /**
         * Checks that everything is there.
         *
         * @param attribute as above
         * @param text      as above
         * @param match     as above
         */
        public ComparisonTrace {
            requireNonNull(attribute, "attribute");
            requireNonNull(text, "text");
            requireNonNull(match, "match");
        }
    }
}
