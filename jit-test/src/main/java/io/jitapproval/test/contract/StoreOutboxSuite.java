package io.jitapproval.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.OutboxMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The part of the contract that is about messages. */
abstract class StoreOutboxSuite extends StoreGrantSuite {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Optional<Boolean> failing(String messageId) {
        return store().changeMessage(
                        messageId,
                        (current, now) -> Step.to(current.failed("refused", Optional.empty()), true),
                        journal);
    }

    private void tried(String messageId, Instant again) {
        store().changeMessage(messageId, (current, now) -> Step.to(current.tried(again), true), journal);
    }

    private void delivered(String messageId) {
        store().changeMessage(
                        messageId, (current, now) -> Step.to(current.delivered(Optional.of("m-1")), true), journal);
    }

    @Nested
    @DisplayName("A message")
    class Telling {

        @Test
        @DisplayName("is there with the change that brings it, whatever that changes (wall 11)")
        void comesWithEveryChange() {
            askTelling("r1", "chat");
            store().changeRequest(
                            "r1",
                            (current, now) ->
                                    Step.to(current, true).telling(List.of(Samples.message("r1", 2, "mail", now))),
                            journal);
            give(store(), "g1", 2);
            store().changeGrant(
                            "g1",
                            (current, now) -> Samples.begin(current, now)
                                    .telling(List.of(Samples.message("request-of-g1", 1, "chat", now))),
                            journal);
            store().changeEntry(
                            Samples.KIND,
                            "e",
                            (current, now) -> Step.to(Samples.entry("e", "1", now.plus(MINUTE)), true)
                                    .telling(List.of(Samples.message("r1", 3, "chat", now))),
                            journal);
            store().changeMessage(
                            "r1/1",
                            (current, now) -> Step.to(current.delivered(Optional.empty()), true)
                                    .telling(List.of(Samples.message("r1", 4, "mail", now))),
                            journal);

            assertThat(messageIds(store().messages("r1"))).containsExactly("r1/1", "r1/2", "r1/3", "r1/4");
            assertThat(messageIds(store().messages("request-of-g1"))).containsExactly("request-of-g1/1");
            assertThat(store().messages("r1").get(0).state()).isEqualTo(OutboxMessage.State.DELIVERED);
            assertThat(store().messages("nothing")).isEmpty();
        }

        @Test
        @DisplayName("comes with nothing if the journal fails (walls 1 and 11)")
        void undoneWithItsChange() {
            ask("r1", "key");
            give(store(), "g1", 2);

            assertThatThrownBy(() -> store().changeRequest(
                                    "r1",
                                    (current, now) -> Samples.deny(current, now)
                                            .telling(List.of(Samples.message("r1", 1, "chat", now))),
                                    RecordingJournal.failing(failure)))
                    .isSameAs(failure);
            assertThatThrownBy(() -> store().changeGrant(
                                    "g1",
                                    (current, now) -> Samples.begin(current, now)
                                            .telling(List.of(Samples.message("request-of-g1", 1, "chat", now))),
                                    RecordingJournal.failing(failure)))
                    .isSameAs(failure);

            assertThat(store().messages("r1")).isEmpty();
            assertThat(store().messages("request-of-g1")).isEmpty();
            assertThat(store().dueMessages(10)).isEmpty();
            assertThat(store().nextMessageDue()).isEmpty();
        }

        @Test
        @DisplayName("is not seen before the records of its change are written (wall 6)")
        void notBeforeTheRecords() {
            ask("r1", "key");

            List<OutboxMessage> seen = readDuring(
                    journal -> store().changeRequest(
                                    "r1",
                                    (current, now) -> Samples.deny(current, now)
                                            .telling(List.of(Samples.message("r1", 1, "chat", now))),
                                    journal),
                    () -> store().dueMessages(10));

            assertThat(seen)
                    .as("what is due while the records are being written")
                    .isEmpty();
            assertThat(store().dueMessages(10)).hasSize(1);
        }

        @Test
        @DisplayName("is there when its change is seen, and its change when it is seen (wall 11)")
        void neverApartFromItsChange() {
            for (int round = 0; round < rounds(300); round++) {
                String id = "r" + round;
                ask(id, "key" + round);
                AtomicBoolean apart = new AtomicBoolean();
                Threads.Running<Boolean> reader = Threads.start(() -> {
                    boolean ended = false;
                    while (!ended) {
                        boolean due = !store().dueMessages(1).isEmpty();
                        State state =
                                store().request(id).map(ApprovalRequest::state).orElseThrow();
                        ended = state != State.PENDING;
                        if ((due && !ended) || (ended && store().messages(id).isEmpty())) {
                            apart.set(true);
                        }
                    }
                    return true;
                });

                store().changeRequest(
                                id,
                                (current, now) -> Samples.deny(current, now)
                                        .telling(List.of(Samples.message(id, 1, "chat", now))),
                                journal);

                reader.join();
                assertThat(apart).as("seen one without the other").isFalse();
                delivered(id + "/1");
            }
        }
    }

    @Nested
    @DisplayName("What is due")
    class Due {

