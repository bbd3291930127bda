package io.jitapproval.core.feedback.insight;

/** Counts by the hash of a key: twelve bytes for each of the slots, of which at least half are free. */
final class Counts {

    private long[] keys = new long[64];
    private int[] counts = new int[64];
    private int size;

    /** Counts one more and returns how many there were before. */
    int add(long key) {
        if (2 * size >= keys.length) {
            grow();
        }
        int slot = slot(key);
        if (counts[slot] == 0) {
            keys[slot] = key;
            size++;
        }
        return counts[slot]++;
    }

    int get(long key) {
        return counts[slot(key)];
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) mix(key) & mask;
        while (counts[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new long[2 * oldKeys.length];
        counts = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                counts[slot] = oldCounts[i];
            }
        }
    }

    /** 64 bits of several texts. Two keys of a million meet with probability 3 in 10^8. */
    static long key(String... parts) {
        long hash = 0x9E3779B97F4A7C15L;
        for (String part : parts) {
            for (int i = 0; i < part.length(); i++) {
                hash = (hash ^ part.charAt(i)) * 0x100000001B3L;
                hash ^= hash >>> 29;
            }
            hash = mix(hash + 0x9E3779B97F4A7C15L);
        }
        return hash;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
