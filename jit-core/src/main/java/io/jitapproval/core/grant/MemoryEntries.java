package io.jitapproval.core.grant;

import io.jitapproval.spi.GrantStore.EntryChange;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.StoreEntry;
import io.jitapproval.spi.StoreFullException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The entries of a memory store. Those whose time is over are forgotten when there is no room for another one. */
final class MemoryEntries {

    private final int limit;
    private final Map<String, Map<String, StoreEntry>> byKind = new ConcurrentHashMap<>();
    private final ReentrantLock[] locks;

    MemoryEntries(int limit, int stripes) {
        this.limit = limit;
        this.locks = new ReentrantLock[stripes];
        for (int i = 0; i < stripes; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    <R> R change(String kind, String key, EntryChange<R> change, Supplier<Instant> clock, Journal journal) {
        ReentrantLock lock = locks[(key.hashCode() & 0x7fffffff) % locks.length];
        lock.lock();
        try {
            Instant now = clock.get();
            Optional<StoreEntry> current = Optional.ofNullable(of(kind).get(key))
                    .filter(entry -> entry.until().isAfter(now));
            Step<StoreEntry, R> step = change.apply(current, now);
            StoreEntry next = step.next();
            if (next != null && current.isEmpty()) {
                makeRoom(kind, 1, now);
            }
            journal.append(step.records());
            if (next != null) {
                of(kind).put(key, next);
            }
            return step.result();
        } finally {
            lock.unlock();
        }
    }

    /** Before entries come with another change: there is room for them. */
    void makeRoom(List<StoreEntry> entries, Instant now) {
        entries.forEach(entry -> makeRoom(entry.kind(), entries.size(), now));
    }

    void put(List<StoreEntry> entries) {
        entries.forEach(entry -> of(entry.kind()).put(entry.key(), entry));
    }

    List<StoreEntry> list(String kind, Instant now) {
        return of(kind).values().stream()
                .filter(entry -> entry.until().isAfter(now))
                .toList();
    }

    private void makeRoom(String kind, int many, Instant now) {
        Map<String, StoreEntry> entries = of(kind);
        if (entries.size() + many > limit) {
            entries.values().removeIf(entry -> !entry.until().isAfter(now));
        }
        if (entries.size() + many > limit) {
            throw new StoreFullException(
                    "the memory store holds " + limit + " entries of " + kind + ", which is its limit");
        }
    }

    private Map<String, StoreEntry> of(String kind) {
        return byKind.computeIfAbsent(kind, name -> new ConcurrentSkipListMap<>());
    }
}
