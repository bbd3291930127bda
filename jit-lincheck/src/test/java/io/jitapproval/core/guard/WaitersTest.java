package io.jitapproval.core.guard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

@DisplayName("R42: the registry of those who wait, whatever three threads do to it")
class WaitersTest {

    private static final int SCENARIOS = 15;
    private static final int STEPPED = 6;
    private static final int RUNS = 40;
    private static final String CANNOT_STEP =
            "Lincheck 3.4 cannot step through the classes of a later JDK; what holds there is the stress, and the races of jit-walls";

    /** Looks at the store first and registers then: what ends in between wakes nobody. */
    public static final class LooksFirst extends WaiterOperations {

        @Override
        CompletableFuture<Void> begin(String id, Runnable look) {
            look.run();
            return waiters.of(id);
        }
    }

    /** Wakes those who wait before the end can be seen: who registers in between waits for ever. */
    public static final class WakesFirst extends WaiterOperations {

        @Override
        void over(String id, Runnable write) {
            waiters.wake(id);
            write.run();
        }
    }

    /** A history that fails is not made smaller: the twins' need not be read. */
    private static void model(Class<?> operations, int scenarios) {
        new ModelCheckingOptions()
                .minimizeFailedScenario(false)
                .iterations(scenarios)
                .invocationsPerIteration(RUNS)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .sequentialSpecification(WaiterOperations.class)
                .check(operations);
    }

    @Test
    @EnabledForJreRange(maxVersion = 24, disabledReason = CANNOT_STEP)
    @DisplayName("R42: nobody is left waiting for what has ended, in any interleaving that was tried step by step")
    void modelChecked() {
        model(WaiterOperations.class, STEPPED);
    }

    @Test
    @DisplayName("R42: nor under stress")
    void stressed() {
        new StressOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(RUNS)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0)
                .sequentialSpecification(WaiterOperations.class)
                .check(WaiterOperations.class);
    }

    @Test
    @EnabledForJreRange(maxVersion = 24, disabledReason = CANNOT_STEP)
    @DisplayName("broken twins: looking before registering, and waking before the end is written, are found")
    void twins() {
        for (Class<?> twin : List.of(LooksFirst.class, WakesFirst.class)) {
            assertThatThrownBy(() -> model(twin, SCENARIOS))
                    .as(twin.getSimpleName())
                    .isInstanceOf(LincheckAssertionError.class)
                    .hasMessageContaining("somebody waits for");
        }
    }
}
