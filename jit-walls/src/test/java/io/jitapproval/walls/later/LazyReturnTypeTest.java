package io.jitapproval.walls.later;

import static io.jitapproval.walls.later.Shop.CALLER;
import static io.jitapproval.walls.later.Shop.bills;
import static io.jitapproval.walls.later.Shop.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.Reason;
import io.jitapproval.Subject;
import io.jitapproval.spi.AsyncCall;
import io.jitapproval.spi.AsyncReturnType;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.walls.later.Shop.Cash;
import io.jitapproval.walls.later.Shop.Promise;
import io.jitapproval.walls.later.Shop.Till;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("walls 2, 3, 8: what is lazy is captured at the call and guarded at each subscription")
class LazyReturnTypeTest {

    private static final int CHANCES = 200;
    /** Ours, as an adapter would write it. */
    private static class Promises implements AsyncReturnType {

        @Override
        public Optional<Bridge> forMethod(Method method, Class<?> returnType) {
            return returnType == Promise.class ? Optional.of(this::answer) : Optional.empty();
        }

        Object answer(Invocation invocation) {
            return (Promise<Object>) () -> begin(invocation);
        }

        CompletableFuture<Object> begin(Invocation invocation) {
            CompletableFuture<Object> result = new CompletableFuture<>();
            AsyncCall call = invocation.call(new Following(result));
            var unused = result.whenComplete((value, failure) -> gone(call));
            call.start();
            return result;
        }

        void gone(AsyncCall call) {
            if (!call.abandon()) {
                call.cancelled();
            }
        }
    }

    private record Following(CompletableFuture<Object> result) implements AsyncCall.Listener {

        @Override
        public void started(AsyncCall call, Object returned) {
            var unused = ((Promise<?>) returned).begin().whenComplete((value, failure) -> {
                if (failure == null) {
                    call.succeeded();
                    result.complete(value);
                } else {
                    call.failed(failure);
                    result.completeExceptionally(failure);
                }
            });
        }

        @Override
        public void failed(Throwable failure) {
            result.completeExceptionally(failure);
        }
    }

    /** Broken twin: begins at the call, and gives everybody the same. */
    private static final class Eager extends Promises {

        @Override
        Object answer(Invocation invocation) {
            CompletableFuture<Object> shared = begin(invocation);
            return (Promise<Object>) () -> shared;
        }
    }

    /** Broken twin: does not tell the guard that nobody waits any more. */
    private static final class Deaf extends Promises {

        @Override
        void gone(AsyncCall call) {
            // the fault
        }
    }

    /** Broken twin: runs the method when it is called, on the caller's arguments, and asks the guard at the subscription. */
    private static final class Late implements Till {

        private final Till guarded;
        private final Cash cash;

        Late(Till guarded, Cash cash) {
            this.guarded = guarded;
            this.cash = cash;
        }

        @Override
        public Promise<String> free(String[] bills) {
            Promise<String> running = cash.take(bills);
            return () -> guarded.free(bills).begin().thenCompose(paid -> running.begin());
        }

        @Override
        public Promise<String> pay(String[] bills) {
            return guarded.pay(bills);
        }

        @Override
        public Promise<String> payLater(String[] bills) {
            return guarded.payLater(bills);
        }
    }

