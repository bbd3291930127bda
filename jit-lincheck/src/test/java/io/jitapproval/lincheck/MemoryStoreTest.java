package io.jitapproval.lincheck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("walls 6 and 8, R32: the memory store, whatever three threads do to it")
class MemoryStoreTest {

    private static final int SCENARIOS = 100;
    private static final int RUNS = 20;
    private static final int RUNS_FOR_THE_TWIN = 100;

    private static void check(Class<?> operations, int runs) {
        new StressOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(runs)
                .threads(3)
                .actorsPerThread(3)
                .sequentialSpecification(StoreOperations.class)
                .check(operations);
    }

    @Test
    @DisplayName("R32: is linearizable: uses, approvals, submissions, entries and voidings come out as in one order")
    void linearizable() {
        check(StoreOperations.class, RUNS);
    }

    @Test
    @DisplayName("broken twin: a store that reads, then writes, is found")
    void unlocked() {
        assertThatThrownBy(() -> check(UnlockedOperations.class, RUNS_FOR_THE_TWIN))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }
}
