package io.jitapproval.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.GuardedCall;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Subject;
import io.jitapproval.core.Jit;
import io.jitapproval.core.JitAssert;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.InlineAuditSink;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("wall 13, R14: an action knows whether it was reached through the guard")
class InsideTest {

    private static final String POLICY = """
            {"default": "deny", "rules": [{"id": "free", "actions": ["pay", "other"], "effect": "allow"}]}
            """;

    /** Runs guarded actions, and tells inside from outside. */
    private interface Marks {

        <X extends Exception> Object run(String action, GuardedCall<Object, X> body) throws X;

        void require(String action);
    }

    private static final JitGuard GUARD = Jit.guard()
            .policy(PolicySources.text("inside.json", POLICY))
            .subject(() -> Optional.of(Subject.user("ana")))
            .audit((InlineAuditSink) records -> {})
            .build();

    private static final Marks OURS = new Marks() {

        @Override
        public <X extends Exception> Object run(String action, GuardedCall<Object, X> body) throws X {
            return GUARD.attempt(action).call(body);
        }

        @Override
        public void require(String action) {
            JitAssert.inside(action);
        }
    };

    /** The twin: a flag that children inherit, that forgets what was outside, and that an exception leaves behind. */
    private static final class Inherited implements Marks {

        private final InheritableThreadLocal<String> running = new InheritableThreadLocal<>();

        @Override
        public <X extends Exception> Object run(String action, GuardedCall<Object, X> body) throws X {
            running.set(action);
            return body.call();
        }

        @Override
        public void require(String action) {
            if (!action.equals(running.get())) {
                // As ours says it.
                JitAssert.inside(action);
            }
        }
    }

    private enum Situation {
        AFTER_IT {
            @Override
            void check(Marks marks) {
                marks.run("pay", () -> "");
                denies(marks, "pay");
            }
        },
        AFTER_AN_EXCEPTION {
            @Override
            void check(Marks marks) {
                assertThatThrownBy(() -> marks.run("pay", () -> {
                            throw new IllegalStateException("no money");
                        }))
                        .isInstanceOf(IllegalStateException.class);
                denies(marks, "pay");
            }
        },
        AFTER_AN_ERROR {
            @Override
            void check(Marks marks) {
                assertThatThrownBy(() -> marks.run("pay", () -> {
                            throw new StackOverflowError();
                        }))
                        .isInstanceOf(StackOverflowError.class);
                denies(marks, "pay");
            }
        },
        NESTED {
            @Override
            void check(Marks marks) {
                marks.run("pay", () -> {
                    marks.run("other", () -> {
                        denies(marks, "pay");
                        return "";
                    });
                    allows(marks, "pay");
                    denies(marks, "other");
                    return "";
                });
            }
        },
        NESTED_FAILURE {
            @Override
            void check(Marks marks) {
                marks.run("pay", () -> {
                    assertThatThrownBy(() -> marks.run("other", () -> {
                                throw new IllegalStateException("no");
                            }))
                            .isInstanceOf(IllegalStateException.class);
                    allows(marks, "pay");
                    return "";
                });
            }
        },
        CHILD_THREAD {
            @Override
            void check(Marks marks) throws Exception {
                AtomicReference<Throwable> thrown = new AtomicReference<>();
                marks.run("pay", () -> {
                    Thread child = new Thread(() -> thrown.set(catchThrowable(() -> marks.require("pay"))));
                    child.start();
                    child.join();
                    return "";
                });
                assertThat(thrown.get()).isInstanceOf(ActionDeniedException.class);
            }
        };

        abstract void check(Marks marks) throws Exception;
    }

    private static void allows(Marks marks, String action) {
        assertThatCode(() -> marks.require(action)).doesNotThrowAnyException();
    }

    private static void denies(Marks marks, String action) {
        assertThatThrownBy(() -> marks.require(action))
                .isInstanceOfSatisfying(
                        ActionDeniedException.class,
                        denied -> assertThat(denied.reason()).isEqualTo(Reason.OUTSIDE_GUARD));
    }

    @AfterEach
    void nothingStaysBehind() {
        denies(OURS, "pay");
        denies(OURS, "other");
    }

    @TestFactory
    @DisplayName("wall 13, R14: situations, and the twin in each of them")
    Stream<DynamicTest> situations() {
        return Arrays.stream(Situation.values())
                .flatMap(situation -> Stream.of(
                        DynamicTest.dynamicTest("wall 13, R14: " + situation, () -> {
                            OURS.run("pay", () -> {
                                OURS.require("pay");
                                return "";
                            });
                            situation.check(OURS);
                        }),
                        DynamicTest.dynamicTest(
                                "wall 13, R14, twin: " + situation,
                                () -> assertThatThrownBy(() -> situation.check(new Inherited()))
                                        .isInstanceOf(AssertionError.class))));
    }

    interface Till {

        @RequiresJitApproval(action = "pay")
        String pay(int amount);
    }

    private static final class AssertingTill implements Till {

        @Override
        public String pay(int amount) {
            JitAssert.inside("pay");
            return "paid " + amount;
        }
    }

    private static void checkTarget(Till target) {
        assertThat(GUARD.protect(Till.class, target).pay(5)).isEqualTo("paid 5");
        assertThatThrownBy(() -> target.pay(5)).isInstanceOf(ActionDeniedException.class);
    }

    @Test
    @DisplayName("wall 13, R14: the target of a proxy refuses to be called directly")
    void target() {
        checkTarget(new AssertingTill());
        assertThatThrownBy(() -> checkTarget(amount -> "paid " + amount)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("wall 13, R14: a stage is inside while it is made, and nothing is afterwards")
    void stages() {
        CompletableFuture<Object> later = new CompletableFuture<>();
        CompletableFuture<Object> stage = GUARD.attempt("pay")
                .callAsync(() -> {
                    OURS.require("pay");
                    return later;
                })
                .toCompletableFuture();

        denies(OURS, "pay");
        later.complete("paid");

        assertThat(stage).isCompletedWithValue("paid");
    }

    @Test
    @DisplayName("wall 13, R14: a refused call leaves no mark")
    void refused() {
        assertThatThrownBy(() -> OURS.run("forbidden", () -> "ran")).isInstanceOf(ActionDeniedException.class);
        denies(OURS, "forbidden");
    }
}
