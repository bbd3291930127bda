package io.jitapproval.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jitapproval.test.contract.FlawedChannel.Flaw;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The contract catches what it is there to catch: each flaw makes the test fail that is named for it. */
class ApprovalChannelContractTest {

    private static final Map<Flaw, String> CAUGHT_BY = new EnumMap<>(Map.ofEntries(
            Map.entry(Flaw.LEAVES_OUT_THE_REASON, "isWhole"),
            Map.entry(Flaw.SHOWS_HIDDEN_VALUES, "hides"),
            Map.entry(Flaw.PASSES_CONTROL_SIGNS, "cannotForge"),
            Map.entry(Flaw.THROWS_THE_SECOND_TIME, "twice"),
            Map.entry(Flaw.LOSES_CONCURRENT_ONES, "manyAtOnce"),
            Map.entry(Flaw.KNOWS_ONLY_QUESTIONS, "withoutQuestion"),
            Map.entry(Flaw.KNOWS_NO_REMINDERS, "everyKind"),
            Map.entry(Flaw.SHOWS_NOTES_AS_THEY_COME, "everyKind"),
            Map.entry(Flaw.CANNOT_CLOSE_EARLY, "closes"),
            Map.entry(Flaw.NAME_CHANGES, "name"),
            Map.entry(Flaw.SWALLOWS_FAILURES, "tellsFailure"),
            Map.entry(Flaw.VOTES_WITHOUT_BINDING, "approves"),
            Map.entry(Flaw.VOTES_FOR_SOMEBODY_ELSE, "approves"),
            Map.entry(Flaw.NAMES_NO_CHANNEL, "approves"),
            Map.entry(Flaw.TURNS_NO_INTO_YES, "denies"),
            Map.entry(Flaw.DECIDES_ON_ITS_OWN, "nobodyAnswersAlone"),
            Map.entry(Flaw.TELLS_THE_FIRST_OF_A_DIGEST, "wholeTogether"),
            Map.entry(Flaw.TELLS_HALF_OF_A_LARGE_DIGEST, "mostTogether"),
            Map.entry(Flaw.SHOWS_HIDDEN_VALUES_IN_DIGESTS, "hidesTogether"),
            Map.entry(Flaw.THROWS_AT_THE_SECOND_DIGEST, "twiceTogether"),
            Map.entry(Flaw.KNOWS_NOTHING_OF_ITS_DIGESTS, "followedUp"),
            Map.entry(Flaw.SWALLOWS_FAILED_DIGESTS, "tellsFailureTogether"),
            Map.entry(Flaw.DECIDES_ON_DIGESTS, "nobodyAnswersTogether")));

    @Test
    void aChannelWithoutFlawPasses() {
        FlawedChannelTwin.flaw = Flaw.NONE;

        assertThat(ContractRun.failures(FlawedChannelTwin.class)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> eachFlawIsCaught() {
        return Stream.of(Flaw.values())
                .filter(flaw -> flaw != Flaw.NONE)
                .map(flaw -> dynamicTest(flaw.name(), () -> {
                    FlawedChannelTwin.flaw = flaw;

                    assertThat(ContractRun.of(FlawedChannelTwin.class).failed()).contains(CAUGHT_BY.get(flaw));
                }));
    }

    @Test
    void aChannelThatChangesItsMessagesPasses() {
        FlawedChatTwin.flaw = FlawedChat.Flaw.NONE;

        assertThat(ContractRun.failures(FlawedChatTwin.class)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> eachFlawOfChangingIsCaught() {
        return Stream.of(FlawedChat.Flaw.values())
                .filter(flaw -> flaw != FlawedChat.Flaw.NONE)
                .map(flaw -> dynamicTest(flaw.name(), () -> {
                    FlawedChatTwin.flaw = flaw;

                    assertThat(ContractRun.of(FlawedChatTwin.class).failed()).contains(flaw.caughtBy);
                }));
    }
}
