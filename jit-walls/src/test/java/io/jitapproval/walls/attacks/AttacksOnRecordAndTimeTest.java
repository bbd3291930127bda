package io.jitapproval.walls.attacks;

import static io.jitapproval.test.JitAssertions.assertThatCall;
import static io.jitapproval.walls.attacks.Bank.ANA;
import static io.jitapproval.walls.attacks.Bank.MIA;
import static io.jitapproval.walls.attacks.Bank.STAFF;
import static io.jitapproval.walls.attacks.Bank.ask;
import static io.jitapproval.walls.attacks.Bank.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Continuation;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.Reason;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Resource;
import io.jitapproval.Vote;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.Jit;
import io.jitapproval.core.binding.ArgumentFreezer;
import io.jitapproval.core.binding.Binding;
import io.jitapproval.core.binding.BindingInput;
import io.jitapproval.core.binding.BindingInput.Party;
import io.jitapproval.core.binding.Digests;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.test.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what a reviewer broke in bindings, records and time stays mended")
class AttacksOnRecordAndTimeTest {

    private static final int PIN = 471;
    private static final Duration TOO_LONG = Duration.ofSeconds(Long.MAX_VALUE);

    private final TestClock clock = new TestClock();
    private final AttackTime time = new AttackTime();

    /** What whoever reads the record alone would compute for a pin. */
    private static String guess(String request, int pin) {
        String key = Binding.of(
                        new BindingInput(
                                "",
                                new Party("user", "ana"),
                                List.of(),
                                "pay",
                                new Party("card", "77"),
                                Map.of("pin", pin),
                                Map.of("amount", 1)),
                        ArgumentFreezer.standard())
                .hex();
        return Digests.sha256Hex((request + key).getBytes(StandardCharsets.UTF_8));
    }

    private static List<Integer> pinsThatFit(String request, String binding) {
        return IntStream.range(0, 1000)
                .filter(pin -> guess(request, pin).equals(binding))
                .boxed()
                .toList();
    }

    @Test
    @DisplayName(
            "wall 12, R53: a resource's property cannot be found by trying values against the binding in the record")
    void bindingIsNoOracle() {
        try (Bank bank = new Bank(clock, ask("ask"))) {
            assertThatCall(() -> bank.pay(1)
                            .on(Resource.of("card", "77").with("pin", PIN))
                            .call(() -> "paid"))
                    .isPending();
            AuditRecord asked = bank.records(Kind.REQUESTED).get(0);
            String request = asked.requestId().orElseThrow();
            assertThat(pinsThatFit(request, asked.binding())).isEmpty();
            assertThat(pinsThatFit(request, guess(request, PIN)))
                    .as("twin: with the property in clear")
                    .containsExactly(PIN);

            // Still bound: another value is another call, the same value the same one.
            bank.approvedBy(MIA);
            assertThatCall(() -> bank.pay(1)
                            .on(Resource.of("card", "77").with("pin", PIN + 1))
                            .call(() -> "paid"))
                    .isPending();
            assertThatCall(() -> bank.pay(1)
                            .on(Resource.of("card", "77").with("pin", PIN))
                            .call(() -> "paid"))
                    .ran();
        }
    }

