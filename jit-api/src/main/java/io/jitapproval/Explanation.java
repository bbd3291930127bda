package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a decision came out as it did, produced by the evaluation itself.
 *
 * <p>The explanation inside a {@link Decision} lists the rules that decided; the one of {@link
 * JitGuard#explain(EvaluationRequest)}, and that of a refusal, lists every rule for the action, with the comparisons that were
 * looked at.
 *
 * @param rules      what became of the rules, in the document's order; without shadow rules, which never count
 * @param attributes what was fetched from outside for this evaluation, in the order of fetching; empty in a decision's own
 *                   explanation
 * @param shadow     what the answer would be if shadow rules counted; empty where no shadow rule would, and in an explanation
 *                   that lists every rule where there is none for the action
 */
public record Explanation(List<RuleTrace> rules, List<AttributeTrace> attributes, Optional<Shadow> shadow) {

    /** Says nothing: no rule was looked at. */
    public static final Explanation NONE = new Explanation(List.of());

    /**
     * Checks that everything is there and copies the lists.
     *
     * @param rules      as above
     * @param attributes as above
     * @param shadow     as above
     */
    public Explanation {
        rules = List.copyOf(rules);
        attributes = List.copyOf(attributes);
        requireNonNull(shadow, "shadow");
    }

    /**
     * An explanation where nothing was fetched and no shadow rule would count.
     *
     * @param rules as above
     */
    public Explanation(List<RuleTrace> rules) {
        this(rules, List.of(), Optional.empty());
    }

    /**
     * The rules that came nearest to matching: those that did not, but of which a comparison was looked at. The one of which most
     * comparisons held comes first; where they are equal, in the document's order.
     *
     * @return the rules; empty in a decision's own explanation
     */
    public List<RuleTrace> nearest() {
        return rules.stream()
                .filter(rule ->
                        rule.match() == Match.NOT_MATCHED && rule.failed().isPresent())
                .sorted(Comparator.comparing(RuleTrace::held).reversed())
                .toList();
    }

    /**
     * What was unknown, and what that did: the rules of which a comparison could not be told, by the attribute that was compared.
     *
     * @return the rules by attribute, in the order of the rules; {@link RuleTrace#counts()} says of each whether it counted
     *         nevertheless
     */
    public Map<String, List<RuleTrace>> unknown() {
        Map<String, List<RuleTrace>> unknown = new LinkedHashMap<>();
        for (RuleTrace rule : rules) {
            if (rule.match() == Match.UNKNOWN) {
                rule.comparisons().stream()
                        .filter(comparison -> comparison.match() == Match.UNKNOWN)
                        .map(ComparisonTrace::attribute)
                        .distinct()
                        .forEach(attribute -> unknown.computeIfAbsent(attribute, any -> new ArrayList<>())
                                .add(rule));
            }
        }
        return Collections.unmodifiableMap(unknown);
    }

    /**
     * An attribute that the request lacked and that was looked for elsewhere.
     *
     * @param attribute the attribute, such as {@code context.risk}
     * @param source    the name of the resolver that answered or failed; empty if none knew the attribute
     * @param at        when the value was true, where the resolver says so
     * @param known     whether there is a value
     * @param text      the value for people, or what is wrong with it, such as {@code is missing}; a sensitive value reads {@code
     *                  hidden}
     */
    public record AttributeTrace(String attribute, String source, Optional<Instant> at, boolean known, String text) {

        /**
         * Checks that everything is there.
         *
         * @param attribute as above
         * @param source    as above
         * @param at        as above
         * @param known     as above
         * @param text      as above
         */
        public AttributeTrace {
            requireNonNull(attribute, "attribute");
            requireNonNull(source, "source");
            requireNonNull(at, "at");
            requireNonNull(text, "text");
        }
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
     * @param comparisons the comparisons that were looked at, in order; in a decision's own explanation none, but that a shadow
     *                    rule {@code could not be evaluated}
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

        /** {@return the first comparison that failed, if one did} */
        public Optional<ComparisonTrace> failed() {
            return comparisons.stream()
                    .filter(comparison -> comparison.match() == Match.NOT_MATCHED)
                    .findFirst();
        }

        /** {@return how many of the comparisons that were looked at hold} */
        public long held() {
            return comparisons.stream()
                    .filter(comparison -> comparison.match() == Match.MATCHED)
                    .count();
        }

        /** {@return whether the rule counts: it matched, or that is unknown and it tightens or narrows} */
        public boolean counts() {
            return match == Match.MATCHED || (match == Match.UNKNOWN && effect != Effect.ALLOW);
        }
    }

    /**
     * What became of one comparison.
     *
     * @param attribute the attribute that was compared, such as {@code action.amount}; empty where a shadow rule could not be
     *                  evaluated
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
