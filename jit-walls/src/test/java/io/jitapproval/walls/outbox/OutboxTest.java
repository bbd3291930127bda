package io.jitapproval.walls.outbox;

import static io.jitapproval.spi.ApprovalNotice.Kind.ASKED;
import static io.jitapproval.spi.ApprovalNotice.Kind.ENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Reason;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.RetryLaterException;
import io.jitapproval.spi.UndeliverableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("wall 11: a failed channel loses no request")
class OutboxTest {

    private static final UnaryOperator<GrantStore> OURS = UnaryOperator.identity();
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final int ENOUGH = 24;

    private static void awaitStates(Post post, ApprovalRequest request, OutboxMessage.State... states) {
        try {
            Post.await("the states", () -> states(post, request).equals(List.of(states)));
        } catch (AssertionError e) {
            assertThat(states(post, request)).containsExactly(states);
        }
    }

    private static List<OutboxMessage.State> states(Post post, ApprovalRequest request) {
        return post.messages(request).stream().map(OutboxMessage::state).toList();
    }

    private static void failsAndWorks(UnaryOperator<GrantStore> store, Throwable failure) {
        Pigeon weak = new Pigeon("weak").next(4, Pigeon.throwing(failure));
        Pigeon strong = new Pigeon("strong");
        try (Post post = new Post(store, weak, strong)) {
            ApprovalRequest request = post.ask(5);

            assertThat(strong.kinds()).as("the other channel").containsExactly(ASKED);
            assertThat(weak.tried()).as("tried once before the caller went on").hasSize(1);
            assertThat(post.records(Kind.NOTIFY_FAILED)).isNotEmpty();
            post.pass(STEP, ENOUGH, () -> !weak.carried().isEmpty());
            awaitStates(post, request, OutboxMessage.State.DELIVERED, OutboxMessage.State.DELIVERED);
            assertThat(weak.kinds()).containsExactly(ASKED);
            assertThat(weak.tried()).extracting(ApprovalNotice::id).containsOnly(request.id() + "/1");
            assertThat(weak.tried()).hasSize(5);
            assertThat(post.message(request, 1).attempts()).isEqualTo(5);
            assertThat(strong.tried()).as("nobody else is told again").hasSize(1);
            assertThat(post.records(Kind.NOTIFY_FAILED)).hasSize(4);
            assertThat(post.records(Kind.NOTIFIED)).hasSize(2);

            assertThat(post.approve(request)).isEqualTo(Reason.VOTE_COUNTED);
            Post.await(
                    "the end",
                    () -> weak.kinds().contains(ENDED) && strong.kinds().contains(ENDED));
            assertThat(post.pay(5)).isEqualTo(1);
        }
    }

    @TestFactory
    @DisplayName("wall 11: whatever a channel throws, four times, the fifth time the notice arrives, once and in order")
    Stream<DynamicTest> failsAndWorks() {
        return Stream.of(
                        new IllegalStateException("down"),
                        new java.io.IOException("down"),
                        new StackOverflowError("down"),
                        new AssertionError("down"),
                        new NoClassDefFoundError("down"),
                        new InterruptedException("down"))
                .map(failure -> DynamicTest.dynamicTest(
                        "wall 11: " + failure.getClass().getSimpleName(), () -> failsAndWorks(OURS, failure)));
    }

