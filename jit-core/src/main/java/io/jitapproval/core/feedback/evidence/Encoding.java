package io.jitapproval.core.feedback.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rows as codes: one column an attribute that says something, its values as they were in the rows that are learnt from. */
final class Encoding {

    /** More would cost more pairs than they bring. */
    private static final int MOST_COLUMNS = 12;

    private static final int RANGES = 16;
    private static final int LEAST_NUMBERS = 3;
    /** An attribute most of whose values stand alone names its bearer, and says nothing of the next one. */
    private static final double ALONE = 0.5;
    /** An attribute counts for an action whose requests nearly all have it: to leave it out must not help anybody. */
    private static final double NEARLY_ALL = 0.95;

    private static final int TRIED_ROWS = 50_000;
    private static final Set<String> ALWAYS =
            Set.of(AttributePath.SUBJECT_TYPE, AttributePath.ACTION_NAME, AttributePath.RESOURCE_TYPE);

    final List<Column> columns;
    /** By column, then by position in the order of time. */
    final int[][] codes;

    final boolean[] yes;
    /** The action of each position, by its number in {@link #actions}. */
    final int[] action;

    final List<String> actions;
    /** By column, then by action. */
    final boolean[][] applies;

    private Encoding(
            List<Column> columns,
            int[][] codes,
            boolean[] yes,
            int[] action,
            List<String> actions,
            boolean[][] applies) {
        this.columns = columns;
        this.codes = codes;
        this.yes = yes;
        this.action = action;
        this.actions = actions;
        this.applies = applies;
    }

    /**
     * Encodes all rows by what the first of them show.
     *
     * @param rows the rows
     * @param fit  how many of them, the oldest first, are learnt from
     */
    static Encoding of(Rows rows, int fit) {
        int[] order = rows.order();
        boolean[] yes = new boolean[order.length];
        for (int i = 0; i < yes.length; i++) {
            yes[i] = rows.approved(order[i]);
        }
        List<Column> columns = new ArrayList<>();
        List<int[]> codes = new ArrayList<>();
        rows.ledgers.values().stream()
                .filter(ledger -> !ledger.isGivenUp())
                .sorted(Comparator.comparing(ledger -> ledger.path.text()))
                .forEach(ledger -> add(ledger, order, fit, yes, columns, codes));
        int name = index(columns, AttributePath.ACTION_NAME);
        List<String> actions = new ArrayList<>();
        int[] action = new int[order.length];
        if (name >= 0) {
            columns.get(name).values().forEach(value -> actions.add(String.valueOf(value)));
            for (int i = 0; i < action.length; i++) {
                // What was never seen stands behind all others.
                int code = codes.get(name)[i];
                action[i] = code == Column.NOVEL ? actions.size() : code - 1;
            }
        }
        boolean[][] applies = applies(codes, action, actions.size(), fit);
        for (int c = 0; c < columns.size(); c++) {
            int[] mine = codes.get(c);
            for (int i = 0; i < mine.length; i++) {
                if (action[i] < actions.size() && !applies[c][action[i]]) {
                    mine[i] = Column.ABSENT;
                }
            }
        }
        return new Encoding(columns, codes.toArray(new int[0][]), yes, action, List.copyOf(actions), applies).best(fit);
    }

