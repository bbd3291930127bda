package io.jitapproval.core.feedback.evidence;

import static io.jitapproval.core.feedback.evidence.Pasts.learn;
import static io.jitapproval.core.feedback.evidence.Pasts.letsThrough;
import static io.jitapproval.core.feedback.evidence.Pasts.only;
import static io.jitapproval.core.feedback.evidence.Pasts.ordinary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.evidence.Certificate.How;
import io.jitapproval.core.feedback.evidence.Learner.Learnt;
import io.jitapproval.core.feedback.evidence.Suggestion.Form;
import io.jitapproval.core.feedback.synthetic.SyntheticHistory;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("wall 16: what is suggested was proved on decisions that it was not learnt from")
class LearnerTest {

    private static final double EPSILON = 0.02;

    private static List<PastDecision> synthetic(SyntheticHistory.Settings settings) {
        return Pasts.list(new SyntheticHistory(settings));
    }

    /** Coverage and the share of wrong ones on decisions that nobody has looked at. */
    private record Met(double coverage, double wrong) {}

    private static Met meet(Learnt learnt, Form form, List<PastDecision> unseen) {
        Suggestion suggestion = only(learnt, form);
        Optional<Policy> rules = form == Form.RULES ? Optional.of(policy(suggestion)) : Optional.empty();
        int covered = 0;
        int wrong = 0;
        for (PastDecision decision : unseen) {
            boolean through = rules.isPresent()
                    ? rules.get()
                                    .evaluate(decision.request(), decision.opened(), AttributeLookup.NONE)
                                    .kind()
                            == io.jitapproval.Decision.Kind.PERMIT
                    : letsThrough(learnt, suggestion, decision);
            covered += through ? 1 : 0;
            wrong += through && !decision.isApproved() ? 1 : 0;
        }
        return new Met((double) covered / unseen.size(), covered == 0 ? 0 : (double) wrong / covered);
    }

