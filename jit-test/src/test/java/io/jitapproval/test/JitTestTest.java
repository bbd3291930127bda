package io.jitapproval.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.JitGuard;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Subject;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.spi.AuditRecord.Kind;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

@ExtendWith(JitTest.class)
@JitPolicy("two-of-finance.json")
class JitTestTest {

    private static final Set<Object> GUARDS = ConcurrentHashMap.newKeySet();

    private static final String ASK = "{ \"default\": \"deny\", \"rules\": [ { \"id\": \"ask\", \"actions\": [\"pay\"],"
            + " \"effect\": \"require-approval\", \"approval\": { \"by\": { \"role\": \"BOSS\" } } } ] }";
    private static final String SUPPORT =
            "{ \"default\": \"deny\", \"rules\": [ { \"id\": \"support\", \"actions\": [\"pay\"],"
                    + " \"when\": { \"subject.roles\": { \"contains\": \"SUPPORT\" } }, \"effect\": \"allow\" } ] }";

    private JitGuard before;

    interface Payments {

        @RequiresJitApproval(action = "pay", resource = "order/{order}")
        void pay(String order);
    }

    @BeforeEach
    void rememberGuard(JitGuard guard) {
        before = guard;
    }

    @AfterEach
    void guardIsStillOpen(JitGuard guard) {
        assertThat(guard).isSameAs(before);
        assertThat(guard.approvals().pending()).isEmpty();
    }

    @RepeatedTest(3)
    void eachTestHasAGuardOfItsOwn(JitGuard guard, MethodGuard same) {
        assertThat(GUARDS.add(guard)).isTrue();
        assertThat(guard).isSameAs(same).isSameAs(before);
    }

    @Test
    @Timeout(15)
    @DisplayName("what is held back from an approver who was asked too often takes the clock's time, not the test's")
    void heldBack(JitGuard guard, FakeApprover approver, TestClock clock, TestPeople people) {
        people.person("mia").role("FINANCE");
        people.person("tom").role("FINANCE");
        approver.approveAll();

        for (int i = 0; i < 25; i++) {
            guard.attempt("pay")
                    .by(Subject.user("ana"))
                    .with("order", i)
                    .waitAtMost(Duration.ofHours(1))
                    .run(() -> {});
        }

        assertThat(clock.instant()).isBetween(TestClock.START.plusSeconds(60), TestClock.START.plusSeconds(3600));
    }

    @Test
    void everythingBelongsTogether(
            JitGuard guard, FakeApprover approver, TestClock clock, TestPeople people, MemoryAuditSink audit) {
        people.person("mia").role("FINANCE");
        people.person("tom").role("FINANCE");
        approver.approveAll();
        clock.advance(Duration.ofMinutes(3));

        guard.attempt("pay").run(() -> {});

        JitAssertions.assertThat(audit)
                .records(Kind.REQUESTED, Kind.VOTED, Kind.GRANTED, Kind.USE_BEGUN, Kind.USE_ENDED);
        assertThat(audit.records().get(0).time()).isEqualTo(clock.instant());
        assertThat(audit.records().get(0).subject()).hasToString("user/ana");
    }

    @Nested
    class Inside {

        @Test
        void theOuterPolicyCounts(JitGuard guard, FakeApprover approver) {
            approver.as("mia").approve();
            approver.as("tom").approve();

            JitAssertions.assertThatCall(() -> guard.attempt("pay").run(() -> {}))
                    .ran();
        }

        @Test
        @JitPolicy(text = SUPPORT)
        @JitSubject(id = "bob", roles = "SUPPORT")
        void theNearestPolicyAndSubjectCount(JitGuard guard, MemoryAuditSink audit) {
            guard.protect(Payments.class, order -> {}).pay("42");

            assertThat(audit.records())
                    .allMatch(record -> record.subject().toString().equals("user/bob"));
        }

        @Test
        @JitPolicy(text = SUPPORT)
        void withoutRolesTheSubjectHasNone(JitGuard guard) {
            JitAssertions.assertThatCall(() -> guard.attempt("pay").run(() -> {}))
                    .isDenied();
        }
    }

    @Nested
    @WeekendPolicy
    class WithAnAnnotationOfTheirOwn {

        @Test
        void theAnnotationCarriesThePolicy(JitGuard guard) {
            JitAssertions.assertThatCall(() -> guard.attempt("pay").run(() -> {}))
                    .isDenied();
        }
    }

    @JitPolicy(text = "{ \"default\": \"deny\", \"rules\": [] }")
    @Retention(RetentionPolicy.RUNTIME)
    @interface WeekendPolicy {}

