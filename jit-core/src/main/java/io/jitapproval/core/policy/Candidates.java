package io.jitapproval.core.policy;

import io.jitapproval.Effect;
import io.jitapproval.EvaluationRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules for one action name or one beginning of names, by effect, chained to those of the shorter beginnings. A rule
 * stands in a chain once.
 */
final class Candidates {

    private static final Rule[] NO_RULES = {};

    private final Rule[] deny;
    private final Rule[] require;
    private final Rule[] auto;
    private final Rule[] allow;
    /** Of the effects that have rules worth grouping. */
    private final Map<Effect, RuleGroups> groups;

    /** Whether one of the rules, here or wider, may look at the time. */
    private final boolean looksAtTime;

    /** What the conditions name, here and wider. */
    private final List<Attribute> named;

    private final @Nullable Candidates wider;
    private final boolean hasDeny;
    private final boolean hasRequire;
    private final boolean hasAllow;

    Candidates(List<Rule> rules, @Nullable Candidates wider, RuleGroup.Maker maker) {
        this.deny = of(rules, Effect.DENY);
        this.require = of(rules, Effect.REQUIRE_APPROVAL);
        this.auto = of(rules, Effect.AUTO_APPROVE);
        this.allow = of(rules, Effect.ALLOW);
        this.groups = rules.size() < RuleGroups.FEWEST ? Map.of() : groups(maker);
        this.looksAtTime =
                (wider != null && wider.looksAtTime) || !rules.stream().allMatch(rule -> Timeless.is(rule.spec()));
        this.named = NamedAttributes.of(rules, wider == null ? List.of() : wider.named);
        this.wider = wider;
        this.hasDeny = deny.length > 0 || (wider != null && wider.hasDeny);
        this.hasRequire = require.length > 0 || (wider != null && wider.hasRequire);
        this.hasAllow = allow.length > 0 || (wider != null && wider.hasAllow);
    }

    private Map<Effect, RuleGroups> groups(RuleGroup.Maker maker) {
        Map<Effect, RuleGroups> all = new EnumMap<>(Effect.class);
        for (Effect effect : Effect.values()) {
            RuleGroups some = RuleGroups.of(rules(effect), maker);
            if (some != null) {
                all.put(effect, some);
            }
        }
        return all;
    }

    private static Rule[] of(List<Rule> rules, Effect effect) {
        List<Rule> some = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.spec().effect() == effect) {
                some.add(rule);
            }
        }
        return some.isEmpty() ? NO_RULES : some.toArray(NO_RULES);
    }

    boolean looksAtTime() {
        return looksAtTime;
    }

    List<Attribute> named() {
        return named;
    }

    /** Whether there are such rules, here or wider: mostly there are none, and then nobody looks for them. */
    boolean deny() {
        return hasDeny;
    }

    boolean require() {
        return hasRequire;
    }

    boolean allow() {
        return hasAllow;
    }

    @Nullable
    Candidates wider() {
        return wider;
    }

    /** The rules of the effect that count, before those that are given. */
    @Nullable
    Hit hits(Effect effect, @Nullable Hit others, EvaluationRequest request, Instant now, AttributeLookup lookup) {
        RuleGroups grouped = groups.isEmpty() ? null : groups.get(effect);
        if (grouped != null) {
            return grouped.hits(others, request, now, lookup);
        }
        Hit hits = others;
        for (Rule rule : rules(effect)) {
            hits = rule.before(hits, request, now, lookup);
        }
        return hits;
    }

    Rule[] rules(Effect effect) {
        return switch (effect) {
            case DENY -> deny;
            case REQUIRE_APPROVAL -> require;
            case AUTO_APPROVE -> auto;
            case ALLOW -> allow;
        };
    }
}
