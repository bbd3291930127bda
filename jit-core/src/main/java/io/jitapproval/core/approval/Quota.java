package io.jitapproval.core.approval;

import io.jitapproval.AskingLimits.Bucket;
import io.jitapproval.spi.GrantStore.EntryChange;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How often people were asked of late, as the store keeps it: the instant at which the bucket is full again, and the requests that
 * are still pending as far as is known. Every method gives a pure function of the entry and the store's instant.
 */
public final class Quota {

    /** The kind of entry that quotas are. */
    public static final String KIND = "quota";

    static final String FULL = "full";
    private static final String PENDING = "pending.";

    private Quota() {}

    /**
     * What came of it.
     *
     * @param again   when there will be a token; empty if one was taken
     * @param pending the requests that are pending already, if they are too many; otherwise empty
     */
    public record Taken(Optional<Instant> again, Set<String> pending) {

        private static final Taken ONE = new Taken(Optional.empty(), Set.of());

        /** {@return whether one was taken} */
        public boolean isTaken() {
            return again.isEmpty() && pending.isEmpty();
        }
    }

    /**
     * Takes a token.
     *
     * @param key         the entry's key
     * @param bucket      the bucket
     * @param mostPending how many requests may be pending
     * @param requestId   the request that it is for; counted as pending if {@code mostPending} is bounded
     * @param lasts       how long that may be pending at most
     * @return the change
     */
    public static EntryChange<Taken> take(
            String key, Bucket bucket, int mostPending, String requestId, Duration lasts) {
        return (current, now) -> {
            Map<String, Instant> pending = pending(current, now);
            if (pending.size() >= mostPending) {
                return Step.nothing(new Taken(Optional.empty(), Set.copyOf(pending.keySet())));
            }
            Instant full = full(current, now);
            if (!bucket.isEndless()) {
                Instant next = full.plus(bucket.refill());
                Instant soonest = next.minus(bucket.refill().multipliedBy(bucket.size()));
                if (soonest.isAfter(now)) {
                    return Step.nothing(new Taken(Optional.of(soonest), Set.of()));
                }
                full = next;
            }
            if (mostPending < Integer.MAX_VALUE) {
                pending.put(requestId, now.plus(lasts));
            }
            return Step.to(entry(key, full, pending), Taken.ONE);
        };
    }

    /**
     * Gives a token back that was not needed.
     *
     * @param key       the entry's key
     * @param bucket    the bucket
     * @param requestId the request that it was for
     * @return the change
     */
    public static EntryChange<Boolean> giveBack(String key, Bucket bucket, String requestId) {
        return (current, now) -> {
            if (current.isEmpty()) {
                return Step.nothing(false);
            }
            Map<String, Instant> pending = pending(current, now);
            pending.remove(requestId);
            Instant full = full(current, now);
            return Step.to(entry(key, bucket.isEndless() ? full : full.minus(bucket.refill()), pending), true);
        };
    }

    /**
     * Forgets requests that have ended.
     *
     * @param key   the entry's key
     * @param ended their ids
     * @return the change
     */
    public static EntryChange<Boolean> forget(String key, List<String> ended) {
        return (current, now) -> {
            if (current.isEmpty()) {
                return Step.nothing(false);
            }
            Map<String, Instant> pending = pending(current, now);
            pending.keySet().removeAll(ended);
            return Step.to(entry(key, full(current, now), pending), true);
        };
    }

    private static Map<String, Instant> pending(Optional<StoreEntry> current, Instant now) {
        Map<String, Instant> pending = new LinkedHashMap<>();
        current.ifPresent(entry -> entry.data().forEach((name, value) -> {
            if (name.startsWith(PENDING) && now.isBefore(Instant.parse(value))) {
                pending.put(name.substring(PENDING.length()), Instant.parse(value));
            }
        }));
        return pending;
    }

    static Instant full(Optional<StoreEntry> current, Instant now) {
        return current.map(entry -> entry.data().get(FULL))
                .map(Instant::parse)
                .filter(now::isBefore)
                .orElse(now);
    }

    private static StoreEntry entry(String key, Instant full, Map<String, Instant> pending) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(FULL, full.toString());
        Instant until = full;
        for (Map.Entry<String, Instant> one : pending.entrySet()) {
            data.put(PENDING + one.getKey(), one.getValue().toString());
            until = one.getValue().isAfter(until) ? one.getValue() : until;
        }
        return new StoreEntry(KIND, key, data, until);
    }
}
