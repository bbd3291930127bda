package io.jitapproval.core.policy;

import io.jitapproval.Effect;
import java.util.ArrayList;
import java.util.List;
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
    private final @Nullable Candidates wider;

    Candidates(List<Rule> rules, @Nullable Candidates wider) {
        this.deny = of(rules, Effect.DENY);
        this.require = of(rules, Effect.REQUIRE_APPROVAL);
        this.auto = of(rules, Effect.AUTO_APPROVE);
        this.allow = of(rules, Effect.ALLOW);
        this.wider = wider;
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

    @Nullable
    Candidates wider() {
        return wider;
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