    private static int index(List<Column> columns, String path) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).path().text().equals(path)) {
                return i;
            }
        }
        return -1;
    }

    private static void add(
            Ledger ledger, int[] order, int fit, boolean[] yes, List<Column> columns, List<int[]> codes) {
        if (ledger.isList()) {
            for (String element : ledger.elements(Arrays.copyOf(order, fit))) {
                Column column = Column.has(ledger.path, element);
                columns.add(column);
                codes.add(codes(ledger, lists(ledger, column), order));
            }
            return;
        }
        int[] byNumber = byValue(ledger, order, fit);
        int known = Arrays.stream(byNumber).max().orElse(0);
        boolean tellsApart = !alone(ledger, order, fit);
        Column values = tellsApart ? values(ledger, byNumber, known) : null;
        Column chosen = values;
        int[] mine = values == null ? null : codes(ledger, byNumber, order);
        if (ledger.isNumeric() && known >= LEAST_NUMBERS) {
            Column ranges = ranges(ledger, order, fit);
            int[] other = codes(ledger, numbers(ledger, ranges), order);
            // Of few numbers each has a range of its own, and what lies between them is not new.
            if (mine == null
                    || known <= RANGES
                    || loss(other, yes, fit, ranges.size()) <= loss(mine, yes, fit, known)) {
                chosen = ranges;
                mine = other;
            }
        }
        if (chosen != null && mine != null) {
            columns.add(chosen);
            codes.add(mine);
        }
    }

    /** Whether most rows have a value that no other has. */
    private static boolean alone(Ledger ledger, int[] order, int fit) {
        int[] times = new int[ledger.distinct() + 1];
        int present = 0;
        for (int i = 0; i < fit; i++) {
            int number = ledger.at(order[i]);
            times[number]++;
            present += number > 0 ? 1 : 0;
        }
        times[0] = 0;
        return Arrays.stream(times).filter(time -> time == 1).count() > ALONE * present && present > RANGES;
    }

    /** Codes in the order of first use. */
    private static int[] byValue(Ledger ledger, int[] order, int fit) {
        int[] byNumber = new int[ledger.distinct() + 1];
        Arrays.fill(byNumber, Column.NOVEL);
        byNumber[0] = Column.ABSENT;
        int next = 1;
        for (int i = 0; i < fit; i++) {
            int number = ledger.at(order[i]);
            if (byNumber[number] == Column.NOVEL) {
                byNumber[number] = next;
                next++;
            }
        }
        return byNumber;
    }

    private static Column values(Ledger ledger, int[] byNumber, int known) {
        Object[] all = ledger.byNumber();
        Object[] values = new Object[known];
        for (int number = 1; number < byNumber.length; number++) {
            if (byNumber[number] > 0) {
                values[byNumber[number] - 1] = all[number];
            }
        }
        return Column.values(ledger.path, List.of(values));
    }

    private static Column ranges(Ledger ledger, int[] order, int fit) {
        double[] byNumber = ledger.doubles();
        double[] seen = new double[fit];
        int count = 0;
        for (int i = 0; i < fit; i++) {
            int number = ledger.at(order[i]);
            if (number > 0) {
                seen[count] = byNumber[number];
                count++;
            }
        }
        double[] sorted = Arrays.copyOf(seen, count);
        Arrays.sort(sorted);
        TreeSet<Double> cuts = new TreeSet<>();
        Arrays.stream(sorted).distinct().limit(RANGES + 1L).forEach(cuts::add);
        if (cuts.size() > RANGES) {
            cuts.clear();
            for (int i = 1; i < RANGES; i++) {
                cuts.add(sorted[(int) ((long) i * (count - 1) / RANGES)]);
            }
        }
        cuts.remove(sorted[count - 1]);
        return Column.ranges(
                ledger.path, cuts.stream().mapToDouble(Double::doubleValue).toArray(), sorted[0], sorted[count - 1]);
    }

    private static int[] numbers(Ledger ledger, Column column) {
        double[] byNumber = ledger.doubles();
        int[] codes = new int[byNumber.length];
        for (int number = 1; number < codes.length; number++) {
            codes[number] = column.code(byNumber[number]);
        }
        return codes;
    }

    private static int[] lists(Ledger ledger, Column column) {
        Object[] byNumber = ledger.byNumber();
        int[] codes = new int[byNumber.length];
        for (int number = 1; number < codes.length; number++) {
            codes[number] =
                    byNumber[number] instanceof Ledger.ListValue list ? column.code(list.elements()) : Column.NOVEL;
        }
        return codes;
    }

    private static int[] codes(Ledger ledger, int[] byNumber, int[] order) {
        int[] codes = new int[order.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = byNumber[ledger.at(order[i])];
        }
        return codes;
    }

    /** How badly the evidence of this column alone tells what people decided, each row by the others of another fold. */
    private static double loss(int[] codes, boolean[] yes, int fit, int size) {
        int step = Math.max(1, fit / TRIED_ROWS);
        int folds = 2;
        int[][] decided = new int[folds][size + 2];
        int[][] approved = new int[folds][size + 2];
        int total = 0;
        int positive = 0;
        for (int i = 0; i < fit; i += step) {
            int fold = Folds.of(i, folds);
            decided[fold][codes[i] + 1]++;
            approved[fold][codes[i] + 1] += yes[i] ? 1 : 0;
            total++;
            positive += yes[i] ? 1 : 0;
        }
        double base = Evidence.base(positive, total);
        double sum = 0;
        for (int i = 0; i < fit; i += step) {
            int other = 1 - Folds.of(i, folds);
            int at = codes[i] + 1;
            double p = (approved[other][at] + Evidence.SMOOTHING * base) / (decided[other][at] + Evidence.SMOOTHING);
            sum -= Math.log(yes[i] ? p : 1 - p);
        }
        return sum;
    }

    private static boolean[][] applies(List<int[]> codes, int[] action, int actions, int fit) {
        int[] all = new int[actions];
        for (int i = 0; i < fit; i++) {
            if (action[i] < actions) {
                all[action[i]]++;
            }
        }
        boolean[][] applies = new boolean[codes.size()][actions];
        for (int c = 0; c < codes.size(); c++) {
            int[] present = new int[actions];
            for (int i = 0; i < fit; i++) {
                if (action[i] < actions && codes.get(c)[i] != Column.ABSENT) {
                    present[action[i]]++;
                }
            }
            for (int a = 0; a < actions; a++) {
                applies[c][a] = all[a] > 0 && present[a] >= NEARLY_ALL * all[a];
            }
        }
        return applies;
    }

    /** What always counts, and of the rest what tells most. */
    private Encoding best(int fit) {
        Map<Integer, Double> losses = new HashMap<>();
        Set<Integer> kept = new HashSet<>();
        for (int c = 0; c < columns.size(); c++) {
            boolean counts = false;
            for (boolean each : applies[c]) {
                counts |= each;
            }
            if (ALWAYS.contains(columns.get(c).path().text())) {
                kept.add(c);
            } else if (counts && varies(codes[c], fit)) {
                losses.put(c, loss(codes[c], yes, fit, columns.get(c).size()));
            }
        }
        new TreeMap<>(losses)
                .entrySet().stream()
                        .sorted(Map.Entry.comparingByValue())
                        .limit(MOST_COLUMNS)
                        .forEach(each -> kept.add(each.getKey()));
        int[] chosen = kept.stream().mapToInt(Integer::intValue).sorted().toArray();
        List<Column> some = Arrays.stream(chosen).mapToObj(columns::get).toList();
        int[][] theirs = Arrays.stream(chosen).mapToObj(c -> codes[c]).toArray(int[][]::new);
        boolean[][] apply = Arrays.stream(chosen).mapToObj(c -> applies[c]).toArray(boolean[][]::new);
        return new Encoding(some, theirs, yes, action, actions, apply);
    }

    private static boolean varies(int[] codes, int fit) {
        for (int i = 1; i < fit; i++) {
            if (codes[i] != codes[0]) {
                return true;
            }
        }
        return false;
    }

    /** The attributes, single and in pairs, of which evidence is counted; the second is -1 for a single one. */
    List<int[]> tables(int fit) {
        List<Integer> varying = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            if (varies(codes[c], fit)) {
                varying.add(c);
            }
        }
        List<int[]> tables = new ArrayList<>();
        varying.forEach(c -> tables.add(new int[] {c, -1}));
        for (int i = 0; i < varying.size(); i++) {
            for (int j = i + 1; j < varying.size(); j++) {
                // Two elements of one list say together what they say alone, and nearly so the values of one attribute.
                if (!columns.get(varying.get(i))
                        .path()
                        .text()
                        .equals(columns.get(varying.get(j)).path().text())) {
                    tables.add(new int[] {varying.get(i), varying.get(j)});
                }
            }
        }
        return tables;
    }
}
