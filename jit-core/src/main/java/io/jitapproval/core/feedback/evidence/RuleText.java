package io.jitapproval.core.feedback.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes mined values as ordinary rules: one for each attribute, with all its values, and one for each pair of attributes; each with the
 * same exceptions.
 */
final class RuleText {

    private final Encoding encoding;
    private final int action;
    private final String name;
    private final List<Map<String, Object>> conditions = new ArrayList<>();
    private final List<Map<String, Object>> exceptions = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Map<Integer, TreeSet<Integer>> goodAlone = new TreeMap<>();
    private final Map<Integer, TreeSet<Integer>> badAlone = new TreeMap<>();

    RuleText(Encoding encoding, int action, String name) {
        this.encoding = encoding;
        this.action = action;
        this.name = name;
    }

    void good(Counts counts, List<Long> keys) {
        write(counts, keys, goodAlone, conditions, "for ");
    }

    void bad(Counts counts, List<Long> keys) {
        write(counts, keys, badAlone, exceptions, "unless ");
    }

    /** What one attribute alone says already is not said again of a pair. */
    private void write(
            Counts counts,
            List<Long> keys,
            Map<Integer, TreeSet<Integer>> alone,
            List<Map<String, Object>> out,
            String word) {
        Map<Integer, TreeSet<Integer>> byFirst = new TreeMap<>();
        for (long key : keys) {
            int first = (int) (key >>> 32);
            int second = (int) key;
            if (isOfOthers(counts.first, first) || (counts.second >= 0 && isOfOthers(counts.second, second))) {
                continue;
            }
            if (counts.second < 0) {
                alone.computeIfAbsent(counts.first, any -> new TreeSet<>()).add(first);
                byFirst.computeIfAbsent(0, any -> new TreeSet<>()).add(first);
            } else if (!holds(alone, counts.first, first) && !holds(alone, counts.second, second)) {
                byFirst.computeIfAbsent(first, any -> new TreeSet<>()).add(second);
            }
        }
        if (!applies(counts.first) || counts.second >= 0 && !applies(counts.second)) {
            return;
        }
        if (counts.second < 0) {
            byFirst.values().forEach(codes -> add(List.of(comparison(counts.first, codes)), out, word));
            return;
        }
        // Those of the first that go with the same values of the second are one rule.
        Map<TreeSet<Integer>, TreeSet<Integer>> together = new LinkedHashMap<>();
        byFirst.forEach((first, seconds) -> together.computeIfAbsent(seconds, any -> new TreeSet<>())
                .add(first));
        together.forEach((seconds, firsts) ->
                add(List.of(comparison(counts.first, firsts), comparison(counts.second, seconds)), out, word));
    }

    /** Whether it names another action: for this one it says nothing. */
    private boolean isOfOthers(int index, int code) {
        Column column = encoding.columns.get(index);
        return column.path().text().equals(AttributePath.ACTION_NAME)
                && code > 0
                && !column.values().get(code - 1).equals(encoding.actions.get(action));
    }

    private boolean applies(int column) {
        return encoding.applies[column][action];
    }

    private static boolean holds(Map<Integer, TreeSet<Integer>> alone, int column, int code) {
        return alone.getOrDefault(column, new TreeSet<>()).contains(code);
    }

    private record Comparison(Map<String, Object> condition, String text) {}

    private void add(List<Comparison> comparisons, List<Map<String, Object>> out, String word) {
        out.add(
                comparisons.size() == 1
                        ? comparisons.get(0).condition()
                        : Map.of(
                                "all",
                                comparisons.stream().map(Comparison::condition).toList()));
        lines.add(word + String.join(" and ", comparisons.stream().map(Comparison::text).toList()));
    }

    private Comparison comparison(int index, TreeSet<Integer> codes) {
        Column column = encoding.columns.get(index);
        return switch (column.kind()) {
            case VALUE -> values(column, codes);
            case RANGE -> ranges(column, codes);
            case HAS -> {
                boolean has = codes.contains(2);
                yield codes.size() == 2
                        ? new Comparison(
                                Map.of(column.path().text(), Map.of("exists", true)), column.path().text() + " is known")
                        : new Comparison(
                                Map.of(
                                        column.path().text(),
                                        has
                                                ? Map.of("contains", column.element())
                                                : Map.of("containsNone", List.of(column.element()))),
                                column.show(has ? 2 : 1));
            }
        };
    }

    private static Comparison values(Column column, TreeSet<Integer> codes) {
        List<Object> values = codes.stream()
                .map(code -> Column.plainNumber(column.values().get(code - 1)))
                .sorted(Comparator.comparing(String::valueOf))
                .toList();
        String path = column.path().text();
        String text = values.size() == 1
                ? path + " = " + values.get(0)
                : path + " in " + values.size() + " values: "
                        + String.join(", ", values.stream().limit(3).map(String::valueOf).toList())
                        + (values.size() > 3 ? ", …" : "");
        return new Comparison(
                Map.of(path, values.size() == 1 ? Map.of("equals", values.get(0)) : Map.of("in", values)), text);
    }

    /** Ranges side by side are one. */
    private static Comparison ranges(Column column, TreeSet<Integer> codes) {
        List<Map<String, Object>> any = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        int from = -1;
        int last = -1;
        for (int code : codes) {
            if (from >= 0 && code != last + 1) {
                range(column, from, last, any, texts);
                from = code;
            }
            from = from < 0 ? code : from;
            last = code;
        }
        range(column, from, last, any, texts);
        return new Comparison(
                any.size() == 1 ? any.get(0) : Map.of("any", any), String.join(" or ", texts));
    }

    private static void range(
            Column column, int from, int to, List<Map<String, Object>> any, List<String> texts) {
        String path = column.path().text();
        Map<String, Object> bounds = new LinkedHashMap<>();
        if (from > 1) {
            bounds.put("moreThan", Column.plainNumber(column.cuts()[from - 2]));
        } else {
            bounds.put("atLeast", Column.plainNumber(column.from()));
        }
        bounds.put("atMost", Column.plainNumber(to <= column.cuts().length ? column.cuts()[to - 1] : column.to()));
        any.add(Map.of(path, bounds));
        texts.add(path + (from > 1 ? " > " + bounds.get("moreThan") + " and" : "") + " ≤ " + bounds.get("atMost"));
    }

    List<Map<String, Object>> rules(Known known) {
        List<Map<String, Object>> rules = new ArrayList<>();
        String of = encoding.actions.get(action);
        for (int i = 0; i < conditions.size(); i++) {
            List<Map<String, Object>> all = new ArrayList<>();
            all.add(conditions.get(i));
            if (!exceptions.isEmpty()) {
                all.add(Map.of("not", Map.of("any", List.copyOf(exceptions))));
            }
            all.addAll(known.conditions());
            Map<String, Object> when = all.size() == 1 ? all.get(0) : Map.of("all", List.copyOf(all));
            rules.add(Draft.rule(name + "-" + Draft.slug(of) + "-" + (i + 1), of, when));
        }
        return rules;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
