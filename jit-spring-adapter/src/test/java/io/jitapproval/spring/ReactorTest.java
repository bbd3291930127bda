package io.jitapproval.spring;

import static io.jitapproval.spring.Refunds.HUGE;
import static io.jitapproval.spring.Refunds.LARGE;
import static io.jitapproval.spring.Refunds.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.Continuation;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Subject;
import io.jitapproval.core.JitAssert;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.spi.AsyncReturnType;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.SubjectResolver;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

@DisplayName("Mono and Flux: captured at the call, guarded at each subscription")
class ReactorTest {

    private static final ThreadLocal<Subject> CALLER = new ThreadLocal<>();
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ApplicationContextRunner runner = Contexts.runner().withUserConfiguration(Reactive.class);

    interface Streams {

        @RequiresJitApproval(action = "payment.refund", resource = "order/{orderId}")
        Mono<String> refund(String orderId, BigDecimal amount);

        @RequiresJitApproval(
                action = "payment.refund",
                resource = "order/{orderId}",
                continuation = Continuation.WAIT,
                waitAtMost = "PT10M")
        Mono<String> refundLater(String orderId, BigDecimal amount);

        @RequiresJitApproval(action = "payment.refund")
        Flux<String> refundAll(List<String> orders, BigDecimal amount);

        @RequiresJitApproval(action = "payment.refund")
        Publisher<String> refundHot(BigDecimal amount);

        @RequiresJitApproval(action = "payment.refund")
        Mono<Boolean> blocks(BigDecimal amount);
    }

    static class LedgerStreams implements Streams {

        final AtomicInteger runs = new AtomicInteger();
        final Sinks.Many<String> hot = Sinks.many().multicast().directBestEffort();
        final List<List<String>> seen = new ArrayList<>();

        @Override
        public Mono<String> refund(String orderId, BigDecimal amount) {
            JitAssert.inside("payment.refund");
            if (orderId.equals("throws")) {
                throw new IllegalStateException("no such order");
            }
            return Mono.deferContextual(context -> {
                runs.incrementAndGet();
                return orderId.equals("fails")
                        ? Mono.error(new IllegalStateException("no money"))
                        : Mono.just("refunded " + amount + context.getOrDefault("desk", ""));
            });
        }

        @Override
        public Mono<String> refundLater(String orderId, BigDecimal amount) {
            return refund(orderId, amount);
        }

        @Override
        public Flux<String> refundAll(List<String> orders, BigDecimal amount) {
            seen.add(orders);
            return Flux.fromIterable(orders).map(order -> order + " " + amount);
        }

        @Override
        public Publisher<String> refundHot(BigDecimal amount) {
            return hot.asFlux();
        }

