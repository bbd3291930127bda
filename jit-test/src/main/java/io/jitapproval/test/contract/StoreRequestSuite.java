package io.jitapproval.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Grant;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The part of the contract that is about requests. */
abstract class StoreRequestSuite extends StoreSuite {

    private static final int CALLERS = 32;

    @Nested
    @DisplayName("A submission")
    class Submitting {

        @Test
        @DisplayName("creates a request, which is there from then on")
        void creates() {
            ApprovalRequest request = ask("r1", "key");

            assertThat(request).isEqualTo(Samples.request("r1", "key", clock.now()));
            assertThat(store().request("r1")).contains(request);
            assertThat(store().pendingRequests()).containsExactly(request);
            assertThat(journal.kinds()).containsExactly(Kind.REQUESTED);
        }

        @Test
        @DisplayName("joins a pending request with the same match key, and leaves it as it is (wall 14)")
        void coalesces() {
            ApprovalRequest first = ask("r1", "key");
            clock.advance(Duration.ofMinutes(1));

            assertThat(ask("r2", "key")).isEqualTo(first);
            assertThat(store().request("r2")).isEmpty();
            assertThat(journal.kinds())
                    .as("records of a submission that joined")
                    .containsExactly(Kind.REQUESTED);
        }

        @Test
        @DisplayName("keeps requests with different match keys apart")
        void keepsKeysApart() {
            ask("r1", "key");
            ask("r2", "other key");

            assertThat(requestIds(store().pendingRequests())).containsExactlyInAnyOrder("r1", "r2");
        }

        @Test
        @DisplayName("finds the match key free again when the request has ended")
        void endedFreesTheKey() {
            ask("r1", "key");
            store().changeRequest("r1", Samples::deny, journal);

            assertThat(ask("r2", "key").id()).isEqualTo("r2");
        }

        @Test
        @DisplayName("does not join a request whose decide-by is over, although nobody wrote that down yet (wall 7)")
        void overdueDoesNotCoalesce() {
            ask("r1", "key");
            clock.advance(Samples.DECIDE_WITHIN);

            assertThat(ask("r2", "key").id()).isEqualTo("r2");
            assertThat(ask("r3", "key").id())
                    .as("the next one joins the new request")
                    .isEqualTo("r2");
        }

        @Test
        @DisplayName("of an overdue request's key survives the late end of the overdue request")
        void lateEndLeavesTheNewRequestAlone() {
            ask("r1", "key");
            clock.advance(Samples.DECIDE_WITHIN);
            ask("r2", "key");
            store().changeRequest("r1", Samples::deny, journal);

            assertThat(ask("r3", "key").id()).isEqualTo("r2");
        }

        @Test
        @DisplayName("can bring a grant, and is then approved from the start")
        void bringsAGrant() {
            give(store(), "g1", 1);

            assertThat(store().grant("g1")).contains(Samples.grant("g1", 1, clock.now()));
            assertThat(store().request("request-of-g1").map(ApprovalRequest::state))
                    .contains(State.APPROVED);
            assertThat(store().pendingRequests()).isEmpty();
        }

        @Test
        @DisplayName("of many threads at once creates one request (walls 6 and 14)")
        void manyAtOnceCreateOne() {
            List<GrantStore> handles = handles();
            AtomicInteger number = new AtomicInteger();
            for (int round = 0; round < rounds(50); round++) {
                String key = "key" + round;
                List<String> ids = Threads.race(CALLERS, () -> {
                    int mine = number.incrementAndGet();
                    return handles.get(mine % handles.size())
                            .submit(
                                    key,
                                    now -> {
                                        Threads.giveWay();
                                        return Samples.asked("r" + mine, key, now);
                                    },
                                    journal)
                            .id();
                });

                assertThat(ids)
                        .as("the request that each of %s callers got", CALLERS)
                        .containsOnly(ids.get(0));
                assertThat(store().pendingRequests()).hasSize(round + 1);
                assertThat(journal.kinds()).hasSize(round + 1);
            }
        }
    }

    @Nested
    @DisplayName("A change of a request")
    class Changing {

        @Test
        @DisplayName("makes the new value visible and passes the result through")
        void changes() {
            ask("r1", "key");
            Instant later = clock.advance(Duration.ofMinutes(1));

            assertThat(store().changeRequest("r1", Samples::deny, journal)).contains("denied");
            assertThat(store().pendingRequests()).isEmpty();
            assertThat(journal.kinds()).containsExactly(Kind.REQUESTED, Kind.DECIDED);
            store().request("r1").ifPresent(ended -> {
                assertThat(ended.state()).isEqualTo(State.DENIED);
                assertThat(ended.decidedAt()).contains(later);
            });
        }

        @Test
        @DisplayName("that changes nothing leaves everything as it is, and its records are written all the same")
        void nothing() {
            ApprovalRequest request = ask("r1", "key");
            Step<ApprovalRequest, String> refused =
                    Step.nothing("refused", Samples.record(Kind.VOTE_REFUSED, "r1", clock.now(), java.util.Map.of()));

            assertThat(store().changeRequest("r1", (current, now) -> refused, journal))
                    .contains("refused");
            assertThat(store().request("r1")).contains(request);
            assertThat(journal.kinds()).containsExactly(Kind.REQUESTED, Kind.VOTE_REFUSED);
        }

