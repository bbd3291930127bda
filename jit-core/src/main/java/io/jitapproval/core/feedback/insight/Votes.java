package io.jitapproval.core.feedback.insight;

/** One person's votes, eight bytes each: the second, the bin and what is known of it, so that their order is that of time. */
final class Votes {

    private static final int APPROVED = 1;
    private static final int TIMED = 2;
    private static final int FAST = 4;
    private static final int UNDONE = 8;
    private static final int BIN_BITS = 24;

    private final Longs packed = new Longs();

    void add(long second, int bin, boolean approved, boolean timed, boolean fast, boolean undone) {
        int flags = (approved ? APPROVED : 0) | (timed ? TIMED : 0) | (fast ? FAST : 0) | (undone ? UNDONE : 0);
        long at = Math.max(0, Math.min(second, 0xFFFFFFFFFL >> 1));
        packed.add(at << (BIN_BITS + 4) | (long) bin << 4 | flags);
    }

    int size() {
        return packed.size();
    }

    /** In the order of time. */
    long[] inOrder() {
        return packed.sorted();
    }

    long get(int index) {
        return packed.get(index);
    }

    static long second(long vote) {
        return vote >>> (BIN_BITS + 4);
    }

    static int bin(long vote) {
        return (int) (vote >>> 4) & (1 << BIN_BITS) - 1;
    }

    static boolean isApproved(long vote) {
        return (vote & APPROVED) != 0;
    }

    static boolean isTimed(long vote) {
        return (vote & TIMED) != 0;
    }

    static boolean isFast(long vote) {
        return (vote & FAST) != 0;
    }

    static boolean isUndone(long vote) {
        return (vote & UNDONE) != 0;
    }

    /** Sums by bin. */
    static final class Totals {
        final long[] votes;
        final long[] denied;
        final long[] timed;
        final long[] fast;
        final long[] undone;

        Totals(int bins) {
            votes = new long[bins];
            denied = new long[bins];
            timed = new long[bins];
            fast = new long[bins];
            undone = new long[bins];
        }

        void add(Votes some) {
            for (int i = 0; i < some.size(); i++) {
                add(some.get(i));
            }
        }

        void add(long vote) {
            int bin = bin(vote);
            votes[bin]++;
            denied[bin] += isApproved(vote) ? 0 : 1;
            timed[bin] += isTimed(vote) ? 1 : 0;
            fast[bin] += isFast(vote) ? 1 : 0;
            undone[bin] += isUndone(vote) ? 1 : 0;
        }
    }
}
