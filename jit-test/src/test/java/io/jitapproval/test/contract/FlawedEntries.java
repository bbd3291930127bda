package io.jitapproval.test.contract;

import io.jitapproval.spi.GrantStore.EntryChange;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.StoreEntry;
import io.jitapproval.spi.StoreFullException;
import io.jitapproval.test.contract.FlawedStore.Flaw;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The entries of a {@link FlawedStore}, with their flaws. */
final class FlawedEntries {

    private final Predicate<Flaw> has;
    private final int limit;
    private final Map<String, StoreEntry> all = new ConcurrentSkipListMap<>();

    FlawedEntries(Predicate<Flaw> has, int limit) {
        this.has = has;
        this.limit = limit;
    }

    <R> R change(
            String kind,
            String key,
            EntryChange<R> change,
            Instant now,
            BiConsumer<Step<StoreEntry, R>, List<StoreEntry>> write) {
        Optional<StoreEntry> current =
                Optional.ofNullable(all.get(name(kind, key))).filter(entry -> lasts(entry, now));
        Step<StoreEntry, R> step = change.apply(current, now);
        List<StoreEntry> kept = new ArrayList<>(step.entries());
        if (step.next() != null) {
            kept.add(step.next());
        }
        write.accept(step, kept);
        return step.result();
    }

    void makeRoom(List<StoreEntry> entries, Instant now) {
        if (has.test(Flaw.ENTRIES_WITHOUT_LIMIT)) {
            return;
        }
        all.values().removeIf(entry -> !lasts(entry, now));
        for (StoreEntry entry : entries) {
            boolean there = all.containsKey(name(entry.kind(), entry.key()));
            if ((!there || has.test(Flaw.FULL_FOR_WHAT_IS_THERE))
                    && list(entry.kind(), now).size() >= limit) {
                throw new StoreFullException("full at " + limit);
            }
        }
    }

    void put(List<StoreEntry> entries) {
        entries.forEach(entry -> all.put(name(entry.kind(), entry.key()), entry));
    }

    List<StoreEntry> list(String kind, Instant now) {
        return all.values().stream()
                .filter(entry ->
                        has.test(Flaw.ONE_KIND_OF_ENTRY) || entry.kind().equals(kind))
                .filter(entry -> lasts(entry, now))
                .toList();
    }

    private boolean lasts(StoreEntry entry, Instant now) {
        return has.test(Flaw.ENTRIES_FOR_EVER) || entry.until().isAfter(now);
    }

    private String name(String kind, String key) {
        return has.test(Flaw.ONE_KIND_OF_ENTRY) ? key : kind + "/" + key;
    }
}
