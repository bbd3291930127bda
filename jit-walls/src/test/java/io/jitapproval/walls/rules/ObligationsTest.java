package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.MIA;
import static io.jitapproval.walls.rules.Firm.ask;
import static io.jitapproval.walls.rules.Firm.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.Obligation;
import io.jitapproval.Reason;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.ObligationHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName(
        "walls 1, 2 and 8: what policy wants done is done before the action, or the action does not run and nothing is spent")
class ObligationsTest {

    private static final String MASK = "\"obligations\": [{\"id\": \"mask\", \"with\": {\"columns\": [\"iban\"]}}]";

    private static final Duration LIMIT = ObligationHandler.DEFAULT_TIME_LIMIT;

    /** How a call comes to run. */
    private enum Way {
        ALLOWED(rule("r", "allow", MASK)),
        AUTOMATIC(rule("r", "auto-approve", MASK)),
        GRANTED(ask("r", "\"by\": {\"role\": \"FINANCE\"}", MASK));

        private final String rule;

        Way(String rule) {
            this.rule = rule;
        }
    }

    /** A house that runs an action once, after an obligation: ours, or one that is broken in its way. */
    private interface House {
        void call(Runnable obligation, Runnable action) throws Exception;

        void pass(Duration time);

        int begun();
    }

    private static final class Ours implements House, AutoCloseable {

        private final Firm firm;
        private Runnable obligation = () -> {};

        Ours(Way way) {
            firm = new Firm(
                    builder -> builder.obligation("mask", (what, request, decision) -> obligation.run()), way.rule);
            if (way == Way.GRANTED) {
                firm.pay().submit();
                assertThat(firm.approvedBy(MIA)).isEqualTo(Reason.VOTE_COUNTED);
            }
        }

        @Override
        public void call(Runnable todo, Runnable action) {
            obligation = todo;
            firm.pay().run(action::run);
        }

        @Override
        public void pass(Duration time) {
            firm.clock.advance(time);
        }

        @Override
        public int begun() {
            return firm.records(Kind.USE_BEGUN).size();
        }

        @Override
        public void close() {
            firm.close();
        }
    }

    private enum Flaw {
        SPENDS_FIRST,
        GOES_ON,
        AFTERWARDS,
        WAITS_FOR_EVER,
        NEVER
    }

    /** A counter of uses that has one slip. */
    private record Twin(Flaw flaw, List<String> uses) implements House {

        @Override
        public void call(Runnable obligation, Runnable action) {
            if (flaw == Flaw.SPENDS_FIRST) {
                uses.add("use");
            }
            if (flaw == Flaw.GOES_ON) {
                try {
                    obligation.run();
                } catch (RuntimeException swallowed) {
                    uses.add("use");
                    action.run();
                    return;
                }
            } else if (flaw == Flaw.SPENDS_FIRST || flaw == Flaw.WAITS_FOR_EVER) {
                obligation.run();
            }
            if (flaw != Flaw.SPENDS_FIRST) {
                uses.add("use");
            }
            action.run();
            if (flaw == Flaw.AFTERWARDS) {
                obligation.run();
            }
        }

        @Override
        public void pass(Duration time) {
            assertThat(time).isPositive();
        }

        @Override
        public int begun() {
            return uses.size();
        }
    }

    private static void check(House house) throws Exception {
        List<String> done = new ArrayList<>();
        Throwable refused = catchThrowable(() -> house.call(
                () -> {
                    throw new IllegalStateException("the mask is broken");
                },
                () -> done.add("ran")));
        assertThat(refused).isNotNull();
        assertThat(done).isEmpty();
        assertThat(house.begun()).isZero();
        Throwable late = catchThrowable(() -> house.call(() -> house.pass(LIMIT.plusNanos(1)), () -> done.add("ran")));
        assertThat(late).as("a decision that a handler made old").isNotNull();
        assertThat(done).isEmpty();
        assertThat(house.begun()).isZero();
        house.call(
                () -> {
                    house.pass(LIMIT);
                    done.add("masked");
                },
                () -> done.add("ran"));
        assertThat(done).containsExactly("masked", "ran");
        assertThat(house.begun()).isEqualTo(1);
    }

