package io.jitapproval.core.policy;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Generates situations in which much matches much: few names, few values, every operator. */
final class Situations {

    private static final List<String> NAMES = List.of("pay.refund", "pay.payout", "db.read");
    private static final List<String> PATTERNS = List.of("pay.refund", "pay.payout", "db.read", "pay.*", "pay.r*", "*");
    private static final List<String> PATHS = List.of(
            "subject.roles",
            "subject.level",
            "subject.id",
            "action.amount",
            "action.note",
            "resource.type",
            "resource.meta.owner",
            "context.risk",
            "context.since");
    private static final List<String> ORDER = List.of("lessThan", "atMost", "moreThan", "atLeast");
    private static final List<String> INSTANTS = List.of("2026-01-01T00:00:00Z", "2026-06-01T02:00:00+02:00");

    private final Random random;
    /** Whether conditions may say what absence means. */
    private final boolean absence;

    private Situations(Random random, boolean absence) {
        this.random = random;
        this.absence = absence;
    }

    static Arbitrary<Situation> any() {
        return Arbitraries.randomValue(random -> new Situations(random, true).situation());
    }

    static Arbitrary<Situation> silentOnAbsence() {
        return Arbitraries.randomValue(random -> new Situations(random, false).situation());
    }

    static Situation situation(Random random, boolean absence) {
        return new Situations(random, absence).situation();
    }

    /** One more rule, of one of these effects. */
    static Map<String, Object> rule(Random random, String id, List<String> effects) {
        return new Situations(random, true).rule(id, effects);
    }

    private Situation situation() {
        List<Map<String, Object>> rules = new ArrayList<>();
        int many = random.nextInt(6);
        for (int i = 0; i < many; i++) {
            rules.add(rule(
                    "r" + i,
                    List.of("deny", "require-approval", "require-approval", "auto-approve", "auto-approve", "allow")));
        }
        Object byDefault = one(List.of("deny", Map.of("require-approval", approval())));
        return new Situation(
                byDefault,
                rules,
                request(),
                Instant.parse("2026-03-27T00:00:00Z")
                        .plusSeconds(chance(2) ? 3600L * random.nextInt(333) : 60L * random.nextInt(20_000)));
    }

    private Map<String, Object> rule(String id, List<String> effects) {
        Map<String, Object> rule = new LinkedHashMap<>();
        String effect = one(effects);
        rule.put("id", id);
        rule.put("actions", chance(3) ? List.of(one(PATTERNS), one(PATTERNS)) : List.of(one(PATTERNS)));
        rule.put("effect", effect);
        if (chance(4)) {
            rule.put("resources", List.of(one(List.of("order/*", "order/42", "*", "ord*", "invoice/*", "order/421"))));
        }
        if (!chance(5)) {
            rule.put("when", condition(0));
        }
        if (effect.equals("require-approval")) {
            rule.put("approval", approval());
        }
        if ((effect.equals("require-approval") || effect.equals("auto-approve")) && !chance(3)) {
            rule.put("grant", grant());
        }
        return rule;
    }

