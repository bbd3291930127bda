package io.jitapproval.core.feedback.insight;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Numbers, eight bytes each. */
final class Longs {

    private long[] values = new long[8];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    long get(int index) {
        return values[index];
    }

    /** A sorted copy. */
    long[] sorted() {
        long[] copy = Arrays.copyOf(values, size);
        Arrays.sort(copy);
        return copy;
    }

    /** The smallest value, in milliseconds, that the share of all does not exceed. */
    static Optional<Duration> quantile(long[] sorted, double share) {
        if (sorted.length == 0) {
            return Optional.empty();
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return Optional.of(Duration.ofMillis(sorted[Math.max(0, rank - 1)]));
    }
}
