package io.jitapproval.core.feedback.evidence;

import java.util.ArrayList;
import java.util.List;

/** Learns weights of evidence from rows, and scores rows by those of other folds. */
final class Scorer {

    private static final int MOST_FITTED = 40_000;
    /** So many keys of a table are kept, those that stand for most decisions: what is left out counts as unknown. */
    static final int MOST_KEYS = 150_000;

    /** What no model tolerates. */
    static final int NEVER = 1 << 31;

    private final Encoding rows;
    private final int fit;
    private final int folds;
    private final List<int[]> tables;
    private final int[] fold;
    /** The approval rate without fold f at f, without any at the end. */
    private final double[] base;

    Scorer(Encoding rows, int fit, int folds) {
        this.rows = rows;
        this.fit = fit;
        this.folds = folds;
        this.tables = rows.tables(fit);
        this.fold = new int[fit];
        long[] decided = new long[folds];
        long[] approved = new long[folds];
        for (int i = 0; i < fit; i++) {
            fold[i] = Folds.of(i, folds);
            decided[fold[i]]++;
            approved[fold[i]] += rows.yes[i] ? 1 : 0;
        }
        long all = java.util.Arrays.stream(decided).sum();
        long yes = java.util.Arrays.stream(approved).sum();
        base = new double[folds + 1];
        for (int f = 0; f < folds; f++) {
            base[f] = Evidence.base(yes - approved[f], all - decided[f]);
        }
        base[folds] = Evidence.base(yes, all);
    }

    int fold(int position) {
        return fold[position];
    }

    double base() {
        return base[folds];
    }

    List<int[]> tables() {
        return tables;
    }

    Counts count(int[] table) {
        Counts counts = new Counts(table[0], table[1], folds, Math.min(fit, 1 << 14));
        for (int i = 0; i < fit; i++) {
            counts.add(counts.key(rows.codes, i), fold[i], rows.yes[i]);
        }
        return counts;
    }

