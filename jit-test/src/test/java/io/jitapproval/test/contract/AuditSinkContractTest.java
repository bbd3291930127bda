package io.jitapproval.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jitapproval.test.contract.FlawedSink.Flaw;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The contract catches what it is there to catch: each flaw makes the test fail that is named for it. */
class AuditSinkContractTest {

    private static final Map<Flaw, String> CAUGHT_BY = new EnumMap<>(Map.ofEntries(
            Map.entry(Flaw.SWALLOWS, "allOrNone"),
            Map.entry(Flaw.WRITES_LATE, "isWritten"),
            Map.entry(Flaw.LAST_RECORD_ONLY, "isInOrder"),
            Map.entry(Flaw.NEWEST_FIRST, "isInOrder"),
            Map.entry(Flaw.HALF_A_CHANGE, "allOrNone"),
            Map.entry(Flaw.LINES_BREAK, "cannotForge"),
            Map.entry(Flaw.SILENT_AFTER_CLOSE, "notSilentAfterClose"),
            Map.entry(Flaw.ONE_THREAD_ONLY, "anyThread"),
            Map.entry(Flaw.NOT_THREAD_SAFE, "staysTogether"),
            Map.entry(Flaw.HEADLINE_ONLY, "isWhole"),
            Map.entry(Flaw.POISONED_BY_A_REFUSAL, "goesOnAfterRefusal")));

    @Test
    void aSinkWithoutFlawPasses() {
        FlawedSinkTwin.flaw = Flaw.NONE;

        assertThat(ContractRun.failures(FlawedSinkTwin.class)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> eachFlawIsCaught() {
        return Stream.of(Flaw.values())
                .filter(flaw -> flaw != Flaw.NONE)
                .map(flaw -> dynamicTest(flaw.name(), () -> {
                    FlawedSinkTwin.flaw = flaw;

                    assertThat(ContractRun.of(FlawedSinkTwin.class).failed()).contains(CAUGHT_BY.get(flaw));
                }));
    }
}
