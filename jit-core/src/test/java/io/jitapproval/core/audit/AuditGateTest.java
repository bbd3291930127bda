package io.jitapproval.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.spi.Journal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class AuditGateTest {

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

    static Stream<Throwable> throwables() throws ReflectiveOperationException {
        return Stream.of(
                new IOException("disk"),
                new RuntimeException("broken"),
                new InterruptedException(),
                new Error("error"),
                new AssertionError("assertion"),
                new StackOverflowError(),
                new OutOfMemoryError("heap"),
                new InternalError(),
                new NoClassDefFoundError("gone"),
                new ExceptionInInitializerError(),
                Class.forName("java.lang.ThreadDeath")
                        .asSubclass(Throwable.class)
                        .getConstructor()
                        .newInstance(),
                new Throwable("bare"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    @DisplayName("wall 1, R45: whatever a sink throws, inline or queued, denies; a gate that swallows fails this")
    void anythingThrownDenies(Throwable failure) {
        checkDenies(AuditGateTest::gate, failure);
        assertThatThrownBy(() -> checkDenies(Swallows::new, failure)).isInstanceOf(AssertionError.class);
    }

    private static AuditGate gate(AuditSink sink) {
        return new AuditGate(sink, LONG);
    }

    private static void checkDenies(Function<AuditSink, Journal> gates, Throwable failure) {
        for (AuditSink failing : List.<AuditSink>of(new ThrowingSink(failure), new ThrowingInlineSink(failure))) {
            Journal gate = gates.apply(failing);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> gate.append(records("1")))
                        .isInstanceOf(AuditUnavailableException.class)
                        .hasMessageContaining(failing.getClass().getName())
                        .hasMessageContaining(failure.getClass().getName())
                        .hasCause(failure);
            }
        }
    }

    @Test
    @DisplayName("wall 1: a sink that really overflows the stack denies, inline and queued")
    void overflow() {
        for (AuditSink deep : List.<AuditSink>of(new DeepSink(), new DeepInlineSink())) {
            try (AuditGate gate = gate(deep)) {
                assertThatThrownBy(() -> gate.append(records("1")))
                        .isInstanceOf(AuditUnavailableException.class)
                        .hasCauseInstanceOf(StackOverflowError.class);
            }
        }
    }

    @Test
    @DisplayName("R47: the sink is called on one thread, and each caller's records come in the caller's order")
    void order() throws Exception {
        try (AuditGate gate = gate(sink)) {
            List<Future<?>> done = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                String name = caller + "-";
                done.add(callers.submit(() -> {
                    for (int i = 0; i < 200; i++) {
                        gate.append(records(name + i, name + i + "b"));
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        }
        List<String> ids = sink.taken().stream()
                .map(each -> each.requestId().orElseThrow())
                .toList();
        assertThat(ids).hasSize(8 * 200 * 2);
        for (int caller = 0; caller < 8; caller++) {
            String name = caller + "-";
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                expected.add(name + i);
                expected.add(name + i + "b");
            }
            assertThat(ids.stream().filter(id -> id.startsWith(name))).isEqualTo(expected);
        }
        assertThat(sink.threads()).containsExactly("jit-audit");
        assertThat(sink.closings()).isEqualTo(1);
    }

    @Test
    @DisplayName("no records are nothing to write: no sink is asked, not even by a closed gate")
    void empty() {
        AuditGate gate = gate(new ThrowingSink(new Error()));
        gate.append(List.of());
        gate.close();
        assertThatCode(() -> gate.append(List.of())).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("a closed gate denies, and closes its sink once")
    void closed() {
        ScriptedInlineSink inline = new ScriptedInlineSink();
        for (ScriptedSink each : List.of(sink, inline)) {
            AuditGate gate = gate(each);
            gate.append(records("1"));
            gate.close();
            gate.close();
            assertThatThrownBy(() -> gate.append(records("2")))
                    .isInstanceOf(AuditUnavailableException.class)
                    .hasMessage("the audit gate is closed");
            assertThat(Records.requestIds(each.taken())).isEqualTo("1");
            assertThat(each.closings()).isEqualTo(1);
        }
        assertThat(inline.threads()).containsExactly(Thread.currentThread().getName());
    }

    @Test
    @DisplayName("a sink that fails to close harms nobody")
    void failingClose() {
        assertThatCode(() -> gate(new ThrowingSink(new Error())).close()).doesNotThrowAnyException();
        assertThatCode(() -> gate(new ThrowingInlineSink(new Error())).close()).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("§6: the inline path allocates nothing")
    void inlineAllocatesNothing() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        InlineAuditSink nothing = records -> {};
        List<AuditRecord> records = records("1");
        try (AuditGate gate = gate(nothing)) {
            for (int i = 0; i < 1_000; i++) {
                gate.append(records);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                gate.append(records);
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
        }
    }

    @Test
    @DisplayName("a limit that is not positive is refused; the longest one is not")
    void limits() {
        for (Duration bad : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
            assertThatThrownBy(() -> new AuditGate(sink, bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(bad.toString());
        }
        try (AuditGate gate = new AuditGate(sink, Duration.ofSeconds(Long.MAX_VALUE))) {
            gate.append(records("1"));
        }
    }

    /** Broken twin: logs the failure and goes on. */
    private record Swallows(AuditSink sink) implements Journal {
        @Override
        public void append(List<AuditRecord> records) {
            try {
                sink.append(records);
            } catch (Throwable failure) {
                assertThat(failure).isNotNull();
            }
        }
    }

    private static class ThrowingSink implements AuditSink {

        private final Throwable failure;

        ThrowingSink(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public void append(List<AuditRecord> records) {
            ScriptedSink.sneaky(failure);
        }

        @Override
        public void close() {
            ScriptedSink.sneaky(failure);
        }
    }

    private static final class ThrowingInlineSink extends ThrowingSink implements InlineAuditSink {
        ThrowingInlineSink(Throwable failure) {
            super(failure);
        }
    }

    private static final class ScriptedInlineSink extends ScriptedSink implements InlineAuditSink {}

    private static class DeepSink implements AuditSink {
        @Override
        public void append(List<AuditRecord> records) {
            if (!records.isEmpty()) {
                append(records);
            }
        }
    }

    private static final class DeepInlineSink extends DeepSink implements InlineAuditSink {}
}
