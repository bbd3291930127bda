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
            Map.entry(
                    Flaw.NO_LOCK,
                    List.of(
                            "losesNoUpdate",
                            "manyAtOnceCreateOne",
                            "singleUseBeginsOnce",
                            "losesNoMessageUpdate",
                            "losesNoEntryUpdate",
                            "reachesWhatIsBeingChanged")),
            Map.entry(
                    Flaw.CLOCK_BEFORE_LOCK,
                    List.of("afterTheLockOfAGrant", "afterTheLockOfARequest", "afterTheLockOfAKey")),
            Map.entry(
                    Flaw.PUBLISHES_BEFORE_JOURNAL,
                    List.of("beforeSubmission", "beforeChange", "beforeUse", "entryNotBeforeTheRecords")),
            Map.entry(
                    Flaw.SWALLOWS_JOURNAL_FAILURE,
                    List.of(
                            "journalUndoesSubmission",
                            "journalUndoesChange",
                            "journalUndoes",
                            "journalUndoesMessage",
                            "undoneWithItsChange",
                            "undoneWithItsJournal")),
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
            Map.entry(Flaw.MESSAGES_ONLY_WITH_REQUESTS, List.of("comesWithEveryChange", "comesWithItsChange")),
            Map.entry(Flaw.MESSAGES_BEFORE_JOURNAL, List.of("undoneWithItsChange")),
            Map.entry(Flaw.MESSAGES_COME_LATE, List.of("neverApartFromItsChange")),
            Map.entry(Flaw.MESSAGES_COME_EARLY, List.of("neverApartFromItsChange")),
            Map.entry(Flaw.MESSAGES_WITHOUT_LOCK, List.of("losesNoMessageUpdate")),
            Map.entry(Flaw.ALL_THAT_WAIT_ARE_DUE, List.of("firstOfEachChannel", "deadMakesWay")),
            Map.entry(Flaw.DUE_TOO_EARLY, List.of("inOrderOfTime")),
            Map.entry(Flaw.DUE_IN_ANY_ORDER, List.of("inOrderOfTime")),
            Map.entry(Flaw.NEXT_IS_ANY, List.of("next")),
            Map.entry(Flaw.DEAD_BLOCKS, List.of("deadMakesWay")),
            Map.entry(Flaw.DEAD_FORGOTTEN, List.of("deadMakesWay")),
            Map.entry(Flaw.ENTRIES_ONLY_ALONE, List.of("comesWithItsChange", "seesWhatAnotherChangeBrings")),
            Map.entry(Flaw.ENTRIES_BEFORE_JOURNAL, List.of("undoneWithItsJournal", "entryNotBeforeTheRecords")),
            Map.entry(Flaw.ENTRIES_WITHOUT_LOCK, List.of("losesNoEntryUpdate", "seesWhatAnotherChangeBrings")),
            Map.entry(Flaw.ENTRIES_FOR_EVER, List.of("endIsExclusive", "overEntryMakesRoom")),
            Map.entry(Flaw.ENTRIES_WITHOUT_LIMIT, List.of("refusesEntries")),
            Map.entry(Flaw.FULL_FOR_WHAT_IS_THERE, List.of("refusesEntries")),
            Map.entry(Flaw.ONE_KIND_OF_ENTRY, List.of("kindsApart")),
            Map.entry(Flaw.VOIDS_BY_LIST, List.of("reachesWhatIsBeingChanged", "reachesWhatIsBeingGiven")),
            Map.entry(Flaw.VOIDS_BY_INSTANT, List.of("laterOnesStay")),
            Map.entry(Flaw.VOIDS_EVERYBODYS, List.of("thoseThatFit")),
            Map.entry(Flaw.VOIDS_BEFORE_JOURNAL, List.of("journalFailureVoidsNothing")),
            Map.entry(Flaw.VOIDS_WHAT_ENDED, List.of("endedStay", "expiredStay")),
            Map.entry(Flaw.VOIDS_WHAT_EXPIRED, List.of("expiredStay")),
            Map.entry(Flaw.VOIDED_STAY_LISTED, List.of("thoseThatFit")),
            Map.entry(Flaw.VOIDED_NEVER_LISTED, List.of("thoseThatFit")),
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

                    assertThat(run.started()).isGreaterThan(70);
                    assertThat(run.failed()).containsAll(CAUGHT_BY.get(flaw));
                }));
    }
}
