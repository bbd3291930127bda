package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How often people may be asked, so that nobody is asked until they say yes. Counted for what asks people alone: neither calls that
 * are covered or that a rule answers, nor equal ones that join a pending request. Whoever asks too often is refused, and the
 * approvers never hear of it.
 *
 * <p>{@code perApprover} refuses nothing: a question to somebody who has been interrupted too often is held back for a while, at most half
 * of what is left until its request escalates or ends, and then goes out with whatever else was held back.
 *
 * @param perRequester        how often one person may ask, under all their accounts
 * @param perAction           how often everybody together may ask for one action
 * @param pendingPerRequester how many requests of one person may be pending at once; at least 1
 * @param perApprover         how often one channel may interrupt one person with questions
 */
public record AskingLimits(Bucket perRequester, Bucket perAction, int pendingPerRequester, Bucket perApprover) {

    private static final Bucket INTERRUPTIONS = new Bucket(20, Duration.ofMinutes(3));

    /**
     * A person may ask 30 times at once and then once every 2 minutes; for one action it is 300 times, and once every 12 seconds. An
     * approver is interrupted 20 times at once and then once every 3 minutes.
     */
    public static final AskingLimits DEFAULT =
            new AskingLimits(new Bucket(30, Duration.ofMinutes(2)), new Bucket(300, Duration.ofSeconds(12)), 50);

    /** Without limits: for load tests, or where something in front of the guard sets them. */
    public static final AskingLimits NONE =
            new AskingLimits(Bucket.ENDLESS, Bucket.ENDLESS, Integer.MAX_VALUE, Bucket.ENDLESS);

    /**
     * Limits that interrupt an approver as often as {@link #DEFAULT} does.
     *
     * @param perRequester        as above
     * @param perAction           as above
     * @param pendingPerRequester as above
     * @throws IllegalArgumentException if the number is less than 1
     */
    public AskingLimits(Bucket perRequester, Bucket perAction, int pendingPerRequester) {
        this(perRequester, perAction, pendingPerRequester, INTERRUPTIONS);
    }

    /**
     * A token bucket: full at first, one token for each request or interruption.
     *
     * @param size   how many tokens it holds; at least 1
     * @param refill how long it takes until there is one token more; positive, at most {@link Requirement#LONGEST_DECIDE_WITHIN}
     */
    public record Bucket(int size, Duration refill) {

        /** A bucket that is never empty. */
        public static final Bucket ENDLESS = new Bucket(Integer.MAX_VALUE, Duration.ofNanos(1));

        /**
         * Checks both.
         *
         * @param size   as above
         * @param refill as above
         * @throws IllegalArgumentException if the size is less than 1, or the time not positive or too long
         */
        public Bucket {
            requireAtLeastOne(size, "size");
            Text.requirePositive(refill, "refill");
            if (refill.compareTo(Requirement.LONGEST_DECIDE_WITHIN) > 0) {
                throw new IllegalArgumentException(
                        "refill must be at most " + Requirement.LONGEST_DECIDE_WITHIN + ", but was " + refill);
            }
        }

        /** Here, so that a bucket can be made before anything else of the limits. */
        private static void requireAtLeastOne(int number, String name) {
            if (number < 1) {
                throw new IllegalArgumentException(name + " must be at least 1, but was " + number);
            }
        }

        /** {@return whether it is never empty} */
        public boolean isEndless() {
            return size == Integer.MAX_VALUE;
        }
    }

    /**
     * Checks that everything is there.
     *
     * @param perRequester        as above
     * @param perAction           as above
     * @param pendingPerRequester as above
     * @param perApprover         as above
     * @throws IllegalArgumentException if the number is less than 1
     */
    public AskingLimits {
        requireNonNull(perRequester, "perRequester");
        requireNonNull(perAction, "perAction");
        Bucket.requireAtLeastOne(pendingPerRequester, "pendingPerRequester");
        requireNonNull(perApprover, "perApprover");
    }
}
