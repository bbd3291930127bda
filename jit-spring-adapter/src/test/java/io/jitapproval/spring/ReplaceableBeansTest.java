package io.jitapproval.spring;

import static io.jitapproval.spring.Refunds.LARGE;
import static io.jitapproval.spring.Refunds.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.AskingLimits;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Reason;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.PolicySources;
import io.jitapproval.core.TimeSources;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.ArgumentCodec;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.ObligationHandler;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.SubjectResolver;
import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** A bean of the application takes the place of each default. */
class ReplaceableBeansTest {

    private final ApplicationContextRunner runner = Contexts.runner().withUserConfiguration(Contexts.Ledger.class);

    @Test
    void defaults() {
        Contexts.bare().run(context -> {
            assertThat(context.getBean(PolicySource.class)).isInstanceOf(ResourcePolicySource.class);
            assertThat(context.getBean(AuditSink.class).getClass().getSimpleName())
                    .isEqualTo("Slf4jAuditSink");
            assertThat(context.getBean(SubjectResolver.class)).isInstanceOf(SecuritySubjectResolver.class);
            // Of a type that is a java.time.InstantSource too, which an application may want to inject.
            assertThat(context).doesNotHaveBean(TimeSource.class);
        });
    }

    @Test
    void policy() {
        String deny = "{\"default\": \"deny\", \"rules\": []}";
        runner.withBean(PolicySource.class, () -> PolicySources.text("bean", deny))
                .run(context -> {
                    assertThat(context).hasSingleBean(PolicySource.class);
                    assertThatThrownBy(() -> context.getBean(Refunds.class).refund("42", SMALL, ""))
                            .isInstanceOf(ActionDeniedException.class);
                });
    }

    @Test
    void audit() {
        // Surroundings define it as a MemoryAuditSink.
        runner.run(context -> {
            context.getBean(Refunds.class).refund("42", SMALL, "");
            assertThat(context).hasSingleBean(AuditSink.class);
            assertThat(context.getBean(io.jitapproval.core.MemoryAuditSink.class)
                            .records())
                    .isNotEmpty();
        });
    }

    @Test
    void subject() {
        runner.run(context ->
                assertThat(context).hasSingleBean(SubjectResolver.class).hasBean("subject"));
    }

