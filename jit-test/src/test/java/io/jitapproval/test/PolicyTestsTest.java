package io.jitapproval.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

@DisplayName("policy tests as tests of JUnit")
class PolicyTestsTest {

    private static final Path DIRECTORY = Path.of("src/test/resources/policy-tests");

    @Test
    @DisplayName("each case is a test; one more for the coverage, which fails if a rule was never exercised")
    void coverage() {
        assertThat(outcomes(Half.class))
                .containsExactly(
                        "little: passed",
                        "ten: passed",
                        "every rule of " + DIRECTORY.resolve("policy.yaml") + " exercised: 1 of 2 rules of "
                                + DIRECTORY.resolve("policy.yaml")
                                + " are exercised, 50 %, and at least 100 % have to be; never exercised: large");
        assertThat(outcomes(HalfIsEnough.class)).hasSize(3).allMatch(outcome -> outcome.endsWith(": passed"));
        assertThat(outcomes(Plain.class)).containsExactly("little: passed", "ten: passed");
    }

    @Test
    @DisplayName("a failed case tells every difference and the explanation, and where it stands")
    void failed() {
        assertThat(outcomes(Wrong.class)).containsExactly("right: passed", """
                        wrong: src/test/resources/policy-tests/wrong.test.yaml:5 wrong
                          expected decision permit, was deny by large
                          expected rules [small], was [large]
                        DENY                pay by ana
                          large  deny   matched   action.amount 11 is more than 10
                          small  allow  no match  action.amount 11 is not at most 10
                        policy 50f3…1e
                        time   2026-03-02T14:12:00Z""");
        assertThat(PolicyTests.of(DIRECTORY.resolve("wrong.test.yaml")).tests())
                .allSatisfy(
                        node -> assertThat(node.getTestSourceUri().orElseThrow().toString())
                                .matches("file:.*/policy-tests/wrong.test.yaml\\?line=[45]&column=5"));
    }

    @Test
    @DisplayName("a directory is a container for each of its files, and one test for the coverage of all of them")
    void directory() {
        List<DynamicNode> nodes = PolicyTests.of(DIRECTORY.resolve("several"))
                .everyRuleExercised()
                .tests()
                .toList();
        assertThat(nodes)
                .extracting(DynamicNode::getDisplayName)
                .containsExactly(
                        DIRECTORY.resolve("several/a.test.yaml").toString(),
                        DIRECTORY.resolve("several/b.test.yaml").toString(),
                        "every rule of " + DIRECTORY.resolve("several/policy.yaml") + " exercised");
        assertThat(outcomes(Several.class)).hasSize(5).allMatch(outcome -> outcome.endsWith(": passed"));
    }

    @Test
    @DisplayName("wall 1: a file without cases fails the factory; broken twin: one that gives no tests, and so passes")
    void nothing() {
        assertThat(succeeds(None.class)).isFalse();
        assertThat(succeeds(TwinOfNone.class))
                .as("JUnit lets a factory without tests pass")
                .isTrue();
        assertThatThrownBy(() -> PolicyTests.of().tests()).hasMessageContaining("JIT-T001");
        assertThatThrownBy(() -> PolicyTests.of().rulesExercised(-1)).hasMessageContaining("but was -1");
    }

    private static boolean succeeds(Class<?> tests) {
        return run(tests).allEvents().failed().count() == 0;
    }

    private static EngineExecutionResults run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectClass(tests))
                .execute();
    }

    private static List<String> outcomes(Class<?> tests) {
        return run(tests).testEvents().finished().stream()
                .map(PolicyTestsTest::outcome)
                .toList();
    }

    private static String outcome(Event event) {
        return event.getTestDescriptor().getDisplayName() + ": "
                + event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .map(thrown -> Objects.requireNonNull(thrown.getMessage()))
                        .orElse("passed");
    }

    static class Plain {
        @TestFactory
        Stream<DynamicNode> tests() {
            return PolicyTests.of(DIRECTORY.resolve("one.test.yaml")).tests();
        }
    }

    static class Half {
        @TestFactory
        Stream<DynamicNode> tests() {
            return PolicyTests.of(DIRECTORY.resolve("one.test.yaml"))
                    .everyRuleExercised()
                    .tests();
        }
    }

    static class HalfIsEnough {
        @TestFactory
        Stream<DynamicNode> tests() {
            return PolicyTests.of(DIRECTORY.resolve("one.test.yaml"))
                    .rulesExercised(50)
                    .tests();
        }
    }

    static class Wrong {
        @TestFactory
        Stream<DynamicNode> tests() {
            return PolicyTests.of(DIRECTORY.resolve("wrong.test.yaml")).tests();
        }
    }

    static class Several {
        @TestFactory
        Stream<DynamicNode> tests() {
            return PolicyTests.of(DIRECTORY.resolve("several"))
                    .everyRuleExercised()
                    .tests();
        }
    }

    static class None {
        @TestFactory
        Stream<DynamicNode> tests() {
            return PolicyTests.of(DIRECTORY.resolve("none.test.yaml")).tests();
        }
    }

    static class TwinOfNone {
        @TestFactory
        Stream<DynamicTest> tests() {
            return Stream.of();
        }
    }
}
