package io.jitapproval.core.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Generates conditions with every operator, mostly on attributes of the kind that it compares. */
final class Conditions {

    private enum Kind {
        TEXT,
        NUMBER,
        TIME,
        ADDRESS,
        LIST
    }

    private static final Map<String, Kind> PATHS = Map.ofEntries(
            Map.entry("subject.roles", Kind.LIST),
            Map.entry("subject.level", Kind.NUMBER),
            Map.entry("subject.id", Kind.TEXT),
            Map.entry("subject.email", Kind.TEXT),
            Map.entry("action.amount", Kind.NUMBER),
            Map.entry("action.note", Kind.TEXT),
            Map.entry("action.tags", Kind.LIST),
            Map.entry("action.tags.0", Kind.TEXT),
            Map.entry("resource.type", Kind.TEXT),
            Map.entry("resource.meta.owner", Kind.TEXT),
            Map.entry("resource.meta.0", Kind.TEXT),
            Map.entry("resource.lines", Kind.LIST),
            Map.entry("resource.lines.*.sku", Kind.LIST),
            Map.entry("resource.lines.*.price", Kind.LIST),
            Map.entry("resource.lines.*.tags.*", Kind.LIST),
            Map.entry("resource.lines.1.price", Kind.NUMBER),
            Map.entry("context.risk", Kind.NUMBER),
            Map.entry("context.since", Kind.TIME),
            Map.entry("context.seen", Kind.TIME),
            Map.entry("context.ip", Kind.ADDRESS));
    private static final List<String> SORTED = PATHS.keySet().stream().sorted().toList();
    private static final List<String> SIZES = List.of("sizeEquals", "sizeAtMost", "sizeAtLeast");
    private static final Map<Kind, List<String>> FIT = Map.of(
            Kind.TEXT,
            List.of("equals", "notEquals", "in", "notIn", "startsWith", "endsWith", "containsText", "glob", "regex"),
            Kind.NUMBER,
            List.of("equals", "notEquals", "in", "lessThan", "atMost", "moreThan", "atLeast"),
            Kind.TIME,
            List.of("olderThan", "newerThan", "lessThan", "atLeast", "equals"),
            Kind.ADDRESS,
            List.of("inNetwork", "notInNetwork", "startsWith", "equals"),
            Kind.LIST,
            List.of("contains", "containsAny", "containsAll", "containsNone", "subsetOf", "every", "some"));
    private static final List<String> ALL = Operators.anywhere().keySet().stream()
            .filter(word -> !word.equals("exists"))
            .toList();

    private final Choices choices;
    /** Whether conditions may say what absence means. */
    private final boolean absence;

    Conditions(Choices choices, boolean absence) {
        this.choices = choices;
        this.absence = absence;
    }

    /** What rules refer to by name. */
    Map<String, Object> definitions() {
        Map<String, Object> calendar = new LinkedHashMap<>();
        calendar.put("holidays", List.of("2026-03-28", "--03-29", "2026-04-03", "--02-29"));
        Map<String, Object> conditions = new LinkedHashMap<>();
        for (String name : List.of("first", "second")) {
            Map<String, Object> condition = new LinkedHashMap<>();
            entries(condition, 1, false);
            conditions.put(name, condition);
        }
        Map<String, Object> definitions = new LinkedHashMap<>();
        definitions.put("calendars", calendar);
        definitions.put("conditions", conditions);
        return definitions;
    }

    Map<String, Object> condition(int depth) {
        Map<String, Object> condition = new LinkedHashMap<>();
        entries(condition, depth, true);
        return condition;
    }

    private void entries(Map<String, Object> condition, int depth, boolean named) {
        int entries = choices.chance(2) ? 2 : 1;
        for (int i = 0; i < entries; i++) {
            switch (choices.below(depth < 2 ? 12 : 9)) {
                case 11 -> condition.put("all", List.of(condition(depth, named), condition(depth, named)));
                case 10 -> condition.put("any", List.of(condition(depth, named), condition(depth, named)));
                case 9 -> condition.put("not", condition(depth, named));
                case 8 -> condition.put("time", window());
                case 7 ->
                    condition.put(
                            "subject",
                            choices.chance(2) ? Map.of("hasRole", "A") : Map.of("hasAnyRole", List.of("B", "C")));
                case 6 -> {
                    if (named) {
                        condition.put("condition", choices.one(List.of("first", "second")));
                    } else {
                        compare(condition);
                    }
                }
                default -> compare(condition);
            }
        }
    }

    private Map<String, Object> condition(int depth, boolean named) {
        Map<String, Object> condition = new LinkedHashMap<>();
        entries(condition, depth + 1, named);
        return condition;
    }

