package io.jitapproval.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Grant;
import io.jitapproval.Ref;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.GrantStore.Voiding;
import io.jitapproval.spi.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The part of the contract that is about voiding grants together. */
abstract class StoreVoidingSuite extends StoreEntrySuite {

    private void voidAll(Voiding which) {
        voidAll(store(), which, journal);
    }

    private static void voidAll(GrantStore store, Voiding which, Journal to) {
        store.voidGrants(which, now -> List.of(Samples.record(Kind.GRANTS_VOIDED, "none", now, Map.of())), to);
    }

    private boolean isVoided(String id) {
        return store().grant(id).map(Grant::voided).orElseThrow();
    }

    @Nested
    @DisplayName("Voiding grants")
    class Voidings {

        @Test
        @DisplayName("takes away those that fit and no others, writes its record, and lists what it took")
        void thoseThatFit() {
            Ref tom = Ref.user("tom");
            give(store(), "g1", Samples.ANA, Samples.REFUND, 2);
            give(store(), "g2", Samples.ANA, "customer.delete", 2);
            give(store(), "g3", tom, Samples.REFUND, 2);
            begin(store(), "g1");

            voidAll(new Voiding(Optional.of(Samples.ANA), Optional.of(Samples.REFUND)));
            assertThat(grantIds(store().activeGrants())).containsExactlyInAnyOrder("g2", "g3");
            assertThat(store().activeGrants(Samples.ANA, Samples.REFUND)).isEmpty();
            assertThat(grantIds(store().voidedGrants())).containsExactly("g1");
            assertThat(store().grant("g1").map(grant -> grant.stateAt(clock.now())))
                    .contains(Grant.State.REVOKED);
            assertThat(begin(store(), "g1")).as("uses begun afterwards").isZero();

            voidAll(new Voiding(Optional.of(tom), Optional.empty()));
            assertThat(grantIds(store().activeGrants())).containsExactly("g2");
            voidAll(new Voiding(Optional.empty(), Optional.of("customer.delete")));
            assertThat(store().activeGrants()).isEmpty();
            assertThat(journal.kinds().stream().filter(Kind.GRANTS_VOIDED::equals))
                    .hasSize(3);
        }

        @Test
        @DisplayName("leaves grants alone that are given afterwards, be it at the same instant")
        void laterOnesStay() {
            give(store(), "g1", 1);
            voidAll(Voiding.EVERYTHING);
            give(store(), "g2", 1);

            assertThat(grantIds(store().activeGrants())).containsExactly("g2");
            assertThat(begin(store(), "g2")).isEqualTo(1);
            assertThat(isVoided("g1")).isTrue();
        }

        @Test
        @DisplayName("leaves what ended as it ended")
        void endedStay() {
            give(store(), "g1", 1);
            begin(store(), "g1");
            Optional<Grant> before = store().grant("g1");

            voidAll(Voiding.EVERYTHING);
            assertThat(store().voidedGrants()).isEmpty();
            assertThat(before.map(Grant::state)).contains(Grant.State.EXHAUSTED);
            assertThat(store().grant("g1").map(grant -> grant.stateAt(clock.now())))
                    .contains(Grant.State.EXHAUSTED);
        }

        @Test
        @DisplayName("leaves what has expired as it is, whether or not that was written down")
        void expiredStay() {
            give(store(), "g1", 2);
            clock.advance(Samples.WITHIN);

            voidAll(Voiding.EVERYTHING);
            assertThat(store().voidedGrants()).isEmpty();
            assertThat(store().grant("g1").map(grant -> grant.stateAt(clock.now())))
                    .contains(Grant.State.EXPIRED);
        }

