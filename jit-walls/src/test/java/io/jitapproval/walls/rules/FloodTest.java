package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.MIA;
import static io.jitapproval.walls.rules.Firm.TOM;
import static io.jitapproval.walls.rules.Firm.ask;
import static io.jitapproval.walls.rules.Firm.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits;
import io.jitapproval.AskingLimits.Bucket;
import io.jitapproval.Attempt;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalDigest;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.DigestingApprovalChannel;
import io.jitapproval.spi.GrantStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 14, R27: floods are bounded, and a fresh denial is not asked again at once")
class FloodTest {

    private static final String ASK = ask("r", "\"by\": {\"role\": \"FINANCE\"}");
    private static final String NO_COOL_DOWN = ask("r", "\"by\": {\"role\": \"FINANCE\"}, \"coolDown\": \"PT0S\"");

    /** What the documentation promises of 1 000 requests of one person in an hour: 30 at once, and one every 2 minutes. */
    private static final int MOST_AN_HOUR = 60;

    /** What it promises of the same call, made again as soon as it is denied: one every 5 minutes. */
    private static final int MOST_EQUAL = 12;

    /** What it promises to one approver, however many ask: 20 at once, and one every 3 minutes. */
    private static final int MOST_TO_ONE = 41;

    private static Attempt pay(Firm firm, Ref who, Object amount) {
        return firm.guard
                .attempt("pay")
                .by(new Subject(who.type(), who.id(), Map.of()))
                .with("amount", amount);
    }

    private static Attempt pay(Firm firm, Object amount) {
        return pay(firm, Ref.user("ana"), amount);
    }

    /** Why it did not run. */
    private static JitApprovalException refusal(Attempt attempt) {
        try {
            attempt.run(() -> {});
        } catch (JitApprovalException refused) {
            return refused;
        }
        throw new AssertionError("it ran");
    }

    private static Reason reason(Attempt attempt) {
        return refusal(attempt).reason();
    }

    private static class Phone implements ApprovalChannel {

        final AtomicInteger rang = new AtomicInteger();

        @Override
        public String name() {
            return "phone";
        }

        @Override
        public void deliver(ApprovalNotice notice) {
            if (notice.kind() == ApprovalNotice.Kind.ASKED) {
                rang.incrementAndGet();
            }
        }
    }

    /** A phone that rings once for a digest. */
    private static final class SmartPhone extends Phone implements DigestingApprovalChannel {

        private final AtomicInteger told = new AtomicInteger();

        @Override
        public void deliver(ApprovalNotice notice) {
            super.deliver(notice);
            told.incrementAndGet();
        }

        @Override
        public void deliverDigest(ApprovalDigest digest) {
            rang.incrementAndGet();
            told.addAndGet(digest.notices().size());
        }
    }

