package io.jitapproval.core.approval;

import io.jitapproval.AskingLimits.Bucket;
import io.jitapproval.spi.GrantStore.EntryChange;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often one person was interrupted by one channel of late, as the store keeps it: the instant at which the bucket is full again, and
 * when the next digest goes out. Whatever is held back, on whichever node, is held back until one of few common instants; the token for
 * that is taken ahead of time, once.
 */
public final class Interruptions {

    /** With less time left than this until the request moves on by itself, a question is not held back. */
    public static final Duration NEAR = Duration.ofMinutes(1);

    private static final String DIGEST = "digest";

    private Interruptions() {}

    /**
     * What to do with a question.
     *
     * @param heldUntil until when it is held back; empty if it goes out
     * @param next      when there will be a token for another one
     */
    public record Ring(Optional<Instant> heldUntil, Instant next) {}

    /**
     * Takes a token for a question; if there is none, says until when it waits.
     *
     * @param key    the entry's key
     * @param bucket the bucket; not endless
     * @param moment when the request moves on by itself: at most half of the time until then is spent waiting
     * @return the change
     */
    public static EntryChange<Ring> ring(String key, Bucket bucket, Instant moment) {
        return (current, now) -> {
            Instant full = Quota.full(current, now);
            Instant next = full.plus(bucket.refill());
            Duration held = bucket.refill().multipliedBy(bucket.size());
            Instant soonest = next.minus(held);
            Optional<Instant> digest = digest(current).filter(now::isBefore);
            if (!soonest.isAfter(now)) {
                return Step.to(
                        entry(key, next, digest),
                        new Ring(Optional.empty(), next.plus(bucket.refill()).minus(held)));
            }
            Optional<Instant> together = together(bucket.refill(), now, moment);
            if (together.isEmpty() || together.equals(digest)) {
                return Step.nothing(new Ring(together, soonest));
            }
            // However many are early, no more than one token is owed.
            Instant owed = now.plus(held).plus(bucket.refill());
            return Step.to(entry(key, next.isAfter(owed) ? owed : next, together), new Ring(together, soonest));
        };
    }

    /**
     * Gives a token back: the question went out by somebody else, who took one as well.
     *
     * @param key    the entry's key
     * @param bucket the bucket; not endless
     * @return the change
     */
    public static EntryChange<Boolean> giveBack(String key, Bucket bucket) {
        return (current, now) -> current.isEmpty()
                ? Step.nothing(false)
                : Step.to(entry(key, Quota.full(current, now).minus(bucket.refill()), digest(current)), true);
    }

    /**
     * The next instant at which what is held back goes out: on a grid of the bucket's refill, or on a finer one if that would be too
     * late.
     */
    private static Optional<Instant> together(Duration refill, Instant now, Instant moment) {
        Duration left = Duration.between(now, moment);
        if (left.compareTo(NEAR) <= 0) {
            return Optional.empty();
        }
        Instant latest = now.plus(left.dividedBy(2));
        for (long step = Math.max(1, refill.toMillis()); step > 0; step /= 2) {
            Instant next = Instant.ofEpochMilli((Math.floorDiv(now.toEpochMilli(), step) + 1) * step);
            if (!next.isAfter(latest)) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> digest(Optional<StoreEntry> current) {
        return current.map(entry -> entry.data().get(DIGEST)).map(Instant::parse);
    }

    private static StoreEntry entry(String key, Instant full, Optional<Instant> digest) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(Quota.FULL, full.toString());
        digest.ifPresent(at -> data.put(DIGEST, at.toString()));
        Instant until = digest.filter(full::isBefore).orElse(full);
        return new StoreEntry(Quota.KIND, key, data, until);
    }
}
