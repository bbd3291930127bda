package io.jitapproval.core.analysis;

import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.Explanation.Match;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.policy.PolicyView;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks for rules that do nothing, by searching for requests on which they do something. */
final class RuleChecks {

    private final Lint lint;
    private final PolicyView policy;
    private final List<RuleView> enforced;
    private final ActionMap actions;
    private final Map<String, Space> spaces = new HashMap<>();

    RuleChecks(Lint lint) {
        this.lint = lint;
        this.policy = lint.policy();
        this.enforced = policy.rules().stream().filter(rule -> !rule.isShadow()).toList();
        this.actions = new ActionMap(enforced);
    }

    void look() {
        Set<RuleView> left = new LinkedHashSet<>(enforced);
        List<RuleView> backwards = new ArrayList<>(policy.rules());
        Collections.reverse(backwards);
        for (RuleView rule : backwards) {
            if (matches(rule) && left.contains(rule) && isDecidedByOthers(rule, left)) {
                left.remove(rule);
            }
        }
        enforced.stream()
                .filter(rule -> rule.effect() == Effect.ALLOW && left.contains(rule))
                .forEach(this::overlap);
    }

    /** Whether the rule can match; if not, that is told, but for rules whose time is over, which is told elsewhere. */
    private boolean matches(RuleView rule) {
        Instant expires = rule.expires();
        if (expires != null && !expires.isAfter(lint.at())) {
            return false;
        }
        Search.Result<Example> result = search(rule, true, new Outcome(rule, Match.MATCHED));
        if (result.found().isPresent() || result.unknown() != null) {
            return true;
        }
        Optional<Example> unknown = Optional.empty();
        String still = "";
        if (rule.effect() != Effect.ALLOW) {
            unknown = search(rule, true, new Outcome(rule, Match.UNKNOWN)).found();
            still = unknown.isPresent() ? "; it only counts where an attribute is missing or cannot be compared" : "";
        }
        lint.add(
                Check.NEVER_MATCHES,
                rule,
                "when",
                "the rule " + Words.quote(rule.id()) + " can never match: what it asks for excludes itself" + still,
                "mend its condition, or take the rule out",
                unknown.orElse(null));
        return false;
    }

    private <T> Search.Result<T> search(RuleView rule, boolean alone, Search.Goal<T> goal) {
        ActionMap.Names names = actions.names(rule.actions());
        String unknown = names.inexact();
        for (Map.Entry<String, List<RuleView>> each : names.byName().entrySet()) {
            List<RuleView> rules = alone ? List.of(rule) : each.getValue();
            Space space = alone
                    ? lint.space(each.getKey(), rules)
                    : spaces.computeIfAbsent(each.getKey(), name -> lint.space(name, rules));
            Search.Result<T> result = Search.find(space, rules, goal);
            if (result.found().isPresent()) {
                return result;
            }
            unknown = result.unknown() != null ? result.unknown() : unknown;
        }
        return new Search.Result<>(Optional.empty(), unknown);
    }

    private boolean isDecidedByOthers(RuleView rule, Set<RuleView> left) {
        Search.Result<Example> result = search(rule, false, new Difference(rule, left));
        if (result.found().isPresent() || result.unknown() != null) {
            return false;
        }
        Optional<Example> match = search(rule, false, new Clear(rule, left, false))
                .found()
                .or(() -> search(rule, false, new Clear(rule, left, true)).found())
                .or(() -> search(rule, false, new Outcome(rule, Match.MATCHED)).found());
        if (match.isEmpty()) {
            return false;
        }
        Decision decision = policy.combined(outcomes(match.get(), left, rule));
        String others = decision.rules().isEmpty()
                ? "the default"
                : "the rule" + (decision.rules().size() > 1 ? "s " : " ") + String.join(", ", decision.rules());
        lint.add(
                Check.DECIDED_BY_OTHERS,
                rule,
                null,
                "the rule " + Words.quote(rule.id()) + " changes no answer: where it matches, " + others + " decide"
                        + (decision.rules().size() > 1 ? "" : "s"),
                "take it out, or narrow the others",
                match.get());
        return true;
    }

    private Map<RuleView, Match> outcomes(Example example, Set<RuleView> rules, @Nullable RuleView without) {
        Map<RuleView, Match> outcomes = new HashMap<>();
        for (RuleView rule : actions.rules(example.request().action().name())) {
            if (rules.contains(rule) && rule != without) {
                outcomes.put(rule, rule.test(example.request(), example.time(), example.lookup()));
            }
        }
        return outcomes;
    }

    private void overlap(RuleView allow) {
        search(allow, false, new Overlap(allow)).found().ifPresent(example -> {
            List<String> asking = example.under(policy.policy()).rules();
            lint.add(
                    Check.OVERLAP,
                    allow,
                    null,
                    "the rule " + Words.quote(allow.id()) + " allows what " + String.join(", ", asking)
                            + " asks people for: there it does nothing",
                    "if people shall be asked, nothing is to be done; else narrow " + String.join(", ", asking),
                    example);
        });
    }

    /** A request on which a rule comes out in one way. */
    private record Outcome(RuleView rule, Match match) implements Search.Goal<Example> {

        @Override
        public @Nullable List<RuleView> open(Map<RuleView, Integer> masks) {
            return (masks.getOrDefault(rule, Masks.NO) & Masks.of(match)) == 0 ? null : List.of(rule);
        }

