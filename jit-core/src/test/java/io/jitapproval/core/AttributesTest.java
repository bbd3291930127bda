package io.jitapproval.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Action;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.AttributeResolver.Dated;
import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AttributesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final EvaluationRequest REQUEST =
            EvaluationRequest.of(Subject.user("ana"), Action.of("payment.refund"), Resource.of("order", "42"));
    private static final String POLICY = """
            {"default": "deny", "rules": [
              {"id": "risky", "actions": ["payment.refund"], "effect": "deny", "when": {"context.risk": {"moreThan": 50}}},
              {"id": "others", "actions": ["other"], "effect": "deny", "when": {"context.never": {"exists": true}}},
              {"id": "fine", "actions": ["payment.refund"], "effect": "allow", "when": {"context.risk": {"atMost": 50}}}
            ]}""";

    @Test
    @DisplayName("an attribute is asked for when a rule needs it, once in an evaluation, and no other is")
    void askedOnceAndOnlyWhenNeeded() {
        List<String> asked = new ArrayList<>();
        AttributeResolver resolver = (attribute, request) -> {
            asked.add(attribute);
            return Optional.of(10);
        };
        assertThat(decide(resolver).kind()).isEqualTo(Decision.Kind.PERMIT);
        assertThat(asked).containsExactly("context.risk");
    }

    @Test
    @DisplayName("wall 1: what fails, hangs or returns rubbish is unknown, and never reaches the caller")
    void failureIsUnknown() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        List<AttributeResolver> faulty = List.of(
                (attribute, request) -> {
                    throw new IllegalStateException("secret 4711");
                },
                (attribute, request) -> null,
                Attributes.from("hangs", Set.of("context.risk"), (attribute, request) -> {
                            try {
                                never.await();
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                                throw e;
                            }
                            return Optional.of(10);
                        })
                        .within(Duration.ofMillis(20)),
                (attribute, request) -> Optional.of("ten"),
                (attribute, request) -> Optional.empty());
        for (AttributeResolver resolver : faulty) {
            Decision decision = decide(resolver);
            assertThat(decision.kind()).isEqualTo(Decision.Kind.DENY);
            assertThat(decision.rules()).containsExactly("risky");
        }
        assertThat(awaited(interrupted)).as("what hangs is interrupted").isTrue();
    }

    @Test
    @DisplayName("wall 1: an Error denies, with or without a time limit")
    void errorDenies() {
        AttributeResolver failing = (attribute, request) -> {
            throw new StackOverflowError();
        };
        for (Duration limit : List.of(Duration.ZERO, Duration.ofSeconds(5))) {
            AttributeResolver resolver =
                    Attributes.from("fails", Set.of("context.risk"), failing).within(limit);
            assertThatThrownBy(() -> decide(resolver)).isInstanceOf(GuardUnavailableException.class);
        }
    }

    @Test
    @DisplayName("without a time limit it is the caller's thread, with one it is not")
    void threads() {
        List<Thread> threads = new ArrayList<>();
        AttributeResolver noting = (attribute, request) -> {
            threads.add(Thread.currentThread());
            return Optional.of(10);
        };
        decide(Attributes.from("here", Set.of("context.risk"), noting).within(Duration.ZERO));
        decide(Attributes.from("there", Set.of("context.risk"), noting));
        assertThat(threads.get(0)).isSameAs(Thread.currentThread());
        assertThat(threads.get(1).getName()).startsWith("jit-attribute");
    }

    @Test
    @DisplayName("a value older than it may be is unknown")
    void tooOld() {
        for (int seconds : List.of(0, 60, 61)) {
            Dated dated = new Dated(10, NOW.minusSeconds(seconds));
            AttributeResolver resolver = Attributes.from(
                            "risk", Set.of("context.risk"), (attribute, request) -> Optional.of(dated))
                    .noOlderThan(Duration.ofMinutes(1));
            assertThat(decide(resolver).kind())
                    .as("%s s", seconds)
                    .isEqualTo(seconds <= 60 ? Decision.Kind.PERMIT : Decision.Kind.DENY);
        }
    }

    @Test
    @DisplayName("a kept value is fetched anew when it is too old, for each key and attribute")
    void kept() throws Exception {
        AtomicInteger fetched = new AtomicInteger();
        Clock clock = new Clock();
        AttributeResolver resolver = Attributes.from("risk", Set.of("context.risk"), (attribute, request) -> {
                    fetched.incrementAndGet();
                    return Optional.of(10);
                })
                .kept(Duration.ofMinutes(1), 100, request -> request.subject().id(), clock);
        EvaluationRequest tom = EvaluationRequest.of(Subject.user("tom"), REQUEST.action(), REQUEST.resource());

        assertThat(resolver.resolve("context.risk", REQUEST)).contains(new Dated(10, NOW));
        resolver.resolve("context.risk", REQUEST);
        assertThat(fetched).hasValue(1);
        resolver.resolve("context.risk", tom);
        assertThat(fetched).hasValue(2);
        clock.now = NOW.plusSeconds(60);
        resolver.resolve("context.risk", REQUEST);
        assertThat(fetched).hasValue(2);
        clock.now = NOW.plusSeconds(61);
        assertThat(resolver.resolve("context.risk", REQUEST)).contains(new Dated(10, clock.now));
        assertThat(fetched).hasValue(3);
        assertThat(resolver.resolve("context.other", REQUEST)).isEmpty();
        assertThat(fetched).hasValue(3);
    }

    @Test
    @DisplayName("names and limits are checked")
    void checked() {
        Set<String> risk = Set.of("context.risk");
        AttributeResolver none = (attribute, request) -> Optional.empty();
        assertThatThrownBy(() -> Attributes.from(" ", risk, none)).hasMessageContaining("must not be blank");
        assertThatThrownBy(() -> Attributes.from("a", Set.of(), none)).hasMessageContaining("at least one attribute");
        assertThatThrownBy(() -> Attributes.from("a", risk, none).within(Duration.ofSeconds(-1)))
                .hasMessage("the time limit of a must be from zero to PT1H, but was PT-1S");
        assertThatThrownBy(() -> Attributes.from("a", risk, none).noOlderThan(Duration.ZERO))
                .hasMessage("the maximum age of a must be positive, but was PT0S");
        assertThatThrownBy(() ->
                        Attributes.from("a", risk, none).kept(Duration.ofSeconds(1), 0, request -> "", new Clock()))
                .hasMessage("a must keep at least 1 value, but was 0");
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Decision decide(AttributeResolver resolver) {
        try (MethodGuard guard = Jit.guard()
                .policy(PolicySources.text("policy.json", POLICY))
                .audit(AuditSinks.memory(10))
                .time(new Clock())
                .attributes(resolver)
                .build()) {
            return guard.decide(REQUEST);
        }
    }

    private static final class Clock implements TimeSource {
        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public Runnable alarm(Instant at, Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean await(CompletableFuture<?> future, Instant until) {
            throw new UnsupportedOperationException();
        }
    }
}