        @Override
        public Mono<Boolean> blocks(BigDecimal amount) {
            return Mono.just(!Schedulers.isInNonBlockingThread());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Reactive {

        @Bean
        LedgerStreams streams() {
            return new LedgerStreams();
        }
    }

    private static Throwable failure(Mono<?> call) {
        return catchThrowable(() -> call.block(SOON));
    }

    private static List<Kind> kinds(ApplicationContext context) {
        return context.getBean(MemoryAuditSink.class).records().stream()
                .map(record -> record.kind())
                .toList();
    }

    private static List<Object> outcomes(ApplicationContext context) {
        return context.getBean(MemoryAuditSink.class).records().stream()
                .filter(record -> record.kind() == Kind.USE_ENDED)
                .map(record -> record.details().get("outcome"))
                .toList();
    }

    private static String pending(ApplicationContext context) {
        return context.getBean(JitGuard.class).approvals().pending().get(0).id();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("policy allows, asks and denies; every refusal is an onError, and ends are on record")
    void outcomesOfMono(boolean classes) {
        runner.withPropertyValues("spring.aop.proxy-target-class=" + classes).run(context -> {
            Streams streams = context.getBean(Streams.class);

            Mono<String> denied = streams.refund("42", HUGE);
            Mono<String> asks = streams.refund("42", LARGE);
            assertThat(kinds(context)).isEmpty();

            assertThat(streams.refund("42", SMALL)
                            .contextWrite(context1 -> context1.put("desk", " at desk 1"))
                            .block(SOON))
                    .isEqualTo("refunded 100 at desk 1");
            assertThat(failure(denied)).isInstanceOf(ActionDeniedException.class);
            assertThat(failure(asks)).isInstanceOf(ApprovalPendingException.class);
            assertThat(failure(streams.refund("fails", SMALL))).hasMessage("no money");
            assertThat(failure(streams.refund("throws", SMALL))).hasMessage("no such order");
            assertThat(outcomes(context)).containsExactly("succeeded", "failed", "failed");
        });
    }

    @Test
    @DisplayName("R32: each subscription is a call of its own, with a use of its own")
    void eachSubscription() {
        runner.run(context -> {
            Mono<String> call = context.getBean(Streams.class).refund("42", LARGE);
            assertThat(failure(call)).isInstanceOf(ApprovalPendingException.class);
            Contexts.approve(context, pending(context), "mia");

            assertThat(call.block(SOON)).isEqualTo("refunded 5000");
            assertThat(failure(call)).isInstanceOf(ApprovalPendingException.class);
            assertThat(Contexts.target(context, Streams.class, LedgerStreams.class).runs)
                    .hasValue(1);
        });
    }

    @Test
    @DisplayName("R01, R02: arguments are those of the call, for each subscription anew; so is the subject")
    void captured() {
        SubjectResolver resolver = () -> Optional.ofNullable(CALLER.get());
        Contexts.bare()
                .withUserConfiguration(Contexts.Surroundings.class, Reactive.class)
                .withBean(SubjectResolver.class, () -> resolver)
                .run(context -> {
                    Streams streams = context.getBean(Streams.class);
                    List<String> orders = new ArrayList<>(List.of("1", "2"));
                    CALLER.set(Subject.user("ana").with("roles", List.of("SUPPORT")));
                    Flux<String> call = streams.refundAll(orders, SMALL);
                    CALLER.remove();
                    orders.set(0, "666");

                    Flux<String> elsewhere = call.subscribeOn(Schedulers.boundedElastic());
                    assertThat(elsewhere.collectList().block(SOON)).containsExactly("1 100", "2 100");
                    assertThat(elsewhere.collectList().block(SOON)).containsExactly("1 100", "2 100");

                    assertThat(Contexts.target(context, Streams.class, LedgerStreams.class).seen)
                            .doesNotContain(orders);
                    assertThat(failure(streams.refund("42", SMALL)))
                            .isInstanceOfSatisfying(
                                    ActionDeniedException.class,
                                    refused -> assertThat(refused.reason()).isEqualTo(Reason.SUBJECT_UNRESOLVED));
                });
    }

    @Test
    @DisplayName("who cancels before the action begins keeps it from running; others who wait for the same are served")
    void cancelledWhileWaiting() {
        runner.run(context -> {
            Streams streams = context.getBean(Streams.class);
            Disposable gone = streams.refundLater("42", LARGE).subscribe();
            CompletableFuture<String> waits = streams.refundLater("42", LARGE).toFuture();
            assertThat(waits).isNotDone();

            gone.dispose();
            Contexts.approve(context, pending(context), "mia");

            assertThat(waits.get(10, TimeUnit.SECONDS)).isEqualTo("refunded 5000");
            assertThat(Contexts.target(context, Streams.class, LedgerStreams.class).runs)
                    .hasValue(1);
        });
    }

    @Test
    @DisplayName("who cancels a running action cancels its publisher, and its use ends as indeterminate")
    void cancelledWhileRunning() {
        runner.run(context -> {
            LedgerStreams ledger = Contexts.target(context, Streams.class, LedgerStreams.class);
            List<String> got = new ArrayList<>();
            Disposable running =
                    Flux.from(context.getBean(Streams.class).refundHot(SMALL)).subscribe(got::add);
            ledger.hot.tryEmitNext("first");

            running.dispose();

            assertThat(got).containsExactly("first");
            assertThat(ledger.hot.currentSubscriberCount()).isZero();
            assertThat(outcomes(context)).containsExactly("indeterminate");
        });
    }

    @Test
    @DisplayName("a thread that must not block is not blocked by the guard")
    void nonBlockingThreads() {
        runner.run(context -> assertThat(context.getBean(Streams.class)
                        .blocks(SMALL)
                        .subscribeOn(Schedulers.parallel())
                        .block(SOON))
                .isTrue());
    }

    @Test
    @DisplayName("R10: a publisher that nobody can guard stops the start; a bean takes the place of Reactor's support")
    void withoutSupport() {
        String[] each = new String[5];
        Arrays.fill(each, "JIT-A041");
        AsyncReturnType nothing = (method, returnType) -> Optional.empty();
        Contexts.refused(runner.withBean("jitReactorReturnType", AsyncReturnType.class, () -> nothing), each);
    }
}
