package io.jitapproval.walls.outbox;

import static io.jitapproval.spi.ApprovalNotice.Kind.ALARM;
import static io.jitapproval.spi.ApprovalNotice.Kind.ASKED;
import static io.jitapproval.spi.ApprovalNotice.Kind.ENDED;
import static io.jitapproval.spi.ApprovalNotice.Kind.NOTED;
import static io.jitapproval.spi.ApprovalNotice.Kind.REMINDED;
import static io.jitapproval.spi.OutboxMessage.State.DELIVERED;
import static io.jitapproval.spi.OutboxMessage.State.SUPERSEDED;
import static io.jitapproval.spi.OutboxMessage.State.WAITING;
import static io.jitapproval.walls.outbox.Bureau.REFILL;
import static io.jitapproval.walls.outbox.Bureau.SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits.Bucket;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.spi.ApprovalDigest;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.UndeliverableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("walls 11 and 14, R27: people who were interrupted too often are told together, later, and in time")
class DigestTest {

    private static final UnaryOperator<GrantStore> OURS = UnaryOperator.identity();
    private static final Bucket OFTEN = new Bucket(SIZE, REFILL);

    private static List<String> ids(ApprovalDigest digest) {
        return digest.notices().stream().map(ApprovalNotice::id).toList();
    }

    private static void awaitStates(Bureau bureau, ApprovalRequest request, OutboxMessage.State... states) {
        Post.soon(() -> bureau.states(request).equals(List.of(states)));
        if (!bureau.states(request).equals(List.of(states))) {
            Post.soon(() -> bureau.states(request).equals(List.of(states)));
        }
        assertThat(bureau.states(request)).containsExactly(states);
    }

    private static void awaitDelivered(Bureau bureau, List<ApprovalRequest> requests) {
        requests.forEach(request -> awaitStates(bureau, request, DELIVERED));
    }

