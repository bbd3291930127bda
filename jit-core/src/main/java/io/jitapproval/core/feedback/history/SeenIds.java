package io.jitapproval.core.feedback.history;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which ids have been, with a hash of the line that had each and its place: 28 bytes an id, spread over at most twice the room. */
final class SeenIds {

    private static final int FIRST_SIZE = 1 << 10;
    private static final int FILL_NUMERATOR = 3;
    private static final int FILL_DENOMINATOR = 4;

    private final SipHash hash;
    private long[] ids = new long[FIRST_SIZE];
    private long[] lines = new long[FIRST_SIZE];
    private int[] files = new int[FIRST_SIZE];
    private long[] numbers = new long[FIRST_SIZE];
    private int size;

    SeenIds(SipHash hash) {
        this.hash = hash;
    }

    /**
     * Where an id was before.
     *
     * @param file   its file, counted from 0
     * @param number its line
     * @param same   whether that line was the same, byte for byte
     */
    record Before(int file, long number, boolean same) {}

    /** Remembers the id of a line; where it was before, or null if it is new. */
    @Nullable
    Before add(String id, LineSource line, int file) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        long key = nonZero(hash.of(bytes, 0, bytes.length));
        long content = hash.of(line.buffer(), line.from(), line.length());
        int slot = slot(ids, key);
        if (ids[slot] == key) {
            return new Before(files[slot], numbers[slot], lines[slot] == content);
        }
        ids[slot] = key;
        lines[slot] = content;
        files[slot] = file;
        numbers[slot] = line.number();
        size++;
        if (size > ids.length / FILL_DENOMINATOR * FILL_NUMERATOR) {
            grow();
        }
        return null;
    }

    private static long nonZero(long key) {
        return key == 0 ? 1 : key;
    }

    private static int slot(long[] keys, long key) {
        int mask = keys.length - 1;
        int slot = ((int) key) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] old = ids;
        int[] oldFiles = files;
        long[] oldLines = lines;
        long[] oldNumbers = numbers;
        ids = new long[2 * old.length];
        lines = Arrays.copyOf(oldLines, ids.length);
        files = Arrays.copyOf(oldFiles, ids.length);
        numbers = Arrays.copyOf(oldNumbers, ids.length);
        for (int i = 0; i < old.length; i++) {
            if (old[i] != 0) {
                int slot = slot(ids, old[i]);
                ids[slot] = old[i];
                lines[slot] = oldLines[i];
                files[slot] = oldFiles[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }
}
