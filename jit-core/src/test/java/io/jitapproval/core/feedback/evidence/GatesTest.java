package io.jitapproval.core.feedback.evidence;

import static io.jitapproval.core.feedback.evidence.Pasts.ordinary;
import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.evidence.Certificate.How;
import io.jitapproval.core.feedback.evidence.Learner.Learnt;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("wall 16: what no evidence opens")
class GatesTest {

    private static final int SIZE = 2_000;

    private static Learnt learn(IntFunction<Pasts.One> each, Optional<Policy> policy) {
        List<PastDecision> all = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            all.add(each.apply(i).number(i));
        }
        return Learner.learn(
                Pasts.of(all), new Learner.Settings(0.05, 0.95, How.SPLIT, "m", policy, decision -> false));
    }

    private static Learnt learn(IntFunction<Pasts.One> each) {
        return learn(each, Optional.empty());
    }

    private static Optional<Policy> policy(String rules) {
        return Optional.of(Policy.parse(new PolicyText("p.json", "{\"default\": \"deny\", \"rules\": [" + rules + "]}")));
    }

    @Test
    @DisplayName("twin: the same evidence opens what is not closed")
    void open() {
        assertThat(learn(i -> ordinary(i)).suggestions()).hasSize(2).allMatch(Suggestion::passed);
        Optional<Policy> asks = policy("{\"id\": \"ask\", \"actions\": [\"*\"], \"effect\": \"require-approval\","
                + " \"approval\": {\"by\": {\"role\": \"BOSS\"}}}");
        assertThat(learn(i -> ordinary(i), asks).suggestions()).hasSize(2).allMatch(Suggestion::passed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jit.rule.resume",
                "policy.edit",
                "billing.policy.update",
                "role.assign",
                "iam:permission:grant",
                "break-glass.db"
            })
    @DisplayName("actions that change policy, give rights away or are emergencies")
    void closedActions(String action) {
        Learnt learnt = learn(i -> ordinary(i).action(action));
        assertThat(learnt.used()).isZero();
        assertThat(learnt.suggestions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment.refund", "access.request", "role.read", "policyholder.read", "grant.use"})
    @DisplayName("others are not")
    void openActions(String action) {
        assertThat(Gates.isClosed(action)).isFalse();
    }

    @Test
    @DisplayName("requests that say that they are risky")
    void risky() {
        assertThat(learn(i -> ordinary(i).with(Map.of("risk", "high"))).used()).isZero();
        assertThat(learn(i -> ordinary(i).with(Map.of("irreversible", true))).used()).isZero();
        assertThat(learn(i -> ordinary(i).with(Map.of("risk", "low"))).used()).isEqualTo(SIZE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"x\", \"actions\": [\"*\"], \"effect\": \"deny\"}",
                "{\"id\": \"x\", \"actions\": [\"*\"], \"effect\": \"require-approval\","
                        + " \"approval\": {\"by\": {\"role\": \"BOSS\"}, \"autoApproval\": \"never\"}}",
                "{\"id\": \"x\", \"actions\": [\"*\"], \"effect\": \"require-approval\", \"risk\": \"critical\","
                        + " \"approval\": {\"by\": {\"role\": \"BOSS\"}}}"
            })
    @DisplayName("what policy denies, closes to machines or calls risky")
    void closedByPolicy(String rule) {
        Learnt learnt = learn(i -> ordinary(i), policy(rule));
        assertThat(learnt.used()).isZero();
        assertThat(learnt.leftOut()).containsEntry("closed to machines", SIZE);
    }

    @Test
    @DisplayName("what only two subjects ask for, one person decides, or one day has seen")
    void several() {
        assertRefused(learn(i -> ordinary(i).by("user-" + i % 2)), "subjects stand behind it");
        assertRefused(learn(i -> ordinary(i).decidedBy("boss")), "one person decided all of it");
        assertRefused(
                learn(i -> ordinary(i).at(Pasts.START.plus(Duration.ofSeconds(i)))), "decided on one day");
    }

    private static void assertRefused(Learnt learnt, String why) {
        assertThat(learnt.suggestions()).isNotEmpty().noneMatch(Suggestion::passed);
        assertThat(learnt.suggestions()).anySatisfy(each -> assertThat(each.refusals())
                .anySatisfy(line -> assertThat(line).contains(why)));
        assertThat(learnt.suggestions()).allSatisfy(each -> assertThat(each.rules()).isEmpty());
    }

    @Test
    @DisplayName("where the history names nobody, that is not checked, and said")
    void unnamed() {
        Learnt learnt = learn(i -> ordinary(i).by(PastDecision.UNNAMED).decidedBy(""));
        Suggestion suggestion = learnt.suggestions().get(0);
        assertThat(suggestion.passed()).isTrue();
        assertThat(suggestion.certificate().notes())
                .anyMatch(note -> note.contains("does not name the subjects"))
                .anyMatch(note -> note.contains("does not name who decided"));
    }
}
