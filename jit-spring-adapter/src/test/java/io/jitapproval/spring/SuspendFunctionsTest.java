package io.jitapproval.spring;

import static io.jitapproval.spring.Refunds.HUGE;
import static io.jitapproval.spring.Refunds.LARGE;
import static io.jitapproval.spring.Refunds.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.JitGuard;
import io.jitapproval.ShownArgument;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.spi.AuditRecord.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayName("Kotlin's suspend functions, as its own compiler makes them")
class SuspendFunctionsTest {

    private final ApplicationContextRunner runner = Contexts.runner().withUserConfiguration(Suspending.class);

    private static Throwable failure(CompletableFuture<?> call) {
        Throwable thrown = catchThrowable(() -> call.get(10, TimeUnit.SECONDS));
        return thrown.getCause();
    }

    private static String pending(ApplicationContext context) {
        return context.getBean(JitGuard.class).approvals().pending().get(0).id();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "policy allows, asks and denies; what the function throws arrives as it was; the coroutine's context is kept")
    void outcomes(boolean classes) {
        runner.withPropertyValues("spring.aop.proxy-target-class=" + classes).run(context -> {
            SuspendingRefunds refunds = context.getBean(SuspendingRefunds.class);

            assertThat(Coroutines.refund(refunds, "42", SMALL).get(10, TimeUnit.SECONDS))
                    .isEqualTo("refunded 100 in desk");
            assertThat(failure(Coroutines.refund(refunds, "42", HUGE))).isInstanceOf(ActionDeniedException.class);
            assertThat(failure(Coroutines.refund(refunds, "none", SMALL)))
                    .isInstanceOf(java.util.NoSuchElementException.class);
            assertThat(failure(Coroutines.refund(refunds, "42", LARGE))).isInstanceOf(ApprovalPendingException.class);
            assertThat(context.getBean(JitGuard.class)
                            .approvals()
                            .pending()
                            .get(0)
                            .arguments())
                    .extracting(ShownArgument::name)
                    .containsExactly("orderId", "amount");
            Contexts.approve(context, pending(context), "mia");
            assertThat(Coroutines.refund(refunds, "42", LARGE).get(10, TimeUnit.SECONDS))
                    .isEqualTo("refunded 5000 in desk");
            assertThat(context.getBean(MemoryAuditSink.class).records())
                    .filteredOn(record -> record.kind() == Kind.USE_ENDED)
                    .extracting(record -> record.details().get("outcome"))
                    .containsExactly("succeeded", "failed", "succeeded");
        });
    }

    @Test
    @DisplayName("WAIT suspends; a coroutine that is cancelled meanwhile never runs its action")
    void waits() {
        runner.run(context -> {
            SuspendingRefunds refunds = context.getBean(SuspendingRefunds.class);
            CompletableFuture<?> first = Coroutines.refundLater(refunds, "42", LARGE);
            CompletableFuture<?> second = Coroutines.refundLater(refunds, "42", LARGE);
            assertThat(first).isNotDone();

            second.cancel(true);
            Contexts.approve(context, pending(context), "mia");
            first.get(10, TimeUnit.SECONDS);

            assertThat(Contexts.target(context, SuspendingRefunds.class, LedgerSuspendingRefunds.class)
                            .getRuns())
                    .hasValue(1);
        });
    }

    @Test
    @DisplayName("cancelling a running function cancels it, and its use ends as indeterminate")
    void cancelled() {
        runner.run(context -> {
            CompletableFuture<?> call = Coroutines.hang(context.getBean(SuspendingRefunds.class), SMALL);

            call.cancel(true);

            assertThat(Contexts.target(context, SuspendingRefunds.class, LedgerSuspendingRefunds.class)
                            .getHanging()
                            .get(10, TimeUnit.SECONDS))
                    .isEqualTo("stopped");
            assertThat(context.getBean(MemoryAuditSink.class).records())
                    .filteredOn(record -> record.kind() == Kind.USE_ENDED)
                    .extracting(record -> record.details().get("outcome"))
                    .containsExactly("indeterminate");
        });
    }

    @Test
    @DisplayName("R10: a function that returns a Flow stops the start, and so does one outside Spring's proxies")
    void refused() {
        Contexts.refused(Contexts.runner().withUserConfiguration(Flowing.class), "JIT-A041");
        runner.run(context -> {
            JitGuard guard = context.getBean(JitGuard.class);
            assertThat(catchThrowable(() -> guard.protect(SuspendingRefunds.class, new LedgerSuspendingRefunds())))
                    .isInstanceOfSatisfying(
                            JitConfigurationException.class,
                            refused -> assertThat(refused.problems())
                                    .extracting(problem -> problem.code())
                                    .containsOnly("JIT-A042"));
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Suspending {

        @Bean
        LedgerSuspendingRefunds ledger() {
            return new LedgerSuspendingRefunds();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Flowing {

        @Bean
        LedgerFlowingRefunds ledger() {
            return new LedgerFlowingRefunds();
        }
    }
}