    private Map<String, Object> window() {
        Map<String, Object> window = new LinkedHashMap<>();
        if (!choices.chance(4)) {
            window.put(
                    choices.one(List.of("inside", "outside")),
                    choices.one(List.of("07:00-22:00", "22:00-06:00", "00:00-24:00", "12:00-12:01")));
        }
        if (choices.chance(2)) {
            window.put("zone", choices.one(List.of("Europe/Berlin", "UTC", "America/New_York")));
        }
        if (choices.chance(3)) {
            window.put(choices.one(List.of("on", "except")), "holidays");
        }
        boolean counts = window.keySet().stream().anyMatch(key -> !key.equals("zone"));
        if (choices.chance(2) || !counts) {
            window.put("days", choices.one(List.of(List.of("MON", "FRI"), List.of("SAT", "SUN"), List.of("THU"))));
        }
        return window;
    }

    private void compare(Map<String, Object> condition) {
        String path = choices.one(SORTED);
        Kind kind = PATHS.get(path);
        Map<String, Object> comparison = new LinkedHashMap<>();
        String operator = choices.chance(6) ? choices.one(ALL) : choices.one(FIT.get(kind));
        if (choices.chance(8) && absence) {
            comparison.put("exists", choices.chance(2));
        } else if (choices.chance(8) && (absence || kind != Kind.LIST)) {
            comparison.put(choices.one(SIZES), choices.below(4));
        } else {
            comparison.put(operator, operand(operator, true));
        }
        if (absence && choices.chance(4)) {
            comparison.put("ifAbsent", choices.chance(2));
        }
        condition.put(path, comparison);
    }

    private Object operand(String operator, boolean attributes) {
        boolean other = attributes && Operators.anywhere().get(operator).attributes() && choices.chance(5);
        if (other) {
            return Map.of("attribute", choices.one(SORTED));
        }
        return switch (operator) {
            case "lessThan", "atMost", "moreThan", "atLeast" -> choices.one(ordered());
            case "in", "notIn", "containsAny", "containsAll", "containsNone", "subsetOf" ->
                List.of(choices.one(scalars()), choices.one(scalars()));
            case "startsWith", "endsWith", "containsText" ->
                choices.one(List.of("A", "ORD-", "ana", "@bank.example", "example", "refund", "😀", "1", "a*"));
            case "glob" ->
                choices.one(List.of(
                        "ORD-*",
                        "*",
                        "?",
                        "*@bank.example",
                        "a?a*",
                        "a\\*a",
                        "r*4?",
                        "??",
                        "**e*",
                        "*d 4*",
                        "\\?",
                        "*-*7*"));
            case "regex" ->
                choices.one(List.of(
                        "ORD-[0-9]+", "(a|n)+", "[a-z]+@.*", "(?i)ord.*", ".*", ".", "refund \\d+", "[^@]*", "a\\*a"));
            case "inNetwork", "notInNetwork" ->
                choices.chance(3) ? List.of(choices.one(networks()), choices.one(networks())) : choices.one(networks());
            case "olderThan", "newerThan" -> choices.one(List.of("PT24H", "P7D", "PT0S", "PT1M", "PT2H"));
            case "sizeEquals", "sizeAtMost", "sizeAtLeast" -> choices.below(4);
            case "every", "some" -> elements();
            default -> choices.one(scalars());
        };
    }

    private Map<String, Object> elements() {
        Map<String, Object> elements = new LinkedHashMap<>();
        int many = 1 + choices.below(2);
        List<String> words = new ArrayList<>(Operators.onElements().keySet());
        if (!absence) {
            words.removeAll(SIZES);
        }
        for (int i = 0; i < many; i++) {
            String word = choices.chance(3) ? choices.one(words) : choices.one(FIT.get(Kind.TEXT));
            elements.put(word, operand(word, false));
        }
        return elements;
    }

    private static List<String> networks() {
        return List.of(
                "10.0.0.0/8",
                "10.1.2.3",
                "10.1.2.2/31",
                "0.0.0.0/0",
                "192.168.1.128/25",
                "::ffff:10.0.0.0/104",
                "2001:db8::/32",
                "2001:db8::/127",
                "::/0");
    }

    private static List<Object> scalars() {
        return List.of(
                "A", "B", "ana", "order", "ORD-17", 1, 2, new BigDecimal("2.0"), 3, true, Questions.INSTANTS.get(0));
    }

    private static List<Object> ordered() {
        return List.of(
                1,
                2,
                new BigDecimal("2.50"),
                3,
                Questions.INSTANTS.get(0),
                Questions.INSTANTS.get(1),
                "PT15M",
                "2026-03-28");
    }
}
