package io.jitapproval.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

/** Every operator over values that no sane caller has. */
@DisplayName("design §3: an evaluation never throws, explains what it decides, and knows no more from knowing less")
class ConditionFuzzTest {

    private static final List<Instant> TIMES = List.of(
            Instant.parse("2026-11-21T12:00:00Z"),
            Instant.parse("2026-12-25T23:59:59.999999999Z"),
            Instant.EPOCH,
            Instant.parse("-999999999-01-01T00:00:00Z"),
            Instant.parse("+999999999-12-31T00:00:00Z"));

    @FunctionalInterface
    interface Decider {
        Decision decide(Policy policy, EvaluationRequest request, Instant now);
    }

    @FuzzTest
    void conditions(FuzzedDataProvider data) {
        check(data, Verdicts::decide);
    }

    /** The answer to the richest request; empty if the drawn policy was refused. */
    static Optional<Decision> check(FuzzedDataProvider data, Decider decider) {
        boolean silent = data.consumeBoolean();
        Instant now = data.pickValue(TIMES);
        DrawnRequest drawn = DrawnRequest.of(data);
        Policy policy;
        try {
            policy = Policy.parse(new PolicyText("drawn.json", JsonOut.of(new Draw(data, silent).document())));
        } catch (JitConfigurationException e) {
            Verdicts.refused(e);
            return Optional.empty();
        }
        Decision decision = decider.decide(policy, drawn.request(), now);
        if (silent) {
            for (DrawnRequest poorer : drawn.poorer()) {
                Verdicts.assertNoLooser(decision, decider.decide(policy, poorer.request(), now));
            }
        }
        return Optional.of(decision);
    }
}
