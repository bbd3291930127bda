package io.jitapproval.core.analysis;

import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.Explanation.Match;
import io.jitapproval.core.analysis.PolicyDiff.Step;
import io.jitapproval.core.policy.PolicyView;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request that became easier, or harder, by the change of one rule, or of the default if there is no rule. */
final class ChangeGoal implements Search.Goal<Step> {

    /** What the change of the rule has to do with it. */
    enum Cause {
        /** It does it alone, and the other changes without it would not. */
        BOTH,
        /** One of the two. */
        EITHER,
        /** Nothing: whatever change does it. */
        ANY
    }

    private final PolicyView before;
    private final PolicyView after;
    private final List<RuleView> old;
    private final List<RuleView> young;
    private final @Nullable RuleView was;
    private final @Nullable RuleView is;
    private final boolean easier;
    private final Cause cause;
    private final List<RuleView> oldWithChange;
    private final List<RuleView> youngWithoutChange;

    /** By whatever change. */
    static ChangeGoal byAny(PolicyView before, PolicyView after, List<RuleView> rules, boolean easier) {
        return new ChangeGoal(before, after, rules, null, null, easier, Cause.ANY);
    }

    /** By the change of this rule, or of the default. Among the rules for one action, of both policies. */
    static ChangeGoal by(
            PolicyView before,
            PolicyView after,
            List<RuleView> rules,
            @Nullable RuleView was,
            @Nullable RuleView is,
            boolean easier,
            Cause cause) {
        return new ChangeGoal(before, after, rules, was, is, easier, cause);
    }

    private ChangeGoal(
            PolicyView before,
            PolicyView after,
            List<RuleView> rules,
            @Nullable RuleView was,
            @Nullable RuleView is,
            boolean easier,
            Cause cause) {
        this.before = before;
        this.after = after;
        this.old = rules.stream().filter(before::has).toList();
        this.young = rules.stream().filter(after::has).toList();
        this.was = was;
        this.is = is;
        this.easier = easier;
        this.cause = cause;
        this.oldWithChange = changed(old, was, is);
        this.youngWithoutChange = changed(young, is, was);
    }

    private static List<RuleView> changed(List<RuleView> rules, @Nullable RuleView less, @Nullable RuleView more) {
        List<RuleView> changed = new ArrayList<>(rules);
        changed.remove(less);
        if (more != null) {
            changed.add(more);
        }
        return changed;
    }

    @Override
    public @Nullable List<RuleView> open(Map<RuleView, Integer> masks) {
        World past = new World(old, masks);
        World present = new World(young, masks);
        if ((easier ? present : past).any(Effect.DENY) || !canContribute(past, present)) {
            return null;
        }
        Set<RuleView> open = new LinkedHashSet<>();
        if (was != null && !Masks.isOne(past.mask(was))) {
            open.add(was);
        }
        if (is != null && !Masks.isOne(present.mask(is))) {
            open.add(is);
        }
        open.addAll(past.open());
        open.addAll(present.open());
        open.addAll(new World(oldWithChange, masks).open());
        open.addAll(new World(youngWithoutChange, masks).open());
        return new ArrayList<>(open);
    }

    /** Whether the rule may still do something else in one policy than in the other, and that in the wanted direction. */
    private boolean canContribute(World past, World present) {
        if (was == null && is == null) {
            return true;
        }
        boolean mayPast = was != null && past.mayCount(was);
        boolean mayPresent = is != null && present.mayCount(is);
        if (!mayPast && !mayPresent) {
            return false;
        }
        boolean mustPast = was != null && past.counts(was);
        boolean mustPresent = is != null && present.counts(is);
        if (onlyWith(Effect.ALLOW)) {
            return easier ? mayPresent && !mustPast : mayPast && !mustPresent;
        }
        if (onlyWith(Effect.DENY)) {
            return easier ? mayPast && !mustPresent : mayPresent && !mustPast;
        }
        return true;
    }

    private boolean onlyWith(Effect effect) {
        return (was == null || was.effect() == effect) && (is == null || is.effect() == effect);
    }

    @Override
    public boolean isReached(Map<RuleView, Match> outcomes) {
        Decision past = before.combined(only(old, outcomes));
        Decision present = after.combined(only(young, outcomes));
        return isSo(past, present) && isCause(past, present, outcomes);
    }

    private static Map<RuleView, Match> only(List<RuleView> rules, Map<RuleView, Match> outcomes) {
        Map<RuleView, Match> some = new HashMap<>();
        rules.forEach(rule -> some.put(rule, outcomes.getOrDefault(rule, Match.NOT_MATCHED)));
        return some;
    }

    @Override
    public Optional<Step> confirm(Example example) {
        Map<RuleView, Match> outcomes = new HashMap<>();
        old.forEach(rule -> outcomes.put(rule, rule.test(example.request(), example.time(), example.lookup())));
        young.forEach(rule -> outcomes.put(rule, rule.test(example.request(), example.time(), example.lookup())));
        Step step = new Step(example, example.under(before.policy()), example.under(after.policy()));
        boolean confirmed = isSo(step.before(), step.after()) && isCause(step.before(), step.after(), outcomes);
        return confirmed ? Optional.of(step) : Optional.empty();
    }

    private boolean isSo(Decision past, Decision present) {
        Ease ease = Ease.of(past, present);
        return easier ? ease.isEasier() : ease.isHarder();
    }

    private boolean isCause(Decision past, Decision present, Map<RuleView, Match> outcomes) {
        if (cause == Cause.ANY) {
            return true;
        }
        if (was == null && is == null) {
            return past.rules().isEmpty() && present.rules().isEmpty();
        }
        boolean alone = isSo(past, before.combined(only(oldWithChange, outcomes)));
        boolean needed = isSo(after.combined(only(youngWithoutChange, outcomes)), present);
        return cause == Cause.BOTH ? alone && needed : alone || needed;
    }
}
