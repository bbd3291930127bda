package io.jitapproval.spring;

import static io.jitapproval.spring.Refunds.HUGE;
import static io.jitapproval.spring.Refunds.LARGE;
import static io.jitapproval.spring.Refunds.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ConfigurationProblem;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.PolicySource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/** Wall 13, R10, R11, R13: what cannot be enforced stops the start, and the check that says so has power. */
class StartRefusedTest {

    private final ApplicationContextRunner runner = Contexts.runner();

    /** Takes a bean definition out before any bean is made: the broken twin. */
    private static ApplicationContextInitializer<ConfigurableApplicationContext> without(String bean) {
        return context -> context.addBeanFactoryPostProcessor(
                factory -> ((BeanDefinitionRegistry) factory).removeBeanDefinition(bean));
    }

    private static ApplicationContextInitializer<ConfigurableApplicationContext> readyMade(String name, Object bean) {
        return context -> context.getBeanFactory().registerSingleton(name, bean);
    }

    private static void refusedAndTwinLetsItThrough(ApplicationContextRunner runner, String code) {
        Contexts.refused(runner, code);
        runner.withInitializer(without(EnforcementCheck.NAME)).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Unasserted.class).refund("42", HUGE))
                    .as("without the check at start the action runs unguarded")
                    .isEqualTo("refunded 500000");
        });
    }

    @Nested
    class NotProxied {

        @Test
        void createdTooEarly() {
            refusedAndTwinLetsItThrough(
                    runner.withUserConfiguration(TooEarly.class, UnassertedBean.class), Problems.NOT_PROXIED);
        }

        @Test
        void registeredReadyMade() {
            refusedAndTwinLetsItThrough(
                    runner.withInitializer(readyMade("refunds", new Unasserted())), Problems.NOT_PROXIED);
        }

        @Test
        void withoutAProxyCreator() {
            refusedAndTwinLetsItThrough(
                    runner.withUserConfiguration(UnassertedBean.class)
                            .withInitializer(without(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME)),
                    Problems.NOT_PROXIED);
        }

        @Test
        void withoutTheAdvisor() {
            refusedAndTwinLetsItThrough(
                    runner.withUserConfiguration(UnassertedBean.class).withInitializer(without("jitAdvisor")),
                    Problems.NOT_PROXIED);
        }

        @Test
        void prototypeMadeWhileStarting() {
            Contexts.refused(
                    runner.withUserConfiguration(PrototypeUser.class)
                            .withInitializer(without(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME)),
                    Problems.NOT_PROXIED);
        }

        @Test
        void productOfAFactory() {
            Contexts.refused(
                    runner.withUserConfiguration(Factory.class)
                            .withInitializer(without(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME)),
                    Problems.NOT_PROXIED);
        }

        @Test
        void finalClass() {
            runner.withUserConfiguration(FinalClass.class)
                    .run(context -> assertThat(context).hasFailed());
        }

        @Test
        void madeAfterTheStart() {
            runner.withUserConfiguration(LazyBean.class)
                    .withInitializer(without(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME))
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        assertThatThrownBy(() -> context.getBean(Unasserted.class))
                                .satisfies(failure -> assertThat(Contexts.problems(failure))
                                        .extracting(ConfigurationProblem::code)
                                        .containsExactly(Problems.NOT_PROXIED));
                    });
        }

        @Test
        void aSpyIsNoMock() {
            Contexts.refused(runner.withInitializer(readyMade("refunds", spy(new Unasserted()))), Problems.NOT_PROXIED);
        }
    }

    @Nested
    class NotToBeRefused {

        @Test
        void aMockOfATest() {
            runner.withInitializer(readyMade("refunds", mock(Refunds.class)))
                    .withInitializer(readyMade("desk", mock(Unasserted.class)))
                    .run(context -> assertThat(context).hasNotFailed());
        }

        @Test
        void beansInACircle() {
            runner.withAllowCircularReferences(true)
                    .withUserConfiguration(Circle.class)
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        Unasserted exposed = context.getBean(Round.class).refunds;
                        assertThat(exposed).isSameAs(context.getBean(Unasserted.class));
                        assertThatThrownBy(() -> exposed.refund("42", LARGE))
                                .isInstanceOf(ApprovalPendingException.class);
                    });
            runner.withAllowCircularReferences(true)
                    .withUserConfiguration(Circle.class)
                    .withInitializer(without(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME))
                    .run(context -> assertThat(context).hasFailed());
        }

        @Test
        void aGuardedBeanThatSomethingElseWraps() {
            runner.withUserConfiguration(Contexts.Ledger.class, Wrapping.class).run(context -> {
                assertThat(context).hasNotFailed();
                assertThat(Proxies.guarding(context.getBean(Refunds.class))).isNull();
                assertThatThrownBy(() -> context.getBean(Refunds.class).refund("42", LARGE, ""))
                        .isInstanceOf(ApprovalPendingException.class);
            });
        }

        @Test
        void anApplicationWithoutAnnotations() {
            new ApplicationContextRunner()
                    .withInitializer(new EnforcementInitializer())
                    .run(context -> assertThat(context).hasNotFailed());
        }
    }

    @Nested
    class NoGuard {

        @Test
        void autoConfigurationLeftOut() {
            ApplicationContextRunner without =
                    new ApplicationContextRunner().withUserConfiguration(UnassertedBean.class);
            Contexts.refused(without.withInitializer(new EnforcementInitializer()), Problems.NO_GUARD);
            without.run(context -> assertThat(context.getBean(Unasserted.class).refund("42", HUGE))
                    .isEqualTo("refunded 500000"));
        }

        @Test
        void twoGuards() {
            Contexts.refused(
                    runner.withUserConfiguration(UnassertedBean.class)
                            .withBean("one", MethodGuard.class, NoGuard::guard)
                            .withBean("two", MethodGuard.class, NoGuard::guard),
                    Problems.SEVERAL_BEANS);
        }

        private static MethodGuard guard() {
            return Jit.guard()
                    .policy(PolicySources.text("test", "{\"default\": \"deny\", \"rules\": []}"))
                    .audit(AuditSinks.memory(10))
                    .build();
        }
    }

    @Nested
    class Unenforceable {

        @Test
        void everythingIsToldAtOnce() {
            runner.withUserConfiguration(Faulty.class).run(context -> {
                assertThat(context).hasFailed();
                assertThat(Contexts.problems(context.getStartupFailure()))
                        .extracting(ConfigurationProblem::where, ConfigurationProblem::what)
                        .hasSize(5)
                        .extracting(Object::toString)
                        .anyMatch(text -> text.contains("hidden"))
                        .anyMatch(text -> text.contains("sealed"))
                        .anyMatch(text -> text.contains("general"))
                        .anyMatch(text -> text.contains("disputed"))
                        .anyMatch(text -> text.contains("unfreezable"));
            });
        }

        @Test
        void eachAlone() {
            for (Class<?> type :
                    new Class<?>[] {Hidden.class, Sealed.class, General.class, Disputed.class, Unfreezable.class}) {
                runner.withBean(type).run(context -> {
                    assertThat(context).as(type.getSimpleName()).hasFailed();
                    assertThat(Contexts.problems(context.getStartupFailure()))
                            .as(type.getSimpleName())
                            .hasSize(1);
                });
            }
        }

        @Test
        void lazyBeansAndPrototypesToo() {
            runner.withUserConfiguration(LazyFaults.class).run(context -> {
                assertThat(context).hasFailed();
                assertThat(Contexts.problems(context.getStartupFailure())).hasSize(2);
            });
        }

        @Test
        void beforeTheStartIsRefusedNothingRunsUnguarded() {
            AtomicReference<Throwable> seen = new AtomicReference<>();
            runner.withBean(Hidden.class)
                    .withBean(
                            "user",
                            Runnable.class,
                            () -> () -> {},
                            definition -> ((org.springframework.beans.factory.support.AbstractBeanDefinition)
                                            definition)
                                    .setInitMethodName("run"))
                    .run(context -> assertThat(context).hasFailed());
            runner.withUserConfiguration(CallsWhileStarting.class)
                    .withBean("seen", AtomicReference.class, () -> seen)
                    .run(context -> assertThat(context).hasFailed());
            assertThat(seen.get()).isInstanceOf(io.jitapproval.JitConfigurationException.class);
        }

        @Test
        void methodThatAJdkProxyDoesNotHave() {
            ApplicationContextRunner hiddenBehind = runner.withUserConfiguration(BehindInterface.class);
            hiddenBehind.run(context -> assertThat(context).hasNotFailed());
            Contexts.refused(
                    hiddenBehind.withPropertyValues("spring.aop.proxy-target-class=false"), Problems.OUT_OF_REACH);
        }
    }

    @Nested
    class Settings {

        @Test
        void everythingThatIsSetTwiceOrWrongIsToldAtOnce() {
            Contexts.refused(
                    runner.withBean("one", PolicySource.class, () -> PolicySources.text("one", "{}"))
                            .withBean("two", PolicySource.class, () -> PolicySources.text("two", "{}"))
                            .withPropertyValues(
                                    "jit.policy=classpath:policy.json",
                                    "jit.audit.file=target/audit.jsonl",
                                    "jit.audit.time-limit=0s",
                                    "jit.channel.time-limit=-1s",
                                    "jit.commitment-key.base64=c2hvcnQ="),
                    Problems.SEVERAL_BEANS,
                    Problems.SET_TWICE,
                    Problems.SET_TWICE,
                    Problems.BAD_PROPERTY,
                    Problems.BAD_PROPERTY,
                    Problems.BAD_PROPERTY);
        }

        @Test
        void noPolicy() {
            Contexts.refused(runner.withPropertyValues("jit.policy=classpath:absent.json"), Problems.NO_POLICY);
            Contexts.refused(runner.withPropertyValues("jit.policy=file:/nowhere/policy.json"), Problems.NO_POLICY);
        }

        @Test
        void faultsOfThePolicyKeepTheirCodes() {
            runner.withPropertyValues("jit.policy=classpath:META-INF/spring.factories")
                    .run(context -> assertThat(Contexts.problems(context.getStartupFailure()))
                            .allMatch(problem -> problem.code().startsWith("JIT-P")));
        }

        @Test
        void auditFileThatCannotBeOpened() {
            Contexts.refused(
                    Contexts.bare().withPropertyValues("jit.audit.file=/nowhere/audit.jsonl"), Problems.BAD_PROPERTY);
        }
    }

    /** Without {@code JitAssert}: what reaches it around the guard runs. */
    static class Unasserted {

        @RequiresJitApproval(action = "payment.refund", resource = "order/{orderId}")
        public String refund(String orderId, BigDecimal amount) {
            return "refunded " + amount;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class UnassertedBean {
        @Bean
        Unasserted refunds() {
            return new Unasserted();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TooEarly {
        @Bean
        static Greedy greedy(Unasserted refunds) {
            return new Greedy(refunds);
        }
    }

    private record Greedy(Unasserted refunds) implements BeanPostProcessor, PriorityOrdered {
        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrototypeUser {
        @Bean
        @Scope("prototype")
        Unasserted refunds() {
            return new Unasserted();
        }

        @Bean
        Runnable user(Unasserted refunds) {
            return () -> refunds.refund("42", SMALL);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Factory {
        @Bean
        org.springframework.beans.factory.FactoryBean<Unasserted> product() {
            return new org.springframework.beans.factory.FactoryBean<>() {
                @Override
                public Unasserted getObject() {
                    return new Unasserted();
                }

                @Override
                public Class<?> getObjectType() {
                    return Unasserted.class;
                }
            };
        }

        @Bean
        Runnable user(Unasserted product) {
            return () -> product.refund("42", SMALL);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyBean {
        @Bean
        @Lazy
        Unasserted refunds() {
            return new Unasserted();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FinalClass {
        @Bean
        Final refunds() {
            return new Final();
        }
    }

    static final class Final {
        @RequiresJitApproval(action = "payment.refund")
        public void refund(BigDecimal amount) {}
    }

    static class Round {
        @Autowired
        Unasserted refunds;
    }

    static class InACircle extends Unasserted {
        @Autowired
        Round round;
    }

    @Configuration(proxyBeanMethods = false)
    static class Circle {
        @Bean
        InACircle refunds() {
            return new InACircle();
        }

        @Bean
        Round round() {
            return new Round();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Wrapping {
        @Bean
        static BeanPostProcessor wrap() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String beanName) {
                    return bean instanceof Refunds ? wrapped(bean) : bean;
                }
            };
        }

        private static Object wrapped(Object bean) {
            return Proxy.newProxyInstance(
                    Refunds.class.getClassLoader(), new Class<?>[] {Refunds.class}, (proxy, method, args) -> {
                        try {
                            return method.invoke(bean, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    static class Hidden {
        @RequiresJitApproval(action = "payment.refund")
        private void hidden() {}

        void uses() {
            hidden();
        }
    }

    static class Sealed {
        @RequiresJitApproval(action = "payment.refund")
        public final void sealed(BigDecimal amount) {}
    }

    static class General {
        @RequiresJitApproval(action = "payment.refund")
        public static void general(BigDecimal amount) {}
    }

    interface OneWay {
        @RequiresJitApproval(action = "payment.refund")
        void disputed(BigDecimal amount);
    }

    interface OtherWay {
        @RequiresJitApproval(action = "payment.pay")
        void disputed(BigDecimal amount);
    }

    static class Disputed implements OneWay, OtherWay {
        @Override
        public void disputed(BigDecimal amount) {}
    }

    static class Unfreezable {
        @RequiresJitApproval(action = "payment.refund")
        public void unfreezable(Thread worker) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Faulty {
        @Bean
        Hidden hidden() {
            return new Hidden();
        }

        @Bean
        Sealed sealedBean() {
            return new Sealed();
        }

        @Bean
        General general() {
            return new General();
        }

        @Bean
        Disputed disputed() {
            return new Disputed();
        }

        @Bean
        Unfreezable unfreezable() {
            return new Unfreezable();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyFaults {
        @Bean
        @Lazy
        Hidden hidden() {
            return new Hidden();
        }

        @Bean
        @Scope("prototype")
        Sealed sealedBean() {
            return new Sealed();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class CallsWhileStarting {
        @Bean
        Mixed mixed() {
            return new Mixed();
        }

        @Bean
        Object caller(Mixed mixed, ObjectProvider<AtomicReference<Throwable>> seen) {
            try {
                mixed.open(SMALL);
            } catch (RuntimeException e) {
                seen.getObject().set(e);
            }
            return "caller";
        }
    }

    static class Mixed extends Hidden {
        @RequiresJitApproval(action = "payment.refund")
        public void open(BigDecimal amount) {}
    }

    interface Visible {
        void anything();
    }

    static class Behind implements Visible {
        @Override
        public void anything() {}

        @RequiresJitApproval(action = "payment.refund")
        public void refund(BigDecimal amount) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class BehindInterface {
        @Bean
        Behind behind() {
            return new Behind();
        }
    }
}
