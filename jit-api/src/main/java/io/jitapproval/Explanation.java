package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Why a decision came out as it did, produced by the evaluation itself.
 *
 * <p>The explanation inside a {@link Decision} lists the rules that decided; the one of {@link
 * JitGuard#explain(EvaluationRequest)} lists every rule for the action, with the comparisons that were looked at.
 *
 * @param rules  what became of the rules, in the document's order; without shadow rules, which never count
 * @param shadow what the answer would be if shadow rules counted; empty where no shadow rule would, and in an explanation
 *               that lists every rule where there is none for the action
 */
public record Explanation(List<RuleTrace> rules, Optional<Shadow> shadow) {

    /** Says nothing: no rule was looked at. */
    public static final Explanation NONE = new Explanation(List.of());

    /**
     * Checks that everything is there and copies the list.
     *
     * @param rules  as above
     * @param shadow as above
     */
    public Explanation {
        rules = List.copyOf(rules);
        requireNonNull(shadow, "shadow");
    }

    /**
     * An explanation where no shadow rule would count.
     *
     * @param rules as above
     */
    public Explanation(List<RuleTrace> rules) {
        this(rules, Optional.empty());
    }

    /**
     * What the answer would be if all shadow rules counted like the others.
     *
     * @param kind   the answer
     * @param reason why
     * @param rules  the ids of the rules that would decide, in the document's order
     * @param traces what became of the shadow rules: of those that would count, or of every one for the action in an
     *               explanation that lists every rule
     */
    public record Shadow(Decision.Kind kind, Reason reason, List<String> rules, List<RuleTrace> traces) {

        /**
         * Checks that everything is there and copies the lists.
         *
         * @param kind   as above
         * @param reason as above
         * @param rules  as above
         * @param traces as above
         */
        public Shadow {
            requireNonNull(kind, "kind");
            requireNonNull(reason, "reason");
            rules = List.copyOf(rules);
            traces = List.copyOf(traces);
        }

        /** {@return whether any shadow rule would count, though the answer may be the same} */
        public boolean counts() {
            return traces.stream().anyMatch(RuleTrace::counts);
        }
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

        /** {@return whether the rule counts: it matched, or that is unknown and it tightens or narrows} */
        public boolean counts() {
            return match == Match.MATCHED || (match == Match.UNKNOWN && effect != Effect.ALLOW);
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
