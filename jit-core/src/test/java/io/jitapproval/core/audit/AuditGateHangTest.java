package io.jitapproval.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.Journal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AuditGateHangTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ScriptedSink sink = new ScriptedSink();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        sink.release();
        callers.shutdownNow();
    }

    private static List<AuditRecord> records(String... ids) {
        return Stream.of(ids).map(Records::numbered).toList();
    }

    @Test
    @DisplayName("wall 1, R45: a sink that hangs denies within the limit; a gate without one fails this")
    void hangDenies() {
        checkHangDenies(hanging -> new AuditGate(hanging, SHORT));
        assertThatThrownBy(() -> checkHangDenies(hanging -> new AuditGate(hanging, LONG)))
                .isInstanceOf(AssertionError.class);
    }

    private void checkHangDenies(Function<AuditSink, AuditGate> gates) {
        ScriptedSink hanging = new ScriptedSink();
        hanging.hang();
        AuditGate gate = gates.apply(hanging);
        Future<Object> caller = callers.submit(appending(gate, "1"));
        try {
            assertThat(caller.get(1, TimeUnit.SECONDS))
                    .isInstanceOf(AuditUnavailableException.class)
                    .hasToString(AuditUnavailableException.class.getName() + ": the audit sink "
                            + ScriptedSink.class.getName() + " did not take 1 record(s) within PT0.05S");
        } catch (Exception e) {
            throw new AssertionError("no answer", e);
        } finally {
            hanging.release();
        }
    }

    /** Appends, and returns what was thrown. */
    private static Callable<Object> appending(Journal gate, String... ids) {
        return () -> {
            try {
                gate.append(records(ids));
                return "taken";
            } catch (RuntimeException e) {
                return e;
            }
        };
    }

    @Test
    @DisplayName(
            "wall 1: what a sink takes after its caller gave up is voided before anything else; a gate that forgets fails this")
    void lateIsVoided() throws Exception {
        checkLateIsVoided(late -> new AuditGate(late, SHORT));
        assertThatThrownBy(() -> checkLateIsVoided(Forgets::new)).isInstanceOf(AssertionError.class);
    }

    private static void checkLateIsVoided(Function<AuditSink, Journal> gates) throws Exception {
        ScriptedSink late = new ScriptedSink();
        late.hang();
        Journal gate = gates.apply(late);
        assertThatThrownBy(() -> gate.append(records("1", "2"))).isInstanceOf(RuntimeException.class);
        late.release();
        late.awaitAppends(1);
        // Refused as long as the sink is not back; the first one that is taken comes after the voiding.
        String last = "";
        for (int i = 0; last.isEmpty(); i++) {
            if (appending(gate, "after" + i).call() instanceof String) {
                last = "after" + i;
            }
        }
        assertThat(Records.requestIds(late.taken())).isEqualTo("1, 2, void 1, void 2, " + last);
        AuditRecord voided = late.taken().get(2);
        assertThat(voided.details().toString()).isEqualTo("{voids=use-begun, why=late}");
        assertThat(voided.grantId()).contains("g-1");
        assertThat(voided.use()).isEqualTo("1");
        assertThat(voided.binding()).isEqualTo("5d1f");
    }

    @Test
    @DisplayName("wall 1: what a sink refuses late was not written, and is not voided")
    void lateFailureIsNotVoided() throws Exception {
        sink.hang();
        sink.failNext(new IOException("late"));
        try (AuditGate gate = new AuditGate(sink, SHORT)) {
            assertThatThrownBy(() -> gate.append(records("1"))).isInstanceOf(AuditUnavailableException.class);
            sink.release();
        }
        sink.awaitClosed();
        assertThat(sink.taken()).isEmpty();
    }

    @Test
    @DisplayName("wall 1: until what came late is voided, nothing is written")
    void voidingFails() throws Exception {
        sink.hang();
        AuditGate gate = new AuditGate(sink, SHORT);
        assertThatThrownBy(() -> gate.append(records("1"))).isInstanceOf(AuditUnavailableException.class);
        IOException full = new IOException("full");
        sink.failOn(AuditRecord.Kind.VOIDED, full);
        sink.release();
        sink.awaitCalls(2);
        Object refused = appending(gate, "2").call();
        while (refused instanceof Throwable thrown && thrown.getCause() == null) {
            refused = appending(gate, "2").call();
        }
        assertThat(refused).isInstanceOf(AuditUnavailableException.class);
        assertThat((Throwable) refused).hasCause(full);
        sink.failOn(AuditRecord.Kind.VOIDED, null);
        gate.append(records("3"));
        assertThat(Records.requestIds(sink.taken())).isEqualTo("1, void 1, 3");
        assertThat(sink.taken().get(1).details().get("attempt")).isInstanceOf(Integer.class);
        gate.close();
    }

    @Test
    @DisplayName("R45, R63: while a sink is stuck, appends fail at once; a gate that lets each wait fails this")
    void failsAtOnce() {
        checkFailsAtOnce(stuck -> new AuditGate(stuck, Duration.ofMillis(200)));
        assertThatThrownBy(() -> checkFailsAtOnce(stuck -> new Forgets(stuck, 200)))
                .isInstanceOf(AssertionError.class);
    }

    private static void checkFailsAtOnce(Function<AuditSink, Journal> gates) {
        ScriptedSink stuck = new ScriptedSink();
        stuck.hang();
        Journal gate = gates.apply(stuck);
        try {
            assertThatThrownBy(() -> gate.append(records("0"))).isInstanceOf(RuntimeException.class);
            long start = System.nanoTime();
            for (int i = 1; i <= 5; i++) {
                assertThatThrownBy(() -> gate.append(records("1"))).isInstanceOf(RuntimeException.class);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(600));
        } finally {
            stuck.release();
        }
    }

    @Test
    @DisplayName("wall 1: what was queued when its caller gave up is never started")
    void neverStarted() throws Exception {
        sink.hang();
        AuditGate gate = new AuditGate(sink, Duration.ofMillis(300));
        Future<Object> first = callers.submit(appending(gate, "1"));
        sink.awaitCalls(1);
        Future<Object> second = callers.submit(appending(gate, "2"));
        assertThat(first.get()).isInstanceOf(AuditUnavailableException.class);
        assertThat(second.get()).isInstanceOf(AuditUnavailableException.class);
        sink.release();
        gate.close();
        sink.awaitClosed();
        assertThat(Records.requestIds(sink.taken())).isEqualTo("1, void 1");
    }

    @Test
    @DisplayName(
            "wall 1: an interrupted caller is refused and stays interrupted; what is written nevertheless is voided")
    void interrupted() throws Exception {
        sink.hang();
        AuditGate gate = new AuditGate(sink, LONG);
        Future<Boolean> flag = callers.submit(() -> {
            Thread caller = Thread.currentThread();
            callers.execute(() -> {
                sink.awaitCalls(1);
                caller.interrupt();
            });
            assertThatThrownBy(() -> gate.append(records("1")))
                    .isInstanceOf(AuditUnavailableException.class)
                    .hasMessageContaining("interrupted");
            return Thread.interrupted();
        });
        assertThat(flag.get()).isTrue();
        // The sink is not late by itself: others wait for it.
        Future<Object> other = callers.submit(appending(gate, "2"));
        sink.release();
        assertThat(other.get()).isEqualTo("taken");
        assertThat(Records.requestIds(sink.taken())).isEqualTo("1, void 1, 2");
        gate.close();
    }

    @Test
    @DisplayName("wall 1: a caller that comes interrupted is refused, and nothing is written")
    void interruptedBefore() {
        try (AuditGate gate = new AuditGate(sink, LONG)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> gate.append(records("1"))).isInstanceOf(AuditUnavailableException.class);
            assertThat(Thread.interrupted()).isTrue();
            gate.append(records("2"));
        }
        assertThat(Records.requestIds(sink.taken())).isEqualTo("2");
    }

    @Test
    @DisplayName("closing waits for what is queued, and leaves a stuck sink to close when it comes back")
    void closingStuck() throws Exception {
        sink.hang();
        AuditGate gate = new AuditGate(sink, SHORT);
        Future<Object> caller = callers.submit(appending(gate, "1"));
        sink.awaitCalls(1);
        gate.close();
        assertThat(sink.closings()).isZero();
        assertThat(caller.get()).isInstanceOf(AuditUnavailableException.class);
        sink.release();
        sink.awaitClosed();
        assertThat(Records.requestIds(sink.taken())).isEqualTo("1, void 1");
        assertThat(sink.closings()).isEqualTo(1);
    }

    @Test
    @DisplayName("R63: the queue is bounded, and a full one refuses at once")
    void bounded() throws Exception {
        sink.hang();
        AuditWorker worker = AuditWorker.started(sink, LONG.toNanos(), 2);
        Future<Object> running = callers.submit(appending(worker::append, "1"));
        sink.awaitCalls(1);
        List<Future<Object>> queued = new ArrayList<>();
        List<Object> refused = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            queued.add(callers.submit(appending(worker::append, "2")));
        }
        while (refused.isEmpty()) {
            for (Future<Object> each : queued) {
                if (each.isDone()) {
                    refused.add(each.get());
                }
            }
            Thread.onSpinWait();
        }
        assertThat(refused).hasSize(1);
        assertThat(refused.get(0).toString()).contains("is behind by 2 changes");
        sink.release();
        assertThat(running.get()).isEqualTo("taken");
        worker.close();
    }

    /** Broken twin: a time limit by a future, the usual way; what comes late is nobody's business. */
    private static final class Forgets implements Journal {

        private final AuditSink sink;
        private final long limit;
        private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task);
            daemon.setDaemon(true);
            return daemon;
        });

        Forgets(AuditSink sink) {
            this(sink, SHORT.toMillis());
        }

        Forgets(AuditSink sink, long limit) {
            this.sink = sink;
            this.limit = limit;
        }

        @Override
        public void append(List<AuditRecord> records) {
            Future<?> written = thread.submit(() -> {
                sink.append(records);
                return null;
            });
            try {
                written.get(limit, TimeUnit.MILLISECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
