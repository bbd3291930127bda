package io.jitapproval.walls.theirs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.GrantTerms;
import io.jitapproval.Requirement;
import io.jitapproval.walls.theirs.NaiveOffice.Bug;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("their bugs, not ours: votes")
class TheirBugsVotesTest {

    private static Requirement required(TheirBugs theirs) {
        return theirs.required()
                .apply(new Requirement(
                        Set.of(), Duration.ofHours(1), Duration.ofMinutes(15), GrantTerms.DEFAULT, false, false));
    }

    @TestFactory
    @DisplayName("ours does not have it")
    Stream<DynamicTest> ours() {
        return Arrays.stream(TheirBugs.values())
                .map(theirs -> DynamicTest.dynamicTest(theirs + ": " + theirs.claim, () -> {
                    try (Office office = new Office.Ours(theirs.required())) {
                        theirs.check(office);
                    }
                }));
    }

    @TestFactory
    @DisplayName("a naive office without a bug holds, so each check is about its bug alone")
    Stream<DynamicTest> naive() {
        return Arrays.stream(TheirBugs.values())
                .map(theirs -> DynamicTest.dynamicTest(
                        theirs.claim,
                        () -> theirs.check(new NaiveOffice(EnumSet.noneOf(Bug.class), required(theirs)))));
    }

    @TestFactory
    @DisplayName("broken twin: with the bug the same check fails")
    Stream<DynamicTest> twins() {
        return Arrays.stream(TheirBugs.values())
                .map(theirs -> DynamicTest.dynamicTest(
                        theirs.bugs() + " fails: " + theirs.claim,
                        () -> assertThatThrownBy(() -> theirs.check(new NaiveOffice(theirs.bugs(), required(theirs))))
                                .isInstanceOf(AssertionError.class)));
    }

    @Test
    @DisplayName("every bug has a check")
    void complete() {
        assertThat(Arrays.stream(TheirBugs.values()).flatMap(theirs -> theirs.bugs().stream()))
                .containsAll(EnumSet.allOf(Bug.class));
    }
}