    private static List<ApprovalRequest> ask(Bureau bureau, int times) {
        List<ApprovalRequest> requests = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            requests.add(bureau.ask("pay"));
        }
        return requests;
    }

    private static void together(Bucket bucket, UnaryOperator<GrantStore> store) {
        Mail mail = new Mail("mail");
        try (Bureau bureau = new Bureau(bucket, store, mail)) {
            bureau.exhaust();
            assertThat(mail.kinds()).containsExactly(ASKED, ASKED);

            List<ApprovalRequest> held = ask(bureau, 3);
            assertThat(Post.soon(() -> mail.tried().size() > SIZE)).isFalse();
            assertThat(held).allSatisfy(request -> {
                OutboxMessage message = bureau.messages(request).get(0);
                assertThat(message.state()).isEqualTo(WAITING);
                assertThat(message.attempts()).isZero();
                assertThat(message.due())
                        .isBetween(
                                bureau.clock.instant(), bureau.clock.instant().plus(REFILL));
            });
            bureau.clock.advance(REFILL);
            awaitDelivered(bureau, held);

            assertThat(mail.rings("mia")).isEqualTo(SIZE + 1);
            ApprovalDigest digest = mail.delivered().get(0);
            assertThat(digest.people()).extracting(Person::id).containsExactly("mia");
            assertThat(ids(digest))
                    .containsExactlyElementsOf(
                            held.stream().map(request -> request.id() + "/1").toList());
            assertThat(bureau.records(Kind.NOTIFIED))
                    .filteredOn(record -> digest.id().equals(record.details().get("digest")))
                    .extracting(record -> record.requestId().orElseThrow())
                    .containsExactlyInAnyOrderElementsOf(
                            held.stream().map(ApprovalRequest::id).toList());
            assertThat(bureau.approve(held.get(1))).isEqualTo(Reason.VOTE_COUNTED);
            Post.await("the end", () -> mail.kinds().contains(ENDED));
        }
    }

    @Test
    @DisplayName("R27: what goes beyond the quota is held back, and goes out as one digest when there is a token")
    void together() {
        together(OFTEN, OURS);
    }

    @Test
    @DisplayName("R27, twins: no quota; what is held back is nowhere")
    void twinsOfTogether() {
        assertThatThrownBy(() -> together(Bucket.ENDLESS, OURS)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> together(OFTEN, HoldingTwin.IN_MEMORY)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName(
            "wall 11: a held back question whose request ends is overtaken, and nobody hears the end who heard nothing")
    void overtaken() {
        Mail mail = new Mail("mail");
        try (Bureau bureau = new Bureau(OURS, mail)) {
            bureau.exhaust();
            ApprovalRequest denied = bureau.ask("pay");
            ApprovalRequest kept = bureau.ask("pay");
            bureau.deny(denied);
            awaitStates(bureau, denied, SUPERSEDED, SUPERSEDED);
            bureau.clock.advance(REFILL);
            awaitStates(bureau, kept, DELIVERED);

            assertThat(mail.digests()).as("one alone is told as always").isEmpty();
            assertThat(mail.tried())
                    .hasSize(SIZE + 1)
                    .noneMatch(notice -> notice.request().id().equals(denied.id()));
        }
    }

    private static void inTime(UnaryOperator<GrantStore> store) {
        Mail mail = new Mail("mail");
        try (Bureau bureau = new Bureau(new Bucket(SIZE, Duration.ofHours(12)), store, mail)) {
            bureau.exhaust();
            ApprovalRequest now = bureau.ask("now");
            assertThat(bureau.states(now)).as("less than a minute is left").containsExactly(DELIVERED);

            List<ApprovalRequest> held = List.of(bureau.ask("soon"), bureau.ask("soon"), bureau.ask("pay"));
            assertThat(mail.rings("mia")).isEqualTo(SIZE + 1);
            for (int minute = 0; minute < 30; minute++) {
                bureau.clock.advance(Duration.ofMinutes(1));
                if (minute == 3) {
                    awaitDelivered(bureau, held.subList(0, 2));
                    assertThat(bureau.approve(held.get(0))).isEqualTo(Reason.VOTE_COUNTED);
                }
            }
            awaitDelivered(bureau, held.subList(2, 3));
            assertThat(bureau.approve(held.get(2))).isEqualTo(Reason.VOTE_COUNTED);
            assertThat(mail.delivered()).hasSize(1);
        }
    }

    @Test
    @DisplayName("R27: a question never waits for more than half of what is left, and not at all if that is a minute")
    void inTime() {
        inTime(OURS);
    }

    @Test
    @DisplayName("R27, twin: requests expire because their questions are held back")
    void twinTooLong() {
        assertThatThrownBy(() -> inTime(HoldingTwin.TOO_LONG)).isInstanceOf(AssertionError.class);
    }

    private static void survivesTheStop(UnaryOperator<GrantStore> store) {
        Mail mail = new Mail("mail");
        try (Bureau bureau = new Bureau(store, mail)) {
            bureau.exhaust();
            List<ApprovalRequest> held = ask(bureau, 2);
            bureau.restart();
            assertThat(Post.soon(() -> mail.tried().size() > SIZE)).isFalse();
            ApprovalRequest later = bureau.ask("pay");
            bureau.clock.advance(REFILL);

            Post.soon(() -> !mail.delivered().isEmpty());
            assertThat(mail.delivered()).hasSize(1);
            assertThat(ids(mail.delivered().get(0)))
                    .containsExactly(held.get(0).id() + "/1", held.get(1).id() + "/1", later.id() + "/1");
        }
    }

    @Test
    @DisplayName("wall 11, R27: a restart loses nothing that is held back, nor the count")
    void survivesTheStop() {
        survivesTheStop(OURS);
    }

    @Test
    @DisplayName("wall 11, R27, twin: what is held back is in memory")
    void twinInMemory() {
        assertThatThrownBy(() -> survivesTheStop(HoldingTwin.IN_MEMORY)).isInstanceOf(AssertionError.class);
    }

    private static void survivesTheCrash(UnaryOperator<GrantStore> around) {
        CountDownLatch never = new CountDownLatch(1);
        Mail mail = new Mail("mail");
        Crashing crashing = new Crashing();
        try (Bureau bureau = new Bureau(real -> crashing.apply(around.apply(real)), mail)) {
            bureau.exhaust();
            List<ApprovalRequest> held = ask(bureau, 3);
            mail.next(1, notice -> never.await());
            crashing.beforeTheMark();
            bureau.clock.advance(REFILL);
            Post.soon(() -> mail.digests().size() == 1);
            assertThat(mail.digests()).hasSize(1);
            crashing.over();
            bureau.restart();

            assertThat(Post.soon(() -> mail.digests().size() > 1))
                    .as("while the first attempt may be under way")
                    .isFalse();
            bureau.clock.advance(Duration.ofMinutes(1));
            Post.soon(() -> !mail.delivered().isEmpty());
            assertThat(mail.digests()).hasSize(2);
            assertThat(mail.digests().get(1).id())
                    .isEqualTo(mail.digests().get(0).id());
            assertThat(ids(mail.digests().get(1))).isEqualTo(ids(mail.digests().get(0)));
            awaitDelivered(bureau, held);
        }
    }

    @Test
    @DisplayName("wall 11: a crash in the middle of a digest: it is delivered again, whole, under the same ids")
    void survivesTheCrash() {
        survivesTheCrash(OURS);
    }

    @Test
    @DisplayName("wall 11, twin: what is tried counts as delivered")
    void twinMarkedBefore() {
        assertThatThrownBy(() -> survivesTheCrash(Twin.MARKED_BEFORE)).isInstanceOf(AssertionError.class);
    }

    private static void fails(UnaryOperator<GrantStore> store, Pigeon.Mood mood) {
        Mail mail = new Mail("mail");
        try (Bureau bureau = new Bureau(store, mail)) {
            bureau.exhaust();
            List<ApprovalRequest> held = ask(bureau, 3);
            mail.next(3, mood);
            for (int i = 0; i < 24 && mail.delivered().isEmpty(); i++) {
                bureau.clock.advance(Duration.ofMinutes(1));
                Post.soon(() -> !mail.delivered().isEmpty());
            }
            awaitDelivered(bureau, held);
            assertThat(mail.digests())
                    .hasSize(4)
                    .extracting(ApprovalDigest::id)
                    .containsOnly(mail.digests().get(0).id());
            assertThat(mail.digests())
                    .allSatisfy(digest -> assertThat(digest.notices()).hasSize(3));
            assertThat(bureau.records(Kind.NOTIFY_FAILED)).hasSize(9);
            assertThat(held)
                    .allSatisfy(request -> assertThat(
                                    bureau.messages(request).get(0).attempts())
                            .isEqualTo(4));
            assertThat(mail.rings("mia")).isEqualTo(SIZE + 1);
        }
    }

    @Test
    @DisplayName("wall 11: a digest that fails or hangs, three times, comes a fourth time, whole and under the same id")
    void fails() {
        fails(OURS, Pigeon.throwing(new IllegalStateException("down")));
        fails(OURS, Pigeon.throwing(new NoClassDefFoundError("down")));
        CountDownLatch release = new CountDownLatch(1);
        try {
            fails(OURS, Pigeon.hanging(release));
        } finally {
            release.countDown();
        }
    }

    @Test
    @DisplayName("wall 11, twin: a digest gets one chance")
    void twinOneAttempt() {
        assertThatThrownBy(() -> fails(Twin.ONE_ATTEMPT, Pigeon.throwing(new IllegalStateException("down"))))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("wall 11: a digest that the channel never will take is given up, each message visibly")
    void givenUp() {
        Mail mail = new Mail("mail");
        try (Bureau bureau = new Bureau(OURS, mail)) {
            bureau.exhaust();
            ask(bureau, 3);
            mail.next(1, Pigeon.throwing(new UndeliverableException("no such box")));
            bureau.clock.advance(REFILL);
            Post.await("the dead", () -> bureau.guard().deliveries().dead().size() == 3);
            OutboxMessage dead = bureau.guard().deliveries().dead().get(0);
            assertThat(bureau.guard().deliveries().retry(dead.id())).isTrue();
            Post.await("one of them", () -> mail.kinds().equals(List.of(ASKED, ASKED, ASKED)));
        }
    }

    private static void inOrder(UnaryOperator<GrantStore> store) {
        Mail mail = new Mail("mail");
        try (Bureau bureau = new Bureau(store, mail)) {
            bureau.exhaust();
            ApprovalRequest held = bureau.ask("pay");
            bureau.guard().approvals().say(held.id(), Ref.user("ana"), Note.Kind.COMMENT, "it is urgent");
            assertThat(Post.soon(() -> mail.tried().size() > SIZE))
                    .as("what follows waits with the question")
                    .isFalse();
            bureau.clock.advance(REFILL);
            awaitStates(bureau, held, DELIVERED, WAITING);
            bureau.clock.advance(REFILL.multipliedBy(2));
            awaitStates(bureau, held, DELIVERED, DELIVERED);
            assertThat(mail.kinds()).containsExactly(ASKED, ASKED, ASKED, NOTED);
        }
    }

    @Test
    @DisplayName(
            "wall 11: what follows about a held back question waits for it; R27: a note interrupts as a question does")
    void inOrder() {
        inOrder(OURS);
    }

    @Test
    @DisplayName("wall 11, twin: an outbox without order")
    void twinWithoutOrder() {
        assertThatThrownBy(() -> inOrder(HoldingTwin.WITHOUT_ORDER)).isInstanceOf(AssertionError.class);
    }

    private static void notes(UnaryOperator<GrantStore> store) {
        Mail mail = new Mail("mail");
        try (Bureau bureau = new Bureau(store, mail)) {
            ApprovalRequest request = bureau.ask("pay");
            for (int i = 0; i < 10; i++) {
                bureau.guard().approvals().say(request.id(), Ref.user("ana"), Note.Kind.COMMENT, "note " + i);
            }
            Post.soon(() -> mail.rings("mia") > SIZE);
            assertThat(mail.rings("mia")).isEqualTo(SIZE);
        }
    }

    @Test
    @DisplayName("R27: whoever cannot ask more often cannot say more often either")
    void notes() {
        notes(OURS);
    }

    @Test
    @DisplayName("R27, twin: buckets that are never empty")
    void twinNeverEmpty() {
        assertThatThrownBy(() -> notes(HoldingTwin.NEVER_EMPTY)).isInstanceOf(AssertionError.class);
    }

    private static void alarms(UnaryOperator<GrantStore> store) {
        Mail mail = new Mail("mail");
        try (Bureau bureau = new Bureau(store, mail)) {
            bureau.exhaust();
            bureau.ask("pay");
            bureau.attempt(bureau.guard(), "pay")
                    .breakGlass("the ledger is down")
                    .run(() -> {});
            Post.soon(() -> mail.kinds().contains(ALARM));
            assertThat(mail.kinds()).containsExactly(ASKED, ASKED, ALARM);
        }
    }

    @Test
    @DisplayName("wall 15: an alarm is never held back")
    void alarms() {
        alarms(OURS);
    }

    @Test
    @DisplayName("wall 15, twin: alarms wait like everything else")
    void twinAlarmsToo() {
        assertThatThrownBy(() -> alarms(HoldingTwin.ALARMS_TOO)).isInstanceOf(AssertionError.class);
    }

    private static void inPart(UnaryOperator<GrantStore> store) {
        Mail mail = new Mail("mail");
        try (Bureau bureau = new Bureau(store, mail)) {
            bureau.exhaust();
            ApprovalRequest both = bureau.ask("both");
            ApprovalRequest more = bureau.ask("both");
            assertThat(mail.tried().subList(SIZE, SIZE + 2))
                    .as("who may be interrupted is told at once")
                    .allSatisfy(notice ->
                            assertThat(notice.people()).extracting(Person::id).containsExactly("tom"));
            assertThat(bureau.states(both)).containsExactly(DELIVERED, WAITING);
            assertThat(bureau.messages(both))
                    .extracting(OutboxMessage::id)
                    .containsExactly(both.id() + "/1", both.id() + "/2");
            bureau.deny(more);
            awaitStates(bureau, more, DELIVERED, SUPERSEDED, DELIVERED);

            bureau.ask("pay");
            bureau.clock.advance(REFILL);
            awaitStates(bureau, both, DELIVERED, DELIVERED);
            assertThat(mail.rings("mia")).isEqualTo(SIZE + 1);
            assertThat(mail.rings("tom")).isEqualTo(2);
            assertThat(mail.delivered())
                    .singleElement()
                    .satisfies(digest -> assertThat(digest.notices())
                            .hasSize(2)
                            .allSatisfy(notice -> assertThat(notice.people())
                                    .extracting(Person::id)
                                    .containsExactly("mia")));
        }
    }

    @Test
    @DisplayName("R27: of several people only those are told later who were interrupted too often; nobody is forgotten")
    void inPart() {
        inPart(OURS);
    }

    @Test
    @DisplayName("R27, twin: some are told, and that is that")
    void twinWithoutTheRest() {
        assertThatThrownBy(() -> inPart(HoldingTwin.WITHOUT_THE_REST)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("R27: a channel that knows no digests is told one after the other, all when the time has come")
    void oneByOne() {
        Pigeon pigeon = new Pigeon("pigeon");
        try (Bureau bureau = new Bureau(OURS, pigeon)) {
            bureau.exhaust();
            List<ApprovalRequest> held = ask(bureau, 3);
            assertThat(Post.soon(() -> pigeon.tried().size() > SIZE)).isFalse();
            bureau.clock.advance(REFILL);
            awaitDelivered(bureau, held);
            assertThat(pigeon.tried()).hasSize(SIZE + 3);
            assertThat(bureau.records(Kind.NOTIFIED))
                    .noneMatch(record -> record.details().containsKey("digest"));
        }
    }

    @Test
    @DisplayName("R27: a message that is changed later on stays one for all of its people, each with its own handle")
    void updating() {
        Chat chat = new Chat("chat");
        try (Bureau bureau = new Bureau(OURS, chat)) {
            bureau.exhaust();
            ApprovalRequest both = bureau.ask("both");
            assertThat(chat.tried().get(SIZE).people())
                    .as("tom may be told, and it is one message")
                    .extracting(Person::id)
                    .containsExactly("mia", "tom");
            List<ApprovalRequest> held = ask(bureau, 2);
            assertThat(chat.tried()).hasSize(SIZE + 1);
            bureau.clock.advance(REFILL);
            awaitDelivered(bureau, held);
            bureau.deny(held.get(0));
            Post.await("the end", () -> chat.kinds().contains(ENDED));
            assertThat(chat.shown()).hasSize(SIZE + 3);
            assertThat(bureau.messages(both)).hasSize(1);
        }
    }

    @Test
    @DisplayName("R27: reminders count, and are held back too")
    void reminders() {
        Mail mail = new Mail("mail");
        try (Bureau bureau = new Bureau(new Bucket(SIZE, Duration.ofHours(1)), OURS, mail)) {
            bureau.ask("remind");
            bureau.ask("remind");
            bureau.clock.advance(Duration.ofMinutes(30));
            assertThat(Post.soon(() -> mail.kinds().contains(REMINDED))).isFalse();
            bureau.clock.advance(Duration.ofHours(1));
            Post.await("both reminders", () -> mail.delivered().size() == 1);
            assertThat(mail.delivered().get(0).notices())
                    .extracting(ApprovalNotice::kind)
                    .containsExactly(REMINDED, REMINDED);
        }
    }

    private static void shared(UnaryOperator<GrantStore> around) {
        Mail mail = new Mail("mail");
        try (Bureau bureau = new Bureau(OURS, mail)) {
            bureau.exhaust();
            Post.await("what is not held back", () -> mail.rings("mia") == SIZE);
            sharedWith(bureau, around, mail);
        }
    }

    private static void sharedWith(Bureau bureau, UnaryOperator<GrantStore> around, Mail mail) {
        try (MethodGuard other = bureau.open(around.apply(bureau.store))) {
            bureau.ask("pay");
            for (int i = 0; i < 5; i++) {
                bureau.ask(other, "pay");
            }
            assertThat(mail.rings("mia")).isEqualTo(SIZE);
            bureau.clock.advance(REFILL);
            Post.await("a digest", () -> !mail.delivered().isEmpty());
            Post.soon(() -> mail.delivered().size() > 1);
            assertThat(mail.delivered()).as("of both nodes").hasSize(1);
            assertThat(mail.rings("mia")).isEqualTo(SIZE + 1);
        }
    }

    @Test
    @DisplayName("R27: nodes that share a store share the quotas")
    void shared() {
        shared(OURS);
    }

    @Test
    @DisplayName("R27, twin: each node counts for itself")
    void twinPerNode() {
        assertThatThrownBy(() -> shared(HoldingTwin.PER_NODE)).isInstanceOf(AssertionError.class);
    }
}
