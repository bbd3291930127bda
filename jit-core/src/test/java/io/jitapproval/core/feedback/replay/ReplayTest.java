package io.jitapproval.core.feedback.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.Ref;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.replay.Replay.Options;
import io.jitapproval.core.feedback.replay.Simulation.Denial;
import io.jitapproval.core.feedback.replay.Simulation.Flips;
import io.jitapproval.core.feedback.replay.Simulation.Slice;
import io.jitapproval.core.feedback.stats.Binomial;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("replay: what a policy would have answered to the decisions of the past")
class ReplayTest {

    /** Denies from 1000 on, asks people from 100 on, approves the rest. */
    private static final String THREE_WAYS =
            """
            default: deny
            rules:
              - { id: small, actions: [payment.refund], when: { action.amount: { lessThan: 100 } }, effect: auto-approve }
              - id: middle
                actions: [payment.refund]
                when: { action.amount: { atLeast: 100, lessThan: 1000 } }
                effect: require-approval
                approval: { by: { group: finance } }
            """;

    private static final String SMALL_ONES =
            """
            rules:
              - { id: small, actions: [payment.refund], when: { action.amount: { lessThan: 100 } }, effect: auto-approve }
            """;

    private static final int PERMIT = 10;
    private static final int ASK = 100;
    private static final int DENY = 1000;

    private final Pasts past = new Pasts();

    private static Proposal proposal(String... documents) {
        return Proposal.read(
                java.util.stream.IntStream.range(0, documents.length)
                        .mapToObj(i -> new PolicyText("p" + i + ".yaml", documents[i]))
                        .toList(),
                List.of());
    }

    private Simulation run(String... documents) {
        return Replay.run(proposal(documents), past, Options.ALL);
    }

    @Test
    @DisplayName("every route and result has its class under every answer")
    void classes() {
        for (int amount : new int[] {PERMIT, ASK, DENY}) {
            past.one(Route.PEOPLE, Result.APPROVED).amount(amount).add();
            past.one(Route.PEOPLE, Result.DENIED).amount(amount).add();
            past.one(Route.AUDIT, Result.EXPIRED).amount(amount).add();
            past.one(Route.RULE, Result.APPROVED).amount(amount).add();
            past.one(Route.POLICY, Result.DENIED).amount(amount).add();
        }
        assertThat(run(THREE_WAYS).flips()).isEqualTo(new Flips(2, 1, 2, 1, 2, 3, 1, 3));
        assertThat(run(SMALL_ONES).flips()).isEqualTo(new Flips(2, 0, 2, 0, 0, 6, 3, 2));
    }

    @Test
    @DisplayName("decisions by rules and policy are no evidence: they are in the flips, and never right or wrong")
    void noEvidence() {
        past.one(Route.RULE, Result.APPROVED).add(5);
        past.one(Route.POLICY, Result.DENIED).add(5);
        past.one(Route.PEOPLE, Result.EXPIRED).add(5);
        Simulation simulation = run(SMALL_ONES);
        assertThat(simulation.flips().denyToApprove()).isEqualTo(5);
        assertThat(simulation.flips().peopleToAuto()).isEqualTo(5);
        assertThat(simulation.people().byPeople()).isZero();
        assertThat(simulation.people().wrongBound()).isEqualTo(1);
        assertThat(simulation.saved().approvals()).isZero();
    }

    @Test
    @DisplayName("coverage, wrong approvals and their bound count what people decided")
    void agreement() {
        past.one(Route.PEOPLE, Result.APPROVED).add(170);
        past.one(Route.PEOPLE, Result.DENIED).add();
        past.one(Route.PEOPLE, Result.APPROVED).outcome(Outcome.REVERSED).add(2);
        past.one(Route.PEOPLE, Result.DENIED).amount(DENY).add(27);
        Simulation simulation = run(SMALL_ONES);
        assertThat(simulation.people().byPeople()).isEqualTo(200);
        assertThat(simulation.people().coverage()).isEqualTo(173 / 200.0);
        assertThat(simulation.people().wrongRate()).isEqualTo(1 / 173.0);
        assertThat(simulation.people().wrongBound()).isEqualTo(Binomial.upper(1, 173, 0.95));
        assertThat(simulation.people().laterWrong()).isEqualTo(2);
    }

