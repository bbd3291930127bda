package io.jitapproval.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.jitapproval.core.policy.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws rules and conditions out of the fuzzer's bytes: mostly what the language takes, now and then what it must refuse. */
final class Draw {

    static final List<String> EFFECTS = List.of("deny", "require-approval", "auto-approve", "allow");
    private static final List<String> PATHS = List.of(
            "subject.a",
            "action.a",
            "resource.a",
            "context.a",
            "action.b",
            "context.b",
            "subject.b.c",
            "context.a.b",
            "context.a.0",
            "context.a.*",
            "action.a.*.b",
            "context.b.*.*",
            "subject.id",
            "action.name",
            "resource.type",
            "action.hidden",
            "time",
            "context.a.1.b");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "1.0",
            "10",
            "2.5",
            "1e400",
            "1E-400",
            "1e999999999",
            "9007199254740993",
            "0.1",
            "NaN",
            "123456789012345678901234567890",
            "2147483648",
            "-1");
    private static final List<String> TEXTS = List.of(
            "a",
            "b",
            "",
            "aa",
            "10.0.0.1",
            "::ffff:10.0.0.1",
            "2026-11-21T12:00:00Z",
            "2026-11-21",
            "PT1H",
            "P30D",
            "USER",
            "\uD83D\uDE00",
            "\uD800",
            "\u0000",
            "1",
            "true",
            "12:00",
            "+999999999-12-31T23:59:59-18:00");
    private static final List<String> PATTERNS = List.of(
            "*",
            "a*",
            "*a*b*",
            "?",
            "\\*",
            "a?b",
            "(a*)*b",
            "(a|aa)+",
            "[a-z]+",
            "a{1,100}",
            ".*",
            "(?i)A",
            "\\pL+",
            "\\Qa\\E",
            "\\x{10FFFF}",
            "^a$");
    private static final List<String> NETWORKS = List.of(
            "10.0.0.0/8",
            "2001:db8::/32",
            "10.0.0.1",
            "::/0",
            "0.0.0.0/0",
            "::ffff:10.0.0.0/104",
            "fe80::1%eth0",
            "010.1.1.1");

    private final FuzzedDataProvider data;
    private final boolean silent;

    /**
     * Over these bytes.
     *
     * @param data   the fuzzer's
     * @param silent whether to say nothing of absence: no {@code exists}, no {@code ifAbsent}
     */
    Draw(FuzzedDataProvider data, boolean silent) {
        this.data = data;
        this.silent = silent;
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        Map<String, Object> approval = Map.of("by", Map.of("role", "FINANCE"));
        document.put(
                "default", data.consumeBoolean() ? "deny" : Map.of("require-approval", Map.of("approval", approval)));
        document.put("calendars", Map.of("days", List.of("2026-11-21", "--12-25")));
        document.put("conditions", Map.of("named", condition(2)));
        List<Object> rules = new ArrayList<>();
        int many = data.consumeInt(1, 5);
        for (int i = 0; i < many; i++) {
            rules.add(rule(i));
        }
        document.put("rules", rules);
        return document;
    }

    private Map<String, Object> rule(int number) {
        Map<String, Object> rule = new LinkedHashMap<>();
        String effect = data.pickValue(EFFECTS);
        rule.put("id", "r" + number);
        rule.put("actions", List.of(data.pickValue(List.of("act", "ac*", "*", "other"))));
        rule.put("effect", effect);
        if (!effect.equals("allow") && !effect.equals("deny")) {
            if (effect.equals("require-approval")) {
                Map<String, Object> approval = new LinkedHashMap<>();
                approval.put("by", Map.of("role", data.pickValue(List.of("FINANCE", "LEGAL"))));
                if (data.consumeBoolean()) {
                    approval.put("autoApproval", "never");
                }
                rule.put("approval", approval);
            }
            if (data.consumeBoolean()) {
                rule.put("grant", Map.of("within", data.pickValue(List.of("PT1H", "PT5M"))));
            }
        }
        if (data.consumeInt(0, 7) == 0) {
            rule.put("mode", "shadow");
        }
        if (data.consumeInt(0, 7) == 0) {
            rule.put("expires", "2026-11-21T12:00:00Z");
        }
        if (data.consumeInt(0, 7) != 0) {
            rule.put("when", condition(4));
        }
        return rule;
    }

    private Object condition(int depth) {
        int kind = depth == 0 ? 0 : data.consumeInt(0, 9);
        return switch (kind) {
            case 6 -> Map.of("all", conditions(depth));
            case 7 -> Map.of("any", conditions(depth));
            case 8 -> Map.of("not", condition(depth - 1));
            case 9 -> depth > 2 ? Map.of("condition", "named") : Map.of("time", window());
            default -> Map.of(data.pickValue(PATHS), comparison(true));
        };
    }

    private List<Object> conditions(int depth) {
        List<Object> all = new ArrayList<>();
        int many = data.consumeInt(1, 3);
        for (int i = 0; i < many; i++) {
            all.add(condition(depth - 1));
        }
        return all;
    }

    private Map<String, Object> window() {
        Map<String, Object> window = new LinkedHashMap<>();
        for (String word : Vocabulary.windows()) {
            if (data.consumeInt(0, 2) == 0) {
                window.put(word, windowOperand(word));
            }
        }
        window.putIfAbsent("days", List.of("SAT"));
        return window;
    }

    private Object windowOperand(String word) {
        return switch (word) {
            case "days" -> List.of(data.pickValue(List.of("MON", "SAT", "SUN")));
            case "on", "except" -> "days";
            case "zone" -> data.pickValue(List.of("UTC", "Europe/Berlin", "+18:00", "-18:00"));
            default -> data.pickValue(List.of("07:00-22:00", "22:00-07:00", "00:00-24:00", "12:00-12:01"));
        };
    }

    private Map<String, Object> comparison(boolean outermost) {
        Map<String, Object> comparison = new LinkedHashMap<>();
        int many = data.consumeInt(1, 2);
        for (int i = 0; i < many; i++) {
            String word = data.pickValue(Vocabulary.operators());
            boolean aboutElements = word.equals("every") || word.equals("some");
            boolean aboutAbsence = word.equals("exists");
            if ((aboutAbsence && (silent || !outermost)) || (aboutElements && !outermost)) {
                word = "equals";
            }
            comparison.put(word, operand(word));
        }
        if (!silent && outermost && data.consumeInt(0, 3) == 0) {
            comparison.put("ifAbsent", data.consumeBoolean());
        }
        return comparison;
    }

    private Object operand(String word) {
        int odd = data.consumeInt(0, 15);
        if (odd == 0) {
            return scalar();
        }
        if (odd == 1 && !List.of("every", "some", "exists", "glob", "regex").contains(word)) {
            return Map.of("attribute", data.pickValue(PATHS));
        }
        return switch (word) {
            case "exists" -> data.consumeBoolean();
            case "every", "some" -> comparison(false);
            case "in", "notIn", "containsAny", "containsAll", "containsNone", "subsetOf" -> list();
            case "glob", "regex" -> data.consumeBoolean() ? data.pickValue(PATTERNS) : text();
            case "inNetwork", "notInNetwork" -> data.pickValue(NETWORKS);
            case "olderThan", "newerThan" -> data.pickValue(List.of("PT1H", "P30D", "PT0S", "P106751991167300D"));
            case "sizeEquals", "sizeAtMost", "sizeAtLeast" -> data.consumeInt(0, 5);
            case "startsWith", "endsWith", "containsText" -> text();
            default -> scalar();
        };
    }

    private List<Object> list() {
        List<Object> all = new ArrayList<>();
        int many = data.consumeInt(1, 4);
        for (int i = 0; i < many; i++) {
            all.add(scalar());
        }
        return all;
    }

    private Object scalar() {
        return switch (data.consumeInt(0, 4)) {
            case 0 -> new JsonOut.Raw(data.pickValue(NUMBERS));
            case 1 -> data.consumeBoolean();
            case 2 -> data.consumeInt();
            default -> text();
        };
    }

    String text() {
        return data.consumeBoolean() ? data.pickValue(TEXTS) : data.consumeString(12);
    }
}
