package io.jitapproval.spring;

import static io.jitapproval.spring.Refunds.LARGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.JitGuard;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.core.MemoryAuditSink;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** R12: where the guard stands among role checks, caches, transactions and hand-offs to other threads. */
class AdviceOrderTest {

    private final ApplicationContextRunner runner = Contexts.secured().withUserConfiguration(Everything.class);

    @BeforeEach
    void signIn() {
        as("ana", "ROLE_SUPPORT");
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    private static void as(String name, String... authorities) {
        SecurityContextHolder.setContext(
                new SecurityContextImpl(new TestingAuthenticationToken(name, "secret", authorities)));
    }

    private static ApprovalPendingException pending(Desk desk) {
        return catchThrowableOfType(ApprovalPendingException.class, () -> desk.refund("42", LARGE));
    }

    @Test
    void roleChecksThenGuardThenCacheAndTransaction() {
        runner.run(context -> {
            List<String> names = Arrays.stream(((Advised) context.getBean(Desk.class)).getAdvisors())
                    .map(advisor -> advisor.getAdvice().getClass().getSimpleName())
                    .toList();
            assertThat(names).hasSize(5);
            assertThat(names.get(2)).isEqualTo("GuardInterceptor");
            assertThat(names.subList(3, 5)).containsExactlyInAnyOrder("CacheInterceptor", "TransactionInterceptor");
        });
    }

    @Test
    void nobodyIsAskedAboutACallThatItsCallerMayNotMakeAnyway() {
        runner.run(context -> {
            as("eve", "ROLE_GUEST");

            assertThatThrownBy(() -> context.getBean(Desk.class).refund("42", LARGE))
                    .isInstanceOf(AccessDeniedException.class);
            assertThat(context.getBean(JitGuard.class).approvals().pending()).isEmpty();
            assertThat(context.getBean(MemoryAuditSink.class).records()).isEmpty();
        });
    }

    @Test
    void aCallThatWaitsForPeopleHoldsNoTransactionAndACachedResultIsNoWayAround() {
        runner.run(AdviceOrderTest::holds);
    }

    private static void holds(org.springframework.context.ApplicationContext context) {
        Desk desk = context.getBean(Desk.class);
        Transactions transactions = context.getBean(Transactions.class);

        String id = pending(desk).request().id();
        assertThat(transactions.begun).isZero();

        Contexts.approve(context, id, "mia");
        assertThat(desk.refund("42", LARGE)).isEqualTo("refunded 5000");
        assertThat(transactions.begun).isEqualTo(1);

        assertThat(context.getBean(CacheManager.class)
                        .getCache("refunds")
                        .get(org.springframework.cache.interceptor.SimpleKeyGenerator.generateKey("42", LARGE)))
                .isNotNull();
        assertThat(pending(desk)).isNotNull();
    }

    static Stream<List<String>> orders() {
        List<List<String>> orders = new ArrayList<>();
        permute(new ArrayList<>(List.of("roles", "guard", "cache", "transaction")), 0, orders);
        return orders.stream();
    }

    private static void permute(List<String> names, int from, List<List<String>> found) {
        if (from == names.size()) {
            found.add(List.copyOf(names));
        }
        for (int i = from; i < names.size(); i++) {
            java.util.Collections.swap(names, from, i);
            permute(names, from + 1, found);
            java.util.Collections.swap(names, from, i);
        }
    }

    /** The role checks stay at 200 and 300; the others are moved around them. */
    @ParameterizedTest
    @MethodSource("orders")
    void everyOrderIsSafeOrRefused(List<String> order) {
        int roles = order.indexOf("roles");
        List<String> properties = order.stream()
                .map(name -> "test." + name + "=" + (250 + 100 * (order.indexOf(name) - roles)))
                .toList();
        int guard = 250 + 100 * (order.indexOf("guard") - roles);
        boolean safe = roles < order.indexOf("guard") && order.indexOf("guard") < order.indexOf("cache");
        runner.withUserConfiguration(Reordered.class)
                .withPropertyValues(properties.toArray(String[]::new))
                .withPropertyValues("jit.advice-order=" + guard)
                .run(context -> {
                    if (safe) {
                        assertThat(context).hasNotFailed();
                        assertThat(pending(context.getBean(Desk.class))).isNotNull();
                    } else {
                        assertThat(context).hasFailed();
                        assertThat(Contexts.problems(context.getStartupFailure()))
                                .isNotEmpty()
                                .allMatch(problem -> problem.code().equals(Problems.WRONG_ORDER));
                    }
                });
    }

    @Test
    void shiftedRoleChecksAreNoticedAndCanBeFollowed() {
        ApplicationContextRunner shifted = Contexts.secured().withUserConfiguration(Shifted.class, DeskOnly.class);
        Contexts.refused(shifted, Problems.WRONG_ORDER, Problems.WRONG_ORDER);
        shifted.withPropertyValues("jit.advice-order=1420").run(context -> {
            as("eve", "ROLE_GUEST");
            assertThatThrownBy(() -> context.getBean(Desk.class).refund("42", LARGE))
                    .isInstanceOf(AccessDeniedException.class);
            assertThat(context.getBean(JitGuard.class).approvals().pending()).isEmpty();
        });
    }

    @Test
    void aHandOffBeforeTheGuardIsRefused() {
        Contexts.refused(Contexts.runner().withUserConfiguration(Handing.class), Problems.WRONG_ORDER);
    }

    static class Desk {

        @PreAuthorize("hasRole('SUPPORT')")
        @Secured("ROLE_SUPPORT")
        @Transactional
        @Cacheable("refunds")
        @RequiresJitApproval(action = "payment.refund", resource = "order/{orderId}")
        public String refund(String orderId, BigDecimal amount) {
            return "refunded " + amount;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMethodSecurity(securedEnabled = true)
    @EnableTransactionManagement
    @EnableCaching
    static class Everything {

        @Bean
        Desk desk() {
            return new Desk();
        }

        @Bean
        CacheManager caches() {
            return new ConcurrentMapCacheManager();
        }

        @Bean
        Transactions transactions() {
            return new Transactions();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Reordered {

        @Bean
        static BeanFactoryPostProcessor reorder(Environment environment) {
            return factory -> Stream.of("cache", "transaction")
                    .forEach(name -> Arrays.stream(factory.getBeanDefinitionNames())
                            .filter(bean -> bean.matches(".*\\." + name + "\\.config\\.internal.*Advisor"))
                            .forEach(bean -> factory.getBeanDefinition(bean)
                                    .getPropertyValues()
                                    .add("order", environment.getRequiredProperty("test." + name))));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class DeskOnly {

        @Bean
        Desk desk() {
            return new Desk();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMethodSecurity(securedEnabled = true, offset = 1000)
    static class Shifted {}

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class Handing {

        @Bean
        Later later() {
            return new Later();
        }
    }

    static class Later {

        @Async
        @RequiresJitApproval(action = "payment.refund")
        public CompletableFuture<String> refund(BigDecimal amount) {
            return CompletableFuture.completedFuture("refunded " + amount);
        }
    }

    static final class Transactions extends AbstractPlatformTransactionManager {

        private static final long serialVersionUID = 1L;

        private int begun;

        @Override
        protected Object doGetTransaction() {
            return Arrays.asList("a transaction");
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            begun++;
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