    /** 1 000 requests of many people within an hour, all to one approver who is away; how often the phone rings. */
    private static int crowd(Bucket perApprover) {
        SmartPhone phone = new SmartPhone();
        AskingLimits limits = new AskingLimits(Bucket.ENDLESS, Bucket.ENDLESS, Integer.MAX_VALUE, perApprover);
        String rule = ask("r", "\"by\": {\"person\": \"mia\"}, \"decideWithin\": \"PT4H\"");
        try (Firm firm = new Firm(builder -> builder.askingLimits(limits).channel(phone), rule)) {
            for (int i = 0; i < 1_000; i++) {
                String who = List.of("ana", "tom", "ada").get(i % 3);
                assertThat(reason(pay(firm, Ref.user(who), i))).isEqualTo(Reason.APPROVAL_PENDING);
                firm.clock.advance(Duration.ofMillis(3_600));
            }
            for (int i = 0; i < 1_000 && phone.told.get() < 1_000; i++) {
                firm.clock.advance(Duration.ofSeconds(1));
                Thread.onSpinWait();
            }
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (phone.told.get() < 1_000 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(phone.told).as("questions that were told").hasValue(1_000);
        }
        return phone.rang.get();
    }

    @Test
    @DisplayName(
            "R27: of 1 000 requests in an hour to one approver all are told, and the phone rings as often as documented")
    void simulatedCrowd() {
        int ours = crowd(AskingLimits.DEFAULT.perApprover());
        int unlimited = crowd(Bucket.ENDLESS);
        System.out.printf(
                "R27: 1000 requests of many people in an hour to one approver: the phone rings %d times; without quota and"
                        + " digests %d%n",
                ours, unlimited);
        assertThat(ours).isLessThanOrEqualTo(MOST_TO_ONE);
        assertThat(unlimited).isEqualTo(1_000);
    }

    /** 1 000 requests within an hour, each denied at once; how often a phone rings. */
    private static int hour(boolean equal, String rule, Consumer<GuardBuilder> more) {
        Phone phone = new Phone();
        try (Firm firm = new Firm(more.andThen(builder -> builder.channel(phone)), rule)) {
            for (int i = 0; i < 1_000; i++) {
                reason(pay(firm, equal ? 5 : i));
                for (ApprovalRequest request : firm.guard.approvals().pending()) {
                    firm.guard.approvals().vote(request.id(), Vote.deny(request, MIA, "no"));
                }
                firm.clock.advance(Duration.ofMillis(3_600));
            }
        }
        return phone.rang.get();
    }

    @Test
    @DisplayName(
            "R27: of 1 000 requests in an hour no approver's phone rings more often than documented; without limits it does")
    void simulated() {
        int different = hour(false, ASK, builder -> {});
        int equal = hour(true, ASK, builder -> {});
        int unlimited = hour(false, ASK, builder -> builder.askingLimits(AskingLimits.NONE));
        int hot = hour(true, NO_COOL_DOWN, builder -> builder.askingLimits(AskingLimits.NONE));
        System.out.printf(
                "R27: 1000 requests in an hour, each denied at once: %d notifications if all differ, %d if all are equal;"
                        + " without limits %d and %d%n",
                different, equal, unlimited, hot);
        assertThat(different).isLessThanOrEqualTo(MOST_AN_HOUR);
        assertThat(equal).isLessThanOrEqualTo(MOST_EQUAL);
        assertThat(unlimited).isGreaterThan(MOST_AN_HOUR);
        assertThat(hot).isGreaterThan(MOST_EQUAL);
    }

    @Test
    @DisplayName(
            "one person has one quota under all accounts; the refusal says when to ask again, and it may be asked then")
    void perRequester() {
        try (Firm firm = new Firm(ASK)) {
            for (int i = 0; i < 30; i++) {
                assertThat(reason(pay(firm, i))).isEqualTo(Reason.APPROVAL_PENDING);
            }
            assertThat(refusal(pay(firm, 30)))
                    .hasMessageContaining("JIT-224")
                    .hasMessageContaining(
                            firm.clock.instant().plus(Duration.ofMinutes(2)).toString());
            assertThat(reason(pay(firm, new Ref("slack", "U-ana"), 31))).isEqualTo(Reason.ASKED_TOO_OFTEN);
            assertThat(reason(pay(firm, 7))).as("an equal one joins").isEqualTo(Reason.APPROVAL_PENDING);
            assertThat(reason(pay(firm, TOM, 30))).as("another person").isEqualTo(Reason.APPROVAL_PENDING);
            firm.clock.advance(Duration.ofMinutes(2));
            assertThat(reason(pay(firm, 30))).isEqualTo(Reason.APPROVAL_PENDING);
            assertThat(reason(pay(firm, 31))).isEqualTo(Reason.ASKED_TOO_OFTEN);
            assertThat(firm.records(Kind.REQUESTED)).hasSize(32);
            assertThat(firm.records(Kind.DENIED)).hasSize(3);
        }
    }

    @Test
    @DisplayName("what asks nobody costs nothing: covered and automatic calls, and equal ones")
    void onlyAsking() {
        AskingLimits one = new AskingLimits(new Bucket(2, Duration.ofDays(1)), Bucket.ENDLESS, 9);
        try (Firm firm = new Firm(
                builder -> builder.askingLimits(one),
                ask("r", "\"by\": {\"role\": \"FINANCE\"}", "\"grant\": {\"uses\": 100}"))) {
            for (int i = 0; i < 20; i++) {
                assertThat(reason(pay(firm, 5))).isEqualTo(Reason.APPROVAL_PENDING);
            }
            firm.approvedBy(TOM);
            for (int i = 0; i < 20; i++) {
                pay(firm, 5).run(() -> {});
            }
            assertThat(reason(pay(firm, 6))).isEqualTo(Reason.APPROVAL_PENDING);
            assertThat(reason(pay(firm, 7))).isEqualTo(Reason.ASKED_TOO_OFTEN);
        }
        try (Firm firm = new Firm(builder -> builder.askingLimits(one), ASK, rule("robot", "auto-approve"))) {
            for (int i = 0; i < 20; i++) {
                pay(firm, i).run(() -> {});
            }
        }
    }

    @Test
    @DisplayName("an action has a quota of its own, over all requesters; who is refused by it loses none of their own")
    void perAction() {
        AskingLimits few = new AskingLimits(new Bucket(3, Duration.ofDays(1)), new Bucket(3, Duration.ofMinutes(1)), 9);
        try (Firm firm = new Firm(builder -> builder.askingLimits(few), ASK)) {
            for (String who : new String[] {"mia", "tom", "ada"}) {
                assertThat(reason(pay(firm, Ref.user(who), 1))).isEqualTo(Reason.APPROVAL_PENDING);
            }
            for (int i = 0; i < 5; i++) {
                assertThat(reason(pay(firm, 1))).isEqualTo(Reason.ASKED_TOO_OFTEN);
            }
            firm.clock.advance(Duration.ofMinutes(3));
            for (int i = 0; i < 3; i++) {
                assertThat(reason(pay(firm, i))).isEqualTo(Reason.APPROVAL_PENDING);
            }
        }
    }

    @Test
    @DisplayName(
            "so many of one requester are pending at once and no more; those that have ended do not count, however they ended")
    void pending() {
        AskingLimits two = new AskingLimits(Bucket.ENDLESS, Bucket.ENDLESS, 2);
        try (Firm firm = new Firm(builder -> builder.askingLimits(two), ASK)) {
            reason(pay(firm, 1));
            reason(pay(firm, 2));
            assertThat(reason(pay(firm, 3))).isEqualTo(Reason.TOO_MANY_PENDING);
            ApprovalRequest first = firm.guard.approvals().pending().get(0);
            firm.guard.approvals().vote(first.id(), Vote.approve(first, TOM));
            assertThat(reason(pay(firm, 3))).isEqualTo(Reason.APPROVAL_PENDING);
            assertThat(reason(pay(firm, 4))).isEqualTo(Reason.TOO_MANY_PENDING);
            firm.clock.advance(Duration.ofHours(1));
            assertThat(reason(pay(firm, 4))).isEqualTo(Reason.APPROVAL_PENDING);
        }
    }

    @Test
    @DisplayName("two nodes over one store share the quotas, and threads at once take no token twice")
    void shared() throws InterruptedException {
        io.jitapproval.test.TestClock clock = new io.jitapproval.test.TestClock();
        GrantStore store = GrantStores.memory(clock);
        try (Firm one = new Firm(builder -> builder.store(store), ASK);
                Firm other = new Firm(builder -> builder.store(store), ASK)) {
            AtomicInteger asked = new AtomicInteger();
            CountDownLatch go = new CountDownLatch(1);
            Thread[] threads = new Thread[8];
            for (int t = 0; t < threads.length; t++) {
                int from = t * 10;
                threads[t] = new Thread(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        return;
                    }
                    for (int i = from; i < from + 10; i++) {
                        if (refusal(pay(from % 20 == 0 ? one : other, i)) instanceof ApprovalPendingException) {
                            asked.incrementAndGet();
                        }
                    }
                });
                threads[t].start();
            }
            go.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(asked).hasValue(30);
        }
    }

    /** Whether the same call may be asked again some time after it ended in some way. */
    @FunctionalInterface
    private interface Again {
        boolean asked(String end, Duration later, Object amount);
    }

    private static void check(Again again) {
        Duration almost = Duration.ofMinutes(5).minusMillis(1);
        assertThat(again.asked("denied", Duration.ZERO, 5)).isFalse();
        assertThat(again.asked("denied", almost, 5)).isFalse();
        assertThat(again.asked("denied", Duration.ofMinutes(5), 5)).isTrue();
        assertThat(again.asked("denied", Duration.ZERO, 6)).as("another call").isTrue();
        assertThat(again.asked("withdrawn", Duration.ZERO, 5)).isTrue();
        assertThat(again.asked("expired", Duration.ZERO, 5)).isTrue();
    }

    private static boolean ours(String end, Duration later, Object amount) {
        try (Firm firm = new Firm(ASK)) {
            reason(pay(firm, 5));
            switch (end) {
                case "denied" -> firm.vote(Vote.deny(firm.pending(), MIA, "no"));
                case "withdrawn" ->
                    firm.guard.approvals().withdraw(firm.pending().id(), Ref.user("ana"));
                default -> firm.clock.advance(Duration.ofHours(1));
            }
            firm.clock.advance(later);
            Reason reason = reason(pay(firm, amount));
            assertThat(reason).isIn(Reason.APPROVAL_PENDING, Reason.COOLING_DOWN);
            return reason == Reason.APPROVAL_PENDING;
        }
    }

    @Test
    @DisplayName(
            "what people denied is not asked again for 5 minutes; other calls and other ends are; the twins are found")
    void coolsDown() {
        check(FloodTest::ours);
        assertThatThrownBy(() -> check((end, later, amount) -> true)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check((end, later, amount) -> later.compareTo(Duration.ofMinutes(5)) >= 0))
                .as("every end cools down")
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check(
                        (end, later, amount) -> !end.equals("denied") || later.compareTo(Duration.ofMinutes(5)) >= 0))
                .as("whatever the arguments")
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName(
            "the refusal names the time; one that waited is told of the denial; nobody else's call cools down; policy may say no")
    void coolDownIsTold() {
        try (Firm firm = new Firm(ASK)) {
            reason(pay(firm, 5));
            firm.vote(Vote.deny(firm.pending(), MIA, "no"));
            assertThat(refusal(pay(firm, 5)))
                    .hasMessageContaining("JIT-226")
                    .hasMessageContaining(
                            firm.clock.instant().plus(Duration.ofMinutes(5)).toString());
            assertThat(reason(pay(firm, TOM, 5))).isEqualTo(Reason.APPROVAL_PENDING);
        }
        try (Firm firm = new Firm(NO_COOL_DOWN)) {
            reason(pay(firm, 5));
            firm.vote(Vote.deny(firm.pending(), MIA, "no"));
            assertThat(reason(pay(firm, 5))).isEqualTo(Reason.APPROVAL_PENDING);
        }
    }

    @Test
    @DisplayName("an approval within 2 seconds is flagged on record; a later one is not, nor a denial")
    void quick() {
        try (Firm firm = new Firm(ask("r", "\"by\": {\"role\": \"FINANCE\"}, \"people\": 2"))) {
            reason(pay(firm, 5));
            firm.clock.advance(Duration.ofMillis(1_999));
            firm.approvedBy(MIA);
            firm.clock.advance(Duration.ofMillis(1));
            firm.approvedBy(TOM);
            reason(pay(firm, 6));
            firm.vote(Vote.deny(firm.pending(), MIA, "no"));
            assertThat(firm.records(Kind.VOTED))
                    .extracting(record -> record.details().get("quick"))
                    .containsExactly(true, null, null);
        }
    }
}
