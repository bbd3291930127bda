package io.jitapproval.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Action;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Reason;
import io.jitapproval.core.policy.Policy;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The target of conditions on random data, so that each build tries it, and its broken twins. */
@DisplayName("design §3: conditions on random data")
class ConditionLawsTest {

    private static final int TRIES = 5_000;

    @Test
    @DisplayName("the laws hold, and every kind of answer is seen")
    void holds() {
        Map<Decision.Kind, Integer> seen = new EnumMap<>(Decision.Kind.class);
        Random random = new Random(20261121);
        for (int i = 0; i < TRIES; i++) {
            ConditionFuzzTest.check(RandomData.of(random), Verdicts::decide)
                    .ifPresent(decision -> seen.merge(decision.kind(), 1, Integer::sum));
        }
        assertThat(seen).allSatisfy((kind, times) -> assertThat(times).isGreaterThan(TRIES / 100));
        assertThat(seen).hasSize(Decision.Kind.values().length);
    }

    @Test
    @DisplayName("broken twin: an engine to which a missing attribute is no obstacle loosens by it")
    void twinThatLoosens() {
        assertBroken(ConditionLawsTest::careless);
    }

    private static Decision careless(Policy policy, EvaluationRequest request, Instant now) {
        Decision decision = Verdicts.decide(policy, request, now);
        boolean unknown = !Verdicts.explained(policy, request, now)
                .explanation()
                .unknown()
                .isEmpty();
        return unknown
                ? new Decision.Permit(
                        Reason.POLICY_ALLOWED,
                        List.of(),
                        decision.policy(),
                        Optional.empty(),
                        List.of(),
                        decision.explanation())
                : decision;
    }

    @Test
    @DisplayName("broken twin: an engine that throws at a value it does not know")
    void twinThatThrows() {
        assertThatThrownBy(() -> run((policy, request, now) -> {
                    Object value = request.context().get("a");
                    return value instanceof byte[] ? (Decision) value : Verdicts.decide(policy, request, now);
                }))
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    @DisplayName("broken twin: an explanation that leaves out what it must not show, and so explains another decision")
    void twinThatDrifts() {
        assertThatThrownBy(() -> run((policy, request, now) ->
                        Verdicts.decide(policy, request, now, ConditionLawsTest::explainedWithoutHidden)))
                .isInstanceOf(AssertionError.class)
                .hasStackTraceContaining("Verdicts.assertSame");
    }

    private static Decision explainedWithoutHidden(Policy policy, EvaluationRequest request, Instant now) {
        Map<String, Object> shown = new HashMap<>(request.action().properties());
        shown.remove("hidden");
        EvaluationRequest less = new EvaluationRequest(
                request.subject(),
                List.of(),
                new Action(request.action().name(), shown),
                request.resource(),
                request.context());
        return Verdicts.explained(policy, less, now);
    }

    private static void assertBroken(ConditionFuzzTest.Decider decider) {
        assertThatThrownBy(() -> run(decider)).isInstanceOf(AssertionError.class);
    }

    private static void run(ConditionFuzzTest.Decider decider) {
        Random random = new Random(7);
        for (int i = 0; i < TRIES; i++) {
            ConditionFuzzTest.check(RandomData.of(random), decider);
        }
    }
}