        @Test
        @DisplayName(
                "is written down for each grant by a change like any other; then its list is empty and its room free")
        void writtenDown() {
            GrantStore small = store(1);
            give(small, "g1", 1);
            voidAll(small, Voiding.EVERYTHING, journal);
            assertThat(small.changeGrant(
                            "g1", (current, now) -> Step.to(current.ended(Grant.State.REVOKED), true), journal))
                    .contains(true);

            assertThat(small.voidedGrants()).isEmpty();
            assertThat(small.grant("g1").map(Grant::state)).contains(Grant.State.REVOKED);
            give(small, "g2", 1);
            assertThat(grantIds(small.activeGrants())).containsExactly("g2");
        }

        @Test
        @DisplayName("takes nothing away if the journal fails (wall 1)")
        void journalFailureVoidsNothing() {
            give(store(), "g1", 1);

            assertThatThrownBy(() -> voidAll(store(), Voiding.EVERYTHING, RecordingJournal.failing(failure)))
                    .isSameAs(failure);

            assertThat(store().voidedGrants()).isEmpty();
            assertThat(begin(store(), "g1")).isEqualTo(1);
        }

        @Test
        @DisplayName("reaches a grant that is just being changed: the change does not bring it back (walls 6 and 8)")
        void reachesWhatIsBeingChanged() {
            give(store(), "g1", 3);

            during(to -> store().changeGrant("g1", Samples::begin, to));

            assertThat(isVoided("g1")).isTrue();
            assertThat(begin(store(), "g1")).as("uses begun afterwards").isZero();
        }

        @Test
        @DisplayName(
                "and a grant that is given meanwhile come in the order of the record: it misses none given before (wall 6)")
        void reachesWhatIsBeingGiven() {
            during(to -> store().submit("key", now -> Samples.granted(Samples.grant("g1", 1, now)), to));

            List<Kind> kinds = journal.kinds();
            assertThat(isVoided("g1")).isEqualTo(kinds.indexOf(Kind.GRANTED) < kinds.indexOf(Kind.GRANTS_VOIDED));
        }

        /** Voids everything while a change stands at the end of its journal, and lets that go on when voiding waits for it or is done. */
        private void during(java.util.function.Consumer<Journal> change) {
            RecordingJournal.Holding holding = new RecordingJournal.Holding();
            Threads.Running<Boolean> changing = Threads.start(() -> {
                change.accept(records -> {
                    journal.append(records);
                    holding.append(records);
                });
                return true;
            });
            holding.awaitReached();
            Threads.Running<Boolean> voiding = Threads.start(() -> {
                voidAll(Voiding.EVERYTHING);
                return true;
            });
            Threads.eventually(Duration.ofSeconds(5), () -> voiding.result().isDone() || voiding.waits());
            holding.release();
            changing.join();
            voiding.join();
        }

        @Test
        @DisplayName("and uses of 8 threads: none begins after it returned, nor after its record (walls 6 and 8)")
        void noUseBeginsAfterwards() {
            for (int round = 0; round < rounds(75); round++) {
                RecordingJournal record = new RecordingJournal();
                String id = "g" + round;
                give(store(), id, 1_000);
                AtomicBoolean returned = new AtomicBoolean();
                AtomicBoolean late = new AtomicBoolean();
                Threads.Running<Boolean> voiding = Threads.start(() -> {
                    Threads.giveWay();
                    voidAll(store(), Voiding.EVERYTHING, record);
                    returned.set(true);
                    return true;
                });

                Threads.race(8, () -> {
                    boolean after = false;
                    while (!after) {
                        after = returned.get();
                        int use = store().changeGrant(
                                        id,
                                        (current, now) -> {
                                            Step<Grant, Integer> step = Samples.begin(current, now);
                                            Threads.giveWay();
                                            return step;
                                        },
                                        record)
                                .orElseThrow();
                        if (after && use > 0) {
                            late.set(true);
                        }
                    }
                    return true;
                });

                voiding.join();
                List<Kind> kinds = record.kinds();
                assertThat(late).as("a use began after voiding returned").isFalse();
                assertThat(kinds.subList(kinds.indexOf(Kind.GRANTS_VOIDED), kinds.size()))
                        .as("records from that of the voiding on")
                        .containsExactly(Kind.GRANTS_VOIDED);
            }
        }
    }
}
