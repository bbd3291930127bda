package io.jitapproval.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.GuardUnavailableException;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.Subject;
import io.jitapproval.core.Jit;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.AuditSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 1, R45: a sink that hangs denies the action, and nothing else")
class HangingSinkTest {

    private static final Duration LIMIT = Duration.ofMillis(40);
    private static final Duration LONG = Duration.ofSeconds(10);

    /** Hangs, deaf to interrupts, until it is let go. */
    private static final class Stuck implements AuditSink {

        final CountDownLatch release = new CountDownLatch(1);
        final List<AuditRecord> written = new CopyOnWriteArrayList<>();

        @Override
        public void append(List<AuditRecord> records) {
            boolean interrupted = false;
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            written.addAll(records);
        }
    }

    private static void check(UnaryOperator<AuditSink> around) {
        Stuck sink = new Stuck();
        AtomicInteger ran = new AtomicInteger();
        try (JitGuard guard = Jit.guard()
                .policy(PolicySources.text("hanging.json", FaultDesk.POLICY))
                .obligation("tell", (obligation, request, decision) -> {})
                .attributes((attribute, request) -> java.util.Optional.of(1))
                .audit(around.apply(sink))
                .auditTimeLimit(LIMIT)
                .build()) {
            long start = System.nanoTime();
            for (int call = 0; call < 3; call++) {
                assertThatThrownBy(() -> call(guard, ran))
                        .isInstanceOfSatisfying(
                                GuardUnavailableException.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Reason.AUDIT_UNAVAILABLE));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
            assertThat(ran).hasValue(0);

            sink.release.countDown();
            recover(guard, ran);

            assertThat(ran).hasValue(1);
            assertThat(count(sink, Kind.USE_BEGUN)).isEqualTo(1 + count(sink, Kind.VOIDED));
            assertThat(count(sink, Kind.VOIDED)).as("what was written too late").isEqualTo(1);
        } finally {
            sink.release.countDown();
        }
    }

    private static void call(JitGuard guard, AtomicInteger ran) {
        guard.attempt("work.free").by(Subject.user("ana")).run(ran::incrementAndGet);
    }

    private static void recover(JitGuard guard, AtomicInteger ran) {
        long start = System.nanoTime();
        while (ran.get() == 0 && System.nanoTime() - start < LONG.toNanos()) {
            try {
                call(guard, ran);
            } catch (GuardUnavailableException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    private static long count(Stuck sink, Kind kind) {
        return sink.written.stream().filter(record -> record.kind() == kind).count();
    }

    @Test
    @DisplayName("wall 1, R45: denied within the limit, recovers by itself, what was late is void")
    void hangs() {
        check(UnaryOperator.identity());
    }

    @Test
    @DisplayName("wall 1, R45, twin: a sink that writes behind the caller's back")
    void twinThatWritesLater() {
        assertThatThrownBy(() -> check(sink -> records -> {
                    CompletableFuture<Void> later = CompletableFuture.runAsync(() -> {
                        try {
                            sink.append(records);
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    });
                    later.orTimeout(LONG.toMillis(), TimeUnit.MILLISECONDS);
                }))
                .isInstanceOf(AssertionError.class);
    }
}