        @Test
        @DisplayName("of an unknown id is empty, and neither function nor journal is called")
        void unknown() {
            AtomicBoolean called = new AtomicBoolean();

            Optional<String> result = store().changeRequest(
                            "nobody",
                            (current, now) -> {
                                called.set(true);
                                return Samples.deny(current, now);
                            },
                            records -> called.set(true));

            assertThat(result).isEmpty();
            assertThat(called).isFalse();
            assertThat(store().request("nobody")).isEmpty();
        }

        @Test
        @DisplayName("creates its grant together with the new value")
        void createsAGrant() {
            ask("r1", "key");

            store().changeRequest("r1", (current, now) -> Samples.approve(current, "g1", 3, now), journal);

            Grant grant = Samples.grant("g1", 3, clock.now());
            assertThat(store().grant("g1")).contains(grant);
            assertThat(store().activeGrants()).containsExactly(grant);
        }

        @Test
        @DisplayName("is never seen without its grant: whoever sees the approval finds the grant (wall 6)")
        void approvalNeverWithoutGrant() {
            for (int round = 0; round < rounds(300); round++) {
                String id = "r" + round;
                String grantId = "g" + round;
                ask(id, "key" + round);
                Threads.Running<Boolean> reader = Threads.start(() -> {
                    while (store().request(id).map(ApprovalRequest::state).orElse(State.APPROVED) == State.PENDING) {
                        Thread.onSpinWait();
                    }
                    return store().grant(grantId).isPresent()
                            && grantIds(store().activeGrants(Samples.ANA, Samples.REFUND))
                                    .contains(grantId);
                });

                store().changeRequest(id, (current, now) -> Samples.approve(current, grantId, 1, now), journal);

                assertThat(reader.join())
                        .as("the grant is there when the approval is seen")
                        .isTrue();
                begin(store(), grantId);
            }
        }

        @Test
        @DisplayName("loses no update of another thread (wall 6)")
        void losesNoUpdate() {
            for (int round = 0; round < rounds(100); round++) {
                String id = "r" + round;
                ask(id, "key" + round);

                List<String> results = Threads.race(
                        CALLERS,
                        () -> store().changeRequest(
                                        id,
                                        (current, now) -> {
                                            Threads.giveWay();
                                            return current.state() == State.PENDING
                                                    ? Samples.deny(current, now)
                                                    : Step.nothing("ended before");
                                        },
                                        journal)
                                .orElse("unknown"));

                assertThat(results.stream().filter("denied"::equals))
                        .as("threads that ended the request")
                        .hasSize(1);
            }
        }
    }

    @Nested
    @DisplayName("A failure")
    class Failing {

        @Test
        @DisplayName("of the journal undoes a submission and leaves the method as it is (wall 1)")
        void journalUndoesSubmission() {
            assertThatThrownBy(() -> store().submit(
                                    "key", now -> Samples.asked("r1", "key", now), RecordingJournal.failing(failure)))
                    .isSameAs(failure);

            assertThat(store().request("r1")).isEmpty();
            assertThat(store().pendingRequests()).isEmpty();
            assertThat(ask("r2", "key").id()).as("the key is free").isEqualTo("r2");
        }

        @Test
        @DisplayName("of the journal undoes the grant of a submission")
        void journalUndoesSubmittedGrant() {
            assertThatThrownBy(() -> store().submit(
                                    "key",
                                    now -> Samples.granted(Samples.grant("g1", 1, now)),
                                    RecordingJournal.failing(failure)))
                    .isSameAs(failure);

            assertThat(store().grant("g1")).isEmpty();
            assertThat(store().activeGrants()).isEmpty();
            assertThat(store().activeGrants(Samples.ANA, Samples.REFUND)).isEmpty();
        }

        @Test
        @DisplayName("of the journal undoes a change and its grant")
        void journalUndoesChange() {
            ApprovalRequest request = ask("r1", "key");

            assertThatThrownBy(() -> store().changeRequest(
                                    "r1",
                                    (current, now) -> Samples.approve(current, "g1", 1, now),
                                    RecordingJournal.failing(failure)))
                    .isSameAs(failure);

            assertThat(store().request("r1")).contains(request);
            assertThat(store().pendingRequests()).containsExactly(request);
            assertThat(store().grant("g1")).isEmpty();
            assertThat(store().activeGrants()).isEmpty();
            assertThat(store().changeRequest("r1", Samples::deny, journal))
                    .as("it can be changed again")
                    .isPresent();
        }

        @Test
        @DisplayName("of the function leaves everything as it was, and the journal is not called")
        void functionFails() {
            ApprovalRequest request = ask("r1", "key");

            assertThatThrownBy(() -> store().changeRequest(
                                    "r1",
                                    (current, now) -> {
                                        throw failure;
                                    },
                                    journal))
                    .isSameAs(failure);
            assertThatThrownBy(() -> store().submit(
                                    "other key",
                                    now -> {
                                        throw failure;
                                    },
                                    journal))
                    .isSameAs(failure);

            assertThat(store().pendingRequests()).containsExactly(request);
            assertThat(journal.kinds()).containsExactly(Kind.REQUESTED);
            assertThat(ask("r2", "other key").id()).isEqualTo("r2");
        }
    }
}
