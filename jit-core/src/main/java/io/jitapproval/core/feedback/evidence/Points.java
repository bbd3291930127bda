package io.jitapproval.core.feedback.evidence;

import java.util.Arrays;

/** The points of each key of one table, key and points side by side, so that looking one up reads memory once. */
final class Points {

    private static final int SMALLEST = 16;
    /** No key is negative. */
    private static final long FREE = -1;

    private final long[] cells;
    private final int mask;

    Points(EvidenceModel.Table table, double base, double logit) {
        long[] keys = table.slots().keys();
        int capacity = SMALLEST;
        while (capacity < keys.length * 2L) {
            capacity <<= 1;
        }
        cells = new long[capacity * 2];
        Arrays.fill(cells, FREE);
        mask = capacity - 1;
        for (int slot = 0; slot < keys.length; slot++) {
            double points = table.points(slot, base, logit);
            if (points != 0) {
                int at = LongSlots.spread(keys[slot]) & mask;
                while (cells[2 * at] != FREE) {
                    at = (at + 1) & mask;
                }
                cells[2 * at] = keys[slot];
                cells[2 * at + 1] = Double.doubleToRawLongBits(points);
            }
        }
    }

    /** The points of a key; 0 for one that is not known, or none. */
    double of(long key) {
        if (key < 0) {
            return 0;
        }
        int at = LongSlots.spread(key) & mask;
        while (cells[2 * at] != FREE) {
            if (cells[2 * at] == key) {
                return Double.longBitsToDouble(cells[2 * at + 1]);
            }
            at = (at + 1) & mask;
        }
        return 0;
    }
}