    private enum Check {
        NOTHING_BEFORE_A_SUBSCRIPTION {
            @Override
            void on(Shop shop) {
                Promise<String> promise = shop.till.free(bills("5"));
                assertThat(shop.records).isEmpty();
                assertThat(shop.cash.taken).isEmpty();
                assertThat(promise.begin()).isCompletedWithValue("5");
                assertThat(shop.ends()).containsExactly("succeeded");
            }
        },
        EACH_SUBSCRIPTION_USES_A_GRANT {
            @Override
            void on(Shop shop) {
                Promise<String> promise = shop.till.pay(bills("5"));
                assertThat(failure(promise.begin())).isInstanceOf(ApprovalPendingException.class);
                shop.approve();
                assertThat(promise.begin()).isCompletedWithValue("5");
                assertThat(failure(promise.begin())).isInstanceOf(ApprovalPendingException.class);
                assertThat(shop.cash.taken).containsExactly("5");
            }
        },
        SUBJECT_AND_ARGUMENTS_OF_THE_CALL {
            @Override
            void on(Shop shop) {
                String[] bills = bills("5", "10");
                Promise<String> promise = shop.till.free(bills);
                CALLER.remove();
                bills[0] = "500";
                assertThat(promise.begin()).isCompletedWithValue("5 10");
                // the action tore its own copy, not that of the next
                assertThat(promise.begin()).isCompletedWithValue("5 10");
                assertThat(bills).containsExactly("500", "10");
                assertThat(shop.records)
                        .extracting(AuditRecord::subject)
                        .containsOnly(Subject.user("ana").ref());
                Promise<String> nobodys = shop.till.free(bills);
                assertThat(failure(nobodys.begin()))
                        .isInstanceOfSatisfying(
                                ActionDeniedException.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Reason.SUBJECT_UNRESOLVED));
            }
        },
        GONE_WHILE_WAITING {
            @Override
            void on(Shop shop) throws Exception {
                Promise<String> promise = shop.till.payLater(bills("5"));
                CompletableFuture<String> gone = promise.begin();
                gone.cancel(false);
                CompletableFuture<String> waits = shop.till.payLater(bills("5")).begin();
                CompletableFuture<String> goneToo = promise.begin();
                goneToo.cancel(false);
                shop.approve();
                assertThat(waits).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo("5");
                assertThat(shop.cash.taken).hasSize(1);
            }
        },
        GONE_AS_THE_USE_BEGINS {
            @Override
            void on(Shop shop) {
                CompletableFuture<String> leaves =
                        shop.till.payLater(bills("5")).begin();
                shop.atBegin = () -> leaves.cancel(false);
                shop.approve();
                awaitEnd(shop);
                assertThat(shop.cash.taken).isEmpty();
                assertThat(shop.ends()).containsExactly("not-run");
                assertThat(shop.records).extracting(AuditRecord::reason).contains(Reason.CALLER_GONE);
            }
        },
        CANCELLED_WHILE_RUNNING {
            @Override
            void on(Shop shop) {
                shop.cash.held = new CompletableFuture<>();
                CompletableFuture<String> running = shop.till.free(bills("5")).begin();
                running.cancel(false);
                assertThat(shop.ends()).containsExactly("indeterminate");
                shop.cash.held.complete("");
                assertThat(shop.ends()).containsExactly("indeterminate");
            }
        },
        FAILURES_ARE_ON_RECORD {
            @Override
            void on(Shop shop) {
                shop.cash.held = CompletableFuture.failedFuture(new IllegalStateException("no change"));
                assertThat(failure(shop.till.free(bills("5")).begin())).hasMessageContaining("no change");
                assertThat(shop.ends()).containsExactly("failed");
            }
        };

        abstract void on(Shop shop) throws Exception;

        private static void awaitEnd(Shop shop) {
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (shop.records.stream().noneMatch(record -> record.reason() == Reason.CALLER_GONE)
                    && System.nanoTime() < limit) {
                Thread.onSpinWait();
            }
        }
    }

    @TestFactory
    @DisplayName("R02, R32: a lazy type of somebody's own")
    Stream<DynamicTest> checks() {
        return Arrays.stream(Check.values())
                .map(check -> DynamicTest.dynamicTest(check.name(), () -> {
                    try (Shop shop = new Shop(new Promises())) {
                        check.on(shop);
                    }
                }));
    }

    /** Which of two waiters comes first is chance, so that a twin gets several chances to fail. */
    private static DynamicTest twin(Check check, AsyncReturnType type, boolean late) {
        return DynamicTest.dynamicTest(
                "twin: " + check,
                () -> assertThatThrownBy(() -> {
                            for (int i = 0; i < CHANCES; i++) {
                                try (Shop shop = new Shop(type)) {
                                    shop.till = late ? new Late(shop.till, shop.cash) : shop.till;
                                    check.on(shop);
                                }
                            }
                        })
                        .isInstanceOf(AssertionError.class));
    }

    @TestFactory
    @DisplayName("broken twins are found")
    Stream<DynamicTest> twins() {
        return Stream.of(
                twin(Check.NOTHING_BEFORE_A_SUBSCRIPTION, new Eager(), false),
                twin(Check.EACH_SUBSCRIPTION_USES_A_GRANT, new Eager(), false),
                twin(Check.SUBJECT_AND_ARGUMENTS_OF_THE_CALL, new Promises(), true),
                twin(Check.GONE_WHILE_WAITING, new Deaf(), false),
                twin(Check.CANCELLED_WHILE_RUNNING, new Deaf(), false));
    }
}
