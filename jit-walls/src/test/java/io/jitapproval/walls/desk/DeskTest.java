package io.jitapproval.walls.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.walls.desk.NaiveDesk.Bug;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("walls 3 to 9: people, grants and time")
class DeskTest {

    @TestFactory
    @DisplayName("our desk holds")
    Stream<DynamicTest> ours() {
        return Arrays.stream(DeskChecks.values())
                .map(check -> DynamicTest.dynamicTest(check.claim, () -> {
                    try (OurDesk desk = new OurDesk(check.rules(), check.staff())) {
                        check.run(desk);
                    }
                }));
    }

    @TestFactory
    @DisplayName("a naive desk without a bug holds, so each check is about its bug alone")
    Stream<DynamicTest> naive() {
        return Arrays.stream(DeskChecks.values())
                .map(check -> DynamicTest.dynamicTest(
                        check.claim,
                        () -> check.run(new NaiveDesk(EnumSet.noneOf(Bug.class), check.rules(), check.staff()))));
    }

    @TestFactory
    @DisplayName("broken twin: with its bug the naive desk fails the check")
    Stream<DynamicTest> broken() {
        return Arrays.stream(DeskChecks.values())
                .map(check -> DynamicTest.dynamicTest(check.bug + " fails: " + check.claim, () -> {
                    NaiveDesk twin = new NaiveDesk(EnumSet.of(check.bug), check.rules(), check.staff());
                    assertThatThrownBy(() -> check.run(twin)).isInstanceOf(AssertionError.class);
                }));
    }

    @Test
    @DisplayName("every bug of the naive desk has a check")
    void complete() {
        assertThat(Arrays.stream(DeskChecks.values()).map(check -> check.bug)).containsAll(EnumSet.allOf(Bug.class));
    }
}