        @Override
        public boolean isReached(Map<RuleView, Match> outcomes) {
            return outcomes.get(rule) == match;
        }

        @Override
        public Optional<Example> confirm(Example example) {
            Match seen = rule.test(example.request(), example.time(), example.lookup());
            return seen == match ? Optional.of(example) : Optional.empty();
        }
    }

    /** A request that the rule matches, on which nothing is unknown, and which is denied or not. */
    private final class Clear implements Search.Goal<Example> {

        private final RuleView rule;
        private final Set<RuleView> left;
        private final boolean denied;

        Clear(RuleView rule, Set<RuleView> left, boolean denied) {
            this.rule = rule;
            this.left = left;
            this.denied = denied;
        }

        @Override
        public @Nullable List<RuleView> open(Map<RuleView, Integer> masks) {
            boolean possible = (masks.getOrDefault(rule, Masks.NO) & Masks.YES) != 0;
            List<RuleView> open = new ArrayList<>(List.of(rule));
            for (Map.Entry<RuleView, Integer> each : masks.entrySet()) {
                if (left.contains(each.getKey())) {
                    possible &= each.getValue() != Masks.UNKNOWN;
                    open.add(each.getKey());
                }
            }
            return possible ? open : null;
        }

        @Override
        public boolean isReached(Map<RuleView, Match> outcomes) {
            Map<RuleView, Match> some = new HashMap<>(outcomes);
            some.keySet().retainAll(left);
            return outcomes.get(rule) == Match.MATCHED
                    && !some.containsValue(Match.UNKNOWN)
                    && (policy.combined(some).kind() == Decision.Kind.DENY) == denied;
        }

        @Override
        public Optional<Example> confirm(Example example) {
            return isReached(outcomes(example, left, null)) ? Optional.of(example) : Optional.empty();
        }
    }

    /** A request that fares differently without the rule. */
    private final class Difference implements Search.Goal<Example> {

        private final RuleView rule;
        private final Set<RuleView> left;
        private final Set<RuleView> others;

        Difference(RuleView rule, Set<RuleView> left) {
            this.rule = rule;
            this.left = left;
            this.others = new HashSet<>(left);
            others.remove(rule);
        }

        @Override
        public @Nullable List<RuleView> open(Map<RuleView, Integer> masks) {
            World world =
                    new World(masks.keySet().stream().filter(others::contains).toList(), masks);
            if (!world.mayCount(rule) || isSilent(world)) {
                return null;
            }
            List<RuleView> open = new ArrayList<>();
            if (!Masks.isOne(world.mask(rule))) {
                open.add(rule);
            }
            open.addAll(world.open());
            return open;
        }

        /** Whether others count that leave the rule nothing to say. */
        private boolean isSilent(World world) {
            Effect effect = rule.effect();
            boolean same = rule.obligations().isEmpty();
            return (world.any(Effect.DENY) && (same || effect != Effect.DENY))
                    || (effect == Effect.ALLOW
                            && (world.any(Effect.REQUIRE_APPROVAL) || (same && world.any(Effect.ALLOW))));
        }

        @Override
        public boolean isReached(Map<RuleView, Match> outcomes) {
            Map<RuleView, Match> with = new HashMap<>(outcomes);
            with.keySet().retainAll(left);
            Map<RuleView, Match> without = new HashMap<>(with);
            without.remove(rule);
            return !isSame(policy.combined(with), policy.combined(without));
        }

        @Override
        public Optional<Example> confirm(Example example) {
            Map<RuleView, Match> with = outcomes(example, left, null);
            Map<RuleView, Match> without = outcomes(example, left, rule);
            return isSame(policy.combined(with), policy.combined(without)) ? Optional.empty() : Optional.of(example);
        }

        private static boolean isSame(Decision a, Decision b) {
            return a.reason() == b.reason()
                    && Ease.of(a, b) == Ease.SAME
                    && new HashSet<>(a.obligations()).equals(new HashSet<>(b.obligations()));
        }
    }

    /** A request that one rule allows and others ask people for. */
    private final class Overlap implements Search.Goal<Example> {

        private final RuleView allow;

        Overlap(RuleView allow) {
            this.allow = allow;
        }

        @Override
        public @Nullable List<RuleView> open(Map<RuleView, Integer> masks) {
            World world = new World(List.copyOf(masks.keySet()), masks);
            if (!world.mayCount(allow) || world.any(Effect.DENY)) {
                return null;
            }
            List<RuleView> open = new ArrayList<>();
            if (!Masks.isOne(world.mask(allow))) {
                open.add(allow);
            }
            open.addAll(world.open());
            return open;
        }

        @Override
        public boolean isReached(Map<RuleView, Match> outcomes) {
            return outcomes.get(allow) == Match.MATCHED
                    && asks(policy.combined(outcomes))
                    && outcomes.entrySet().stream()
                            .noneMatch(each -> each.getKey().effect() == Effect.REQUIRE_APPROVAL
                                    && each.getValue() == Match.UNKNOWN);
        }

        @Override
        public Optional<Example> confirm(Example example) {
            boolean allowed = allow.test(example.request(), example.time(), example.lookup()) == Match.MATCHED;
            return allowed && asks(example.under(policy.policy())) ? Optional.of(example) : Optional.empty();
        }

        private static boolean asks(Decision decision) {
            return decision.kind() == Decision.Kind.APPROVAL_REQUIRED
                    && !decision.rules().isEmpty();
        }
    }
}