    @TestFactory
    @DisplayName(
            "a handler that fails or is late denies and spends nothing; one that works is done before the action, once")
    Stream<DynamicTest> beforeTheAction() {
        return Stream.of(Way.values())
                .map(way -> DynamicTest.dynamicTest(way.name(), () -> {
                    try (Ours ours = new Ours(way)) {
                        check(ours);
                    }
                }));
    }

    @TestFactory
    @DisplayName("the check is sharp: every broken twin is found")
    Stream<DynamicTest> twins() {
        return Stream.of(Flaw.values())
                .map(flaw -> DynamicTest.dynamicTest(flaw.name(), () -> {
                    assertThatThrownBy(() -> check(new Twin(flaw, new ArrayList<>())))
                            .isInstanceOf(AssertionError.class);
                }));
    }

    @TestFactory
    @DisplayName("the failure has a reason of its own, names the obligation, and is on record")
    Stream<DynamicTest> failureIsTold() {
        return Stream.of(Way.values())
                .map(way -> DynamicTest.dynamicTest(way.name(), () -> {
                    try (Ours ours = new Ours(way)) {
                        assertThatThrownBy(() -> ours.call(
                                        () -> {
                                            throw new IllegalStateException("secret");
                                        },
                                        () -> {}))
                                .isInstanceOf(GuardUnavailableException.class)
                                .hasMessageContaining("JIT-408")
                                .hasMessageContaining("obligation mask, cause: IllegalStateException")
                                .hasMessageNotContaining("secret");
                        assertThat(ours.firm.records(Kind.DENIED))
                                .singleElement()
                                .satisfies(record -> assertThat(record.reason()).isEqualTo(Reason.OBLIGATION_FAILED));
                    }
                }));
    }

    @TestFactory
    @DisplayName(
            "the record of the use names the obligations that were fulfilled; an asynchronous call fulfils them, too")
    Stream<DynamicTest> recorded() {
        return Stream.of(Way.values())
                .map(way -> DynamicTest.dynamicTest(way.name(), () -> {
                    try (Ours ours = new Ours(way)) {
                        List<String> done = new ArrayList<>();
                        ours.obligation = () -> done.add("masked");
                        ours.firm
                                .pay()
                                .callAsync(() -> CompletableFuture.completedFuture(done.add("ran")))
                                .toCompletableFuture()
                                .join();
                        assertThat(done).containsExactly("masked", "ran");
                        assertThat(ours.firm.records(Kind.USE_BEGUN))
                                .singleElement()
                                .satisfies(record ->
                                        assertThat(record.details()).containsEntry("obligations", List.of("mask")));
                        ours.obligation = () -> {
                            throw new IllegalStateException();
                        };
                        if (way != Way.GRANTED) {
                            assertThatThrownBy(() -> ours.firm
                                            .pay()
                                            .callAsync(() -> CompletableFuture.completedFuture(1))
                                            .toCompletableFuture()
                                            .join())
                                    .isInstanceOf(CompletionException.class)
                                    .hasCauseInstanceOf(GuardUnavailableException.class);
                        }
                    }
                }));
    }

    /** Hangs until it is interrupted, and tells on which thread. */
    private record Hanging(Duration timeLimit, CountDownLatch interrupted, AtomicReference<Thread> on)
            implements ObligationHandler {

        Hanging(Duration timeLimit) {
            this(timeLimit, new CountDownLatch(1), new AtomicReference<>());
        }

        @Override
        public void fulfil(Obligation obligation, EvaluationRequest request, Decision decision) throws Exception {
            on.set(Thread.currentThread());
            if (timeLimit.isZero()) {
                return;
            }
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }
    }

