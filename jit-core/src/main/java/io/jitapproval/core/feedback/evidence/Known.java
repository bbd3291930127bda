package io.jitapproval.core.feedback.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values that an action's decisions were learnt from, of attributes with few: what has another goes to people. */
final class Known {

    private static final int FEW_VALUES = 20;

    private final Encoding encoding;
    private final Map<Integer, BitSet> codes = new LinkedHashMap<>();

    private Known(Encoding encoding) {
        this.encoding = encoding;
    }

    /**
     * Looks at the oldest decisions of an action.
     *
     * @param encoding all decisions
     * @param fit      how many of them, the oldest first, are learnt from
     * @param action   the action
     */
    static Known of(Encoding encoding, int fit, int action) {
        Known known = new Known(encoding);
        for (int c = 0; c < encoding.columns.size(); c++) {
            Column column = encoding.columns.get(c);
            if (column.kind() == Column.Kind.VALUE
                    && encoding.applies[c][action]
                    && column.size() <= FEW_VALUES
                    && !column.path().text().equals(AttributePath.ACTION_NAME)) {
                BitSet seen = new BitSet();
                for (int i = 0; i < fit; i++) {
                    if (encoding.action[i] == action && encoding.codes[c][i] > 0) {
                        seen.set(encoding.codes[c][i]);
                    }
                }
                known.codes.put(c, seen);
            }
        }
        return known;
    }

    private boolean holds(int row) {
        return codes.entrySet().stream().allMatch(each -> {
            int code = encoding.codes[each.getKey()][row];
            return code > 0 && each.getValue().get(code);
        });
    }

    /** The scores, with what holds another value out of reach. */
    double[] bar(double[] scores, double barred) {
        double[] some = Arrays.copyOf(scores, scores.length);
        for (int i = 0; i < some.length; i++) {
            some[i] = holds(i) ? some[i] : barred;
        }
        return some;
    }

    List<Map<String, Object>> conditions() {
        List<Map<String, Object>> conditions = new ArrayList<>();
        codes.forEach((c, seen) ->
                conditions.add(Map.of(encoding.columns.get(c).path().text(), Map.of("in", values(c, seen)))));
        return conditions;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        codes.forEach((c, seen) -> lines.add("only where "
                + encoding.columns.get(c).path().text() + " is "
                + String.join(
                        ", ", values(c, seen).stream().map(String::valueOf).toList())));
        return lines;
    }

    private List<Object> values(int c, BitSet seen) {
        return seen.stream()
                .mapToObj(code ->
                        Column.plainNumber(encoding.columns.get(c).values().get(code - 1)))
                .sorted(Comparator.comparing(String::valueOf))
                .toList();
    }
}
