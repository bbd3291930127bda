package io.jitapproval.core.analysis;

import io.jitapproval.core.analysis.PolicyDiff.Change;
import io.jitapproval.core.analysis.PolicyDiff.Kind;
import io.jitapproval.core.analysis.PolicyDiff.Side;
import io.jitapproval.core.analysis.PolicyDiff.Step;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.core.policy.PolicyView;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares two policies, rule by rule. */
final class Differ {

    private final PolicyView before;
    private final PolicyView after;
    private final Present present;
    private final UnaryOperator<Space> view;
    private final ActionMap actions;
    private final Map<String, RuleView> old = new LinkedHashMap<>();
    private final Map<String, RuleView> young = new LinkedHashMap<>();
    private final Map<String, Space> spaces = new HashMap<>();

    Differ(Policy before, Policy after, Instant at) {
        this(before, after, at, UnaryOperator.identity());
    }

    /** With another view of each space, for the broken twins of tests. */
    Differ(Policy before, Policy after, Instant at, UnaryOperator<Space> view) {
        this.view = view;
        this.before = new PolicyView(before);
        this.after = new PolicyView(after);
        this.present = new Present(at);
        this.before.rules().forEach(rule -> old.put(rule.id(), rule));
        this.after.rules().forEach(rule -> young.put(rule.id(), rule));
        this.actions = new ActionMap(Stream.concat(old.values().stream(), young.values().stream())
                .filter(rule -> !rule.isShadow())
                .toList());
    }

    PolicyDiff diff() {
        List<Change> changes = new ArrayList<>();
        if (!before.defaultAsks().equals(after.defaultAsks())) {
            changes.add(change(Kind.CHANGED, "", List.of("default"), null, null));
        }
        Set<String> ids = new TreeSet<>(old.keySet());
        ids.addAll(young.keySet());
        for (String id : ids) {
            rule(id, old.get(id), young.get(id), changes);
        }
        Set<String> patterns = new LinkedHashSet<>();
        for (Change change : changes) {
            patterns.addAll(patterns(old.get(change.rule()), young.get(change.rule())));
        }
        return new PolicyDiff(
                before.policy().version(),
                after.policy().version(),
                changes,
                !common(old, young).equals(common(young, old)),
                over(changes.stream().map(Change::easier).toList(), patterns, true),
                over(changes.stream().map(Change::harder).toList(), patterns, false));
    }

    /** The ids that are in both, in the order of the first. */
    private static List<String> common(Map<String, RuleView> rules, Map<String, RuleView> others) {
        return rules.keySet().stream().filter(others::containsKey).toList();
    }

    private void rule(String id, @Nullable RuleView was, @Nullable RuleView is, List<Change> changes) {
        if (was == null || is == null) {
            changes.add(change(was == null ? Kind.ADDED : Kind.REMOVED, id, List.of(), was, is));
            return;
        }
        List<String> meaning = differences(was.meaning(), is.meaning());
        List<String> words = differences(was.words(), is.words());
        List<String> all = Stream.concat(meaning.stream(), words.stream()).toList();
        if (!meaning.isEmpty()) {
            changes.add(change(Kind.CHANGED, id, all, was, is));
        } else if (!words.isEmpty()) {
            changes.add(new Change(Kind.TEXT, id, all, Side.NONE, Side.NONE));
        }
    }

    private static List<String> differences(Map<String, String> was, Map<String, String> is) {
        return Stream.concat(was.keySet().stream(), is.keySet().stream())
                .distinct()
                .filter(field -> !Objects.equals(was.get(field), is.get(field)))
                .toList();
    }

    private Change change(Kind kind, String id, List<String> fields, @Nullable RuleView was, @Nullable RuleView is) {
        RuleView counted = was == null || was.isShadow() ? null : was;
        RuleView counts = is == null || is.isShadow() ? null : is;
        boolean isNothing = !id.isEmpty() && counted == null && counts == null;
        return isNothing
                ? new Change(kind, id, fields, Side.NONE, Side.NONE)
                : new Change(kind, id, fields, side(counted, counts, true), side(counted, counts, false));
    }

    private Side side(@Nullable RuleView was, @Nullable RuleView is, boolean easier) {
        Set<String> patterns = patterns(was, is);
        Side any =
                look(patterns, rules -> ChangeGoal.by(before, after, rules, was, is, easier, ChangeGoal.Cause.EITHER));
        if (any.state() != PolicyDiff.State.FOUND) {
            return any;
        }
        Side clear =
                look(patterns, rules -> ChangeGoal.by(before, after, rules, was, is, easier, ChangeGoal.Cause.BOTH));
        return clear.state() == PolicyDiff.State.FOUND ? clear : any;
    }

    /** The actions that a change is about; those of the default are all. */
    private static Set<String> patterns(@Nullable RuleView was, @Nullable RuleView is) {
        Set<String> patterns = new LinkedHashSet<>();
        if (was != null) {
            patterns.addAll(was.actions());
        }
        if (is != null) {
            patterns.addAll(is.actions());
        }
        return patterns.isEmpty() ? Set.of("*") : patterns;
    }

    /** Looks at one action after the other. */
    private Side look(Set<String> patterns, Function<List<RuleView>, ChangeGoal> goal) {
        ActionMap.Names names = actions.names(patterns);
        String unknown = names.inexact();
        for (Map.Entry<String, List<RuleView>> each : names.byName().entrySet()) {
            List<RuleView> rules = each.getValue();
            Space space = spaces.computeIfAbsent(each.getKey(), name -> view.apply(Space.of(name, rules, present)));
            Search.Result<Step> result = Search.find(space, rules, goal.apply(rules));
            if (result.found().isPresent()) {
                return Side.found(result.found().get());
            }
            unknown = result.unknown() != null ? result.unknown() : unknown;
        }
        return unknown == null ? Side.NONE : Side.undecided(unknown);
    }

    /** Over all changes; where none does it by itself, they may do it together. */
    private Side over(List<Side> sides, Set<String> patterns, boolean easier) {
        for (Side side : sides) {
            if (side.state() == PolicyDiff.State.FOUND) {
                return side;
            }
        }
        return sides.isEmpty() ? Side.NONE : look(patterns, rules -> ChangeGoal.byAny(before, after, rules, easier));
    }
}