    @Test
    @DisplayName("a denial that would turn into an approval is named with who denied, what permits it and why")
    void denials() {
        past.one(Route.PEOPLE, Result.APPROVED).add();
        past.one(Route.PEOPLE, Result.DENIED).amount(42).add();
        past.one(Route.UNKNOWN, Result.DENIED).add();
        Simulation simulation = run(SMALL_ONES);
        assertThat(simulation.denyToApprove()).hasSize(2);
        assertThat(simulation.denyToApprove().get(0))
                .isEqualTo(new Denial(
                        "d2",
                        "past.jsonl:2",
                        Pasts.START.plus(Duration.ofHours(1)),
                        Ref.user("ana"),
                        "payment.refund",
                        new Ref("order", "2"),
                        Route.PEOPLE,
                        List.of(Ref.user("mia")),
                        List.of("small"),
                        "action.amount 42 is less than 100",
                        false));
        Simulation shorter = Replay.run(
                proposal(SMALL_ONES),
                past,
                new Options(Optional.empty(), Optional.empty(), 0.95, 1, Optional.empty()));
        assertThat(shorter.denyToApprove()).hasSize(1);
        assertThat(shorter.unlisted()).isEqualTo(1);
        assertThat(shorter.flips()).isEqualTo(simulation.flips());
    }

    @Test
    @DisplayName("what says nothing of the request is counted with its reason")
    void unevaluable() {
        past.one(Route.PEOPLE, Result.CANCELLED).add(3);
        past.one(Route.PEOPLE, Result.FAILED).add(2);
        past.one(Route.PEOPLE, Result.PENDING).add();
        past.one(Route.BREAK_GLASS, Result.APPROVED).add();
        past.one(Route.UNKNOWN, Result.APPROVED).add();
        Simulation simulation = run(SMALL_ONES);
        assertThat(simulation.evaluable()).isZero();
        assertThat(simulation.unevaluable())
                .containsExactly(
                        Map.entry("withdrawn", 3L),
                        Map.entry("failed, which says nothing of the request", 2L),
                        Map.entry(Flip.EMERGENCY, 1L),
                        Map.entry("still open", 1L),
                        Map.entry(Flip.NOBODY_SAYS, 1L));
    }

    private static final String BY_RISK =
            """
            rules:
              - { id: calm, actions: ["*"], when: { context.risk: { atMost: 10, ifAbsent: true } }, effect: auto-approve }
            """;

    @Test
    @DisplayName("before a history records an attribute nobody can tell; from then on a decision without it had none")
    void recordedSince() {
        past.one(Route.PEOPLE, Result.APPROVED).add(2);
        past.one(Route.PEOPLE, Result.APPROVED).context("risk", 5).add();
        past.one(Route.PEOPLE, Result.APPROVED).add();
        past.one(Route.PEOPLE, Result.APPROVED).action("order.cancel").add();
        past.one(Route.PEOPLE, Result.APPROVED).policy("a guard of ours").add();
        Simulation simulation = run(BY_RISK);
        assertThat(simulation.unevaluable()).containsExactly(Map.entry("context.risk is not on record", 4L));
        assertThat(simulation.people().covered()).isEqualTo(2);
    }

    @Test
    @DisplayName("what the guard asked for in vain is unknown to the policy too; what was hidden or cut cannot be told")
    void knownToBeUnknown() {
        past.one(Route.PEOPLE, Result.APPROVED).context("risk", 5).add();
        past.one(Route.PEOPLE, Result.APPROVED).more("unknown", List.of("context.risk")).add();
        past.one(Route.PEOPLE, Result.APPROVED).more("hidden", List.of("context.risk")).add();
        past.one(Route.PEOPLE, Result.APPROVED).more("cut", List.of("attributes")).add();
        Simulation simulation = run(BY_RISK);
        assertThat(simulation.flips().peopleToAuto()).isEqualTo(1);
        assertThat(simulation.flips().stillPeople()).isEqualTo(1);
        assertThat(simulation.unevaluable())
                .containsOnly(
                        Map.entry("context.risk was hidden or cut", 1L), Map.entry("context.risk was cut", 1L));
    }

    @Test
    @DisplayName("a denial that would be approved is told even if an attribute is not on record: nothing hides it")
    void nothingHides() {
        past.one(Route.PEOPLE, Result.DENIED).add();
        Simulation simulation = run(BY_RISK, SMALL_ONES);
        assertThat(simulation.denyToApprove()).hasSize(1);
        assertThat(simulation.unevaluable()).isEmpty();
    }

    @Test
    @DisplayName("a policy that names the subject says nothing where the history does not")
    void unnamed() {
        String others = "rules: [{ id: o, actions: ['*'], when: { subject.id: { in: [ana] } }, effect: auto-approve }]";
        past.one(Route.PEOPLE, Result.APPROVED).by(PastDecision.UNNAMED).add();
        past.one(Route.PEOPLE, Result.APPROVED).add();
        Simulation simulation = run(others);
        assertThat(simulation.unevaluable()).containsOnlyKeys("the history does not name the subject");
        assertThat(simulation.people().covered()).isEqualTo(1);
    }

