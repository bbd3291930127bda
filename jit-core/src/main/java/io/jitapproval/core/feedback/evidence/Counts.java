package io.jitapproval.core.feedback.evidence;

/**
 * How often people decided and approved for each value of an attribute, or each pair of values of two, by fold: so that what is left
 * without one or two folds is a subtraction.
 */
final class Counts {

    final int first;
    /** -1 for a single attribute. */
    final int second;

    private final LongSlots slots;
    private final int folds;
    private int[] decided;
    private int[] approved;

    Counts(int first, int second, int folds, int expected) {
        this.first = first;
        this.second = second;
        this.folds = folds;
        this.slots = new LongSlots(expected);
        this.decided = new int[folds * 16];
        this.approved = new int[folds * 16];
    }

    /** The key of a row; -1 if it lacks one of the attributes, or has a value that is not known. */
    static long key(int a, int b) {
        return a <= 0 || b <= 0 ? -1 : ((long) a << 32) | b;
    }

    long key(int[][] codes, int row) {
        return key(codes[first][row], second < 0 ? 1 : codes[second][row]);
    }

    void add(long key, int fold, boolean yes) {
        if (key < 0) {
            return;
        }
        int at = slots.add(key) * folds + fold;
        if (at >= decided.length) {
            decided = java.util.Arrays.copyOf(decided, Math.max(at + folds, decided.length * 2));
            approved = java.util.Arrays.copyOf(approved, decided.length);
        }
        decided[at]++;
        approved[at] += yes ? 1 : 0;
    }

    int slot(long key) {
        return key < 0 ? -1 : slots.find(key);
    }

    /** How many were decided outside two folds, which may be the same, or -1 for none. */
    int decided(int slot, int without, int or) {
        return sum(decided, slot, without, or);
    }

    int approved(int slot, int without, int or) {
        return sum(approved, slot, without, or);
    }

    private int sum(int[] counts, int slot, int without, int or) {
        if (slot < 0) {
            return 0;
        }
        int sum = 0;
        int from = slot * folds;
        for (int fold = 0; fold < folds; fold++) {
            if (fold != without && fold != or) {
                sum += counts[from + fold];
            }
        }
        return sum;
    }

    int size() {
        return slots.size();
    }

    long[] keys() {
        return slots.keys();
    }
}