    @Test
    @DisplayName("a handler that hangs is interrupted and denies within its limit; a denial stays one")
    void hangs() throws Exception {
        for (String effect : List.of("allow", "deny")) {
            Hanging handler = new Hanging(Duration.ofMillis(20));
            List<String> done = new ArrayList<>();
            try (Firm firm = new Firm(builder -> builder.obligation("mask", handler), rule("r", effect, MASK))) {
                assertThatThrownBy(() -> firm.pay().run(() -> done.add("ran")))
                        .hasMessageContaining(effect.equals("allow") ? "JIT-408" : "JIT-200")
                        .hasMessageContaining(effect.equals("allow") ? "timeLimit()" : "");
                assertThat(firm.records(Kind.USE_BEGUN)).isEmpty();
            }
            assertThat(handler.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(done).isEmpty();
            assertThat(handler.on.get()).isNotSameAs(Thread.currentThread());
        }
    }

    @Test
    @DisplayName("without a limit it is done on the thread of the call, however long it takes")
    void withoutLimit() {
        Hanging handler = new Hanging(Duration.ZERO);
        List<Firm> made = new ArrayList<>();
        ObligationHandler slow = new ObligationHandler() {
            @Override
            public void fulfil(Obligation obligation, EvaluationRequest request, Decision decision) throws Exception {
                made.get(0).clock.advance(Duration.ofDays(1));
                handler.fulfil(obligation, request, decision);
            }

            @Override
            public Duration timeLimit() {
                return handler.timeLimit();
            }
        };
        try (Firm firm = new Firm(builder -> builder.obligation("mask", slow), rule("r", "allow", MASK))) {
            made.add(firm);
            firm.pay().run(() -> {});
            assertThat(handler.on.get()).isSameAs(Thread.currentThread());
        }
    }

    @Test
    @DisplayName("while people are asked nothing is handed over, and a used-up grant fulfils nothing")
    void notWhileAsking() {
        try (Ours ours = new Ours(Way.GRANTED)) {
            List<String> done = new ArrayList<>();
            ours.call(() -> done.add("masked"), () -> done.add("ran"));
            assertThatThrownBy(() -> ours.call(() -> done.add("masked"), () -> done.add("ran")))
                    .isInstanceOf(ApprovalPendingException.class);
            assertThat(done).containsExactly("masked", "ran");
        }
    }

    @Test
    @DisplayName("those of a denial are handed over once it is on record; a handler that fails changes nothing")
    void afterDenial() {
        List<String> seen = new ArrayList<>();
        List<Firm> made = new ArrayList<>();
        try (Firm firm = new Firm(
                builder -> builder.obligation("alert", (what, request, decision) -> {
                    seen.add(what.text("to").orElse("") + " " + decision.kind() + " after "
                            + made.get(0).records(Kind.DENIED).size());
                    throw new IllegalStateException("nobody is on call");
                }),
                rule("r", "deny", "\"obligations\": [{\"id\": \"alert\", \"with\": {\"to\": \"soc\"}}]"))) {
            made.add(firm);
            assertThatThrownBy(() -> firm.pay().run(() -> {}))
                    .isInstanceOf(ActionDeniedException.class)
                    .hasMessageContaining("JIT-200");
            assertThat(seen).containsExactly("soc DENY after 1");
            assertThat(firm.records(Kind.DENIED)).hasSize(1);
        }
    }

    @Test
    @DisplayName("whoever only decides reads the obligations and nothing is handed over")
    void decideOnly() {
        try (Ours ours = new Ours(Way.ALLOWED)) {
            ours.obligation = () -> {
                throw new AssertionError("handed over");
            };
            Decision decision = ours.firm.pay().decide();
            assertThat(decision.obligations())
                    .containsExactly(new Obligation("mask", Map.of("columns", List.of("iban"))));
        }
    }

    @Test
    @DisplayName(
            "wall 13: an obligation that nobody fulfils stops the start, and the message says which and what to do")
    void unknownStopsTheStart() {
        assertThatThrownBy(() -> new Firm(
                        builder -> builder.obligation("masks", (what, request, decision) -> {}),
                        rule("r", "allow", MASK)))
                .isInstanceOf(JitConfigurationException.class)
                .hasMessageContaining("JIT-C006")
                .hasMessageContaining("'mask'")
                .hasMessageContaining("did you mean 'masks'?");
    }
}