    @Test
    @DisplayName("evidence without a model cannot be told, whatever the decision")
    void noModel() {
        String scored = "rules: [{ id: s, actions: ['*'], when: { evidence.m.score: { atLeast: 0 } }, effect: auto-approve }]";
        past.one(Route.PEOPLE, Result.APPROVED).add(3);
        assertThat(run(scored).unevaluable())
                .containsExactly(Map.entry("there is no model 'm', which the policy asks", 3L));
    }

    @Test
    @DisplayName("rules with times are asked at the moment of the decision, not today")
    void clock() {
        String march =
                """
                rules:
                  - id: march
                    actions: ["*"]
                    effect: auto-approve
                    notBefore: "2026-03-02T10:00:00Z"
                    expires: "2026-03-02T12:00:00Z"
                """;
        past.one(Route.PEOPLE, Result.APPROVED).add(0);
        for (int i = 0; i < 6; i++) {
            past.one(Route.PEOPLE, Result.APPROVED).add();
        }
        assertThat(run(march).people().covered()).isEqualTo(2);
    }

    @Test
    @DisplayName("only what was asked from one time on and before another is looked at")
    void window() {
        for (int i = 0; i < 10; i++) {
            past.one(Route.PEOPLE, Result.APPROVED).add();
        }
        Instant from = Pasts.START.plus(Duration.ofHours(2));
        Instant to = Pasts.START.plus(Duration.ofHours(5));
        Simulation simulation = Replay.run(
                proposal(SMALL_ONES),
                past,
                new Options(Optional.of(from), Optional.of(to), 0.95, 10, Optional.empty()));
        assertThat(simulation.decisions()).isEqualTo(3);
        assertThat(simulation.from()).contains(from);
        assertThat(simulation.to()).contains(to.minus(Duration.ofHours(1)));
    }

    @Test
    @DisplayName("what is saved: approvals a week, waiting in all and in the middle")
    void saved() {
        past.one(Route.PEOPLE, Result.APPROVED).wait(Duration.ofMinutes(1)).add(2);
        past.one(Route.PEOPLE, Result.APPROVED).wait(Duration.ofMinutes(10)).add();
        past.one(Route.PEOPLE, Result.APPROVED).wait(Duration.ofHours(5)).add(2);
        past.one(Route.PEOPLE, Result.DENIED).wait(Duration.ofHours(9)).add();
        past.one(Route.PEOPLE, Result.APPROVED)
                .at(Pasts.START.plus(Duration.ofDays(14)))
                .add();
        Simulation.Saved saved = run(SMALL_ONES).saved();
        assertThat(saved.approvals()).isEqualTo(6);
        assertThat(saved.perWeek()).isEqualTo(3);
        assertThat(saved.waiting()).isEqualTo(Duration.ofMinutes(612));
        assertThat(saved.medianWait()).contains(Duration.ofMinutes(10));
        assertThat(saved.timed()).isEqualTo(5);
    }

    @Test
    @DisplayName("blind samples count as often as their probability says, beside what was counted")
    void weighted() {
        past.one(Route.PEOPLE, Result.APPROVED).amount(DENY).add(60);
        past.one(Route.AUDIT, Result.APPROVED).probability(0.1).add(8);
        past.one(Route.AUDIT, Result.DENIED).probability(0.1).add(2);
        past.one(Route.AUDIT, Result.APPROVED).add();
        Simulation simulation = run(SMALL_ONES);
        assertThat(simulation.people().coverage()).isEqualTo(11 / 71.0);
        assertThat(simulation.weighted().sampled()).isEqualTo(10);
        assertThat(simulation.weighted().unusable()).isEqualTo(1);
        assertThat(simulation.weighted().coverage()).isCloseTo(100 / 160.0, within(1e-12));
        assertThat(simulation.weighted().wrongRate()).isCloseTo(0.2, within(1e-12));
        assertThat(simulation.weighted().effective()).isCloseTo(10, within(1e-9));
    }

    @Test
    @DisplayName("an average does not hide the part that is wrong: it is named")
    void worst() {
        past.one(Route.PEOPLE, Result.APPROVED).subject("department", "support").add(500);
        past.one(Route.PEOPLE, Result.APPROVED).subject("department", "sales").add(80);
        past.one(Route.PEOPLE, Result.DENIED).subject("department", "sales").add(20);
        past.one(Route.PEOPLE, Result.DENIED).subject("department", "tiny").add(20);
        Slice worst = run(SMALL_ONES).worst().orElseThrow();
        assertThat(worst.name()).isEqualTo("subject.department=sales");
        assertThat(worst.people().wrongRate()).isEqualTo(0.2);
    }

