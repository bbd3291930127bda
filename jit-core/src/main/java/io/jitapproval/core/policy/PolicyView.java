package io.jitapproval.core.policy;

import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Requirement;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A policy, readable: its rules and conditions, and the engine's own tests and combining. For analysis. */
public final class PolicyView {

    private final Policy policy;
    private final List<RuleView> rules;

    public PolicyView(Policy policy) {
        this.policy = policy;
        this.rules = policy.rules().stream().map(RuleView::new).toList();
    }

    public Policy policy() {
        return policy;
    }

    /** The rules in the order of the document. */
    public List<RuleView> rules() {
        return rules;
    }

    /** Whom the default asks; empty if it denies. */
    public Optional<Requirement> defaultAsks() {
        return policy.otherwiseAsks();
    }

    /** The answer if these rules came out so, and every other rule did not match. */
    public Decision combined(Map<RuleView, Match> outcomes) {
        Map<Rule, Match> byRule = new HashMap<>();
        outcomes.forEach((view, match) -> byRule.put(view.rule, match));
        return policy.combined(byRule);
    }

    /** One rule. */
    public static final class RuleView {

        private final Rule rule;
        private final @Nullable ConditionView when;

        RuleView(Rule rule) {
            this.rule = rule;
            Condition condition = rule.spec().when();
            this.when = condition == null ? null : ConditionView.of(condition);
        }

        public String id() {
            return rule.spec().id();
        }

        public Effect effect() {
            return rule.spec().effect();
        }

        /** Exact names, and beginnings that end in a star. */
        public List<String> actions() {
            return rule.spec().actions();
        }

        /** {@code type/id}, or beginnings of it that end in a star; empty means any. */
        public List<String> resources() {
            return rule.spec().resources().stream()
                    .map(ResourcePattern::toString)
                    .toList();
        }

        /** Null means always. */
        public @Nullable ConditionView when() {
            return when;
        }

        public String because() {
            return rule.spec().because();
        }

        public Optional<Requirement> requirement() {
            return rule.spec().requirement();
        }

        /** What the rule does, field by field, each equal for fields that do the same. */
        public Map<String, String> meaning() {
            Map<String, String> meaning = new LinkedHashMap<>();
            meaning.put("actions", new TreeSet<>(actions()).toString());
            meaning.put("resources", new TreeSet<>(resources()).toString());
            meaning.put("when", when == null ? "" : ConditionView.key(when));
            meaning.put("effect", effect().word());
            meaning.put("approval or grant", requirement().toString());
            return meaning;
        }

        /** What the rule says for people alone, field by field. */
        public Map<String, String> words() {
            return Map.of("because", because());
        }

        /** What becomes of the rule for a request whose action it names. */
        public Match test(EvaluationRequest request, Instant now, AttributeLookup lookup) {
            return rule.test(request, now, lookup, null);
        }

        /** Whether the request's resource is one of those of the rule. */
        public boolean isOn(EvaluationRequest request) {
            return rule.spec().resources().isEmpty()
                    || rule.spec().resources().stream().anyMatch(pattern -> pattern.matches(request.resource()));
        }
    }
}
