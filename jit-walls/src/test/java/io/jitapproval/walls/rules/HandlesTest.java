package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.MIA;
import static io.jitapproval.walls.rules.Firm.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.RequestHandle;
import io.jitapproval.core.GrantStores;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.test.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("handles survive: another guard on the same store goes on by the request's id")
class HandlesTest {

    private static final String BOSSES = ask("boss", "\"by\": {\"role\": \"FINANCE\"}, \"people\": 1");

    /** Two guards, as of two processes, on one store. */
    private static final class TwoFirms implements AutoCloseable {

        final TestClock clock = new TestClock().handsOn();
        final GrantStore store = GrantStores.memory(clock);
        final Firm here = new Firm(clock, builder -> builder.store(store), BOSSES);
        final Firm there = new Firm(clock, builder -> builder.store(store), BOSSES);

        ApprovalRequest asked() {
            return here.pay().submit().orElseThrow();
        }

        @Override
        public void close() {
            here.close();
            there.close();
        }
    }

    @Test
    @DisplayName("a handle shows, withdraws and knows nothing but the id")
    void looksAndWithdraws() {
        try (TwoFirms two = new TwoFirms()) {
            RequestHandle handle = two.there.guard.request(two.asked().id());

            assertThat(handle.current().orElseThrow().state()).isEqualTo(State.PENDING);
            assertThat(handle.withdraw(MIA)).isEqualTo(Reason.NOT_THE_HOLDER);
            assertThat(handle.withdraw(Ref.user("ana"))).isEqualTo(Reason.APPROVAL_CANCELLED);
            assertThat(handle.current().orElseThrow().state()).isEqualTo(State.CANCELLED);
            assertThat(handle.replay()).isEmpty();
            assertThat(two.here.guard.request("none").current()).isEmpty();
            assertThat(two.here.guard.request("none").await(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    @DisplayName("whenEnded holds no thread and completes at once where this guard ends the request")
    void endedHere() throws Exception {
        try (TwoFirms two = new TwoFirms()) {
            int threads = Thread.activeCount();
            RequestHandle handle = two.here.guard.request(two.asked().id());
            List<CompletableFuture<ApprovalRequest>> all = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                all.add(handle.whenEnded().toCompletableFuture());
            }
            assertThat(Thread.activeCount()).isLessThan(threads + 40);
            two.here.approvedBy(MIA);

            for (CompletableFuture<ApprovalRequest> one : all) {
                assertThat(one.get(10, TimeUnit.SECONDS).state()).isEqualTo(State.APPROVED);
            }
        }
    }

    private static void checkLearns(TwoFirms two, CompletableFuture<?> waiting, Duration within) throws Exception {
        two.there.approvedBy(MIA);
        two.clock.advance(within);
        waiting.get(5, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName(
            "the store is the truth: a request that another guard ended completes within 6 seconds, after a long wait too")
    void endedElsewhere() throws Exception {
        try (TwoFirms two = new TwoFirms()) {
            RequestHandle handle = two.here.guard.request(two.asked().id());
            CompletableFuture<ApprovalRequest> ended = handle.whenEnded().toCompletableFuture();
            for (int i = 0; i < 60; i++) {
                two.clock.advance(Duration.ofSeconds(1));
                settle(two.here);
            }
            assertThat(ended).isNotDone();
            checkLearns(two, ended, Duration.ofSeconds(6));
            assertThat(ended.join().state()).isEqualTo(State.APPROVED);
        }
    }

    /** Lets what the guard does on its own threads come to rest. */
    private static void settle(Firm firm) {
        for (int i = 0; i < 3; i++) {
            firm.guard
                    .request("none")
                    .whenEnded()
                    .exceptionally(unknown -> null)
                    .toCompletableFuture()
                    .join();
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("twin: who is woken by the guard's own waiters alone never learns of an end elsewhere")
    void twinThatTrustsItsOwnWaiters() {
        TestClock clock = new TestClock().handsOn();
        GrantStore store = GrantStores.memory(clock);
        try (Firm there = new Firm(clock, builder -> builder.store(store), BOSSES)) {
            ApprovalRequest asked = there.pay().submit().orElseThrow();
            CompletableFuture<ApprovalRequest> mine = new CompletableFuture<>();
            clock.alarm(asked.decideBy(), () -> mine.complete(asked));

            there.approvedBy(MIA);
            clock.advance(Duration.ofSeconds(6));
            assertThatThrownBy(() -> mine.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    @DisplayName("WAIT: a call that waits runs soon after another guard ended its request, on a thread and as a stage")
    void waitingCallsLearn() throws Exception {
        try (TwoFirms two = new TwoFirms()) {
            CompletableFuture<String> stage = two.here
                    .pay()
                    .waitAtMost(Duration.ofMinutes(10))
                    .callAsync(() -> CompletableFuture.completedFuture("ran"))
                    .toCompletableFuture();
            checkLearns(two, stage, Duration.ofSeconds(6));
            assertThat(stage).isCompletedWithValue("ran");

            CompletableFuture<String> call = CompletableFuture.supplyAsync(
                    () -> two.here.pay().waitAtMost(Duration.ofMinutes(10)).call(() -> "ran"));
            while (two.there.guard.approvals().pending().isEmpty()) {
                Thread.onSpinWait();
            }
            two.there.approvedBy(MIA);
            for (int i = 0; i < 50 && !call.isDone(); i++) {
                two.clock.advance(Duration.ofSeconds(1));
                try {
                    call.get(100, TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    assertThat(i).isLessThan(20);
                }
            }
            assertThat(call.get(5, TimeUnit.SECONDS)).isEqualTo("ran");
        }
    }

    @Test
    @DisplayName("await: until the end, or until its time is over")
    void awaits() throws Exception {
        try (TwoFirms two = new TwoFirms()) {
            RequestHandle handle = two.here.guard.request(two.asked().id());
            CompletableFuture<Optional<ApprovalRequest>> waiting =
                    CompletableFuture.supplyAsync(() -> handle.await(Duration.ofSeconds(1)));
            for (int seconds = 0; seconds < 10_000 && !waiting.isDone(); seconds++) {
                two.clock.advance(Duration.ofSeconds(1));
                for (int spins = 0; spins < 100_000 && !waiting.isDone(); spins++) {
                    Thread.onSpinWait();
                }
            }
            assertThat(waiting.get(5, TimeUnit.SECONDS).orElseThrow().state()).isIn(State.PENDING, State.EXPIRED);
            assertThatThrownBy(() -> handle.await(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("wall 1: an unknown id and a closed guard fail with a reason of their own")
    void fails() {
        TwoFirms two = new TwoFirms();
        RequestHandle handle = two.here.guard.request(two.asked().id());
        CompletableFuture<ApprovalRequest> waiting = handle.whenEnded().toCompletableFuture();
        assertReason(two.here.guard.request("none").whenEnded().toCompletableFuture(), Reason.UNKNOWN_ID);
        two.close();

        assertReason(waiting, Reason.GUARD_CLOSED);
        assertThatThrownBy(handle::current).isInstanceOf(GuardUnavailableException.class);
    }

    private static void assertReason(CompletableFuture<?> future, Reason reason) {
        assertThatThrownBy(() -> future.get(5, TimeUnit.SECONDS))
                .isInstanceOfAny(ExecutionException.class, CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        GuardUnavailableException.class,
                        thrown -> assertThat(thrown.reason()).isEqualTo(reason));
    }
}
