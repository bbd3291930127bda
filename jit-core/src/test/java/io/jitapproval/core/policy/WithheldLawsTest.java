package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.core.policy.Situation.Outcome;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** What becomes of a decision if some {@code auto-approve} rules answer nobody. */
@Label("wall 16: that a rule is withheld never loosens anything, permits nothing by it, and is told")
class WithheldLawsTest {

    private static final int TRIES = 3_000;

    /** Decides while some rules are withheld. */
    @FunctionalInterface
    private interface Decider {
        Decision decide(Situation situation, Set<String> withheld);
    }

    private static final Decider ENGINE = (situation, withheld) -> situation
            .policy()
            .evaluate(situation.request(), situation::now, situation.question().lookup(), rule -> why(withheld, rule));

    private static final Decider EXPLAINING = (situation, withheld) -> situation
            .policy()
            .explained(
                    situation.request(),
                    situation.now(),
                    situation.question().lookup(),
                    Set.of(),
                    rule -> why(withheld, rule));

    /** The broken twin: takes the rules out, and with them what they narrow. */
    private static final Decider TAKEN_OUT = (situation, withheld) -> {
        Situation less = new Situation(
                situation.byDefault(),
                situation.rules().stream()
                        .filter(rule -> !withheld.contains((String) rule.get("id")))
                        .toList(),
                situation.definitions(),
                situation.question());
        return less.policy()
                .evaluate(less.request(), less.now(), less.question().lookup());
    };

    private static String why(Set<String> withheld, String rule) {
        return withheld.contains(rule) ? "rule is suspended" : null;
    }

    @Label("never looser than with the rule, decided and explained alike")
    @Property(tries = TRIES)
    void neverLoosens(@ForAll long seed) {
        law(ENGINE, seed);
        law(EXPLAINING, seed);
    }

    @Label("twin: taking the rule out widens what another one gives")
    @Example
    void twin() {
        assertThatThrownBy(() -> {
                    for (long seed = 0; seed < 20_000; seed++) {
                        law(TAKEN_OUT, seed);
                    }
                })
                .isInstanceOf(AssertionError.class);
    }

    private static void law(Decider decider, long seed) {
        Random random = new Random(seed);
        Situation situation = Situations.situation(random, true);
        Set<String> withheld = new HashSet<>();
        for (Map<String, Object> rule : situation.rules()) {
            if (Effect.AUTO_APPROVE.word().equals(rule.get("effect")) && random.nextBoolean()) {
                withheld.add((String) rule.get("id"));
            }
        }
        Decision decided = decider.decide(situation, withheld);
        Outcome before = Situation.ENGINE.decide(situation);
        Outcome after = Outcome.of(decided);
        if (withheld.isEmpty()) {
            assertThat(after).isEqualTo(before);
        }
        if (after.permits()) {
            assertThat(before.permits()).isTrue();
        }
        if (before.reason() == Reason.POLICY_DENIED) {
            assertThat(after.reason()).isEqualTo(Reason.POLICY_DENIED);
        }
        if (after.reason() == Reason.AUTO_APPROVED && before.requirement().isPresent()) {
            Requirement given = after.requirement().orElseThrow();
            assertThat(given.merge(before.requirement().get())).isEqualTo(given);
        }
        for (RuleTrace rule : decided.explanation().rules()) {
            if (withheld.contains(rule.rule())) {
                assertThat(rule.match()).isNotEqualTo(Match.MATCHED);
            }
        }
    }
}