    @Test
    void people() {
        Contexts.bare()
                .withUserConfiguration(Contexts.Ana.class, Contexts.Ledger.class)
                .withBean(AuditSink.class, () -> AuditSinks.memory(100))
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(Refunds.class).refund("42", LARGE, ""))
                        .as("nobody is known, so nobody could approve")
                        .isInstanceOf(ActionDeniedException.class));
    }

    @Test
    void storeAndTime() {
        Frozen time = new Frozen();
        GrantStore store = GrantStores.memory(time);
        runner.withBean(TimeSource.class, () -> time)
                .withBean(GrantStore.class, () -> store)
                .run(context -> {
                    assertThatThrownBy(() -> context.getBean(Refunds.class).refund("42", LARGE, ""))
                            .isInstanceOfSatisfying(
                                    ApprovalPendingException.class,
                                    pending -> assertThat(pending.request().createdAt())
                                            .isEqualTo(Frozen.NOW));
                    assertThat(store.pendingRequests()).hasSize(1);
                });
    }

    @Test
    void askingLimits() {
        AskingLimits.Bucket one = new AskingLimits.Bucket(1, Duration.ofDays(1));
        runner.withBean(AskingLimits.class, () -> new AskingLimits(one, one, 1)).run(context -> {
            Refunds refunds = context.getBean(Refunds.class);
            assertThatThrownBy(() -> refunds.refund("42", LARGE, "")).isInstanceOf(ApprovalPendingException.class);
            assertThatThrownBy(() -> refunds.refund("43", LARGE, ""))
                    .isInstanceOfSatisfying(
                            ActionDeniedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_PENDING));
        });
    }

    @Test
    void channelsAttributesCodecsAndCustomizersInOrder() {
        runner.withUserConfiguration(Lists.class).run(context -> {
            Lists lists = context.getBean(Lists.class);
            assertThat(lists.customized).containsExactly("first", "second");
            assertThatThrownBy(() -> context.getBean(Refunds.class).refund("42", LARGE, ""))
                    .isInstanceOf(ApprovalPendingException.class);
            assertThat(lists.told.poll(10, TimeUnit.SECONDS)).isEqualTo("pager");
            assertThat(context.getBean(Wires.class).wire(new Wire("DE02"))).isEqualTo("wired DE02");
            assertThat(lists.attributes).containsExactly("first", "second");
        });
    }

    @Test
    void obligationsByTheNameOfTheirHandlersBean() {
        String policy =
                "{\"default\": \"deny\", \"rules\": [{\"id\": \"r\", \"actions\": [\"*\"], \"effect\": \"allow\","
                        + " \"obligations\": [{\"id\": \"mask-columns\"}]}]}";
        List<String> fulfilled = new CopyOnWriteArrayList<>();
        runner.withBean(PolicySource.class, () -> PolicySources.text("bean", policy))
                .withBean(
                        "mask-columns",
                        ObligationHandler.class,
                        () -> (obligation, request, decision) -> fulfilled.add(obligation.id()))
                .run(context -> {
                    context.getBean(Refunds.class).refund("42", SMALL, "");
                    assertThat(fulfilled).containsExactly("mask-columns");
                });
    }

    @Test
    void theGuardItself() {
        runner.withBean(
                        MethodGuard.class,
                        () -> Jit.guard()
                                .policy(PolicySources.text("own", "{\"default\": \"deny\", \"rules\": []}"))
                                .audit(AuditSinks.memory(100))
                                .build())
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(Refunds.class).refund("42", SMALL, ""))
                        .isInstanceOf(ActionDeniedException.class));
    }

    /** A class that the guard cannot freeze by itself. */
    static final class Wire {
        private final String iban;

        Wire(String iban) {
            this.iban = iban;
        }
    }

    static class Wires {
        @RequiresJitApproval(action = "wire.send")
        public String wire(Wire wire) {
            return "wired " + wire.iban;
        }
    }

    private static final class Frozen implements TimeSource {

        static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

        @Override
        public Instant instant() {
            return NOW;
        }

        @Override
        public Runnable alarm(Instant at, Runnable task) {
            return () -> {};
        }

        @Override
        public boolean await(CompletableFuture<?> future, Instant deadline) throws InterruptedException {
            return TimeSources.system().await(future, deadline);
        }
    }

    @Configuration
    static class Lists {

        private final List<String> customized = new CopyOnWriteArrayList<>();
        private final List<String> attributes = new CopyOnWriteArrayList<>();
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

        @Bean
        PolicySource policy() {
            return PolicySources.text("test", """
                    {"default": "deny", "rules": [
                      {"id": "large", "actions": ["payment.refund"], "effect": "require-approval",
                       "approval": {"by": {"role": "FINANCE"}}},
                      {"id": "wire", "actions": ["wire.send"], "effect": "allow",
                       "when": {"resource.risk": {"atMost": 3}}}
                    ]}
                    """);
        }

        @Bean
        Wires wires() {
            return new Wires();
        }

        @Bean
        @Order(2)
        GuardBuilderCustomizer second() {
            return builder -> customized.add("second");
        }

        @Bean
        @Order(1)
        GuardBuilderCustomizer first() {
            return builder -> customized.add("first");
        }

        @Bean
        @Order(2)
        AttributeResolver knows() {
            return (String attribute, EvaluationRequest request) -> {
                attributes.add("second");
                return Optional.of(2);
            };
        }

        @Bean
        @Order(1)
        AttributeResolver knowsNothing() {
            return (String attribute, EvaluationRequest request) -> {
                attributes.add("first");
                return Optional.empty();
            };
        }

        @Bean
        ApprovalChannel pager() {
            return new ApprovalChannel() {
                @Override
                public String name() {
                    return "pager";
                }

                @Override
                public void deliver(ApprovalNotice notice) {
                    told.add(name());
                }
            };
        }

        @Bean
        ArgumentCodec<Wire> wireCodec() {
            return new ArgumentCodec<>() {
                @Override
                public Class<Wire> type() {
                    return Wire.class;
                }

                @Override
                public Wire copy(Wire value) {
                    return new Wire(value.iban);
                }

                @Override
                public Object toPlain(Wire value) {
                    return value.iban;
                }
            };
        }
    }
}
