package io.jitapproval.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.GrantStore.Submission;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The part of the contract that is about entries. */
abstract class StoreEntrySuite extends StoreOutboxSuite {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private List<String> kept() {
        return store().entries(Samples.KIND).stream()
                .map(entry -> entry.key() + "=" + entry.data().get("value"))
                .toList();
    }

    private StoreEntry later(String key, String value) {
        return Samples.entry(key, value, clock.now().plus(MINUTE));
    }

    @Nested
    @DisplayName("An entry")
    class Keeping {

        @Test
        @DisplayName("is there with the change that brings it, whatever that changes, in the place of what was there")
        void comesWithItsChange() {
            store().submit(
                            "key",
                            now -> {
                                Submission asked = Samples.asked("r1", "key", now);
                                return new Submission(
                                        asked.request(),
                                        asked.grant(),
                                        asked.records(),
                                        List.of(Samples.message("r1", 1, "chat", now)),
                                        List.of(later("a", "1"), later("b", "1")));
                            },
                            journal);
            assertThat(kept()).containsExactly("a=1", "b=1");

            store().changeRequest(
                            "r1", (current, now) -> Step.to(current, true).keeping(List.of(later("b", "2"))), journal);
            give(store(), "g1", 2);
            store().changeGrant(
                            "g1",
                            (current, now) -> Samples.begin(current, now).keeping(List.of(later("c", "3"))),
                            journal);
            store().changeMessage(
                            "r1/1",
                            (current, now) -> Step.to(current.tried(now), true).keeping(List.of(later("d", "4"))),
                            journal);
            store().changeEntry(
                            Samples.KIND,
                            "a",
                            (current, now) -> Step.to(later("a", "2"), true).keeping(List.of(later("0", "5"))),
                            journal);

            assertThat(kept()).as("in the order of their keys").containsExactly("0=5", "a=2", "b=2", "c=3", "d=4");
            assertThat(store().entries("nothing")).isEmpty();
        }

        @Test
        @DisplayName("comes with nothing if the journal fails (wall 1)")
        void undoneWithItsJournal() {
            ask("r1", "key");
            give(store(), "g1", 2);
            keep(store(), later("a", "1"));

            assertThatThrownBy(() -> store().changeRequest(
                                    "r1",
                                    (current, now) -> Samples.deny(current, now)
                                            .keeping(List.of(later("a", "2"), later("b", "2"))),
                                    RecordingJournal.failing(failure)))
                    .isSameAs(failure);
            assertThatThrownBy(() -> store().changeGrant(
                                    "g1",
                                    (current, now) ->
                                            Samples.begin(current, now).keeping(List.of(later("a", "3"))),
                                    RecordingJournal.failing(failure)))
                    .isSameAs(failure);
            assertThatThrownBy(() -> store().changeEntry(
                                    Samples.KIND,
                                    "a",
                                    (current, now) -> Step.to(later("a", "4"), true),
                                    RecordingJournal.failing(failure)))
                    .isSameAs(failure);

            assertThat(kept()).containsExactly("a=1");
        }

        @Test
        @DisplayName("is not seen before the records of its change are written (wall 6)")
        void entryNotBeforeTheRecords() {
            ask("r1", "key");

            List<String> seen = readDuring(
                    journal -> store().changeRequest(
                                    "r1",
                                    (current, now) -> Samples.deny(current, now).keeping(List.of(later("a", "1"))),
                                    journal),
                    StoreEntrySuite.this::kept);

            assertThat(seen).isEmpty();
            assertThat(kept()).containsExactly("a=1");
        }

        @Test
        @DisplayName("is over at its very end: no list has it, and a change finds none")
        void endIsExclusive() {
            keep(store(), later("a", "1"));
            clock.advance(MINUTE.minusNanos(1));
            assertThat(kept()).containsExactly("a=1");

            clock.advance(Duration.ofNanos(1));
            assertThat(kept()).isEmpty();
            boolean there = store().changeEntry(
                            Samples.KIND, "a", (current, now) -> Step.nothing(current.isPresent()), journal);
            assertThat(there).isFalse();
        }

        @Test
        @DisplayName("is told apart by kind and key")
        void kindsApart() {
            keep(store(), later("a", "1"));
            keep(
                    store(),
                    new StoreEntry(
                            "other", "a", Map.of("value", "2"), clock.now().plus(MINUTE)));

            assertThat(kept()).containsExactly("a=1");
            assertThat(store().entries("other")).hasSize(1);
        }
    }

    @Nested
    @DisplayName("A change of an entry")
    class ChangingEntries {

        @Test
        @DisplayName("sees what is there, writes its records, and passes the result through")
        void sees() {
            keep(store(), later("a", "1"));

            String seen = store().changeEntry(
                            Samples.KIND,
                            "a",
                            (current, now) -> Step.nothing(
                                    String.valueOf(current.orElseThrow().data().get("value")),
                                    Samples.record(Kind.NOTED, "r1", now, Map.of())),
                            journal);

            assertThat(seen).isEqualTo("1");
            assertThat(kept()).containsExactly("a=1");
            assertThat(journal.kinds()).containsExactly(Kind.NOTED);
        }

        @Test
        @DisplayName("loses no update of 16 threads, not even to entries that come with other changes (wall 6)")
        void losesNoEntryUpdate() {
            int threads = 16;
            int each = 10;
            List<GrantStore> handles = handles();
            AtomicInteger number = new AtomicInteger();

            Threads.race(threads, () -> {
                GrantStore handle = handles.get(number.incrementAndGet() % handles.size());
                for (int i = 0; i < each; i++) {
                    handle.changeEntry(
                            Samples.KIND,
                            "count",
                            (current, now) -> {
                                int before = current.map(entry -> entry.data().get("value"))
                                        .map(Integer::parseInt)
                                        .orElse(0);
                                Threads.giveWay();
                                return Step.to(later("count", Integer.toString(before + 1)), true)
                                        .keeping(List.of(later("latest", Integer.toString(before + 1))));
                            },
                            journal);
                }
                return true;
            });

            assertThat(kept()).containsExactly("count=" + threads * each, "latest=" + threads * each);
        }

        @Test
        @DisplayName("waits for a change that brings the same entry, and sees it (wall 6)")
        void seesWhatAnotherChangeBrings() {
            ask("r1", "key");

            String seen = lateBehind(
                    held -> store().changeRequest(
                                    "r1",
                                    (current, now) -> Step.to(current, true).keeping(List.of(later("a", "1"))),
                                    held),
                    () -> store().changeEntry(
                                    Samples.KIND,
                                    "a",
                                    (current, now) -> Step.nothing(
                                            current.map(entry -> entry.data().get("value"))
                                                    .orElse("none")),
                                    journal),
                    Duration.ZERO);

            assertThat(seen).isEqualTo("1");
        }
    }
}
