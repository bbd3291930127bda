package io.jitapproval.core.cases;

import io.jitapproval.Decision;
import io.jitapproval.GrantTerms;
import io.jitapproval.Obligation;
import io.jitapproval.Requirement;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.core.policy.PolicyView;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A policy, people and a question at random, in which much matches much; and the case that expects what the engine answers.
 *
 * @param policy the policy's document
 * @param test   the document of tests, whose one case expects nothing but a decision
 */
record Sketch(Map<String, Object> policy, Map<String, Object> test) {

    private static final List<String> PEOPLE = List.of("ana", "mia", "tom", "Eva");
    private static final List<String> ROLES = List.of("x", "y");
    private static final List<String> EFFECTS =
            List.of("deny", "require-approval", "require-approval", "auto-approve", "allow");

    static Sketch random(Random random) {
        List<Object> rules = new ArrayList<>();
        for (int i = 0; i < random.nextInt(5); i++) {
            rules.add(rule(random, "r" + i));
        }
        Map<String, Object> people = new LinkedHashMap<>();
        for (String person : PEOPLE.subList(0, 1 + random.nextInt(4))) {
            people.put(person, Map.of("roles", some(random, ROLES), "groups", some(random, List.of("g"))));
        }
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("name", "generated");
        asked.put("subject", random.nextInt(4) == 0 ? Map.of("type", "service", "id", "MIA") : one(random, PEOPLE));
        if (random.nextInt(4) == 0) {
            asked.put("actors", List.of(one(random, PEOPLE)));
        }
        asked.put("action", one(random, List.of("pay", "read")));
        asked.put("resource", one(random, List.of("order/42", "order/7")));
        if (random.nextInt(4) > 0) {
            asked.put("with", Map.of("amount", random.nextInt(4)));
        }
        Map<String, Object> test = new LinkedHashMap<>();
        test.put("policy", "policy.json");
        test.put("people", people);
        test.put("time", "2026-03-02T14:12:00Z");
        test.put("attributes", Map.of("context.risk", one(random, List.of(1, 2, Map.of("fails", true)))));
        test.put("cases", List.of(asked));
        asked.put("expect", Map.of("decision", "deny"));
        return new Sketch(
                Map.of(
                        "default",
                        one(random, List.of("deny", Map.of("require-approval", approval(random)))),
                        "rules",
                        rules),
                test);
    }

    private static Map<String, Object> rule(Random random, String id) {
        String effect = one(random, EFFECTS);
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", id);
        rule.put("actions", List.of(one(random, List.of("pay", "read", "*"))));
        rule.put("effect", effect);
        if (random.nextBoolean()) {
            rule.put("when", Map.of(one(random, List.of("action.amount", "context.risk")), Map.of("atLeast", 2)));
        } else if (random.nextBoolean()) {
            rule.put("when", Map.of("subject.roles", Map.of("contains", one(random, ROLES))));
        }
        if (effect.equals("require-approval")) {
            rule.put("approval", approval(random));
        }
        if (effect.equals("require-approval") || effect.equals("auto-approve")) {
            rule.put("grant", Map.of("uses", 1 + random.nextInt(3), "within", one(random, List.of("PT5M", "PT1H"))));
        }
        if (random.nextInt(3) == 0) {
            rule.put("obligations", List.of(Map.of("id", one(random, List.of("mask", "tell")))));
        }
        return rule;
    }

    private static Map<String, Object> approval(Random random) {
        List<Map<String, String>> by = List.of(
                Map.of("role", one(random, ROLES)), Map.of("group", "g"), Map.of("person", one(random, PEOPLE)));
        return Map.of("by", one(random, by), "people", 1 + random.nextInt(2));
    }

    private static <T> T one(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static List<String> some(Random random, List<String> all) {
        return all.stream().filter(each -> random.nextBoolean()).toList();
    }

    /** The case with what it is to expect. */
    Sketch expecting(Map<String, Object> expect) {
        Map<String, Object> test = new LinkedHashMap<>(this.test);
        Map<String, Object> asked = new LinkedHashMap<>(asked());
        asked.put("expect", expect);
        test.put("cases", List.of(asked));
        return new Sketch(policy, test);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> asked() {
        return (Map<String, Object>) ((List<?>) test.get("cases")).get(0);
    }

    /** The file of tests, written beside its policy. */
    Path write(Path directory) throws IOException {
        Files.writeString(directory.resolve("policy.json"), json(policy));
        return Files.writeString(directory.resolve("generated.test.json"), json(test));
    }

    /** Everything that there is to expect of an outcome. */
    static Map<String, Object> everything(Outcome outcome) {
        Decision decision = outcome.decision();
        Map<String, Object> expect = new LinkedHashMap<>();
        expect.put("decision", Expected.word(decision.kind()));
        expect.put("rules", decision.rules());
        expect.put("reason", decision.reason().word());
        expect.put(
                "obligations",
                decision.obligations().stream().map(Obligation::id).toList());
        expect.put("explanation", decision.kind().name().replace('_', ' '));
        outcome.approvers().ifPresent(approvers -> {
            expect.put("approvers", List.copyOf(approvers.ids()));
            expect.put("people", outcome.required().map(Requirement::people).orElse(0));
        });
        outcome.required().ifPresent(required -> {
            GrantTerms grant = required.grant();
            Map<String, Object> terms = new LinkedHashMap<>();
            terms.put("within", grant.within().toString());
            terms.put("uses", grant.uses());
            terms.put("scope", grant.scope().word());
            terms.put("useWithin", required.useWithin().toString());
            terms.put("from", grant.clock().word());
            expect.put("grant", terms);
        });
        return expect;
    }

    static List<String> ids(Policy policy) {
        return new PolicyView(policy)
                .rules().stream().map(PolicyView.RuleView::id).toList();
    }

    static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> json(entry.getKey()) + ": " + json(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Sketch::json).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Number || value instanceof Boolean || value instanceof BigDecimal
                ? value.toString()
                : "\"" + value + "\"";
    }
}
