package io.jitapproval.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jitapproval.test.contract.FlawedStore.Flaw;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The contract catches what it is there to catch: each flaw makes tests fail that are named for it. */
class GrantStoreContractTest {

    private static final Map<Flaw, List<String>> CAUGHT_BY = new EnumMap<>(Map.ofEntries(
            Map.entry(Flaw.NO_LOCK, List.of("losesNoUpdate", "manyAtOnceCreateOne", "singleUseBeginsOnce")),
            Map.entry(
                    Flaw.CLOCK_BEFORE_LOCK,
                    List.of("afterTheLockOfAGrant", "afterTheLockOfARequest", "afterTheLockOfAKey")),
            Map.entry(Flaw.PUBLISHES_BEFORE_JOURNAL, List.of("beforeSubmission", "beforeChange", "beforeUse")),
            Map.entry(
                    Flaw.SWALLOWS_JOURNAL_FAILURE,
                    List.of("journalUndoesSubmission", "journalUndoesChange", "journalUndoes")),
            Map.entry(Flaw.WRAPS_FAILURES, List.of("journalUndoesSubmission", "journalUndoesChange", "journalUndoes")),
            Map.entry(Flaw.NO_JOURNAL_WITHOUT_CHANGE, List.of("nothing")),
            Map.entry(
                    Flaw.DROPS_OLDEST_WHEN_FULL, List.of("refusesRequests", "refusesGrants", "refusesSubmittedGrants")),
            Map.entry(Flaw.GROWS_WITHOUT_LIMIT, List.of("refusesRequests", "refusesGrants", "refusesSubmittedGrants")),
            Map.entry(Flaw.JOURNALS_WHAT_IT_REFUSES, List.of("refusesRequests", "refusesGrants")),
            Map.entry(Flaw.KEY_STAYS_TAKEN, List.of("endedFreesTheKey", "overdueDoesNotCoalesce")),
            Map.entry(Flaw.JOINS_OVERDUE, List.of("overdueDoesNotCoalesce", "lateEndLeavesTheNewRequestAlone")),
            Map.entry(Flaw.REPLACES_PENDING, List.of("coalesces", "manyAtOnceCreateOne")),
            Map.entry(Flaw.GRANT_COMES_LATE, List.of("approvalNeverWithoutGrant")),
            Map.entry(Flaw.NEWEST_FIRST, List.of("oldestFirst")),
            Map.entry(Flaw.INDEX_BY_SUBJECT_ONLY, List.of("index")),
            Map.entry(Flaw.HIDES_OVERDUE, List.of("overdueIncluded")),
            Map.entry(Flaw.FORGETS_USED_UP_GRANT, List.of("openUseCanEnd")),
            Map.entry(Flaw.OWN_CLOCK, List.of("isTheGivenOne", "overdueDoesNotCoalesce"))));

    @Test
    void aStoreWithoutFlawPasses() {
        FlawedStoreTwin.flaw = Flaw.NONE;

        assertThat(ContractRun.failures(FlawedStoreTwin.class)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> eachFlawIsCaught() {
        return Stream.of(Flaw.values())
                .filter(flaw -> flaw != Flaw.NONE)
                .map(flaw -> dynamicTest(flaw.name(), () -> {
                    FlawedStoreTwin.flaw = flaw;

                    ContractRun run = ContractRun.of(FlawedStoreTwin.class);

                    assertThat(run.started()).isGreaterThan(40);
                    assertThat(run.failed()).containsAll(CAUGHT_BY.get(flaw));
                }));
    }
}