    /** The positions that weights are fitted on. */
    private int[] sample() {
        int step = Math.max(1, (fit + MOST_FITTED - 1) / MOST_FITTED);
        int[] sample = new int[(fit + step - 1) / step];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = i * step;
        }
        return sample;
    }

    /**
     * The weights.
     *
     * @param cross whether those without each fold are wanted too
     * @return by fold those fitted without it, and last those fitted on all; only the last, if the others are not wanted
     */
    double[][] weights(boolean cross) {
        int[] sample = sample();
        int sets = cross ? folds + 1 : 1;
        float[][][] features = new float[sets][2 * tables.size()][];
        int[][] members = new int[sets][];
        boolean[][] labels = new boolean[sets][];
        for (int s = 0; s < sets; s++) {
            int without = cross && s < folds ? s : -1;
            members[s] = java.util.Arrays.stream(sample)
                    .filter(i -> fold[i] != without)
                    .toArray();
            labels[s] = new boolean[members[s].length];
            for (int i = 0; i < labels[s].length; i++) {
                labels[s][i] = rows.yes[members[s][i]];
            }
        }
        for (int t = 0; t < tables.size(); t++) {
            Counts counts = count(tables.get(t));
            for (int s = 0; s < sets; s++) {
                int without = cross && s < folds ? s : -1;
                float[] evidence = new float[members[s].length];
                float[] support = new float[members[s].length];
                for (int i = 0; i < evidence.length; i++) {
                    int position = members[s][i];
                    int slot = counts.slot(counts.key(rows.codes, position));
                    int decided = counts.decided(slot, fold[position], without);
                    int approved = counts.approved(slot, fold[position], without);
                    double rate = base[without >= 0 ? without : fold[position]];
                    evidence[i] = (float) Evidence.of(approved, decided, rate, Evidence.logit(rate));
                    support[i] = (float) Evidence.support(approved);
                }
                features[s][2 * t] = evidence;
                features[s][2 * t + 1] = support;
            }
        }
        double[][] weights = new double[sets][];
        for (int s = 0; s < sets; s++) {
            weights[s] = Logistic.fit(features[s], labels[s]);
            features[s] = new float[0][];
        }
        return weights;
    }

    /** Scores, and the columns of which a row has a value that was never seen, a bit each, by position. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Scores(double[] score, int[] novel) {}

    /** Each of the rows that are learnt from, by what the other folds say; without weights by fold, by those of all. */
    Scores crossed(double[][] weights) {
        double[] score = new double[fit];
        int[] novel = novel(fit, true);
        for (int i = 0; i < fit; i++) {
            score[i] = weights[weights.length == 1 ? 0 : fold[i]][0];
        }
        for (int t = 0; t < tables.size(); t++) {
            if (!isUsed(weights, t)) {
                continue;
            }
            Counts counts = count(tables.get(t));
            for (int i = 0; i < fit; i++) {
                double[] mine = weights[weights.length == 1 ? 0 : fold[i]];
                int slot = counts.slot(counts.key(rows.codes, i));
                int decided = counts.decided(slot, fold[i], -1);
                int approved = counts.approved(slot, fold[i], -1);
                double rate = base[fold[i]];
                score[i] += mine[1 + 2 * t] * Evidence.of(approved, decided, rate, Evidence.logit(rate))
                        + mine[2 + 2 * t] * Evidence.support(approved);
            }
        }
        return new Scores(score, novel);
    }

    private static boolean isUsed(double[][] weights, int table) {
        for (double[] each : weights) {
            if (each[1 + 2 * table] > 0 || each[2 + 2 * table] > 0) {
                return true;
            }
        }
        return false;
    }

    /** Of which columns a row has a value that none of those has that it is judged by, or lacks one that all have. */
    private int[] novel(int until, boolean crossed) {
        int[] novel = new int[until];
        for (int c = 0; c < rows.columns.size(); c++) {
            Counts counts = count(new int[] {c, -1});
            for (int i = 0; i < until; i++) {
                int code = rows.codes[c][i];
                boolean lacks = code == Column.ABSENT
                        && rows.action[i] < rows.actions.size()
                        && rows.applies[c][rows.action[i]];
                int slot = counts.slot(Counts.key(code, 1));
                boolean unseen =
                        code == Column.NOVEL || (code > 0 && counts.decided(slot, crossed ? fold[i] : -1, -1) == 0);
                // Nobody gets round a value by leaving it out.
                novel[i] |= lacks ? NEVER : unseen ? 1 << c : 0;
            }
        }
        return novel;
    }

    /** The rows behind those that are learnt from, as the model scores them. */
    Scores ahead(double bias, List<EvidenceModel.Table> kept) {
        int length = rows.yes.length - fit;
        double[] score = new double[length];
        java.util.Arrays.fill(score, bias);
        double logit = Evidence.logit(base());
        for (EvidenceModel.Table table : kept) {
            int[] first = rows.codes[table.first()];
            int[] second = table.second() < 0 ? null : rows.codes[table.second()];
            for (int i = 0; i < length; i++) {
                long key = Counts.key(first[fit + i], second == null ? 1 : second[fit + i]);
                if (key >= 0) {
                    score[i] += table.points(table.slots().find(key), base(), logit);
                }
            }
        }
        return new Scores(score, java.util.Arrays.copyOfRange(novel(rows.yes.length, false), fit, rows.yes.length));
    }

    /** What the model keeps of each table: those that count, with their keys. */
    List<EvidenceModel.Table> kept(double[] weights) {
        List<EvidenceModel.Table> kept = new ArrayList<>();
        for (int t = 0; t < tables.size(); t++) {
            if (isUsed(new double[][] {weights}, t)) {
                kept.add(EvidenceModel.Table.of(count(tables.get(t)), weights[1 + 2 * t], weights[2 + 2 * t]));
            }
        }
        return kept;
    }
}
