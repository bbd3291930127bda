package io.jitapproval.core.feedback.evidence;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    /** What was learnt from, but for the exceptions. */
    private final int[] learnt;

    private final List<Part> conditions = new ArrayList<>();
    private final List<Part> exceptions = new ArrayList<>();
    private final Map<Integer, Set<Integer>> goodAlone = new TreeMap<>();
    private final Map<Integer, Set<Integer>> badAlone = new TreeMap<>();

    RuleText(Encoding encoding, int action, String name, int[] learnt) {
        this.learnt = learnt;
        this.encoding = encoding;
        this.action = action;
        this.name = name;
    }

    void good(Counts counts, List<Long> keys) {
        write(counts, keys, goodAlone, conditions);
    }

    void bad(Counts counts, List<Long> keys) {
        write(counts, keys, badAlone, exceptions);
    }

    /** What one attribute alone says already is not said again of a pair. */
    private void write(Counts counts, List<Long> keys, Map<Integer, Set<Integer>> alone, List<Part> out) {
        Map<Integer, Set<Integer>> byFirst = new TreeMap<>();
        for (long key : keys) {
            int first = (int) (key >>> 32);
            int second = (int) key;
            if (counts.second < 0) {
                alone.computeIfAbsent(counts.first, any -> new TreeSet<>()).add(first);
                byFirst.computeIfAbsent(0, any -> new TreeSet<>()).add(first);
            } else if (!holds(alone, counts.first, first) && !holds(alone, counts.second, second)) {
                byFirst.computeIfAbsent(first, any -> new TreeSet<>()).add(second);
            }
        }
        if (!applies(counts.first) || (counts.second >= 0 && !applies(counts.second))) {
            return;
        }
        if (counts.second < 0) {
            byFirst.values().forEach(codes -> add(List.of(comparison(counts.first, codes)), out));
            return;
        }
        // Those of the first that go with the same values of the second are one rule.
        Map<Set<Integer>, Set<Integer>> together = new LinkedHashMap<>();
        byFirst.forEach((first, seconds) ->
                together.computeIfAbsent(seconds, any -> new TreeSet<>()).add(first));
        together.forEach((seconds, firsts) ->
                add(List.of(comparison(counts.first, firsts), comparison(counts.second, seconds)), out));
    }

    private boolean applies(int column) {
        return encoding.applies[column][action];
    }

    private static boolean holds(Map<Integer, Set<Integer>> alone, int column, int code) {
        return alone.getOrDefault(column, Set.of()).contains(code);
    }

    private record Comparison(int column, Set<Integer> codes, Map<String, Object> condition, String text) {}

    /** Comparisons that hold together. */
    private record Part(List<Comparison> comparisons) {

        Map<String, Object> condition() {
            return comparisons.size() == 1
                    ? comparisons.get(0).condition()
                    : Map.of(
                            "all",
                            comparisons.stream().map(Comparison::condition).toList());
        }

        String text() {
            return String.join(
                    " and ", comparisons.stream().map(Comparison::text).toList());
        }
    }

    /** The action is said once, by the rule. */
    private void add(List<Comparison> comparisons, List<Part> out) {
        List<Comparison> said = comparisons.stream()
                .filter(each -> comparisons.size() == 1
                        || !encoding.columns.get(each.column()).path().text().equals(AttributePath.ACTION_NAME))
                .toList();
        out.add(new Part(said));
    }

    private BitSet holds(Part part) {
        BitSet holds = new BitSet();
        for (int i = 0; i < learnt.length; i++) {
            int position = learnt[i];
            boolean all = part.comparisons().stream()
                    .allMatch(each -> each.codes().contains(encoding.codes[each.column()][position]));
            holds.set(i, all);
        }
        return holds;
    }

    /** As few of them as cover what all of them cover, those that cover most first. */
    private List<Part> pruned(List<Part> parts) {
        Map<Part, BitSet> rows = new LinkedHashMap<>();
        parts.forEach(part -> rows.put(part, holds(part)));
        List<Part> kept = new ArrayList<>();
        BitSet covered = new BitSet();
        while (true) {
            Part best = null;
            int most = 0;
            for (Map.Entry<Part, BitSet> each : rows.entrySet()) {
                BitSet more = (BitSet) each.getValue().clone();
                more.andNot(covered);
                if (more.cardinality() > most) {
                    most = more.cardinality();
                    best = each.getKey();
                }
            }
            if (best == null) {
                return kept;
            }
            kept.add(best);
            covered.or(rows.getOrDefault(best, new BitSet()));
        }
    }

    private Comparison comparison(int index, Set<Integer> codes) {
        Column column = encoding.columns.get(index);
        return switch (column.kind()) {
            case VALUE -> values(index, column, codes);
            case RANGE -> ranges(index, column, codes);
            case HAS -> {
                boolean has = codes.contains(2);
                yield codes.size() == 2
                        ? new Comparison(
                                index,
                                codes,
                                Map.of(column.path().text(), Map.of("exists", true)),
                                column.path().text() + " is known")
                        : new Comparison(
                                index,
                                codes,
                                Map.of(
                                        column.path().text(),
                                        has
                                                ? Map.of("contains", column.element())
                                                : Map.of("containsNone", List.of(column.element()))),
                                column.show(has ? 2 : 1));
            }
        };
    }

    private static Comparison values(int index, Column column, Set<Integer> codes) {
        List<Object> values = codes.stream()
                .map(code -> Column.plainNumber(column.values().get(code - 1)))
                .sorted(Comparator.comparing(String::valueOf))
                .toList();
        String path = column.path().text();
        String text = values.size() == 1
                ? path + " = " + values.get(0)
                : path + " in " + values.size() + " values: "
                        + String.join(
                                ", ",
                                values.stream().limit(3).map(String::valueOf).toList())
                        + (values.size() > 3 ? ", …" : "");
        return new Comparison(
                index,
                codes,
                Map.of(path, values.size() == 1 ? Map.of("equals", values.get(0)) : Map.of("in", values)),
                text);
    }

    /** Ranges side by side are one. */
    private static Comparison ranges(int index, Column column, Set<Integer> codes) {
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
                index, codes, any.size() == 1 ? any.get(0) : Map.of("any", any), String.join(" or ", texts));
    }

    private static void range(Column column, int from, int to, List<Map<String, Object>> any, List<String> texts) {
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
        List<Map<String, Object>> unless =
                exceptions.stream().map(Part::condition).toList();
        for (Part part : pruned(conditions)) {
            List<Map<String, Object>> all = new ArrayList<>();
            all.add(part.condition());
            if (!unless.isEmpty()) {
                all.add(Map.of("not", Map.of("any", unless)));
            }
            all.addAll(known.conditions());
            Map<String, Object> when = all.size() == 1 ? all.get(0) : Map.of("all", List.copyOf(all));
            rules.add(Draft.rule(name + "-" + Draft.slug(of) + "-" + (rules.size() + 1), of, when));
        }
        return rules;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        pruned(conditions).forEach(part -> lines.add("for " + part.text()));
        exceptions.forEach(part -> lines.add("unless " + part.text()));
        return lines;
    }
}