    private static Policy policy(Suggestion suggestion) {
        return Policy.parse(new PolicyText(
                "suggested.json", Plain.json(Map.of("default", "deny", "rules", suggestion.rules()))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3})
    @DisplayName("on histories of the shape of real ones, most is covered, and less than ε of that is wrong")
    void figures(long seed) {
        List<PastDecision> all = synthetic(SyntheticHistory.Settings.of(seed, 32_000));
        Collections.shuffle(all, new Random(seed));
        List<PastDecision> unseen = all.subList(0, 6_400);
        List<PastDecision> seen = all.subList(6_400, all.size());
        Learnt split = learn(seen, How.SPLIT, EPSILON);
        Learnt crossed = learn(seen, How.CROSSFIT, EPSILON);

        assertThat(meet(split, Form.SCORE, unseen).coverage()).isGreaterThan(0.67);
        assertThat(meet(crossed, Form.SCORE, unseen).coverage()).isGreaterThan(0.78);
        assertThat(meet(crossed, Form.RULES, unseen).coverage()).isGreaterThan(0.52);
        for (Learnt learnt : List.of(split, crossed)) {
            // What is proved of a rate holds for a sample of it but for chance.
            assertThat(meet(learnt, Form.SCORE, unseen).wrong()).isLessThan(EPSILON * 1.2);
            assertThat(meet(learnt, Form.RULES, unseen).wrong()).isLessThan(EPSILON * 1.2);
        }
    }

    @Test
    @DisplayName("over resplits the promise is broken no more often than it may be")
    void resplits() {
        List<PastDecision> all = synthetic(SyntheticHistory.Settings.of(4, 10_000));
        int runs = 20;
        int broken = 0;
        int passed = 0;
        for (int run = 0; run < runs; run++) {
            Collections.shuffle(all, new Random(run));
            Learnt learnt = learn(all.subList(3_000, all.size()), How.SPLIT, 0.03);
            Met met = meet(learnt, Form.SCORE, all.subList(0, 3_000));
            passed += met.coverage() > 0 ? 1 : 0;
            broken += met.wrong() > 0.03 ? 1 : 0;
        }
        assertThat(passed).isGreaterThan(15);
        // Of 20 at 5 %, more than 3 in less than 2 of 100 series.
        assertThat(broken).isLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(How.class)
    @DisplayName("from answers thrown by a die nothing is learnt")
    void random(How how) {
        for (long seed = 1; seed <= 5; seed++) {
            SyntheticHistory.Settings settings =
                    new SyntheticHistory.Settings(seed, 6_000, 0.058, 0.004, true, 1, 0, 0);
            Learnt learnt = learn(synthetic(settings), how, 0.03);
            assertThat(learnt.suggestions()).isNotEmpty().noneMatch(Suggestion::passed);
        }
    }

    @Test
    @DisplayName("where people change their minds, nothing is suggested of what they think otherwise of now")
    void drift() {
        SyntheticHistory.Settings settings = new SyntheticHistory.Settings(1, 20_000, 0.058, 0.004, false, 0.8, 0, 0);
        Learnt learnt = learn(synthetic(settings), How.SPLIT, EPSILON);
        assertThat(learnt.suggestions()).hasSize(2).noneMatch(Suggestion::passed);
    }

    @Test
    @DisplayName("late drift shows in the newest decisions also where most of those checked are older")
    void lateDrift() {
        List<PastDecision> all = new ArrayList<>(Pasts.clean(4_000));
        for (int i = 4_000; i < 4_800; i++) {
            all.add(ordinary(i).approved(i % 11 != 0 && i % 2 != 0).number(i));
        }
        assertThat(only(learn(all, How.CROSSFIT, 0.2), Form.SCORE).passed()).isFalse();
        assertThat(only(learn(Pasts.clean(4_800), How.CROSSFIT, 0.2), Form.SCORE).passed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(How.class)
    @DisplayName("what is clean is found, by score and by rules")
    void clean(How how) {
        Learnt learnt = learn(Pasts.clean(2_000), how, EPSILON);
        assertThat(learnt.suggestions()).hasSize(2).allMatch(Suggestion::passed);
        assertThat(only(learnt, Form.SCORE).certificate().coverage()).isGreaterThan(0.85);
        assertThat(only(learnt, Form.SCORE).certificate().wrong()).isZero();
    }

    @ParameterizedTest
    @EnumSource(How.class)
    @DisplayName("few decisions: nothing, and how many more are needed")
    void few(How how) {
        Learnt learnt = learn(Pasts.clean(200), how, EPSILON);
        assertThat(learnt.suggestions()).noneMatch(Suggestion::passed);
        Suggestion suggestion = only(learnt, Form.SCORE);
        assertThat(suggestion.certificate().needed()).isBetween(100L, 5_000L);
        assertThat(suggestion.refusals()).anyMatch(line -> line.contains("more decisions are needed"));
        long enough = 200 + 2 * suggestion.certificate().needed();
        assertThat(only(learn(Pasts.clean((int) enough), how, EPSILON), Form.SCORE).passed())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 19, 20, 21, 40})
    @DisplayName("hardly any decisions: no suggestion, and no exception")
    void hardlyAny(int size) {
        for (How how : How.values()) {
            Learnt learnt = learn(Pasts.clean(size), how, EPSILON);
            assertThat(learnt.suggestions()).noneMatch(Suggestion::passed);
            assertThat(learnt.used()).isEqualTo(size);
        }
    }

    @Test
    @DisplayName("approvals only: what nobody ever denied is let through; denials only: nothing is")
    void oneClass() {
        List<PastDecision> approved = new ArrayList<>();
        List<PastDecision> denied = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            approved.add(ordinary(i).approved(true).number(i));
            denied.add(ordinary(i).denied().number(i));
        }
        assertThat(only(learn(approved, How.SPLIT, EPSILON), Form.SCORE).passed())
                .isTrue();
        assertThat(learn(denied, How.SPLIT, EPSILON).suggestions()).noneMatch(Suggestion::passed);
        assertThat(learn(denied, How.CROSSFIT, EPSILON).suggestions()).noneMatch(Suggestion::passed);
    }

    @Test
    @DisplayName("one request over and over is one request a day")
    void repeats() {
        List<PastDecision> all = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            all.add(ordinary(1).at(Pasts.START.plus(Duration.ofSeconds(i))).number(i));
        }
        Learnt learnt = learn(all, How.SPLIT, EPSILON);
        assertThat(learnt.used()).isEqualTo(1);
        assertThat(learnt.leftOut()).containsEntry("repeated on the same day", 2_999);
        assertThat(learnt.suggestions()).noneMatch(Suggestion::passed);
    }

    @Test
    @DisplayName("a subject's flood of harmless requests brings it nothing")
    void flood() {
        List<PastDecision> all = new ArrayList<>(Pasts.clean(2_000));
        for (int i = 0; i < 3_000; i++) {
            all.add(new Pasts.One()
                    .by("flooder")
                    .decidedBy("boss-" + i % 5)
                    .on("order/x" + i)
                    .at(Pasts.START.plus(Duration.ofMinutes(20L * i)))
                    .about(Map.of("team", "bad"))
                    .number(10_000 + i));
        }
        Learnt learnt = learn(all, How.SPLIT, EPSILON);
        assertThat(learnt.leftOut().get("more than one subject may supply")).isGreaterThan(2_000);
        PastDecision sensitive = ordinary(11).by("flooder").number(1);
        assertThat(letsThrough(learnt, only(learnt, Form.SCORE), sensitive)).isFalse();
    }

    @Test
    @DisplayName("what was reversed later, decided by the requester, by a rule or by nobody is no evidence")
    void noEvidence() {
        List<PastDecision> all = List.of(
                ordinary(1).later(Outcome.REVERSED).number(1),
                ordinary(2).later(Outcome.INCIDENT).number(2),
                ordinary(3).by("boss-3").number(3),
                ordinary(4).route(Route.RULE).number(4),
                ordinary(5).route(Route.UNKNOWN).number(5),
                ordinary(6).route(Route.AUDIT).number(6));
        Learnt learnt = learn(all, How.SPLIT, EPSILON);
        assertThat(learnt.used()).isEqualTo(1);
        assertThat(learnt.leftOut())
                .containsEntry("reversed or an incident later", 2)
                .containsEntry("decided by the requester", 1)
                .containsEntry("not decided by people", 2);
    }

    @Test
    @DisplayName("the votes of those who do not look are no evidence")
    void stamped() {
        Learnt learnt = Learner.learn(
                Pasts.of(Pasts.clean(100)),
                new Learner.Settings(
                        EPSILON,
                        0.95,
                        How.SPLIT,
                        "m",
                        Optional.empty(),
                        decision -> decision.voices().get(0).person().id().equals("boss-1")));
        assertThat(learnt.used()).isEqualTo(80);
    }

    @Test
    @DisplayName("equal histories give equal models and suggestions, in whatever order they stand")
    void deterministic() {
        List<PastDecision> all = synthetic(SyntheticHistory.Settings.of(9, 3_000));
        Learnt first = learn(all, How.CROSSFIT, 0.05);
        Learnt second = learn(all, How.CROSSFIT, 0.05);
        assertThat(second.model()).isEqualTo(first.model());
        assertThat(second.suggestions()).isEqualTo(first.suggestions());
        Collections.shuffle(all, new Random(1));
        assertThat(learn(all, How.CROSSFIT, 0.05).suggestions())
                .extracting(each -> each.certificate().covered())
                .isEqualTo(first.suggestions().stream()
                        .map(each -> each.certificate().covered())
                        .toList());
    }

    @Test
    @DisplayName("settings out of their range are refused with the value")
    void settings() {
        assertThatThrownBy(() -> Pasts.settings(How.SPLIT, 0)).hasMessageContaining("maxWrong").hasMessageContaining("0.0");
        assertThatThrownBy(() -> new Learner.Settings(0.1, 1, How.SPLIT, "m", Optional.empty(), any -> false))
                .hasMessageContaining("confidence");
    }
}