    @Test
    @DisplayName("wall 11, twin: a channel gets one chance")
    void twinOneAttempt() {
        assertThatThrownBy(() -> failsAndWorks(Twin.ONE_ATTEMPT, new IllegalStateException("down")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName(
            "wall 11: a channel that hangs, deaf to interrupts, keeps neither the caller nor another channel, and is told later")
    void hangs() {
        CountDownLatch release = new CountDownLatch(1);
        Pigeon deaf = new Pigeon("deaf").next(1, Pigeon.hanging(release));
        Pigeon other = new Pigeon("other");
        try (Post post = new Post(deaf, other)) {
            ApprovalRequest request = post.ask(5);

            assertThat(other.kinds()).containsExactly(ASKED);
            assertThat(post.message(request, 1).failure()).contains("time limit");
            post.pass(STEP, ENOUGH, () -> !deaf.carried().isEmpty());
            release.countDown();
            awaitStates(post, request, OutboxMessage.State.DELIVERED, OutboxMessage.State.DELIVERED);
        } finally {
            release.countDown();
        }
    }

    @Test
    @DisplayName(
            "wall 11: a channel all of whose threads hang fails at once, starves no other, and gets everything when it wakes up")
    void hangsAltogether() {
        CountDownLatch release = new CountDownLatch(1);
        Pigeon deaf = new Pigeon("deaf").always(Pigeon.hanging(release));
        Pigeon other = new Pigeon("other");
        int many = 40;
        try (Post post = new Post(deaf, other)) {
            Thread[] callers = new Thread[many];
            for (int i = 0; i < many; i++) {
                int amount = i;
                callers[i] = new Thread(() -> post.ask(amount));
                callers[i].start();
            }
            Post.await("the other channel", () -> other.carried().size() == many);
            for (Thread caller : callers) {
                Post.await("a caller", () -> !caller.isAlive());
            }
            release.countDown();

            post.pass(
                    STEP,
                    ENOUGH,
                    () -> deaf.carried().stream()
                                    .map(ApprovalNotice::id)
                                    .distinct()
                                    .count()
                            == many);
        } finally {
            release.countDown();
        }
    }

    @Test
    @DisplayName("wall 11: a channel that says that it sent a message and cannot name it has not sent it")
    void lies() {
        Chat chat = new Chat("chat");
        chat.forgetsToName();
        try (Post post = new Post(chat)) {
            ApprovalRequest request = post.ask(5);

            assertThat(states(post, request)).containsExactly(OutboxMessage.State.WAITING);
            post.pass(STEP, ENOUGH, () -> !chat.shown().isEmpty());
            awaitStates(post, request, OutboxMessage.State.DELIVERED);
            assertThat(post.message(request, 1).handle()).contains("chat-1");
        }
    }

    @Test
    @DisplayName("wall 11: with every channel down the request waits all the same, and is decided without them")
    void allDown() {
        Pigeon one = new Pigeon("one").always(Pigeon.throwing(new IllegalStateException("down")));
        Pigeon two = new Pigeon("two").always(Pigeon.throwing(new Error("down")));
        try (Post post = new Post(one, two)) {
            ApprovalRequest request = post.ask(5);

            assertThat(request.state()).isEqualTo(State.PENDING);
            assertThat(post.approve(request)).isEqualTo(Reason.VOTE_COUNTED);
            assertThat(post.pay(5)).isEqualTo(1);
        }
    }

    static void updatedEverywhere(UnaryOperator<GrantStore> store) {
        Chat one = new Chat("one");
        Chat two = new Chat("two");
        Pigeon plain = new Pigeon("plain");
        try (Post post = new Post(store, one, two, plain)) {
            ApprovalRequest request = post.ask(5);
            assertThat(one.shown()).hasSize(1);

            post.deny(request);

            Post.soon(() -> plain.kinds().size() == 2
                    && one.tried().size() == 2
                    && two.tried().size() == 2);
            for (Chat chat : List.of(one, two)) {
                assertThat(chat.shown()).as("one message, and it is up to date").hasSize(1);
                ApprovalNotice now = chat.shown().get(chat.name() + "-1");
                assertThat(now.kind()).isEqualTo(ENDED);
                assertThat(now.request().state()).isEqualTo(State.DENIED);
                assertThat(now.request().votes()).hasSize(1);
            }
            assertThat(plain.kinds()).containsExactly(ASKED, ENDED);
        }
    }

    @Test
    @DisplayName("wall 11: a decision taken anywhere shows everywhere: the message that is there is changed")
    void updatedEverywhere() {
        updatedEverywhere(OURS);
    }

    @TestFactory
    @DisplayName("wall 11, twins: the end is told to nobody, or as something new")
    Stream<DynamicTest> twinsOfTheEnd() {
        return Stream.of(Twin.TOLD_AFTERWARDS, Twin.WITHOUT_HANDLES)
                .map(twin -> DynamicTest.dynamicTest(
                        twin.name(),
                        () -> assertThatThrownBy(() -> updatedEverywhere(twin)).isInstanceOf(AssertionError.class)));
    }

    private static void givenUp(UnaryOperator<GrantStore> store) {
        Pigeon weak = new Pigeon("weak").always(Pigeon.throwing(new IllegalStateException("down")));
        try (Post post = new Post(store, weak)) {
            ApprovalRequest request = post.ask(5);
            post.pass(STEP, ENOUGH, () -> !post.guard().deliveries().dead().isEmpty());

            OutboxMessage dead = post.guard().deliveries().dead().get(0);
            assertThat(dead.attempts()).isEqualTo(12);
            assertThat(dead.failure()).isEqualTo("IllegalStateException");
            assertThat(post.records(Kind.NOTIFY_FAILED)).hasSize(12);
            assertThat(post.records(Kind.NOTIFY_FAILED).get(11).details()).containsEntry("dead", true);
            assertThat(post.guard().approvals().pending()).as("the request").hasSize(1);

            weak.always(notice -> {});
            assertThat(post.guard().deliveries().retry(dead.id())).isTrue();
            awaitStates(post, request, OutboxMessage.State.DELIVERED);
            assertThat(weak.kinds()).containsExactly(ASKED);
            assertThat(post.guard().deliveries().dead()).isEmpty();
            assertThat(post.guard().deliveries().retry(dead.id())).isFalse();
        }
    }

    @Test
    @DisplayName("wall 11: what fails twelve times is given up, stays visible, and can be tried anew")
    void givenUp() {
        givenUp(OURS);
    }

    @Test
    @DisplayName("wall 11, twin: what is given up is gone")
    void twinWithoutDead() {
        assertThatThrownBy(() -> givenUp(Twin.WITHOUT_DEAD)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("wall 11: a channel that says never is believed at once, one that says when is asked then")
    void saysWhen() {
        Pigeon never = new Pigeon("never").next(1, Pigeon.throwing(new UndeliverableException("no such room")));
        Pigeon later =
                new Pigeon("later").next(1, Pigeon.throwing(new RetryLaterException("busy", Duration.ofMinutes(40))));
        try (Post post = new Post(never, later)) {
            ApprovalRequest request = post.ask(5);

            assertThat(post.guard().deliveries().dead())
                    .extracting(OutboxMessage::channel)
                    .containsExactly("never");
            assertThat(post.message(request, 1).failure()).isEqualTo("UndeliverableException: no such room");
            assertThat(post.message(request, 2).due())
                    .isEqualTo(post.clock.instant().plus(Duration.ofMinutes(40)));
            post.clock.advance(Duration.ofMinutes(39));
            assertThat(Post.soon(() -> later.tried().size() > 1)).isFalse();
            post.clock.advance(Duration.ofMinutes(1));
            Post.await("the second attempt", () -> later.kinds().equals(List.of(ASKED)));
        }
    }

    @Test
    @DisplayName("wall 11: a question that has not arrived when the request ends is overtaken, and the ledger says so")
    void overtaken() {
        Pigeon weak = new Pigeon("weak").next(1, Pigeon.throwing(new IllegalStateException("down")));
        try (Post post = new Post(weak)) {
            ApprovalRequest request = post.ask(5);
            post.deny(request);

            awaitStates(post, request, OutboxMessage.State.SUPERSEDED, OutboxMessage.State.DELIVERED);
            assertThat(post.message(request, 1).failure()).isEqualTo("the request has ended");
            // It may have reached people although it failed: the end is told at once, no time having passed.
            assertThat(weak.kinds()).containsExactly(ENDED);
        }
    }

    private static void inOrder(UnaryOperator<GrantStore> store) {
        CountDownLatch slow = new CountDownLatch(1);
        Pigeon pigeon = new Pigeon("pigeon").next(1, notice -> slow.await());
        try (Post post = new Post(store, pigeon)) {
            Thread caller = new Thread(() ->
                    assertThatThrownBy(() -> post.pay(5)).isInstanceOf(io.jitapproval.JitApprovalException.class));
            caller.start();
            Post.await("the question", () -> pigeon.tried().size() == 1);
            post.deny(post.guard().approvals().pending().get(0));

            assertThat(Post.soon(() -> pigeon.tried().size() > 1))
                    .as("the end, while the question is on its way")
                    .isFalse();
            slow.countDown();
            Post.await("the end", () -> pigeon.kinds().contains(ENDED));
            assertThat(pigeon.kinds()).containsExactly(ASKED, ENDED);
            Post.await("the caller", () -> !caller.isAlive());
        } finally {
            slow.countDown();
        }
    }

    @Test
    @DisplayName("wall 11: of one request and channel a message waits for those before it")
    void inOrder() {
        inOrder(OURS);
    }

    @Test
    @DisplayName("wall 11, twin: an outbox without order")
    void twinWithoutOrder() {
        assertThatThrownBy(() -> inOrder(Twin.WITHOUT_ORDER)).isInstanceOf(AssertionError.class);
    }

    private static void survivesTheStop(UnaryOperator<GrantStore> around) {
        Pigeon pigeon = new Pigeon("pigeon");
        Crashing crashing = new Crashing();
        try (Post post = new Post(store -> crashing.apply(around.apply(store)), pigeon)) {
            crashing.afterSubmit();
            assertThatThrownBy(() -> post.pay(5)).isInstanceOf(io.jitapproval.GuardUnavailableException.class);
            assertThat(pigeon.tried()).isEmpty();
            crashing.over();
            post.restart();

            Post.soon(() -> !pigeon.carried().isEmpty());
            assertThat(pigeon.kinds()).containsExactly(ASKED);
            assertThat(post.guard().approvals().pending()).hasSize(1);
        }
    }

    @Test
    @DisplayName("wall 11, R61: a process that stops right after the submission has told nobody; the next one does")
    void survivesTheStop() {
        survivesTheStop(OURS);
    }

    @Test
    @DisplayName("wall 11, R61, twin: a notifier beside the store")
    void twinToldAfterwards() {
        assertThatThrownBy(() -> survivesTheStop(Twin.TOLD_AFTERWARDS)).isInstanceOf(AssertionError.class);
    }

    private static void survivesTheCrash(UnaryOperator<GrantStore> around, boolean delivered) {
        CountDownLatch never = new CountDownLatch(1);
        Pigeon pigeon = new Pigeon("pigeon");
        if (!delivered) {
            pigeon.next(1, notice -> never.await());
        }
        Crashing crashing = new Crashing();
        try (Post post = new Post(store -> crashing.apply(around.apply(store)), pigeon)) {
            crashing.beforeTheMark();
            ApprovalRequest request = post.ask(5);
            assertThat(pigeon.tried()).hasSize(1);
            crashing.over();
            post.restart();

            assertThat(Post.soon(() -> pigeon.tried().size() > 1))
                    .as("while the first attempt may be under way")
                    .isFalse();
            post.clock.advance(STEP);
            Post.soon(() -> pigeon.tried().size() > 1);
            assertThat(pigeon.tried())
                    .extracting(ApprovalNotice::id)
                    .containsExactly(request.id() + "/1", request.id() + "/1");
            assertThat(pigeon.kinds()).contains(ASKED);
            awaitStates(post, request, OutboxMessage.State.DELIVERED);
        }
    }

    @TestFactory
    @DisplayName(
            "wall 11: a crash while a notice is delivered, or before that is written down: it is delivered again, under the same id")
    Stream<DynamicTest> survivesTheCrash() {
        return Map.of("before it arrived", false, "before it was on record", true).entrySet().stream()
                .map(when -> DynamicTest.dynamicTest(
                        "wall 11: " + when.getKey(), () -> survivesTheCrash(OURS, when.getValue())));
    }

    @Test
    @DisplayName("wall 11, twin: what is tried counts as delivered")
    void twinMarkedBefore() {
        assertThatThrownBy(() -> survivesTheCrash(Twin.MARKED_BEFORE, false)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("wall 11: a message of another node's that this one never heard of goes out all the same")
    void otherNode() {
        Pigeon pigeon = new Pigeon("pigeon");
        Crashing crashing = new Crashing();
        try (Post post = new Post(crashing::apply, pigeon)) {
            post.ask(1);
            crashing.afterSubmit();
            assertThatThrownBy(() -> post.pay(5)).isInstanceOf(io.jitapproval.GuardUnavailableException.class);
            crashing.over();

            post.pass(Duration.ofMinutes(1), 3, () -> pigeon.carried().size() == 2);
        }
    }
}