    @Test
    @DisplayName("wall 12: equal hidden values of two uses of one grant show no equality")
    void usesAreSaltedEachItsOwnWay() {
        String wide = ask("ask", "\"grant\": {\"within\": \"PT8H\", \"uses\": 5, \"scope\": \"action\"}");
        try (Bank bank = new Bank(clock, wide)) {
            assertThatCall(() -> bank.pay(1).withSensitive("pin", PIN).call(() -> "paid"))
                    .isPending();
            bank.approvedBy(MIA);
            for (int pin : new int[] {PIN, 999, PIN, 999}) {
                assertThatCall(() -> bank.pay(1).withSensitive("pin", pin).call(() -> "paid"))
                        .ran();
            }
            assertThat(bank.records(Kind.USE_BEGUN))
                    .hasSize(4)
                    .extracting(record -> record.arguments().get(1).value())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("wall 2: what is shown but not bound cannot change while its own call waits")
    void unboundStaysWhatWasShown() {
        assertThatCall(() -> paidTo("safe")).ran();
        assertThatCall(() -> paidTo("evil")).isDenied().because(Reason.BINDING_MISMATCH);
    }

    private static void paidTo(String after) throws Exception {
        TestClock clock = new TestClock();
        List<String> to = new ArrayList<>(List.of("safe"));
        try (Bank bank = new Bank(clock, ask("ask"))) {
            clock.alarm(clock.instant().plus(Duration.ofMinutes(1)), () -> {
                bank.approvedBy(MIA);
                to.set(0, after);
            });
            bank.pay(1)
                    .withUnbound("to", to)
                    .waitAtMost(Duration.ofMinutes(5))
                    .run(() -> assertThat(to).containsExactly("safe"));
        }
    }

    @Test
    @DisplayName("wall 7, R38: a clock that steps back brings neither a grant nor a request to life again")
    void timeDoesNotStepBack() {
        try (Bank bank = new Bank(time, ask("ask"))) {
            assertThatCall(() -> bank.pay(1).call(() -> "paid")).isPending();
            bank.approvedBy(MIA);
            assertThatCall(() -> bank.pay(2).call(() -> "paid")).isPending();
            ApprovalRequest late = bank.pending();

            time.step(Duration.ofDays(1));
            assertThat(bank.guard.grants().active()).isEmpty();
            time.step(Duration.ofDays(-1).plusMinutes(5));
            assertThatCall(() -> bank.pay(1).call(() -> "paid")).isPending();
            assertThat(bank.guard
                            .approvals()
                            .vote(late.id(), Vote.approve(late, MIA))
                            .counted())
                    .isFalse();
        }
    }

    @Test
    @DisplayName("wall 6, R42: an alarm whose record could not be written is set again")
    void alarmIsSetAgain() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        CompletableFuture<AuditRecord> ended = new CompletableFuture<>();
        try (Bank bank = new Bank(
                time,
                STAFF,
                sink -> (InlineAuditSink) records -> {
                    boolean decides = records.stream().anyMatch(record -> record.kind() == Kind.DECIDED);
                    if (decides && down.getAndSet(false)) {
                        throw new IllegalStateException("the disk is full");
                    }
                    sink.append(records);
                    if (decides) {
                        ended.complete(records.get(0));
                    }
                },
                builder -> {},
                ask("ask"))) {
            assertThatCall(() -> bank.pay(1).call(() -> "paid")).isPending();
            fire(time.armed.poll(10, TimeUnit.SECONDS));
            fire(time.armed.poll(10, TimeUnit.SECONDS));
            assertThat(ended.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.APPROVAL_EXPIRED);
            assertThat(down).isFalse();
        }
    }

    private void fire(AttackTime.Alarm alarm) {
        assertThat(alarm).as("an alarm").isNotNull();
        time.step(Duration.between(time.instant(), alarm.at()));
        alarm.task().run();
    }

    @Test
    @DisplayName("wall 11: a waiting call does not spin while the store's clock lags behind the guard's")
    void noWaitForNothing() {
        Duration lag = Duration.ofSeconds(30);
        InstantSource behind = () -> time.instant().minus(lag);
        String soon = rule(
                "soon",
                "require-approval",
                "\"approval\": {\"by\": {\"role\": \"FINANCE\"}, \"people\": 1, \"decideWithin\": \"PT1M\"}");
        try (Bank bank = new Bank(time, STAFF, builder -> builder.store(GrantStores.memory(behind)), soon)) {
            assertThatCall(() -> bank.pay(1).waitAtMost(Duration.ofHours(1)).call(() -> "paid"))
                    .isExpired();
        }
    }

    @Test
    @DisplayName("wall 12, R47: the reason of whoever joins a request that waits is on record")
    void whatAJoiningCallerSaid() {
        try (Bank bank = new Bank(clock, ask("ask"))) {
            assertThatCall(() -> bank.pay(1).because("refund for ticket 1").call(() -> "paid"))
                    .isPending();
            assertThatCall(() -> bank.pay(1).because("something else entirely").call(() -> "paid"))
                    .isPending();
            assertThatCall(() -> bank.pay(1).call(() -> "paid")).isPending();
            assertThat(bank.records(Kind.COALESCED))
                    .extracting(AuditRecord::details)
                    .<Object>extracting(details -> details.get("why"))
                    .containsExactly("something else entirely", null);
        }
    }

    @Test
    @DisplayName("wall 13, R40: a wait or a limit that cannot be added to the time is refused where it is set")
    void boundedWaits() {
        try (Bank bank = new Bank(clock, rule("ok", "allow"))) {
            assertThatThrownBy(() -> bank.pay(1).waitAtMost(TOO_LONG)).isInstanceOf(IllegalArgumentException.class);
            assertThatCall(() -> bank.guard
                            .attempt("pay")
                            .by(ANA)
                            .waitAtMost(Duration.ofDays(31))
                            .call(() -> "paid"))
                    .ran();
        }
        try (Bank bank = new Bank(clock, rule("ok", "allow"))) {
            assertThatThrownBy(() -> bank.guard.protect(Endless.class, () -> {}))
                    .isInstanceOf(JitConfigurationException.class)
                    .hasMessageContaining("JIT-A021");
        }
        GuardBuilder builder = Jit.guard();
        assertThatThrownBy(() -> builder.auditTimeLimit(TOO_LONG)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.channelTimeLimit(TOO_LONG)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Would wait longer than time goes on. */
    interface Endless {

        @RequiresJitApproval(action = "pay", continuation = Continuation.WAIT, waitAtMost = "PT2562047788015215H")
        void pay();
    }
}
