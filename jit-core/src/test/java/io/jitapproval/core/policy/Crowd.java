package io.jitapproval.core.policy;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Many rules on one action, of few effects, that compare few attributes with few values; and what a resolver has of what the
 * request lacks, which may be a failure. In some crowds every rule begins with the same comparison, which mostly fails: none looks
 * further.
 */
record Crowd(Situation situation, Map<String, Object> outside) {

    private static final List<String> WHOLE = List.of("context.tenant", "context.level", "resource.kind", "subject.id");
    private static final List<String> LISTS = List.of("subject.roles", "context.tags");
    private static final List<Object> NUMBERS = List.of(1, 2, new BigDecimal("2.50"));
    private static final List<Object> CONSTANTS = List.of("A", "B", "C", "MONDAY", 1, 2, new BigDecimal("2.50"), true);

    /** Any. */
    static Crowd of(Random random) {
        return new Maker(random, random.nextInt(4) == 0, false).crowd();
    }

    /** Of the types that the reference knows. */
    static Crowd ofPlainValues(Random random) {
        return new Maker(random, random.nextInt(4) == 0, true).crowd();
    }

    /**
     * Makes one.
     *
     * @param numbers whether most values are numbers
     * @param plain   whether there are no enums and characters
     */
    private record Maker(Random random, boolean numbers, boolean plain) {

        Crowd crowd() {
            List<Map<String, Object>> rules = new ArrayList<>();
            int many = 1 + random.nextInt(3);
            List<String> effects = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                effects.add(one(List.of("deny", "require-approval", "auto-approve", "allow")));
            }
            int size = 8 + random.nextInt(40);
            boolean gated = chance(3);
            for (int i = 0; i < size; i++) {
                rules.add(rule("r" + i, one(effects), gated));
            }
            Map<String, Object> context = new LinkedHashMap<>();
            context.put("open", chance(4));
            Map<String, Object> outside = new HashMap<>();
            place("context.tenant", value(), context, outside);
            place("context.level", value(), context, outside);
            place("context.tags", values(), context, outside);
            Map<String, Object> subject = new LinkedHashMap<>();
            place("subject.roles", values(), subject, outside);
            Map<String, Object> resource = new LinkedHashMap<>();
            place("resource.kind", value(), resource, outside);
            EvaluationRequest request = new EvaluationRequest(
                    new Subject("user", one(List.of("A", "ana")), subject),
                    List.of(),
                    Action.of("pay"),
                    new Resource("order", one(List.of("1", "2", "9")), resource),
                    context);
            return new Crowd(new Situation("deny", rules, request, Instant.parse("2026-03-27T00:00:00Z")), outside);
        }

        private void place(String path, Object value, Map<String, Object> request, Map<String, Object> outside) {
            String name = path.substring(path.indexOf('.') + 1);
            switch (random.nextInt(5)) {
                case 0 -> outside.put(path, value);
                case 1 -> outside.put(path, new IllegalStateException("down"));
                case 2 -> outside.remove(path);
                default -> request.put(name, value);
            }
        }

        private Map<String, Object> rule(String id, String effect, boolean gated) {
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("id", id);
            rule.put("actions", List.of(one(List.of("pay", "pay", "pay", "pa*", "*"))));
            rule.put("effect", effect);
            if (chance(6)) {
                rule.put("resources", List.of(one(List.of("order/1", "order/2", "order/*", "bill/1"))));
            }
            if (gated || !chance(10)) {
                Map<String, Object> when = new LinkedHashMap<>();
                if (gated) {
                    when.put("context.open", Map.of("equals", true));
                }
                int conjuncts = 1 + random.nextInt(3);
                for (int i = 0; i < conjuncts; i++) {
                    conjunct(when);
                }
                rule.put("when", when);
            }
            if (effect.equals("require-approval")) {
                rule.put("approval", Map.of("by", Map.of("role", one(List.of("x", "y")))));
            }
            return rule;
        }

        private void conjunct(Map<String, Object> when) {
            Map<String, Object> one = comparison();
            switch (random.nextInt(8)) {
                case 0 -> when.put("not", one);
                case 1 -> when.put("any", List.of(one, comparison()));
                case 2 -> when.put("all", List.of(one, comparison()));
                default -> when.putAll(one);
            }
        }

        private Map<String, Object> comparison() {
            Map<String, Object> comparison = new LinkedHashMap<>();
            String path = one(chance(3) ? LISTS : WHOLE);
            if (LISTS.contains(path)) {
                if (chance(3)) {
                    comparison.put("containsAny", List.of(constant(), constant()));
                } else {
                    comparison.put(chance(8) ? "equals" : "contains", constant());
                }
            } else if (chance(3)) {
                comparison.put(chance(4) ? "notIn" : "in", List.of(constant(), constant()));
            } else {
                comparison.put(
                        chance(8) ? "notEquals" : "equals",
                        chance(10) ? Map.of("attribute", "context.level") : constant());
            }
            if (chance(6)) {
                comparison.put("ifAbsent", chance(2));
            }
            return new LinkedHashMap<>(Map.of(path, comparison));
        }

        private Object constant() {
            return chance(3) ? one(CONSTANTS) : numbers ? one(NUMBERS) : one(List.of("A", "B", "C"));
        }

        private Object value() {
            return switch (random.nextInt(numbers ? 4 : 9)) {
                case 0 -> one(List.of(1, 2L, (short) 2, 2.5d, 2.0d, BigInteger.TWO));
                case 1 -> one(List.of(new BigDecimal("2.00"), new BigDecimal("2.5"), new BigDecimal("1E0")));
                case 2 -> chance(2);
                case 3 ->
                    plain
                            ? one(List.of(Instant.EPOCH, Map.of("A", "A")))
                            : one(List.of(DayOfWeek.MONDAY, 'A', Instant.EPOCH, Map.of("A", "A"), List.of("A")));
                default -> one(List.of("A", "B", "C", "D"));
            };
        }

        private Object values() {
            if (chance(8)) {
                return value();
            }
            Collection<Object> values = new ArrayList<>();
            int many = random.nextInt(4);
            for (int i = 0; i < many; i++) {
                values.add(chance(6) ? value() : numbers ? one(NUMBERS) : one(List.of("A", "B", "C", "D")));
            }
            if (chance(20)) {
                values.addAll(Arrays.asList("A", null));
            }
            return chance(4) && !values.contains(null) ? Set.copyOf(values) : values;
        }

        private boolean chance(int in) {
            return random.nextInt(in) == 0;
        }

        private <T> T one(List<? extends T> of) {
            return of.get(random.nextInt(of.size()));
        }
    }
}
