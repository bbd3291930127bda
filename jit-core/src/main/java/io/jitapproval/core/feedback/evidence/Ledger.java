package io.jitapproval.core.feedback.evidence;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All values of one attribute by row, each as the number of its value, while a history is being read. What turns out to name each row
 * by itself is given up.
 */
final class Ledger {

    private static final int MOST_BY_NAME = 50_000;
    private static final double ALL_DIFFERENT = 0.8;
    private static final int MOST_ELEMENTS = 8;
    private static final int FIRST_ROWS = 1024;
    private static final double[] NONE = {};

    final AttributePath path;
    private int[] values = new int[0];
    private final Map<Object, Integer> numbers = new HashMap<>();
    private int rows;
    private int present;
    private boolean numeric = true;
    private boolean lists;
    private boolean mixed;
    private boolean givenUp;

    Ledger(String path) {
        this.path = AttributePath.of(path);
    }

    void set(int row, Object value) {
        if (givenUp) {
            return;
        }
        Object key = value;
        if (value instanceof Collection<?> list) {
            mixed |= present > 0 && !lists;
            lists = true;
            key = new ListValue(elements(list).keySet().stream().sorted().toList());
        } else {
            mixed |= lists;
            numeric &= value instanceof Double;
        }
        int number = numbers.computeIfAbsent(key, any -> numbers.size() + 1);
        if (row >= values.length) {
            values = Arrays.copyOf(values, Math.max(FIRST_ROWS, Math.max(row + 1, values.length * 2)));
        }
        present += values[row] == 0 ? 1 : 0;
        values[row] = number;
        rows = Math.max(rows, row + 1);
        // Numbers may all differ and still have ranges.
        if (!numeric && numbers.size() > MOST_BY_NAME && numbers.size() > ALL_DIFFERENT * present) {
            giveUp();
        }
    }

    private static Map<String, Boolean> elements(Collection<?> list) {
        Map<String, Boolean> elements = new HashMap<>();
        list.forEach(each -> elements.put(String.valueOf(each), true));
        return elements;
    }

    private void giveUp() {
        givenUp = true;
        values = new int[0];
        numbers.clear();
    }

    boolean isNumeric() {
        return numeric && !lists;
    }

    boolean isList() {
        return lists;
    }

    /** Whether it says nothing that could be learnt: each value stands alone, or its kind changes from row to row. */
    boolean isGivenUp() {
        return givenUp || mixed;
    }

    int present() {
        return present;
    }

    /** The number of a row's value; 0 if it has none. */
    int at(int row) {
        return row < rows && row < values.length ? values[row] : 0;
    }

    int distinct() {
        return numbers.size();
    }

    /** The values by their numbers, the first of them at 1. */
    Object[] byNumber() {
        Object[] all = new Object[numbers.size() + 1];
        numbers.forEach((value, number) -> all[number] = value);
        return all;
    }

    /** For numbers: their values by their numbers. */
    double[] doubles() {
        if (!isNumeric()) {
            return NONE;
        }
        double[] all = new double[numbers.size() + 1];
        numbers.forEach((value, number) -> all[number] = (Double) value);
        return all;
    }

    /** For lists: the elements that most rows have, the most frequent first, but those that all rows have or none. */
    List<String> elements(int[] chosen) {
        Object[] byNumber = byNumber();
        int[] rowsOf = new int[byNumber.length];
        for (int row : chosen) {
            rowsOf[at(row)]++;
        }
        Map<String, Integer> counts = new TreeMap<>();
        int all = 0;
        for (int i = 1; i < byNumber.length; i++) {
            int times = rowsOf[i];
            all += times;
            if (byNumber[i] instanceof ListValue list) {
                list.elements().forEach(each -> counts.merge(each, times, Integer::sum));
            }
        }
        int most = all;
        return counts.entrySet().stream()
                .filter(each -> each.getValue() > 0 && each.getValue() < most)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_ELEMENTS)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A list as what it holds, in order. */
    record ListValue(List<String> elements) {}
}
