package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.MIA;
import static io.jitapproval.walls.rules.Firm.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits;
import io.jitapproval.Attempt;
import io.jitapproval.GuardedCall;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Subject;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.TimeSources;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 14, R60: equal calls come together at one request")
class CoalescingTest {

    private static final String BOSSES = ask("boss", "\"by\": {\"role\": \"FINANCE\"}, \"people\": 1");
    private static final int THREADS = 64;
    private static final Duration LONG = Duration.ofMinutes(10);

    private static final class Bell implements ApprovalChannel {

        final AtomicInteger rung = new AtomicInteger();

        @Override
        public String name() {
            return "bell";
        }

        @Override
        public void deliver(ApprovalNotice notice) {
            if (notice.kind() == ApprovalNotice.Kind.ASKED) {
                rung.incrementAndGet();
            }
        }
    }

    private static <T> List<T> together(int threads, Function<Integer, T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int which = i;
                futures.add(pool.submit(() -> {
                    start.await();
                    return work.apply(which);
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static void checkOneRequest(UnaryOperator<GrantStore> around, UnaryOperator<Attempt> more)
            throws Exception {
        Bell bell = new Bell();
        try (Firm firm = new Firm(
                builder -> builder.channel(bell)
                        .askingLimits(AskingLimits.NONE)
                        .store(around.apply(GrantStores.memory(TimeSources.system()))),
                BOSSES)) {
            Set<String> ids = new HashSet<>(together(
                    THREADS, i -> more.apply(firm.pay()).submit().orElseThrow().id()));

            assertThat(ids).hasSize(1);
            assertThat(firm.pending().callers()).isEqualTo(THREADS);
            assertThat(firm.records(Kind.REQUESTED)).hasSize(1);
            assertThat(firm.records(Kind.COALESCED)).hasSize(THREADS - 1);
            firm.guard.close();
            assertThat(bell.rung).hasValue(1);
        }
    }

    /** Hands every submission on under a key of its own. */
    private static final class Apart extends ForwardingGrantStore {

        private final AtomicInteger count = new AtomicInteger();

        Apart(GrantStore store) {
            super(store);
        }

        @Override
        public ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal) {
            return super.submit(key + count.incrementAndGet(), submission, journal);
        }
    }

    @Test
    @DisplayName("R60: 64 parallel submits of one content make one request and one notification; callers counts all")
    void oneContentOneRequest() throws Exception {
        checkOneRequest(store -> store, attempt -> attempt);
    }

    @Test
    @DisplayName("R60: 64 parallel submits under one key make one request and one notification")
    void oneKeyOneRequest() throws Exception {
        checkOneRequest(store -> store, attempt -> attempt.key("refund-8812"));
    }

    @Test
    @DisplayName("R60, twin: a store that does not look whether one is pending")
    void twinThatAsksAgain() {
        assertThatThrownBy(() -> checkOneRequest(Apart::new, attempt -> attempt))
                .isInstanceOf(AssertionError.class);
    }

    private static Reason refusal(GuardedCall<?, RuntimeException> call) {
        try {
            call.call();
        } catch (JitApprovalException refused) {
            return refused.reason();
        }
        throw new AssertionError("not refused");
    }

    @Test
    @DisplayName(
            "one key, two contents: the second is refused with a reason of its own, also after the first was decided")
    void keyTaken() {
        try (Firm firm = new Firm(BOSSES)) {
            Attempt first = firm.pay().key("k");
            first.submit();

            Attempt other = firm.guard.attempt("pay").by(Subject.user("ana")).with("amount", 6);
            assertThat(refusal(() -> other.key("k").submit())).isEqualTo(Reason.KEY_TAKEN);
            assertThat(firm.pending().key()).contains("k");
            firm.approvedBy(MIA);
            assertThat(refusal(other::submit)).isEqualTo(Reason.KEY_TAKEN);
            assertThat(firm.records(Kind.DENIED)).hasSize(2);
        }
    }

    @Test
    @DisplayName("keys are per subject, and different keys keep equal contents apart")
    void keysArePerSubject() {
        try (Firm firm = new Firm(BOSSES)) {
            firm.pay().key("k").submit();
            firm.guard
                    .attempt("pay")
                    .by(Subject.user("tom"))
                    .with("amount", 9)
                    .key("k")
                    .submit();
            firm.pay().key("l").submit();
            firm.pay().submit();

            assertThat(firm.guard.approvals().pending()).hasSize(4);
        }
    }

    /** What became of one waiter. */
    private record Told(boolean ran, Optional<JitApprovalException> refusal) {}

    private static void checkOneWinner(Function<Attempt, GuardedCall<Boolean, RuntimeException>> calls)
            throws Exception {
        try (Firm firm = new Firm(BOSSES)) {
            firm.clock.handsOn();
            AtomicInteger ran = new AtomicInteger();
            Thread approver = new Thread(() -> {
                while (firm.guard.approvals().pending().isEmpty()
                        || firm.pending().callers() < THREADS) {
                    Thread.onSpinWait();
                }
                firm.approvedBy(MIA);
            });
            approver.start();
            List<Told> told = together(THREADS, i -> {
                try {
                    calls.apply(firm.pay().waitAtMost(LONG)).call();
                    ran.incrementAndGet();
                    return new Told(true, Optional.empty());
                } catch (JitApprovalException refused) {
                    return new Told(false, Optional.of(refused));
                }
            });
            approver.join();

            assertThat(ran).hasValue(1);
            assertThat(told).filteredOn(Told::ran).hasSize(1);
            assertThat(told).filteredOn(one -> !one.ran()).hasSize(THREADS - 1).allSatisfy(one -> {
                JitApprovalException refused = one.refusal().orElseThrow();
                assertThat(refused).isInstanceOf(ActionDeniedException.class);
                assertThat(refused.reason()).isEqualTo(Reason.GRANT_EXHAUSTED);
                assertThat(refused).hasMessageContaining("another call which waited for the same request used it");
            });
        }
    }

    @Test
    @DisplayName(
            "a single-use grant goes to exactly one of 64 waiters, every waiter is told, and the others learn why not")
    void oneOfManyWaiters() throws Exception {
        checkOneWinner(attempt -> () -> attempt.call(() -> true));
    }

    @Test
    @DisplayName("twin: waiters that are released by the decision itself and not by a use of the grant")
    void twinReleasedByTheDecision() {
        assertThatThrownBy(() -> checkOneWinner(attempt -> () -> {
                    try {
                        return attempt.call(() -> true);
                    } catch (ActionDeniedException approvedAllTheSame) {
                        return approvedAllTheSame.reason() == Reason.GRANT_EXHAUSTED;
                    }
                }))
                .isInstanceOf(AssertionError.class);
    }
}
