package io.jitapproval.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jitapproval.GuardUnavailableException;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.Subject;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.Jit;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.ArgumentCodec;
import io.jitapproval.walls.Faults.Place;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("wall 1, R05: a fault at the start stops the start; a fault at the end ends no less")
class StartAndCloseTest {

    private static final class TextCodec implements ArgumentCodec<StringBuilder> {

        @Override
        public Class<StringBuilder> type() {
            return StringBuilder.class;
        }

        @Override
        public StringBuilder copy(StringBuilder value) {
            return new StringBuilder(value);
        }

        @Override
        public Object toPlain(StringBuilder value) {
            return value.toString();
        }
    }

    private static JitGuard build(Faults faults) {
        HandTime time = new HandTime();
        return Jit.guard()
                .policy(new FaultyParts.Document(faults, PolicySources.text("start.json", FaultDesk.POLICY)))
                .audit(new FaultyParts.Sink(faults, AuditSinks.memory(100)))
                .store(new FaultyParts.Store(faults, GrantStores.memory(time)))
                .time(time)
                .codec(new FaultyParts.Codec<>(faults, new TextCodec()))
                .obligation("tell", new FaultyParts.Teller(faults))
                .channel(new FaultyParts.Pager(faults))
                .build();
    }

    private static void checkStart(Function<Faults, JitGuard> start, String site, Blow blow) {
        Faults faults = new Faults(() -> false);
        faults.arm(new Place(site, 1, false), blow);

        Throwable thrown = catchThrowable(() -> start.apply(faults));
        boolean flag = Thread.interrupted();

        assertThat(faults.fired()).as("the fault").isPresent();
        assertThat(thrown).as("what stopped the start").isNotNull();
        boolean kept = flag || thrown instanceof InterruptedException;
        assertThat(kept).as("the interrupt").isEqualTo(blow == Blow.INTERRUPTED);
        if (site.contains("connect")) {
            faults.awaitCall("AuditSink.close");
            assertThat(faults.counted())
                    .as("what was started is closed")
                    .containsKeys("ApprovalChannel.close", "AuditSink.close", "GrantStore.close");
        }
    }

    @TestFactory
    @DisplayName("wall 1, R05: start")
    Stream<DynamicTest> start() {
        return Stream.of(
                        "PolicySource.load",
                        "PolicySource.mayChange",
                        "ApprovalChannel.name",
                        "ArgumentCodec.type",
                        "InteractiveApprovalChannel.connect")
                .flatMap(site -> Stream.of(Blow.values())
                        .map(blow -> DynamicTest.dynamicTest(
                                "wall 1, R05: " + site + " throws " + blow + " at the start",
                                () -> checkStart(StartAndCloseTest::build, site, blow))));
    }

    @Test
    @DisplayName("wall 1, R05, twin: a start that goes on with whatever came up")
    void twinThatStartsAnyway() {
        assertThatThrownBy(() -> checkStart(
                        faults -> {
                            try {
                                return build(faults);
                            } catch (RuntimeException ignored) {
                                return build(new Faults(() -> false));
                            }
                        },
                        "InteractiveApprovalChannel.connect",
                        Blow.RUNTIME))
                .isInstanceOf(AssertionError.class);
    }

    private static void checkClose(Function<JitGuard, AutoCloseable> close, String site, Blow blow) throws Exception {
        Faults faults = new Faults(() -> false);
        AtomicInteger ran = new AtomicInteger();
        JitGuard guard = build(faults);
        faults.arm(new Place(site, 1, false), blow);

        try {
            close.apply(guard).close();
        } catch (Error | RuntimeException told) {
            assertThat(told).isNotInstanceOf(InterruptedException.class);
        }
        boolean flag = Thread.interrupted();
        assertThat(faults.fired()).as("the fault").isPresent();
        boolean own = faults.fired().orElseThrow().thread().equals(Thread.currentThread());

        assertThat(flag).as("the interrupt flag").isEqualTo(own && blow == Blow.INTERRUPTED);
        // The sink is closed on its own thread; who is interrupted does not wait for that.
        faults.awaitCall("AuditSink.close");
        assertThat(faults.counted())
                .as("everything is closed")
                .containsKeys("ApprovalChannel.close", "AuditSink.close", "GrantStore.close");
        assertThatThrownBy(
                        () -> guard.attempt("work.free").by(Subject.user("ana")).run(ran::incrementAndGet))
                .isInstanceOfSatisfying(
                        GuardUnavailableException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.GUARD_CLOSED));
        assertThat(ran).hasValue(0);
    }

    @TestFactory
    @DisplayName("wall 1, R05: close")
    Stream<DynamicTest> close() {
        return Stream.of("ApprovalChannel.close", "AuditSink.close", "GrantStore.close")
                .flatMap(site -> Stream.of(Blow.values())
                        .map(blow -> DynamicTest.dynamicTest(
                                "wall 1, R05: " + site + " throws " + blow,
                                () -> checkClose(guard -> guard, site, blow))));
    }

    @Test
    @DisplayName("wall 1, R05, twin: a guard that is not closed")
    void twinThatStaysOpen() {
        assertThatThrownBy(() -> checkClose(guard -> () -> {}, "ApprovalChannel.close", Blow.RUNTIME))
                .isInstanceOf(AssertionError.class);
    }
}
