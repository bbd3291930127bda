package io.jitapproval.walls.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Attempt;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Subject;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.test.TestClock;
import io.jitapproval.walls.Ear;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 15, R30: an emergency is never a fall-back: whatever fails, only an explicit call breaks the glass")
class BreakGlassFaultsTest {

    private static final String POLICY = """
            {"default": "deny", "rules": [{"id": "r", "actions": ["pay"], "effect": "require-approval", "approval":
             {"by": {"role": "BOSS"}, "breakGlass": {"by": {"person": "ana"}, "alarm": {"role": "BOSS"},
             "review": {"role": "BOSS"}}}}]}""";

    /** A guard of which the store, the directory or the sink fails at one call. */
    private static final class Shaky implements AutoCloseable {

        private final TestClock clock = new TestClock();
        private final MemoryAuditSink records = AuditSinks.memory(1_000);
        private final AtomicInteger calls = new AtomicInteger();
        private final int failsAt;
        private final Thread caller = Thread.currentThread();
        private final MethodGuard guard;

        Shaky(int failsAt) {
            this.failsAt = failsAt;
            guard = Jit.guard()
                    .time(clock)
                    .policy(PolicySources.text("p.json", POLICY))
                    .people(shaky(PeopleDirectory.class, People.of(People.person("ana"), People.person("mia", "BOSS"))))
                    .audit(shaky(InlineAuditSink.class, (InlineAuditSink) records::append))
                    .store(shaky(GrantStore.class, GrantStores.memory(clock)))
                    .channel(new Ear())
                    .build();
        }

        private <T> T shaky(Class<T> type, T real) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                        // What others do with the outbox is not the caller's.
                        boolean counts = Thread.currentThread() == caller
                                && !method.getName().equals("close");
                        if (counts && calls.incrementAndGet() == failsAt) {
                            throw new IllegalStateException("out of order");
                        }
                        try {
                            return method.invoke(real, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }

        Attempt pay() {
            return guard.attempt("pay").by(Subject.user("ana")).with("amount", 5);
        }

        @Override
        public void close() {
            guard.close();
        }
    }

    /** How the host calls. */
    @FunctionalInterface
    private interface Host {
        void run(Shaky desk, Runnable action);
    }

    private static int calls(boolean emergency) {
        try (Shaky desk = new Shaky(-1)) {
            AtomicInteger ran = new AtomicInteger();
            try {
                (emergency ? desk.pay().breakGlass("the ledger is down") : desk.pay()).run(ran::incrementAndGet);
            } catch (JitApprovalException pending) {
                assertThat(emergency).isFalse();
            }
            assertThat(ran).hasValue(emergency ? 1 : 0);
            return desk.calls.get();
        }
    }

    private static void check(Host host) {
        int calls = calls(false);
        assertThat(calls).isGreaterThan(5);
        for (int at = 1; at <= calls; at++) {
            try (Shaky desk = new Shaky(at)) {
                AtomicInteger ran = new AtomicInteger();
                try {
                    host.run(desk, ran::incrementAndGet);
                } catch (JitApprovalException refused) {
                    assertThat(refused.reason().code()).startsWith("JIT-");
                }
                assertThat(ran).as("runs, where call %d fails", at).hasValue(0);
                assertThat(desk.records.records()).noneMatch(record -> record.kind() == Kind.BREAK_GLASS);
            }
        }
    }

    @Test
    @DisplayName("a call that breaks nothing never becomes an emergency; the twins that help themselves are found")
    void neverByFault() {
        check((desk, action) -> desk.pay().run(action::run));
        assertThatThrownBy(() -> check((desk, action) -> {
                    try {
                        desk.pay().run(action::run);
                    } catch (GuardUnavailableException outOfOrder) {
                        desk.pay().breakGlass("the guard is out of order").run(action::run);
                    }
                }))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check((desk, action) -> {
                    try {
                        desk.pay().run(action::run);
                    } catch (GuardUnavailableException outOfOrder) {
                        action.run();
                    }
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("an emergency itself fails closed: where any part fails before the use has begun, nothing runs")
    void failsClosed() {
        int calls = calls(true);
        for (int at = 1; at <= calls; at++) {
            try (Shaky desk = new Shaky(at)) {
                AtomicInteger ran = new AtomicInteger();
                try {
                    desk.pay().breakGlass("the ledger is down").run(ran::incrementAndGet);
                } catch (GuardUnavailableException refused) {
                    assertThat(ran).as("runs, where call %d fails", at).hasValue(0);
                    continue;
                }
                // The use had begun: its end can be lost, but not the debt.
                assertThat(ran).hasValue(1);
                assertThat(desk.records.records()).anyMatch(record -> record.kind() == Kind.BREAK_GLASS);
                assertThat(desk.records.records()).anyMatch(record -> record.kind() == Kind.USE_BEGUN);
            }
        }
    }
}
