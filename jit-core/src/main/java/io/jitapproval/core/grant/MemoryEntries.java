package io.jitapproval.core.grant;

import static java.util.Objects.requireNonNull;

import io.jitapproval.spi.GrantStore.EntryChange;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.StoreEntry;
import io.jitapproval.spi.StoreFullException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The entries of a memory store. Those whose time is over are forgotten when there is no room for another one. The locks of several
 * entries are always taken in one order.
 */
final class MemoryEntries {

    private final int limit;
    private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();
    private final ReentrantLock[] locks;

    MemoryEntries(int limit, int stripes) {
        this.limit = limit;
        this.locks = new ReentrantLock[stripes];
        for (int i = 0; i < stripes; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** The entries of one kind, and how many there are or will be. */
    private static final class Shelf {
        final Map<String, StoreEntry> byKey = new ConcurrentSkipListMap<>();
        final AtomicInteger size = new AtomicInteger();

        /** Before this instant no entry's time is over. */
        final AtomicReference<Instant> soonest = new AtomicReference<>(Instant.MAX);

        void put(StoreEntry entry) {
            if (byKey.put(entry.key(), entry) == null) {
                size.incrementAndGet();
            }
            atTheSoonest(entry.until());
        }

        private void atTheSoonest(Instant until) {
            soonest.accumulateAndGet(until, (before, other) -> before.isBefore(other) ? before : other);
        }

        /** Looks through all entries only if there is one to forget, so that a full shelf refuses fast. */
        void forgetWhatIsOver(Instant now) {
            if (requireNonNull(soonest.get()).isAfter(now)) {
                return;
            }
            soonest.set(Instant.MAX);
            for (StoreEntry entry : List.copyOf(byKey.values())) {
                if (entry.until().isAfter(now)) {
                    atTheSoonest(entry.until());
                } else if (byKey.remove(entry.key(), entry)) {
                    size.decrementAndGet();
                }
            }
        }
    }

    /** Makes a step take effect while the entry is locked. */
    interface Effect {
        void take(Step<StoreEntry, ?> step, List<StoreEntry> entries, Instant now);
    }

    <R> R change(String kind, String key, EntryChange<R> change, Supplier<Instant> clock, Effect effect) {
        SortedSet<Integer> held = new TreeSet<>(List.of(stripe(kind, key)));
        while (true) {
            SortedSet<Integer> needed = new TreeSet<>(held);
            lock(held);
            try {
                Instant now = clock.get();
                Step<StoreEntry, R> step = change.apply(current(kind, key, now), now);
                List<StoreEntry> all = new ArrayList<>();
                StoreEntry next = step.next();
                if (next != null) {
                    all.add(next);
                }
                all.addAll(step.entries());
                needed.addAll(stripes(all));
                if (held.containsAll(needed)) {
                    effect.take(step, all, now);
                    return step.result();
                }
            } finally {
                unlock(held);
            }
            held = needed;
        }
    }

    private Optional<StoreEntry> current(String kind, String key, Instant now) {
        Shelf shelf = shelves.get(kind);
        return Optional.ofNullable(shelf == null ? null : shelf.byKey.get(key))
                .filter(entry -> entry.until().isAfter(now));
    }

    /**
     * Locks entries and sees to it that there is room for them.
     *
     * @throws StoreFullException if there is none; then nothing is locked
     */
    Hold hold(List<StoreEntry> entries, Instant now) {
        return new Hold(entries, now);
    }

    /** Entries that are about to be kept. */
    final class Hold implements AutoCloseable {

        private final List<StoreEntry> entries;
        private final SortedSet<Integer> held;
        private final List<Shelf> reserved = new ArrayList<>();

        private Hold(List<StoreEntry> entries, Instant now) {
            this.entries = entries;
            this.held = stripes(entries);
            lock(held);
            boolean there = false;
            try {
                for (StoreEntry entry : entries) {
                    Shelf shelf = shelf(entry.kind());
                    if (!shelf.byKey.containsKey(entry.key())) {
                        reserve(shelf, entry.kind(), now);
                        reserved.add(shelf);
                    }
                }
                there = true;
            } finally {
                if (!there) {
                    close();
                }
            }
        }

        void put() {
            for (StoreEntry entry : entries) {
                shelf(entry.kind()).put(entry);
            }
        }

        @Override
        public void close() {
            reserved.forEach(shelf -> shelf.size.decrementAndGet());
            unlock(held);
        }
    }

    private void reserve(Shelf shelf, String kind, Instant now) {
        if (shelf.size.incrementAndGet() > limit) {
            shelf.forgetWhatIsOver(now);
            if (shelf.size.get() > limit) {
                shelf.size.decrementAndGet();
                throw new StoreFullException(
                        "the memory store holds " + limit + " entries of " + kind + ", which is its limit");
            }
        }
    }

    List<StoreEntry> list(String kind, Instant now) {
        Shelf shelf = shelves.get(kind);
        return shelf == null
                ? List.of()
                : shelf.byKey.values().stream()
                        .filter(entry -> entry.until().isAfter(now))
                        .toList();
    }

    private Shelf shelf(String kind) {
        return shelves.computeIfAbsent(kind, name -> new Shelf());
    }

    private int stripe(String kind, String key) {
        return ((31 * kind.hashCode() + key.hashCode()) & 0x7fffffff) % locks.length;
    }

    private SortedSet<Integer> stripes(List<StoreEntry> entries) {
        SortedSet<Integer> stripes = new TreeSet<>();
        entries.forEach(entry -> stripes.add(stripe(entry.kind(), entry.key())));
        return stripes;
    }

    private void lock(SortedSet<Integer> stripes) {
        stripes.forEach(stripe -> locks[stripe].lock());
    }

    private void unlock(SortedSet<Integer> stripes) {
        stripes.forEach(stripe -> locks[stripe].unlock());
    }
}
