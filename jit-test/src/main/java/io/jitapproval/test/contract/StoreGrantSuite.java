package io.jitapproval.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Grant;
import io.jitapproval.Ref;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The part of the contract that is about grants. */
abstract class StoreGrantSuite extends StoreRequestSuite {

    @Nested
    @DisplayName("A change of a grant")
    class Using {

        @Test
        @DisplayName("makes the new value visible and passes the result through")
        void changes() {
            give(store(), "g1", 2);

            assertThat(begin(store(), "g1")).isEqualTo(1);
            assertThat(store().grant("g1").map(Grant::uses)).contains(1);
            assertThat(journal.kinds()).containsExactly(Kind.GRANTED, Kind.USE_BEGUN);
        }

        @Test
        @DisplayName("that changes nothing leaves everything as it is")
        void nothing() {
            give(store(), "g1", 2);
            Optional<Grant> before = store().grant("g1");

            assertThat(store().changeGrant("g1", (current, now) -> Step.nothing("no"), journal))
                    .contains("no");
            assertThat(store().grant("g1")).isEqualTo(before);
        }

        @Test
        @DisplayName("of an unknown id is empty, and neither function nor journal is called")
        void unknown() {
            AtomicBoolean called = new AtomicBoolean();

            Optional<Integer> result = store().changeGrant(
                            "nothing",
                            (current, now) -> {
                                called.set(true);
                                return Samples.begin(current, now);
                            },
                            records -> called.set(true));

            assertThat(result).isEmpty();
            assertThat(called).isFalse();
            assertThat(store().grant("nothing")).isEmpty();
        }

        @Test
        @DisplayName("is undone by a failing journal: no use is lost (wall 1)")
        void journalUndoes() {
            give(store(), "g1", 1);
            Optional<Grant> before = store().grant("g1");

            assertThatThrownBy(() -> store().changeGrant("g1", Samples::begin, RecordingJournal.failing(failure)))
                    .isSameAs(failure);

            assertThat(store().grant("g1")).isEqualTo(before);
            assertThat(grantIds(store().activeGrants(Samples.ANA, Samples.REFUND)))
                    .containsExactly("g1");
            assertThat(begin(store(), "g1")).as("the use can still begin").isEqualTo(1);
        }

        @Test
        @DisplayName("is undone by a failing function, and the journal is not called")
        void functionFails() {
            give(store(), "g1", 1);

            assertThatThrownBy(() -> store().changeGrant(
                                    "g1",
                                    (current, now) -> {
                                        throw failure;
                                    },
                                    journal))
                    .isSameAs(failure);

            assertThat(journal.kinds()).containsExactly(Kind.GRANTED);
            assertThat(begin(store(), "g1")).isEqualTo(1);
        }

        @Test
        @DisplayName("is still possible while a use is open, although the grant is used up")
        void openUseCanEnd() {
            give(store(), "g1", 1);
            begin(store(), "g1");

            Optional<Grant> after = store().changeGrant(
                            "g1",
                            (current, now) -> {
                                Grant next = current.useEnded(1);
                                return Step.to(next, next);
                            },
                            journal);

            assertThat(after.map(Grant::open)).contains(List.of());
        }

        @Test
        @DisplayName("loses no update of 32 threads (wall 6)")
        void losesNoUpdate() {
            int threads = 32;
            int each = 25;
            List<GrantStore> handles = handles();
            give(store(), "g1", threads * each + 1);
            AtomicInteger number = new AtomicInteger();

            List<List<Integer>> uses = Threads.race(threads, () -> {
                GrantStore handle = handles.get(number.incrementAndGet() % handles.size());
                List<Integer> mine = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    mine.add(handle.changeGrant(
                                    "g1",
                                    (current, now) -> {
                                        Threads.giveWay();
                                        Grant next = current.begun(now).useEnded(current.uses() + 1);
                                        return Step.to(next, next.uses());
                                    },
                                    journal)
                            .orElse(0));
                }
                return mine;
            });

