package io.jitapproval.core.analysis;

import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import tools.jackson.databind.json.JsonMapper;

/** Generates policies over few attributes and values, so that rules overlap, contradict and cover each other. */
final class Drafts {

    static final List<String> PATHS = List.of(
            "subject.roles",
            "subject.id",
            "action.amount",
            "action.note",
            "resource.owner",
            "context.since",
            "context.ip",
            "context.born",
            "resource.tags");

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> ORDER = List.of("lessThan", "atMost", "moreThan", "atLeast");

    private final Random random;

    private Drafts(Random random) {
        this.random = random;
    }

    /** A policy as data, from which others can be made. */
    record Draft(Object byDefault, List<Map<String, Object>> rules) {

        PolicyText text() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("default", byDefault);
            document.put("rules", rules);
            document.put("calendars", Map.of("holidays", List.of("--12-25", "2027-01-01")));
            return new PolicyText("draft.json", MAPPER.writeValueAsString(document));
        }

        Policy policy() {
            return Policy.parse(text());
        }

        @Override
        public String toString() {
            return text().text();
        }
    }

    /** Two drafts, the second made from the first. */
    record Pair(Draft before, Draft after) {}

    static Arbitrary<Draft> any() {
        return Arbitraries.randomValue(random -> new Drafts(random).draft());
    }

    static Arbitrary<Pair> pairs() {
        return Arbitraries.randomValue(Drafts::pair);
    }

    static Pair pair(Random random) {
        Drafts drafts = new Drafts(random);
        Draft before = drafts.draft();
        return new Pair(before, drafts.changed(before));
    }

    static Draft draft(Random random) {
        return new Drafts(random).draft();
    }

    private Draft draft() {
        List<Map<String, Object>> rules = new ArrayList<>();
        int many = 1 + random.nextInt(4);
        for (int i = 0; i < many; i++) {
            rules.add(rule("r" + i));
        }
        Object byDefault = chance(4) ? Map.of("require-approval", approval()) : "deny";
        return new Draft(byDefault, rules);
    }

    /** With a rule more, less, or with another condition, effect or requirement. */
    private Draft changed(Draft draft) {
        List<Map<String, Object>> rules = new ArrayList<>(draft.rules());
        Object byDefault =
                chance(8) ? (chance(2) ? "deny" : Map.of("require-approval", approval())) : draft.byDefault();
        int changes = 1 + random.nextInt(2);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(rules.size());
            switch (random.nextInt(5)) {
                case 0 -> rules.add(rule("more" + i));
                case 1 -> {
                    if (rules.size() > 1) {
                        rules.remove(at);
                    }
                }
                case 2 -> rules.set(at, rule((String) rules.get(at).get("id")));
                default -> {
                    Map<String, Object> rule = new LinkedHashMap<>(rules.get(at));
                    rule.put("when", condition(1));
                    rules.set(at, rule);
                }
            }
        }
        return new Draft(byDefault, rules);
    }

    private Map<String, Object> rule(String id) {
        Map<String, Object> rule = new LinkedHashMap<>();
        String effect = one(List.of("deny", "require-approval", "require-approval", "auto-approve", "allow", "allow"));
        rule.put("id", id);
        rule.put("actions", List.of(one(List.of("pay.refund", "pay.*", "*", "pay.r*"))));
        rule.put("effect", effect);
        if (chance(5)) {
            rule.put("resources", List.of(one(List.of("order/*", "order/42", "ord*"))));
        }
        if (!chance(6)) {
            rule.put("when", condition(0));
        }
        if (effect.equals("require-approval")) {
            rule.put("approval", approval());
        }
        if (effect.equals("auto-approve") || (effect.equals("require-approval") && chance(3))) {
            rule.put("grant", Map.of("within", one(List.of("PT5M", "PT1H")), "uses", one(List.of(1, 3))));
        }
        if (chance(8)) {
            rule.put("expires", one(List.of("2026-12-01T00:00:00Z", "2027-03-01T00:00:00Z")));
        }
        if (chance(8)) {
            rule.put("obligations", List.of(Map.of("id", one(List.of("mask", "log")))));
        }
        return rule;
    }

    private Map<String, Object> approval() {
        Map<String, Object> approval = new LinkedHashMap<>();
        approval.put("by", Map.of(one(List.of("role", "group")), one(List.of("x", "y"))));
        approval.put("people", 1 + random.nextInt(2));
        if (chance(4)) {
            approval.put("autoApproval", "never");
        }
        return approval;
    }

    private Map<String, Object> condition(int depth) {
        Map<String, Object> condition = new LinkedHashMap<>();
        int entries = chance(2) ? 1 : 2;
        for (int i = 0; i < entries; i++) {
            switch (random.nextInt(depth < 2 ? 9 : 6)) {
                case 6 -> condition.put("all", List.of(condition(depth + 1), condition(depth + 1)));
                case 7 -> condition.put("any", List.of(condition(depth + 1), condition(depth + 1)));
                case 8 -> condition.put("not", condition(depth + 1));
                case 5 -> condition.put("time", window());
                default -> {
                    String path = one(PATHS);
                    condition.put(path, comparison(path));
                }
            }
        }
        return condition;
    }

    private Map<String, Object> window() {
        return one(List.of(
                Map.of("inside", "07:00-22:00"),
                Map.of("outside", "22:00-06:00", "zone", "Europe/Berlin"),
                Map.of("inside", "12:00-13:00", "days", List.of("MON", "SAT")),
                Map.of("days", List.of("SUN")),
                Map.of("inside", "22:00-06:00", "except", "holidays", "zone", "Europe/Berlin"),
                Map.of("on", "holidays")));
    }

    private Map<String, Object> comparison(String path) {
        Map<String, Object> comparison = new LinkedHashMap<>();
        boolean compares = chance(9);
        switch (path) {
            case "subject.roles" ->
                comparison.putAll(one(List.of(
                        Map.of("contains", one(List.of("A", "B"))),
                        Map.of("containsAny", List.of("A", "C")),
                        Map.of("containsAll", List.of("A", "B")),
                        Map.of("exists", chance(2)))));
            case "action.amount" ->
                comparison.put(chance(4) ? "equals" : one(ORDER), one(List.of(1, 2, new BigDecimal("2.50"), 3)));
            case "context.since" ->
                comparison.put(one(ORDER), one(List.of("2026-12-24T00:00:00Z", "2026-12-31T12:00:00Z")));
            case "context.ip" ->
                comparison.put(
                        one(List.of("inNetwork", "notInNetwork")),
                        one(List.of("10.0.0.0/8", List.of("10.1.0.0/16", "2001:db8::/32"), "::1", "0.0.0.0/0")));
            case "context.born" -> comparison.put(one(List.of("olderThan", "newerThan")), one(List.of("PT1H", "P30D")));
            case "resource.tags" ->
                comparison.putAll(one(List.of(
                        Map.of("containsNone", List.of("A", "B")),
                        Map.of("subsetOf", List.of("A", "B", 1)),
                        Map.of("every", Map.of("endsWith", "@bank")),
                        Map.of("some", Map.of("startsWith", "a", "notEquals", "a@bank")),
                        Map.of("some", Map.of("moreThan", 1)),
                        Map.of("sizeAtMost", 2),
                        Map.of("sizeEquals", 0),
                        Map.of("contains", "A"))));
            case "action.note" ->
                comparison.putAll(one(List.of(
                        Map.of("equals", compares ? Map.of("attribute", one(PATHS)) : one(List.of("ana", "A"))),
                        Map.of("in", List.of("ana", "A", 1)),
                        Map.of("startsWith", "an"),
                        Map.of("endsWith", one(List.of("a", "na"))),
                        Map.of("containsText", "n"),
                        Map.of("glob", one(List.of("a*a", "?n*", "*n?"))),
                        Map.of("regex", one(List.of("a.a", "[ab]+", "x{2,}y?"))),
                        Map.of("sizeAtLeast", 3))));
            default ->
                comparison.putAll(one(List.of(
                        Map.of("equals", compares ? Map.of("attribute", one(PATHS)) : one(List.of("ana", "A"))),
                        Map.of("notEquals", one(List.of("ana", "B"))),
                        Map.of("in", List.of("ana", "A", 1)),
                        Map.of("notIn", List.of("A", "B")))));
        }
        if (chance(6)) {
            comparison.put("ifAbsent", chance(2));
        }
        return comparison;
    }

    private boolean chance(int in) {
        return random.nextInt(in) == 0;
    }

    private <T> T one(List<? extends T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
