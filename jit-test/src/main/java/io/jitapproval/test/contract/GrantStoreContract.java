package io.jitapproval.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.StoreEntry;
import io.jitapproval.spi.StoreFullException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Proves that a grant store keeps the protocol of {@link GrantStore}. Extend it and implement {@link #store}:
 *
 * <pre>{@code
 * class MyStoreContractTest extends GrantStoreContract {
 *     @Override
 *     protected GrantStore store(InstantSource clock, int limit) {
 *         return new MyStore(emptyDatabase(), clock, limit);
 *     }
 * }
 * }</pre>
 *
 * <p>Each test wants an empty store and calls the hook when it needs one. A store that several processes share also overrides
 * {@link #sibling}, so that the tests with many threads go through two handles on the same storage. A store that lives by a
 * clock of its own, such as that of a database, takes the given clock in its place for these tests: time is moved by hand here.
 *
 * <p>Nothing in the suite sleeps; races are provoked by holding up a change in its journal, and by many threads. A failure
 * names the promise that is broken, with the number of the wall of the design that stands on it.
 */
@DisplayName("A grant store")
public abstract class GrantStoreContract extends StoreVoidingSuite {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** For subclasses. */
    protected GrantStoreContract() {}

    /**
     * An empty store. Closed by the suite after the test.
     *
     * @param clock the clock by which it lives
     * @param limit how many pending requests, how many active grants, and how many entries of a kind, it holds at most
     * @return the store
     */
    @Override
    protected abstract GrantStore store(InstantSource clock, int limit);

    /**
     * A second handle on the storage of a store, as another process would have it. Closed by the suite after the test.
     *
     * @param first the store
     * @param clock the same clock
     * @param limit the same limit
     * @return the other handle; by default empty, which fits a store of a single process
     */
    @Override
    protected Optional<GrantStore> sibling(GrantStore first, InstantSource clock, int limit) {
        return Optional.empty();
    }

    @Nested
    @DisplayName("The journal")
    class Journaling {

        @Test
        @DisplayName("has a submission's records before anybody sees the request (wall 6)")
        void beforeSubmission() {
            Optional<ApprovalRequest> seen = readDuring(
                    journal -> store().submit("key", now -> Samples.asked("r1", "key", now), journal),
                    () -> store().request("r1"));

            assertThat(seen)
                    .as("what others see while the records are being written")
                    .isEmpty();
            assertThat(store().request("r1")).isPresent();
        }

        @Test
        @DisplayName("has the records of a change before anybody sees the change or its grant (wall 6)")
        void beforeChange() {
            ask("r1", "key");

            boolean seen = readDuring(
                    journal -> store().changeRequest(
                                    "r1", (current, now) -> Samples.approve(current, "g1", 1, now), journal),
                    () -> store().grant("g1").isPresent()
                            || !store().activeGrants(Samples.ANA, Samples.REFUND)
                                    .isEmpty()
                            || store().pendingRequests().isEmpty());

            assertThat(seen)
                    .as("seen by others while the records are being written")
                    .isFalse();
            assertThat(store().grant("g1")).isPresent();
        }

        @Test
        @DisplayName("has the record of a use before anybody sees the use (wall 6)")
        void beforeUse() {
            give(store(), "g1", 1);

            Optional<Integer> seen = readDuring(
                    journal -> store().changeGrant("g1", Samples::begin, journal),
                    () -> store().grant("g1").map(Grant::uses));

            assertThat(seen)
                    .as("uses that others see while the record is being written")
                    .contains(0);
            assertThat(store().grant("g1").map(Grant::uses)).contains(1);
        }
    }

    @Nested
    @DisplayName("The clock")
    class Clock {

        @Test
        @DisplayName("is the one that was given")
        void isTheGivenOne() {
            assertThat(store().now()).isEqualTo(clock.now());
            Instant later = clock.advance(MINUTE);
            assertThat(store().now()).isEqualTo(later);
        }

        @Test
        @DisplayName(
                "is read after the lock of a grant is taken: who waited for the lock acts on the new instant (walls 7 and 8)")
        void afterTheLockOfAGrant() {
            give(store(), "g1", 2);

            int use = lateBehind(
                    held -> store().changeGrant("g1", Samples::begin, held),
                    () -> begin(store(), "g1"),
                    Samples.WITHIN);

            assertThat(use)
                    .as("uses begun at the very instant of the grant's end")
                    .isZero();
        }

        @Test
        @DisplayName("is read after the lock of a request is taken: nobody decides after the decide-by (wall 7)")
        void afterTheLockOfARequest() {
            ask("r1", "key");

            Instant seen = lateBehind(
                    held -> store().changeRequest("r1", (current, now) -> Step.to(current, ""), held),
                    () -> store().changeRequest("r1", (current, now) -> Step.nothing(now), journal)
                            .orElseThrow(),
                    Samples.DECIDE_WITHIN);

            assertThat(seen).as("the instant that a change sees which waited").isEqualTo(clock.now());
        }

        @Test
        @DisplayName(
                "is read after the lock of a match key is taken: nobody joins a request that ended meanwhile (wall 7)")
        void afterTheLockOfAKey() {
            String joined = lateBehind(
                    held -> store().submit("key", now -> Samples.asked("r1", "key", now), held),
                    () -> ask("r2", "key").id(),
                    Samples.DECIDE_WITHIN);

            assertThat(joined)
                    .as("the request that a submission gets which waited")
                    .isEqualTo("r2");
        }
    }

    @Nested
    @DisplayName("A full store")
    class Full {

        @Test
        @DisplayName("refuses another request, and keeps every one that waits (wall 14)")
        void refusesRequests() {
            GrantStore small = store(2);
            ask(small, "r1", "key1");
            ask(small, "r2", "key2");

            assertThatThrownBy(() -> ask(small, "r3", "key3")).isInstanceOf(StoreFullException.class);

            assertThat(requestIds(small.pendingRequests())).containsExactlyInAnyOrder("r1", "r2");
            assertThat(small.request("r3")).isEmpty();
            assertThat(journal.kinds()).as("records of what was refused").hasSize(2);
            assertThat(ask(small, "r4", "key1").id())
                    .as("joining needs no room")
                    .isEqualTo("r1");
        }

        @Test
        @DisplayName("has room again when a request has ended")
        void endedRequestMakesRoom() {
            GrantStore small = store(1);
            for (int i = 0; i < 5; i++) {
                ask(small, "r" + i, "key" + i);
                small.changeRequest("r" + i, Samples::deny, journal);
            }

            assertThat(ask(small, "last", "key").id()).isEqualTo("last");
        }

        @Test
        @DisplayName("refuses an approval whose grant has no room; the request stays pending and nothing is written")
        void refusesGrants() {
            GrantStore small = store(1);
            give(small, "g1", 1);
            ApprovalRequest waiting = ask(small, "r1", "key");
            int written = journal.kinds().size();

            assertThatThrownBy(() -> small.changeRequest(
                            "r1", (current, now) -> Samples.approve(current, "g2", 1, now), journal))
                    .isInstanceOf(StoreFullException.class);

            assertThat(small.request("r1")).contains(waiting);
            assertThat(grantIds(small.activeGrants())).containsExactly("g1");
            assertThat(small.grant("g2")).isEmpty();
            assertThat(journal.kinds()).hasSize(written);
        }

        @Test
        @DisplayName("refuses a submission whose grant has no room")
        void refusesSubmittedGrants() {
            GrantStore small = store(1);
            give(small, "g1", 1);

            assertThatThrownBy(() -> give(small, "g2", 1)).isInstanceOf(StoreFullException.class);

            assertThat(grantIds(small.activeGrants())).containsExactly("g1");
        }

        @Test
        @DisplayName(
                "refuses an entry that has no room, with the change that brings it; one that is there can still be changed")
        void refusesEntries() {
            GrantStore small = store(2);
            keep(small, Samples.entry("one", "1", clock.now().plus(MINUTE)));
            keep(small, Samples.entry("two", "1", clock.now().plus(MINUTE)));
            ApprovalRequest waiting = ask(small, "r1", "key");
            int written = journal.kinds().size();

            assertThatThrownBy(() ->
                            keep(small, Samples.entry("three", "1", clock.now().plus(MINUTE))))
                    .isInstanceOf(StoreFullException.class);
            assertThatThrownBy(() -> small.changeRequest(
                            "r1",
                            (current, now) -> Samples.deny(current, now)
                                    .keeping(List.of(Samples.entry("three", "1", now.plus(MINUTE)))),
                            journal))
                    .isInstanceOf(StoreFullException.class);

            assertThat(small.request("r1")).contains(waiting);
            assertThat(journal.kinds()).hasSize(written);
            keep(small, Samples.entry("two", "2", clock.now().plus(MINUTE)));
            assertThat(small.entries(Samples.KIND)).extracting(StoreEntry::key).containsExactly("one", "two");
        }

        @Test
        @DisplayName("has room for an entry again when the time of another one is over")
        void overEntryMakesRoom() {
            GrantStore small = store(1);
            for (int i = 0; i < 5; i++) {
                keep(small, Samples.entry("e" + i, "1", clock.now().plus(MINUTE)));
                clock.advance(MINUTE);
            }

            assertThat(small.entries(Samples.KIND)).isEmpty();
        }

        @Test
        @DisplayName("loses no room for entries to changes that failed")
        void failuresTakeNoRoomForEntries() {
            GrantStore small = store(1);
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> small.changeEntry(
                                Samples.KIND,
                                "e",
                                (current, now) -> Step.to(Samples.entry("e", "1", now.plus(MINUTE)), true),
                                RecordingJournal.failing(failure)))
                        .isSameAs(failure);
            }
            keep(small, Samples.entry("e1", "1", clock.now().plus(MINUTE)));
            assertThat(small.entries(Samples.KIND)).hasSize(1);
        }

        @Test
        @DisplayName("has room again when a grant is used up")
        void usedUpGrantMakesRoom() {
            GrantStore small = store(1);
            for (int i = 0; i < 5; i++) {
                give(small, "g" + i, 1);
                assertThat(begin(small, "g" + i)).isEqualTo(1);
            }

            assertThat(small.activeGrants()).isEmpty();
        }

        @Test
        @DisplayName("loses no room to changes that failed")
        void failuresTakeNoRoom() {
            GrantStore small = store(1);
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> small.submit(
                                "key", now -> Samples.asked("r", "key", now), RecordingJournal.failing(failure)))
                        .isSameAs(failure);
                assertThatThrownBy(() -> small.submit(
                                "key",
                                now -> Samples.granted(Samples.grant("g", 1, now)),
                                RecordingJournal.failing(failure)))
                        .isSameAs(failure);
            }
            ask(small, "r1", "key");
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> small.changeRequest(
                                "r1",
                                (current, now) -> Samples.approve(current, "g", 1, now),
                                RecordingJournal.failing(failure)))
                        .isSameAs(failure);
            }

            give(small, "g1", 1);
            assertThat(grantIds(small.activeGrants())).containsExactly("g1");
        }
    }
}