    @Test
    @DisplayName("parts: by action, by type of resource and by month, each with its own bound")
    void parts() {
        past.one(Route.PEOPLE, Result.APPROVED).add(3);
        past.one(Route.PEOPLE, Result.DENIED).action("order.cancel").add(2);
        past.one(Route.PEOPLE, Result.APPROVED)
                .at(Instant.parse("2026-04-01T00:00:00Z"))
                .add();
        Simulation simulation = run(SMALL_ONES);
        assertThat(simulation.byAction()).extracting(Slice::name).containsExactly("order.cancel", "payment.refund");
        assertThat(simulation.byResourceType()).extracting(Slice::name).containsExactly("order");
        assertThat(simulation.byMonth()).extracting(Slice::name).containsExactly("2026-03", "2026-04");
        assertThat(simulation.byMonth().get(0).people().covered()).isEqualTo(3);
        assertThat(simulation.byAction().get(1).people().wrongBound()).isEqualTo(Binomial.upper(0, 4, 0.95));
    }

    @Test
    @DisplayName("decisions that the policy was learnt from are counted apart, by the certificate's history and times")
    void inSample() {
        past.one(Route.PEOPLE, Result.DENIED).add();
        past.one(Route.PEOPLE, Result.APPROVED).add();
        past.one(Route.PEOPLE, Result.DENIED).add();
        String times = "\"learntFrom\": \"2026-03-02T00:00:00Z\", \"learntTo\": \"2026-03-02T09:00:00Z\"";
        Simulation.Samples samples = samples("{\"history\": \"past.jsonl\", \"of\": [{" + times + "}]}")
                .orElseThrow();
        assertThat(samples.inSample().people().byPeople()).isEqualTo(2);
        assertThat(samples.outOfSample().people().byPeople()).isEqualTo(1);
        assertThat(samples("{" + times + "}")).contains(samples);
        assertThat(samples("{\"history\": [\"other.jsonl\"], " + times + "}")
                        .orElseThrow()
                        .inSample()
                        .evaluable())
                .isZero();
        assertThat(samples("{}")).isEmpty();
        assertThatThrownBy(() -> samples("{\"learntFrom\": \"spring\"}"))
                .isInstanceOf(JitConfigurationException.class)
                .hasMessageContaining("'spring' is no time with an offset");
    }

    private Optional<Simulation.Samples> samples(String certificate) {
        LearntFrom learnt = LearntFrom.read(new PolicyText("certificate.json", certificate));
        Simulation simulation = Replay.run(
                proposal(SMALL_ONES),
                past,
                new Options(Optional.empty(), Optional.empty(), 0.95, 10, Optional.of(learnt)));
        assertThat(simulation.people().byPeople()).isEqualTo(3);
        return simulation.samples();
    }

    @Test
    @DisplayName("documents without a default are a fragment, with one a policy, and their faults are those of either")
    void fragments() {
        assertThat(proposal(SMALL_ONES).fragment()).isTrue();
        assertThat(proposal(THREE_WAYS).fragment()).isFalse();
        assertThat(proposal("default: deny\nrules: []", SMALL_ONES).fragment()).isFalse();
        assertThat(proposal("default: { require-approval: { by: { group: g } } }\nrules: []", SMALL_ONES)
                        .fragment())
                .isFalse();
        assertThatThrownBy(() -> proposal("rules: [{ id: a }]"))
                .isInstanceOfSatisfying(JitConfigurationException.class, e -> assertThat(e.getMessage())
                        .contains("actions")
                        .doesNotContain("default"));
        assertThatThrownBy(() -> proposal("default: { require-approval: { by: { group: g } } }\nrules: [{ id: a }]"))
                .hasMessageNotContaining("default");
    }

    @Test
    @DisplayName("the median of waits is exact to a percent, and exact where they are alike")
    void waits() {
        Waits waits = new Waits();
        assertThat(waits.median()).isEmpty();
        for (long i = 1; i <= 999; i++) {
            waits.add(Duration.ofMillis(i * i * i));
        }
        assertThat((double) waits.median().orElseThrow().toMillis()).isCloseTo(500.0 * 500 * 500, within(1_250_000.0));
        Waits longest = new Waits();
        longest.add(Duration.ofMillis(Long.MAX_VALUE));
        longest.add(Duration.ofSeconds(-5));
        assertThat(longest.median()).contains(Duration.ZERO);
    }
}
