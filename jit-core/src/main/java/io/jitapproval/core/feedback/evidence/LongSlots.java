package io.jitapproval.core.feedback.evidence;

import java.util.Arrays;

/** Numbers keys in the order in which they come, in two flat arrays. */
final class LongSlots {

    private static final int SMALLEST = 16;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    /** No key is negative. */
    private static final long FREE = -1;

    private long[] keys;
    private int[] slots;
    private int mask;
    private int size;

    LongSlots(int expected) {
        int capacity = SMALLEST;
        while (capacity < expected * 2L && capacity < 1 << 30) {
            capacity <<= 1;
        }
        keys = new long[capacity];
        Arrays.fill(keys, FREE);
        slots = new int[capacity];
        mask = capacity - 1;
    }

    static int spread(long key) {
        long mixed = key * GOLDEN;
        return (int) (mixed ^ (mixed >>> 32));
    }

    /** The number of a key, a new one if it has none. */
    int add(long key) {
        int at = spread(key) & mask;
        while (keys[at] != FREE) {
            if (keys[at] == key) {
                return slots[at];
            }
            at = (at + 1) & mask;
        }
        keys[at] = key;
        slots[at] = size;
        size++;
        if (size * 2 > keys.length) {
            grow();
        }
        return size - 1;
    }

    /** The number of a key; -1 if it has none. */
    int find(long key) {
        int at = spread(key) & mask;
        while (keys[at] != FREE) {
            if (keys[at] == key) {
                return slots[at];
            }
            at = (at + 1) & mask;
        }
        return -1;
    }

    int size() {
        return size;
    }

    /** The keys by their numbers. */
    long[] keys() {
        long[] all = new long[size];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != FREE) {
                all[slots[i]] = keys[i];
            }
        }
        return all;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldSlots = slots;
        keys = new long[oldKeys.length * 2];
        Arrays.fill(keys, FREE);
        slots = new int[keys.length];
        mask = keys.length - 1;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int at = spread(oldKeys[i]) & mask;
                while (keys[at] != FREE) {
                    at = (at + 1) & mask;
                }
                keys[at] = oldKeys[i];
                slots[at] = oldSlots[i];
            }
        }
    }
}