            assertThat(uses.stream().flatMap(List::stream))
                    .as("the numbers of the uses that began")
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, threads * each).boxed().toList());
            assertThat(store().grant("g1").map(Grant::uses)).contains(threads * each);
        }

        @Test
        @DisplayName("begins exactly one use of a single-use grant, whatever 64 threads do (wall 8)")
        void singleUseBeginsOnce() {
            int threads = 64;
            int rounds = rounds(3_000);
            List<GrantStore> handles = handles();
            for (int round = 0; round < rounds; round++) {
                give(store(), "g" + round, 1);
            }
            AtomicInteger number = new AtomicInteger();

            List<Integer> begun = Threads.race(threads, () -> {
                GrantStore handle = handles.get(number.incrementAndGet() % handles.size());
                int mine = 0;
                for (int round = 0; round < rounds; round++) {
                    mine += handle.changeGrant(
                                    "g" + round,
                                    (current, now) -> {
                                        if (current.state() == Grant.State.ACTIVE) {
                                            Threads.giveWay();
                                        }
                                        return Samples.begin(current, now);
                                    },
                                    journal)
                            .orElse(0);
                }
                return mine;
            });

            assertThat(begun.stream().mapToInt(Integer::intValue).sum())
                    .as("uses begun of %s single-use grants", rounds)
                    .isEqualTo(rounds);
            assertThat(journal.kinds().stream().filter(Kind.USE_BEGUN::equals)).hasSize(rounds);
        }
    }

    @Nested
    @DisplayName("A list")
    class Listing {

        @Test
        @DisplayName("of a subject's grants for an action has these and no others")
        void index() {
            give(store(), "g1", Samples.ANA, Samples.REFUND, 1);
            give(store(), "g2", Samples.ANA, "customer.delete", 1);
            give(store(), "g3", Ref.user("tom"), Samples.REFUND, 1);
            give(store(), "g4", new Ref("service", "ana"), Samples.REFUND, 1);

            assertThat(grantIds(store().activeGrants(Samples.ANA, Samples.REFUND)))
                    .containsExactly("g1");
            assertThat(store().activeGrants(Ref.user("nobody"), Samples.REFUND)).isEmpty();
            assertThat(grantIds(store().activeGrants())).containsExactlyInAnyOrder("g1", "g2", "g3", "g4");
        }

        @Test
        @DisplayName("of active grants loses a grant when it ends, and shows its value of now until then")
        void endedLeave() {
            give(store(), "g1", 2);
            begin(store(), "g1");
            assertThat(store().activeGrants(Samples.ANA, Samples.REFUND))
                    .extracting(Grant::uses)
                    .containsExactly(1);

            begin(store(), "g1");
            assertThat(store().activeGrants(Samples.ANA, Samples.REFUND)).isEmpty();
            assertThat(store().activeGrants()).isEmpty();
        }

        @Test
        @DisplayName("has overdue requests and grants too, until somebody writes down that they ended")
        void overdueIncluded() {
            ask("r1", "key");
            give(store(), "g1", 1);
            clock.advance(Duration.ofDays(1));

            assertThat(requestIds(store().pendingRequests())).containsExactly("r1");
            assertThat(grantIds(store().activeGrants())).containsExactly("g1");
            assertThat(grantIds(store().activeGrants(Samples.ANA, Samples.REFUND)))
                    .containsExactly("g1");
        }

        @Test
        @DisplayName("is in order, oldest first")
        void oldestFirst() {
            List<String> requests = new ArrayList<>();
            List<String> grants = new ArrayList<>();
            for (int i = 20; i > 0; i--) {
                clock.advance(Duration.ofSeconds(1));
                requests.add(ask("r" + i, "key" + i).id());
                give(store(), "g" + i, 1);
                grants.add("g" + i);
            }

            assertThat(requestIds(store().pendingRequests())).isEqualTo(requests);
            assertThat(grantIds(store().activeGrants())).isEqualTo(grants);
            assertThat(grantIds(store().activeGrants(Samples.ANA, Samples.REFUND)))
                    .isEqualTo(grants);
        }
    }
}
