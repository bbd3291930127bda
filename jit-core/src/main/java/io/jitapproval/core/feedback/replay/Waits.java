package io.jitapproval.core.feedback.replay;

import java.time.Duration;
import java.util.Optional;

/** How long was waited: the sum to the millisecond, and the median to a percent, in 120 kilobytes whatever is added. */
final class Waits {

    /** Numbers below this have a bucket each; above, each doubling has half as many. */
    private static final int EXACT = 256;

    private static final int BITS = 8;
    private static final int BUCKETS = EXACT + (Long.SIZE - BITS) * EXACT / 2;

    private final long[] buckets = new long[BUCKETS];
    /** The shortest that fell into each. */
    private final long[] shortest = new long[BUCKETS];

    private Duration sum = Duration.ZERO;
    private long count;

    void add(Duration wait) {
        long millis = Math.max(0, wait.toMillis());
        sum = sum.plusMillis(millis);
        int bucket = bucket(millis);
        shortest[bucket] = buckets[bucket] == 0 ? millis : Math.min(shortest[bucket], millis);
        buckets[bucket]++;
        count++;
    }

    private static int bucket(long millis) {
        if (millis < EXACT) {
            return (int) millis;
        }
        int doublings = Long.SIZE - Long.numberOfLeadingZeros(millis) - BITS;
        return EXACT + (doublings - 1) * EXACT / 2 + (int) (millis >>> doublings) - EXACT / 2;
    }

    long count() {
        return count;
    }

    Duration sum() {
        return sum;
    }

    /** The smallest wait that at least half of them do not exceed, or one that is at most a percent shorter. */
    Optional<Duration> median() {
        long below = 0;
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            below += buckets[bucket];
            if (below > 0 && below >= (count + 1) / 2) {
                return Optional.of(Duration.ofMillis(shortest[bucket]));
            }
        }
        return Optional.empty();
    }
}
