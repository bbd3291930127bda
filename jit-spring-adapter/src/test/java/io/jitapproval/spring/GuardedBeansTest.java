package io.jitapproval.spring;

import static io.jitapproval.spring.Refunds.HUGE;
import static io.jitapproval.spring.Refunds.LARGE;
import static io.jitapproval.spring.Refunds.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Vote;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.spi.AuditRecord;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/** Calls of annotated methods of beans. */
class GuardedBeansTest {

    private final ApplicationContextRunner runner = Contexts.runner().withUserConfiguration(Contexts.Ledger.class);

    private static ApprovalPendingException pending(Runnable call) {
        return catchThrowableOfType(ApprovalPendingException.class, call::run);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void policyAllowsAsksAndDenies(boolean classes) {
        runner.withPropertyValues("spring.aop.proxy-target-class=" + classes).run(context -> {
            Refunds refunds = context.getBean(Refunds.class);
            assertThat(AopUtils.isCglibProxy(refunds)).isEqualTo(classes);
            assertThat(AopUtils.isJdkDynamicProxy(refunds)).isEqualTo(!classes);

            assertThat(refunds.refund("42", SMALL, "")).isEqualTo("refunded 100");
            assertThat(pending(() -> refunds.refund("42", LARGE, "")).request().asked())
                    .isNotEmpty();
            assertThatThrownBy(() -> refunds.refund("42", HUGE, ""))
                    .isInstanceOfSatisfying(
                            ActionDeniedException.class,
                            denied -> assertThat(denied.reason()).isEqualTo(Reason.POLICY_DENIED));
            assertThat(refunds.runs()).isEqualTo(1);
        });
    }

    @Test
    void anApprovalByAnotherPersonLetsTheSameCallRunOnce() {
        runner.run(context -> {
            Refunds refunds = context.getBean(Refunds.class);
            String id = pending(() -> refunds.refund("42", LARGE, "first"))
                    .request()
                    .id();

            assertThat(Contexts.approve(context, id, "ana").counted()).isFalse();
            assertThat(Contexts.approve(context, id, "bob").counted()).isFalse();
            assertThat(Contexts.approve(context, id, "mia").counted()).isTrue();

            assertThat(pending(() -> refunds.refund("43", LARGE, "another order")))
                    .isNotNull();
            assertThat(refunds.refund("42", LARGE, "again")).isEqualTo("refunded 5000");
            assertThat(pending(() -> refunds.refund("42", LARGE, "twice"))).isNotNull();
            assertThat(refunds.runs()).isEqualTo(1);
            assertThat(context.getBean(MemoryAuditSink.class).records())
                    .extracting(AuditRecord::kind)
                    .contains(AuditRecord.Kind.REQUESTED, AuditRecord.Kind.USE_BEGUN, AuditRecord.Kind.USE_ENDED);
        });
    }

    @Test
    void aDenialIsFinal() {
        runner.run(context -> {
            Refunds refunds = context.getBean(Refunds.class);
            var request = pending(() -> refunds.refund("42", LARGE, "")).request();
            context.getBean(JitGuard.class)
                    .approvals()
                    .vote(request.id(), Vote.deny(request, Ref.user("mia"), "no ticket"));

            assertThat(context.getBean(JitGuard.class).approvals().find(request.id()))
                    .hasValueSatisfying(found -> assertThat(found.outcome()).contains(Reason.APPROVAL_DENIED));
            assertThatThrownBy(() -> refunds.refund("42", LARGE, "")).isInstanceOf(RuntimeException.class);
            assertThat(refunds.runs()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusedStageFailsAndNothingIsThrown(boolean classes) {
        runner.withPropertyValues("spring.aop.proxy-target-class=" + classes).run(context -> {
            Refunds refunds = context.getBean(Refunds.class);

            CompletionStage<String> refused = refunds.refundLater("42", LARGE);

            assertThat(refused.toCompletableFuture()).isCompletedExceptionally();
            String id =
                    context.getBean(JitGuard.class).approvals().pending().get(0).id();
            Contexts.approve(context, id, "mia");
            assertThat(refunds.refundLater("42", LARGE).toCompletableFuture().join())
                    .isEqualTo("refunded 5000");
            assertThat(refunds.runs()).isEqualTo(1);
        });
    }

    @Test
    void methodsWithoutAnnotationPass() {
        runner.run(context -> {
            assertThat(context.getBean(Refunds.class).runs()).isZero();
            assertThat(context.getBean(MemoryAuditSink.class).records()).isEmpty();
        });
    }

    @Test
    void theGuardClosesWithTheContext() {
        JitGuard[] kept = new JitGuard[1];
        Refunds[] bean = new Refunds[1];
        runner.run(context -> {
            kept[0] = context.getBean(JitGuard.class);
            bean[0] = context.getBean(Refunds.class);
            assertThat(context).hasSingleBean(MethodGuard.class);
        });

        assertThatThrownBy(() -> bean[0].refund("42", SMALL, "")).isInstanceOf(GuardUnavailableException.class);
    }

    @Test
    void livesBesideTheProxyCreatorOfBoot() {
        runner.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
                .run(context -> assertThat(
                                pending(() -> context.getBean(Refunds.class).refund("42", LARGE, "")))
                        .isNotNull());
        runner.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
                .withPropertyValues("spring.aop.auto=false")
                .run(context -> assertThat(
                                pending(() -> context.getBean(Refunds.class).refund("42", LARGE, "")))
                        .isNotNull());
    }

    @Test
    void prototypesLazyBeansScopedBeansFactoryProductsAndLambdasAreGuarded() {
        Contexts.runner().withUserConfiguration(OtherBeans.class).run(context -> {
            for (String name : List.of("prototype", "lazy", "scoped", "product")) {
                Refunds refunds = context.getBean(name, Refunds.class);
                assertThat(pending(() -> refunds.refund(name, LARGE, "")))
                        .as(name)
                        .isNotNull();
            }
            Transfer transfer = context.getBean(Transfer.class);
            assertThat(pending(() -> transfer.send(LARGE))).isNotNull();
            assertThat(transfer.send(SMALL)).isEqualTo("sent 100");
        });
    }

    @Test
    void theGuardMayDependOnAnAnnotatedBean() {
        Contexts.bare()
                .withUserConfiguration(Contexts.Ana.class, DirectoryIsGuarded.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(pending(() -> context.getBean(Refunds.class).refund("42", LARGE, "")))
                            .isNotNull();
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherBeans {

        @Bean
        @Scope("prototype")
        Refunds prototype() {
            return new LedgerRefunds();
        }

        @Bean
        @org.springframework.context.annotation.Lazy
        Refunds lazy() {
            return new LedgerRefunds();
        }

        @Bean
        @Scope(value = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
        Refunds scoped() {
            return new LedgerRefunds();
        }

        @Bean
        org.springframework.beans.factory.FactoryBean<Refunds> product() {
            return new org.springframework.beans.factory.FactoryBean<>() {
                @Override
                public Refunds getObject() {
                    return new LedgerRefunds();
                }

                @Override
                public Class<?> getObjectType() {
                    return Refunds.class;
                }
            };
        }

        @Bean
        Transfer transfer() {
            return amount -> "sent " + amount;
        }
    }

    @FunctionalInterface
    interface Transfer {
        @io.jitapproval.RequiresJitApproval(action = "payment.refund")
        String send(java.math.BigDecimal amount);
    }

    /** The bean that knows the people is itself guarded: the guard is built while it is being made. */
    static class GuardedDirectory extends LedgerRefunds implements io.jitapproval.spi.PeopleDirectory {

        private final io.jitapproval.spi.PeopleDirectory people = new Contexts.Surroundings().people();

        @Override
        public java.util.Optional<io.jitapproval.spi.Person> find(Ref identity) throws Exception {
            return people.find(identity);
        }

        @Override
        public java.util.Collection<io.jitapproval.spi.Person> named(io.jitapproval.ApproverSelector selector)
                throws Exception {
            return people.named(selector);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class DirectoryIsGuarded {

        @Bean
        @org.springframework.context.annotation.Lazy
        GuardedDirectory directory() {
            return new GuardedDirectory();
        }

        @Bean
        MemoryAuditSink audit() {
            return new Contexts.Surroundings().audit();
        }
    }
}
