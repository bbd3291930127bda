package io.jitapproval.walls.later;

import static io.jitapproval.walls.later.Shop.CALLER;
import static io.jitapproval.walls.later.Shop.bills;
import static io.jitapproval.walls.later.Shop.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.GuardUnavailableException;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.Reason;
import io.jitapproval.spi.AsyncCall;
import io.jitapproval.spi.AsyncReturnType;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.walls.later.Shop.Promise;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 1: adapters that fail")
class FailingReturnTypeTest {

    /** Fails in one of its methods. */
    private record Failing(String method) implements AsyncReturnType {

        private void fail(String here) {
            if (here.equals(method)) {
                throw new IllegalStateException("out of order");
            }
        }

        @Override
        public Optional<Bridge> forMethod(Method called, Class<?> returnType) {
            fail("forMethod");
            return Optional.of(new Bridge() {
                @Override
                public boolean outcomeGoesToLastParameter() {
                    fail("outcomeGoesToLastParameter");
                    return false;
                }

                @Override
                public Object answer(Invocation invocation) {
                    fail("answer");
                    return (Promise<Object>) () -> begin(invocation);
                }
            });
        }

        private CompletableFuture<Object> begin(Invocation invocation) {
            CompletableFuture<Object> result = new CompletableFuture<>();
            invocation
                    .call(new AsyncCall.Listener() {
                        @Override
                        public void started(AsyncCall call, Object returned) {
                            fail("started");
                        }

                        @Override
                        public void failed(Throwable failure) {
                            fail("failed");
                            result.completeExceptionally(failure);
                        }
                    })
                    .start();
            return result;
        }
    }

    @Test
    @DisplayName("wall 1, R05: whatever fails in an adapter, the action does not run, or its use has an end")
    void failing() {
        for (String method : List.of("forMethod", "outcomeGoesToLastParameter")) {
            assertThatThrownBy(() -> new Shop(new Failing(method)).close())
                    .as(method)
                    .isInstanceOf(JitConfigurationException.class);
        }
        try (Shop shop = new Shop(new Failing("answer"))) {
            assertThatThrownBy(() -> shop.till.free(bills("5")))
                    .isInstanceOfSatisfying(
                            GuardUnavailableException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.GUARD_FAILED));
            assertThat(shop.records).extracting(AuditRecord::reason).containsExactly(Reason.GUARD_FAILED);
        }
        try (Shop shop = new Shop(new Failing("started"))) {
            assertThat(failure(shop.till.free(bills("5")).begin())).hasMessage("out of order");
            assertThat(shop.ends()).containsExactly("failed");
            assertThat(shop.cash.taken).isEmpty();
        }
        try (Shop shop = new Shop(new Failing("failed"))) {
            assertThat(shop.till.pay(bills("5")).begin()).isNotDone();
            CALLER.remove();
            assertThat(shop.till.free(bills("5")).begin()).isNotDone();
            assertThat(shop.cash.taken).isEmpty();
        }
    }
}
