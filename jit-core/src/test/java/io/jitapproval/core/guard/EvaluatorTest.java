package io.jitapproval.core.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Action;
import io.jitapproval.AskingLimits;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Obligation;
import io.jitapproval.Reason;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.People;
import io.jitapproval.core.TimeSources;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.ObligationHandler;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.PolicySource.PolicyText;
import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 1: an obligation that nobody can fulfil denies, also where it comes up after the start")
class EvaluatorTest {

    private static final TimeSource TIME = TimeSources.system();
    private static final EvaluationRequest READ = new EvaluationRequest(
            Subject.user("ana"), List.of(), new Action("read", Map.of()), Resource.NONE, Map.of());
    private static final List<String> LOOSE = List.of(
            "\"allow\"", "\"auto-approve\"", "\"require-approval\", \"approval\": {\"by\": {\"person\": \"mia\"}}");

    private final Limited threads = new Limited(Threads.pool("jit-attribute", 4));

    @AfterEach
    void end() {
        threads.close();
    }

    private static Policy policy(String effect, String obligation) {
        return Policy.parse(new PolicyText(
                "policy.json",
                "{\"default\": \"deny\", \"rules\": [{\"id\": \"r\", \"actions\": [\"read\"], \"effect\": " + effect
                        + ", \"obligations\": [{\"id\": \"" + obligation + "\"}, {\"id\": \"log\"}]}]}"));
    }

    private Evaluator evaluator(Policy policy) {
        ObligationHandler nothing = (obligation, request, decision) -> {};
        PolicySource source = () -> List.of(new PolicyText("policy.json", ""));
        GuardSettings settings = new GuardSettings(
                new PolicySettings(
                        source, List.of(), policy, documents -> policy, failure -> List.of(), Optional.empty()),
                Optional::empty,
                People.nobody(),
                List.of(),
                Map.of("log", nothing, "mask", nothing),
                Map.of(),
                Map.of(),
                List.of(),
                AuditSinks.memory(1),
                GrantStores.memory(TIME),
                false,
                TIME,
                List.of(),
                List.of(),
                new SecretKeySpec(new byte[32], "HmacSHA256"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                AskingLimits.DEFAULT,
                Map.of());
        return new Evaluator(settings, new PolicyInForce(settings.policy(), TIME), new Attributes(settings, threads));
    }

    private static void check(Function<Policy, Decision> decider) {
        for (String effect : LOOSE) {
            assertThat(decider.apply(policy(effect, "mask")).kind()).isNotEqualTo(Decision.Kind.DENY);
            Decision denied = decider.apply(policy(effect, "unheard-of"));
            assertThat(denied.kind()).as(effect).isEqualTo(Decision.Kind.DENY);
            assertThat(denied.reason()).isEqualTo(Reason.OBLIGATION_UNKNOWN);
            assertThat(denied.obligations()).containsExactly(new Obligation("unheard-of", Map.of()));
        }
        assertThat(decider.apply(policy("\"deny\"", "unheard-of")).reason()).isEqualTo(Reason.POLICY_DENIED);
    }

    @Test
    @DisplayName("whatever would be permitted, now or by people, is denied, decided and explained alike")
    void denies() {
        check(policy -> evaluator(policy).decide(READ).decision());
        check(policy -> evaluator(policy).explained(READ));
        check(policy -> evaluator(policy).decide(READ).explained(Set.of()));
    }

    @Test
    @DisplayName("the check is sharp: the bare policy is found")
    void twin() {
        assertThatThrownBy(() -> check(policy -> policy.evaluate(READ, TIME.instant(), AttributeLookup.NONE)))
                .isInstanceOf(AssertionError.class);
    }
}