        @Test
        @DisplayName("is of each request and channel the first that waits, so that messages go out in order (wall 11)")
        void firstOfEachChannel() {
            askTelling("r1", "chat", "mail", "chat", "chat");
            askTelling("r2", "chat");
            assertThat(messageIds(store().dueMessages(10))).containsExactlyInAnyOrder("r1/1", "r1/2", "r2/1");

            tried("r1/1", clock.now().plus(MINUTE));
            assertThat(messageIds(store().dueMessages(10))).containsExactlyInAnyOrder("r1/2", "r2/1");

            delivered("r1/1");
            assertThat(messageIds(store().dueMessages(10))).containsExactlyInAnyOrder("r1/3", "r1/2", "r2/1");
        }

        @Test
        @DisplayName("is due at its very instant, not before; what was due first comes first")
        void inOrderOfTime() {
            List<String> order = new ArrayList<>();
            for (int i = 3; i > 0; i--) {
                askTelling("r" + i, "chat");
                tried("r" + i + "/1", clock.now().plus(MINUTE.multipliedBy(4 - i)));
                order.add("r" + i + "/1");
            }
            assertThat(store().dueMessages(10)).isEmpty();
            assertThat(store().nextMessageDue()).contains(clock.now().plus(MINUTE));

            clock.advance(MINUTE);
            assertThat(messageIds(store().dueMessages(10))).containsExactly("r3/1");
            clock.advance(MINUTE.multipliedBy(2));
            assertThat(messageIds(store().dueMessages(10))).isEqualTo(order);
            assertThat(messageIds(store().dueMessages(2))).isEqualTo(order.subList(0, 2));
        }

        @Test
        @DisplayName("next is when the first message waits for that may go out; nothing waits, nothing is next")
        void next() {
            assertThat(store().nextMessageDue()).isEmpty();
            askTelling("r1", "chat", "chat");
            tried("r1/1", clock.now().plus(MINUTE));
            assertThat(store().nextMessageDue())
                    .as("the second message waits for the first")
                    .contains(clock.now().plus(MINUTE));

            delivered("r1/1");
            assertThat(store().nextMessageDue()).contains(clock.now());
            delivered("r1/2");
            assertThat(store().nextMessageDue()).isEmpty();
        }

        @Test
        @DisplayName("is not what was given up; that makes way, is listed oldest first, and can be put out again")
        void deadMakesWay() {
            askTelling("r1", "chat", "chat");
            clock.advance(MINUTE);
            askTelling("r2", "chat");
            failing("r2/1");
            failing("r1/1");

            assertThat(messageIds(store().deadMessages())).containsExactly("r1/1", "r2/1");
            assertThat(store().deadMessages().get(0).failure()).isEqualTo("refused");
            assertThat(messageIds(store().dueMessages(10))).containsExactly("r1/2");

            tried("r1/1", clock.now());
            assertThat(messageIds(store().deadMessages())).containsExactly("r2/1");
            assertThat(messageIds(store().dueMessages(10)))
                    .as("the first of them goes first again")
                    .containsExactly("r1/1");
        }
    }

    @Nested
    @DisplayName("A change of a message")
    class ChangingMessages {

        @Test
        @DisplayName("shows the new value, writes its records, and passes the result through")
        void changes() {
            askTelling("r1", "chat");

            Optional<String> result = store().changeMessage(
                            "r1/1",
                            (current, now) -> Step.to(
                                    current.delivered(Optional.of("m-7")),
                                    "taken",
                                    Samples.record(Kind.NOTIFIED, "r1", now, Map.of())),
                            journal);

            assertThat(result).contains("taken");
            assertThat(store().messages("r1").get(0).handle()).contains("m-7");
            assertThat(journal.kinds()).containsExactly(Kind.REQUESTED, Kind.NOTIFIED);
        }

        @Test
        @DisplayName("of an unknown id is empty, and neither function nor journal is called")
        void unknownMessage() {
            AtomicBoolean called = new AtomicBoolean();

            Optional<Boolean> result = store().changeMessage(
                            "r1/1",
                            (current, now) -> {
                                called.set(true);
                                return Step.nothing(true);
                            },
                            records -> called.set(true));

            assertThat(result).isEmpty();
            assertThat(called).isFalse();
        }

        @Test
        @DisplayName("is undone by a failing journal (wall 1)")
        void journalUndoesMessage() {
            askTelling("r1", "chat");

            assertThatThrownBy(() -> store().changeMessage(
                                    "r1/1",
                                    (current, now) -> Step.to(current.delivered(Optional.empty()), true),
                                    RecordingJournal.failing(failure)))
                    .isSameAs(failure);

            assertThat(messageIds(store().dueMessages(10))).containsExactly("r1/1");
        }

        @Test
        @DisplayName("loses no update of 16 threads (wall 6)")
        void losesNoMessageUpdate() {
            askTelling("r1", "chat");
            int threads = 16;
            int each = 10;

            Threads.race(threads, () -> {
                for (int i = 0; i < each; i++) {
                    store().changeMessage(
                                    "r1/1",
                                    (current, now) -> {
                                        Threads.giveWay();
                                        return Step.to(current.tried(now), true);
                                    },
                                    journal);
                }
                return true;
            });

            assertThat(store().messages("r1").get(0).attempts()).isEqualTo(threads * each);
        }
    }
}
