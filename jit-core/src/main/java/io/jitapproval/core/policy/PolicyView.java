package io.jitapproval.core.policy;

import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Obligation;
import io.jitapproval.Requirement;
import io.jitapproval.core.document.Node.Place;
import java.time.Instant;
import java.util.ArrayList;
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
        List<RuleView> views = new ArrayList<>();
        for (RuleSpec spec : policy.rules()) {
            views.add(new RuleView(new Rule(views.size(), spec, policy.version())));
        }
        this.rules = List.copyOf(views);
    }

    public Policy policy() {
        return policy;
    }

    /** The rules in the order of the document. */
    public List<RuleView> rules() {
        return rules;
    }

    /** Whether the rule is one of this policy's. */
    public boolean has(RuleView rule) {
        return rule.rule.position() < rules.size() && rules.get(rule.rule.position()) == rule;
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

        /** The origin of its document. */
        public String origin() {
            return rule.spec().origin().document();
        }

        /** Where in its document it begins. */
        public Place place() {
            return rule.spec().origin().place();
        }

        /** Whether it never counts. */
        public boolean isShadow() {
            return rule.spec().mode() == RuleSpec.Mode.SHADOW;
        }

        /** From when on it exists; null means from ever. */
        public @Nullable Instant notBefore() {
            RuleSpec.Validity validity = rule.spec().validity();
            return validity == null ? null : validity.notBefore();
        }

        /** From when on it exists no more; null means for ever. */
        public @Nullable Instant expires() {
            RuleSpec.Validity validity = rule.spec().validity();
            return validity == null ? null : validity.expires();
        }

        public boolean isValid(Instant now) {
            RuleSpec.Validity validity = rule.spec().validity();
            return validity == null || validity.contains(now);
        }

        public List<Obligation> obligations() {
            return rule.spec().obligations();
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
            requirement().ifPresent(asked -> {
                meaning.put(
                        "approval",
                        asked.stages() + " " + asked.decideWithin() + " " + asked.reason() + " " + asked.ticket() + " "
                                + asked.votes() + " " + asked.closedToMachines());
                meaning.put("grant", asked.grant() + " " + asked.useWithin());
            });
            meaning.put("notBefore", String.valueOf(notBefore()));
            meaning.put("expires", String.valueOf(expires()));
            meaning.put("mode", String.valueOf(rule.spec().mode()));
            meaning.put("obligations", obligations().toString());
            meaning.put("audit", rule.spec().audit().toPlainString());
            return meaning;
        }

        /** What the rule says for people alone, field by field. */
        public Map<String, String> words() {
            RuleSpec.About about = rule.spec().about();
            Map<String, String> words = new LinkedHashMap<>();
            words.put("because", about.because());
            words.put("owner", String.valueOf(about.owner()));
            words.put("ticket", String.valueOf(about.ticket()));
            words.put("risk", String.valueOf(about.risk()));
            return words;
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
