package io.jitapproval.core.policy;

import io.jitapproval.Effect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Generates whole documents in which every field stands somewhere, besides the conditions of {@link Situations}. */
final class Documents {

    private static final List<String> TEXTS = List.of(
            "x",
            "Finance sees large refunds.",
            "\"quoted\" \\ and {braced}",
            "Größe 😀 – 返金",
            "a: b # c",
            "yes",
            "007");
    private static final List<String> DURATIONS = List.of("PT10M", "PT2H", "P1D", "PT1.5S", "pt24h", "P2DT3H");
    private static final List<String> PEOPLE = List.of("role", "group", "person");

    private final Choices choices;

    private Documents(Choices choices) {
        this.choices = choices;
    }

    static Arbitrary<Map<String, Object>> any() {
        return Arbitraries.randomValue(Documents::document);
    }

    static Map<String, Object> document(Random random) {
        return new Documents(Choices.random(random)).document();
    }

    private Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        maybe(document, "$schema", List.of("jit-policy.schema.json", "urn:jit-approval:policy:1"));
        document.putAll(Situations.policy(choices, true).data());
        document.put("default", byDefault());
        Map<String, Object> approvers = new LinkedHashMap<>();
        approvers.put("finance", selectors(false));
        approvers.put("ops " + text(), selectors(false));
        document.put("approvers", approvers);
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (String path : List.of("action.amount", "time", "resource.lines.*.sku", "subject.id", "context.größe")) {
            maybe(attributes, path, DefinitionsReader.TYPES);
        }
        if (!attributes.isEmpty()) {
            document.put("attributes", attributes);
        }
        List<Object> rules = new ArrayList<>();
        for (Object rule : (List<?>) document.get("rules")) {
            rules.add(rule(copy((Map<?, ?>) rule)));
        }
        if (rules.isEmpty()) {
            rules.add(Map.of("id", "only", "actions", List.of("*"), "effect", "deny"));
        }
        document.put("rules", rules);
        return document;
    }

    private Object byDefault() {
        if (choices.chance(2)) {
            return "deny";
        }
        Map<String, Object> asks = new LinkedHashMap<>();
        asks.put("require-approval", approval());
        if (choices.chance(2)) {
            asks.put("grant", Map.of("within", choices.one(DURATIONS)));
        }
        return asks;
    }

    private Map<String, Object> rule(Map<String, Object> rule) {
        if (rule.containsKey("approval")) {
            rule.put("approval", approval());
        }
        for (String name : List.of("because", "owner", "ticket")) {
            maybe(rule, name, TEXTS);
        }
        maybe(rule, "risk", RuleReader.RISKS);
        maybe(rule, "mode", RuleReader.MODES);
        maybe(rule, "notBefore", List.of("2026-01-01T00:00:00Z", "2026-03-01T08:30:00.5+01:00"));
        maybe(rule, "expires", List.of("2026-12-31T18:00:00Z", "2027-01-01T00:00-11:30"));
        if (Effect.AUTO_APPROVE.word().equals(rule.get("effect"))) {
            maybe(
                    rule,
                    "audit",
                    List.of(0, 1, new BigDecimal("0.1"), new BigDecimal("0.0025"), new BigDecimal("0.50000")));
        }
        if (choices.chance(3)) {
            rule.put("obligations", choices.chance(2) ? List.of(obligation(), obligation()) : List.of(obligation()));
        }
        return rule;
    }

    private Map<String, Object> obligation() {
        Map<String, Object> obligation = new LinkedHashMap<>();
        obligation.put("id", text());
        if (choices.chance(2)) {
            obligation.put("with", choices.chance(4) ? Map.of() : data(0));
        }
        return obligation;
    }

    private Map<String, Object> data(int depth) {
        Map<String, Object> data = new LinkedHashMap<>();
        for (String key : List.of("columns", "keep last", "größe")) {
            if (choices.chance(2)) {
                data.put(key, value(depth));
            }
        }
        return data;
    }

    private Object value(int depth) {
        return switch (choices.below(depth < 2 ? 6 : 4)) {
            case 0 -> text();
            case 1 -> choices.chance(2);
            case 2 -> choices.below(100);
            case 3 -> choices.one(List.of(new BigDecimal("0.10"), new BigDecimal("-1e3"), new BigDecimal("1e-7")));
            case 4 -> List.of(value(depth + 1), value(depth + 1));
            default -> data(depth + 1);
        };
    }

    private Map<String, Object> approval() {
        Map<String, Object> approval = new LinkedHashMap<>();
        if (choices.chance(3)) {
            Map<String, Object> first = new LinkedHashMap<>();
            first.put("by", Map.of("attribute", "subject.manager"));
            maybe(first, "people", List.of(1, 2));
            escalations(first);
            Map<String, Object> second = new LinkedHashMap<>();
            people(second);
            boolean sequence = choices.chance(2);
            if (sequence) {
                second.put("step", 2);
            }
            approval.put("stages", sequence || choices.chance(2) ? List.of(first, second) : List.of(second));
        } else {
            people(approval);
            escalations(approval);
        }
        maybe(approval, "decideWithin", DURATIONS);
        seldom(approval, "atDecideBy", ApprovalReader.ENDS);
        seldom(approval, "remindAfter", DURATIONS);
        if (choices.chance(10)) {
            Map<String, Object> tell = new LinkedHashMap<>();
            maybe(tell, "atMost", List.of(1, 20));
            if (choices.chance(2)) {
                tell.put("first", selectors(true));
            }
            if (!tell.isEmpty()) {
                approval.put("tell", tell);
            }
        }
        seldom(approval, "denials", List.of(1, 2));
        seldom(approval, "coolDown", List.of("PT0S", "PT10M"));
        maybe(approval, "reason", demands());
        maybe(approval, "ticket", demands());
        maybe(approval, "channels", List.of(List.of("console"), List.of("console", "mail")));
        maybe(approval, "assurance", List.of(List.of("mfa"), List.of("mfa", "phr")));
        seldom(approval, "authors", ApprovalReader.AUTHORS);
        seldom(approval, "recheck", ApprovalReader.RECHECKS);
        maybe(approval, "autoApproval", ApprovalReader.AUTOMATIC);
        if (choices.chance(10)) {
            approval.put("breakGlass", breakGlass());
        }
        return approval;
    }

    private void people(Map<String, Object> stage) {
        if (choices.chance(8)) {
            Map<String, Object> way = new LinkedHashMap<>();
            way.put("by", Map.of("role", "the one way"));
            way.put("people", choices.one(List.of(1, 2)));
            stage.put("any", List.of(way, new LinkedHashMap<>(Map.of("by", selectors(true), "people", 3))));
        } else {
            stage.put("by", selectors(true));
            maybe(stage, "people", List.of(1, 3, new BigDecimal("2.0"), new BigDecimal("1e3")));
        }
    }

    private void escalations(Map<String, Object> stage) {
        if (!choices.chance(8)) {
            return;
        }
        Map<String, Object> with = new LinkedHashMap<>();
        with.put("after", choices.one(DURATIONS));
        with.put("by", selectors(true));
        if (choices.chance(2)) {
            with.put("instead", true);
        }
        maybe(with, "channels", List.of(List.of("pager")));
        Map<String, Object> without = new LinkedHashMap<>();
        without.put("after", "PT40M");
        without.put("channels", List.of("pager", "mail"));
        stage.put("escalate", choices.chance(2) ? List.of(with) : List.of(with, without));
    }

    private Map<String, Object> breakGlass() {
        Map<String, Object> glass = new LinkedHashMap<>();
        glass.put("by", selectors(true));
        glass.put("alarm", selectors(true));
        maybe(glass, "within", List.of("PT10M", "PT2H"));
        glass.put("review", selectors(true));
        maybe(glass, "reviewWithin", DURATIONS);
        return glass;
    }

    private static List<Object> demands() {
        return List.of("optional", "required", Map.of("pattern", "[A-Z]+-\\d+", "hint", "such as JIRA-1"));
    }

    private Object selectors(boolean mayName) {
        return switch (choices.below(3)) {
            case 0 -> List.of(selector(mayName));
            case 1 -> List.of(selector(mayName), selector(mayName));
            default -> selector(mayName);
        };
    }

    private Map<String, Object> selector(boolean mayName) {
        if (mayName && choices.chance(4)) {
            return Map.of("approvers", "finance");
        }
        return choices.chance(4)
                ? Map.of("attribute", choices.one(List.of("resource.owner", "subject.id", "context.on call")))
                : Map.of(choices.one(PEOPLE), text());
    }

    private String text() {
        return choices.one(TEXTS);
    }

    private void maybe(Map<String, Object> map, String key, List<?> values) {
        if (choices.chance(2)) {
            map.put(key, choices.one(values));
        }
    }

    /** Most documents stay small, so that what is changed at one place is often in a condition. */
    private void seldom(Map<String, Object> map, String key, List<?> values) {
        if (choices.chance(8)) {
            map.put(key, choices.one(values));
        }
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put((String) key, value));
        return copy;
    }
}