    private Map<String, Object> approval() {
        Map<String, Object> approval = new LinkedHashMap<>();
        Map<String, String> one = Map.of(one(List.of("role", "group", "person")), one(List.of("x", "y")));
        approval.put("by", chance(4) ? List.of(one, Map.of("role", "z")) : one);
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

    private Map<String, Object> condition(int depth) {
        Map<String, Object> condition = new LinkedHashMap<>();
        int entries = chance(2) ? 1 : 2;
        for (int i = 0; i < entries; i++) {
            int kind = random.nextInt(depth < 2 ? 10 : 7);
            switch (kind) {
                case 7 -> condition.put("all", List.of(condition(depth + 1), condition(depth + 1)));
                case 8 -> condition.put("any", List.of(condition(depth + 1), condition(depth + 1)));
                case 9 -> condition.put("not", condition(depth + 1));
                case 6 -> condition.put("time", window());
                case 5 ->
                    condition.put(
                            "subject", chance(2) ? Map.of("hasRole", "A") : Map.of("hasAnyRole", List.of("B", "C")));
                default -> condition.put(one(PATHS), comparison());
            }
        }
        return condition;
    }

    private Map<String, Object> window() {
        Map<String, Object> window = new LinkedHashMap<>();
        if (!chance(4)) {
            window.put(
                    one(List.of("inside", "outside")),
                    one(List.of("07:00-22:00", "22:00-06:00", "00:00-24:00", "12:00-12:01")));
        }
        maybe(window, "zone", List.of("Europe/Berlin", "UTC", "America/New_York"));
        if (chance(2) || !(window.containsKey("inside") || window.containsKey("outside"))) {
            window.put("days", one(List.of(List.of("MON", "FRI"), List.of("SAT", "SUN"), List.of("THU"))));
        }
        return window;
    }

    private Map<String, Object> comparison() {
        Map<String, Object> comparison = new LinkedHashMap<>();
        String operator = one(List.of(
                "equals",
                "notEquals",
                "order",
                "order",
                "in",
                "notIn",
                "contains",
                "containsAny",
                "containsAll",
                "exists"));
        switch (operator) {
            case "order" -> comparison.put(one(ORDER), chance(4) ? other() : one(ordered()));
            case "in", "notIn", "containsAny", "containsAll" ->
                comparison.put(operator, chance(5) ? other() : List.of(one(scalars()), one(scalars())));
            case "exists" -> comparison.put(absence ? "exists" : "equals", chance(2));
            default -> comparison.put(operator, chance(4) ? other() : one(scalars()));
        }
        if (absence && chance(4)) {
            comparison.put("ifAbsent", chance(2));
        }
        return comparison;
    }

    private Map<String, String> other() {
        return Map.of("attribute", one(PATHS));
    }

    private List<Object> scalars() {
        return List.of("A", "B", "ana", "order", 1, 2, new BigDecimal("2.0"), 3, true, INSTANTS.get(0));
    }

    private List<Object> ordered() {
        return List.of(1, 2, new BigDecimal("2.50"), 3, INSTANTS.get(0), INSTANTS.get(1), "PT15M");
    }

    private EvaluationRequest request() {
        Subject subject = new Subject("user", one(List.of("ana", "A")), properties("roles", "level"));
        Action action = new Action(one(NAMES), properties("amount", "note"));
        Map<String, Object> meta = chance(3) ? properties("meta") : Map.of("meta", properties("owner"));
        Resource resource = new Resource(one(List.of("order", "invoice")), one(List.of("42", "421", "x")), meta);
        return new EvaluationRequest(subject, List.of(), action, resource, properties("risk", "since"));
    }

    private Map<String, Object> properties(String... names) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String name : names) {
            if (!chance(8)) {
                properties.put(name, name.equals("roles") && !chance(5) ? roles() : value());
            }
        }
        return properties;
    }

    private Object roles() {
        return one(List.of(List.of("A"), List.of("A", "B"), Set.of("B"), List.of()));
    }

    private Object value() {
        if (chance(12)) {
            return new LinkedHashMap<>(Map.of("owner", "ana"));
        }
        return switch (random.nextInt(8)) {
            case 0 -> one(List.of("A", "B", "ana", "order"));
            case 1 -> chance(2);
            case 2 -> one(List.of(List.of("A", 1), List.of(2, "B", true), List.of(1)));
            case 3 -> chance(2) ? Instant.parse("2026-02-01T00:00:00Z") : (Object) "2026-02-01T00:00:00Z";
            case 4 -> chance(2) ? Duration.ofMinutes(20) : (Object) "PT5M";
            default -> one(List.of(1, 2, 3L, new BigDecimal("2.50"), 2.0d, new BigDecimal("2.00"), 2.5d));
        };
    }

    private void maybe(Map<String, Object> map, String key, List<?> values) {
        if (chance(2)) {
            map.put(key, one(values));
        }
    }

    private boolean chance(int in) {
        return random.nextInt(in) == 0;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