    @TestFactory
    Stream<DynamicTest> whatGoesWrongIsSaid() {
        return Stream.of(
                        new Expected(Failing.class, "unanswered", """
                                an approval request was left unanswered:
                                  pay on order/42 by user/ana showing order 42 (pending since 00:03)
                                Let somebody answer, with approver.as("mia").approve() for instance; if silence is meant, \
                                say approver.staySilent() or @UnansweredAllowed."""),
                        new Expected(Failing.class, "refused", """
                                an approval request was left unanswered:
                                  pay on order/42 by user/ana showing order 42 (pending since 00:00)
                                    user/mia would approve: the voter is not among those who may decide (JIT-502)
                                Let somebody answer, with approver.as("mia").approve() for instance; if silence is meant, \
                                say approver.staySilent() or @UnansweredAllowed."""),
                        new Expected(
                                Failing.class,
                                "unfinished",
                                "the script has a sentence about user/mia without an end: say approve(), deny(\"…\") or "
                                        + "abstain() after as(\"…\")"),
                        new Expected(
                                Failing.class,
                                "noPolicy",
                                "JitTest needs a policy, and there is no nowhere.json on the class path: put it into "
                                        + "src/test/resources or src/main/resources, name another resource with "
                                        + "@JitPolicy(\"…\"), or write the policy into the test with @JitPolicy(text = \"…\")"),
                        new Expected(
                                Failing.class,
                                "twoPolicies",
                                "@JitPolicy names the resource 'policy.json' and has a document of its own: keep one of them"),
                        new Expected(Failing.class, "ownFailure", "the test's own failure"))
                .map(expected -> dynamicTest(
                        expected.method,
                        () -> assertThat(failure(expected.type, expected.method).getMessage())
                                .isEqualTo(expected.message)));
    }

    @Test
    void aBrokenPolicyIsToldWithItsProblems() {
        assertThat(failure(Failing.class, "brokenPolicy")).hasMessageContaining("alow");
        assertThat(failure(Failing.class, "brokenPolicy"))
                .isInstanceOfAny(
                        JitConfigurationException.class,
                        org.junit.jupiter.api.extension.ParameterResolutionException.class);
    }

    @Test
    void silenceCanBeMeant() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Silent.class))
                .execute()
                .testEvents()
                .assertStatistics(stats -> stats.started(2).succeeded(2));
    }

    @Test
    void thereIsNoGuardOutsideOfATest() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(InConstructor.class))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .forEach(event -> assertThat(event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable())
                        .get()
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.THROWABLE)
                        .hasMessageContaining("JitTest gives each test a guard of its own"));
    }

    @Test
    void testsRunInParallel() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Parallel.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
                .execute()
                .testEvents()
                .assertStatistics(stats -> stats.started(40).succeeded(40));
    }

    private static Throwable failure(Class<?> type, String method) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(type, method(type, method)))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .findFirst()
                .orElseThrow()
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }

    private static java.lang.reflect.Method method(Class<?> type, String name) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private record Expected(Class<?> type, String method, String message) {}

    /** Tests that fail; run by the tests above alone. */
    @ExtendWith(JitTest.class)
    @JitPolicy(text = ASK)
    static class Failing {

        @Test
        void unanswered(JitGuard guard, TestClock clock) {
            clock.advance(Duration.ofSeconds(3));
            JitAssertions.assertThatCall(
                            () -> guard.protect(Payments.class, order -> {}).pay("42"))
                    .isPending();
        }

        @Test
        void refused(JitGuard guard, FakeApprover approver, TestPeople people) {
            people.person("mia").role("SUPPORT");
            people.person("tom").role("BOSS");
            approver.as("mia").approve();
            JitAssertions.assertThatCall(
                            () -> guard.protect(Payments.class, order -> {}).pay("42"))
                    .isPending();
        }

        @Test
        void unfinished(FakeApprover approver) {
            approver.as("mia").once();
        }

        @Test
        @JitPolicy("nowhere.json")
        void noPolicy(JitGuard guard) {
            guard.close();
        }

        @Test
        @JitPolicy(value = "policy.json", text = ASK)
        void twoPolicies(JitGuard guard) {
            guard.close();
        }

        @Test
        @JitPolicy(
                text =
                        "{ \"default\": \"deny\", \"rules\": [ { \"id\": \"a\", \"actions\": [\"b\"], \"effect\": \"alow\" } ] }")
        void brokenPolicy(JitGuard guard) {
            guard.close();
        }

        @Test
        void ownFailure(JitGuard guard) {
            JitAssertions.assertThatCall(
                            () -> guard.protect(Payments.class, order -> {}).pay("42"))
                    .isPending();
            throw new AssertionError("the test's own failure");
        }
    }

    /** Tests in which nobody answers; run by the test above alone. */
    @ExtendWith(JitTest.class)
    @JitPolicy(text = ASK)
    static class Silent {

        @Test
        void said(JitGuard guard, FakeApprover approver) {
            approver.staySilent();
            JitAssertions.assertThatCall(() -> guard.attempt("pay").run(() -> {}))
                    .isPending();
        }

        @Test
        @UnansweredAllowed
        void annotated(JitGuard guard) {
            JitAssertions.assertThatCall(() -> guard.attempt("pay").run(() -> {}))
                    .isPending();
        }
    }

    /** Asks for a guard where there is none; run by the test above alone. */
    @ExtendWith(JitTest.class)
    static class InConstructor {

        InConstructor(JitGuard guard) {
            guard.close();
        }

        @Test
        void never() {}
    }

    /** Runs many at once; run by the test above alone. */
    @ExtendWith(JitTest.class)
    @JitPolicy(text = ASK)
    static class Parallel {

        @RepeatedTest(40)
        void eachAlone(JitGuard guard, FakeApprover approver, TestClock clock) {
            assertThat(clock.instant()).isEqualTo(TestClock.START);
            approver.as("mia").after(Duration.ofMinutes(1)).approve();

            guard.attempt("pay").waitAtMost(Duration.ofMinutes(2)).run(() -> {});

            assertThat(approver).wasAskedOnce();
        }
    }
}
