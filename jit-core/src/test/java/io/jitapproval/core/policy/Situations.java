package io.jitapproval.core.policy;

import io.jitapproval.core.policy.Situation.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Generates situations in which much matches much: few names, few values, every operator. */
final class Situations {

    private static final List<String> PATTERNS = List.of("pay.refund", "pay.payout", "db.read", "pay.*", "pay.r*", "*");

    private final Choices choices;
    private final Conditions conditions;

    private Situations(Choices choices, boolean absence) {
        this.choices = choices;
        this.conditions = new Conditions(choices, absence);
    }

    static Arbitrary<Situation> any() {
        return Arbitraries.randomValue(random -> situation(random, true));
    }

    static Arbitrary<Situation> silentOnAbsence() {
        return Arbitraries.randomValue(random -> situation(random, false));
    }

    /** With or without conditions that say what absence means. */
    static Situation situation(Random random, boolean absence) {
        Choices choices = Choices.random(random);
        Question question = new Questions(choices).question();
        return policy(choices, absence).asked(question);
    }

    /** A policy whose question is not yet asked. */
    static Situation policy(Choices choices, boolean absence) {
        return new Situations(choices, absence).policy();
    }

    /** One more rule, of one of these effects. */
    static Map<String, Object> rule(Random random, String id, List<String> effects) {
        return new Situations(Choices.random(random), true).rule(id, effects);
    }

    private Situation policy() {
        List<Map<String, Object>> rules = new ArrayList<>();
        Object byDefault = choices.one(List.of("deny", Map.of("require-approval", approval())));
        Map<String, Object> definitions = conditions.definitions();
        while (rules.size() < 5 && choices.below(4) > 0) {
            rules.add(rule(
                    "r" + rules.size(),
                    List.of("deny", "require-approval", "require-approval", "auto-approve", "auto-approve", "allow")));
        }
        return new Situation(byDefault, rules, definitions, Situation.NOTHING_ASKED);
    }

    private Map<String, Object> rule(String id, List<String> effects) {
        Map<String, Object> rule = new LinkedHashMap<>();
        String effect = choices.one(effects);
        rule.put("id", id);
        rule.put(
                "actions",
                choices.chance(3)
                        ? List.of(choices.one(PATTERNS), choices.one(PATTERNS))
                        : List.of(choices.one(PATTERNS)));
        rule.put("effect", effect);
        if (choices.chance(4)) {
            rule.put(
                    "resources",
                    List.of(choices.one(List.of("order/*", "order/42", "*", "ord*", "invoice/*", "order/421"))));
        }
        if (!choices.chance(5)) {
            rule.put("when", conditions.condition(0));
        }
        if (effect.equals("require-approval")) {
            rule.put("approval", approval());
        }
        if ((effect.equals("require-approval") || effect.equals("auto-approve")) && !choices.chance(3)) {
            rule.put("grant", grant());
        }
        return rule;
    }

    private Map<String, Object> approval() {
        Map<String, Object> approval = new LinkedHashMap<>();
        Map<String, String> one =
                Map.of(choices.one(List.of("role", "group", "person")), choices.one(List.of("x", "y")));
        approval.put("by", choices.chance(4) ? List.of(one, Map.of("role", "z")) : one);
        maybe(approval, "people", List.of(1, 2, 3));
        maybe(approval, "decideWithin", List.of("PT10M", "PT2H", "P1D"));
        maybe(approval, "reason", List.of("required", "optional"));
        maybe(approval, "autoApproval", List.of("never", "allowed", "allowed"));
        return approval;
    }

    private Map<String, Object> grant() {
        Map<String, Object> grant = new LinkedHashMap<>();
        maybe(grant, "within", List.of("PT5M", "PT1H", "P1D"));
        maybe(grant, "uses", List.of(1, 2, 10));
        maybe(grant, "scope", List.of("exact", "resource", "action"));
        maybe(grant, "useWithin", List.of("PT1M", "PT30M"));
        maybe(grant, "from", List.of("approval", "first-use"));
        return grant;
    }

    private void maybe(Map<String, Object> map, String key, List<?> values) {
        if (choices.chance(2)) {
            map.put(key, choices.one(values));
        }
    }
}
