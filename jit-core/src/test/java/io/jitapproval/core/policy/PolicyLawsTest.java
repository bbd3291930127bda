package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.core.policy.Reference.Flaw;
import io.jitapproval.core.policy.Situation.Decider;
import io.jitapproval.core.policy.Situation.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** The laws of combining. Each is tried on the engine, where it holds, and on a broken twin, where it does not. */
@Label("design §3: the laws of combining rules")
class PolicyLawsTest {

    private static final int TRIES = 3000;

    /** A law about one decider: fails with an AssertionError on a situation that breaks it. */
    @FunctionalInterface
    private interface Law {
        void check(Decider decider, Situation situation, Random random);
    }

    private static final Law ORDER = (decider, situation, random) ->
            assertThat(decider.decide(situation.shuffled(random.nextLong()))).isEqualTo(decider.decide(situation));

    private static final Law ADDING_TIGHTENS = (decider, situation, random) -> {
        Map<String, Object> rule = Situations.rule(random, "more", List.of("deny", "require-approval"));
        assertNoLooser(decider.decide(situation), decider.decide(situation.plus(rule)));
    };

    private static final Law REMOVING_INFORMATION_NEVER_LOOSENS = (decider, situation, random) ->
            assertNoLooser(decider.decide(situation), decider.decide(situation.without(random)));

    private static final Law AGREES_WITH_REFERENCE = (decider, situation, random) ->
            assertThat(decider.decide(situation)).isEqualTo(new Reference().decide(situation));

    @Provide
    Arbitrary<Situation> situations() {
        return Situations.any();
    }

    @Provide
    Arbitrary<Situation> silentOnAbsence() {
        return Situations.silentOnAbsence();
    }

    @Label("design §3: the engine decides as the naive reading of the design does, and explains what it decides")
    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void agreesWithReference(@ForAll("situations") Situation situation) {
        AGREES_WITH_REFERENCE.check(Situation.ENGINE, situation, new Random(0));
        Outcome explained = Outcome.of(situation
                .policy()
                .explained(situation.request(), situation.now(), AttributeLookup.NONE, Set.of("amount")));
        assertThat(explained).isEqualTo(Situation.ENGINE.decide(situation));
    }

    @Label("design §3: rules have no order")
    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void orderNeverMatters(@ForAll("situations") Situation situation, @ForAll long seed) {
        ORDER.check(Situation.ENGINE, situation, new Random(seed));
        assertThat(situation.shuffled(seed).policy().version())
                .isEqualTo(situation.policy().version());
    }

    @Label("design §3: adding a deny or require-approval only ever tightens")
    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void addingTightens(@ForAll("situations") Situation situation, @ForAll long seed) {
        ADDING_TIGHTENS.check(Situation.ENGINE, situation, new Random(seed));
    }

    @Label("design §3: removing information never makes the answer more permissive, where no rule speaks of absence")
    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void removingInformationNeverLoosens(@ForAll("silentOnAbsence") Situation situation, @ForAll long seed) {
        REMOVING_INFORMATION_NEVER_LOOSENS.check(Situation.ENGINE, situation, new Random(seed));
    }

    @Label("the laws are sharp: each fails on a twin that is broken in its way, and none on the reference")
    @Example
    void brokenTwinsAreFound() {
        assertThat(breaches(ORDER, new Reference(Flaw.FIRST_MATCH))).isPositive();
        assertThat(breaches(ADDING_TIGHTENS, new Reference(Flaw.MERGE_TAKES_LONGEST)))
                .isPositive();
        assertThat(breaches(ADDING_TIGHTENS, new Reference(Flaw.IGNORES_NEVER))).isPositive();
        assertThat(breaches(REMOVING_INFORMATION_NEVER_LOOSENS, new Reference(Flaw.UNKNOWN_DENY_IS_FALSE)))
                .isPositive();
        assertThat(breaches(REMOVING_INFORMATION_NEVER_LOOSENS, new Reference(Flaw.UNKNOWN_IS_FALSE)))
                .isPositive();
        assertThat(breaches(REMOVING_INFORMATION_NEVER_LOOSENS, new Reference(Flaw.UNKNOWN_AUTO_DOES_NOT_NARROW)))
                .isPositive();
        for (Flaw flaw : Flaw.values()) {
            assertThat(breaches(AGREES_WITH_REFERENCE, new Reference(flaw)))
                    .as("%s", flaw)
                    .isPositive();
        }
        for (Law law : List.of(ORDER, ADDING_TIGHTENS, REMOVING_INFORMATION_NEVER_LOOSENS)) {
            assertThat(breaches(law, new Reference())).isZero();
        }
    }

    /**
     * No permit where there was none, no wider grant, no denial by rule undone, no requirement less. A default that people
     * can answer is not compared: a rule that counts takes its place.
     */
    private static void assertNoLooser(Outcome before, Outcome after) {
        if (after.permits()) {
            assertThat(before.permits()).as("%s became %s", before, after).isTrue();
            if (before.requirement().isPresent()) {
                assertThat(after.reason()).isEqualTo(Reason.AUTO_APPROVED);
            }
        }
        if (before.reason() == Reason.POLICY_DENIED) {
            assertThat(after.reason()).isEqualTo(Reason.POLICY_DENIED);
        }
        boolean comparable =
                before.reason() == after.reason() && !before.rules().isEmpty();
        if (comparable && before.requirement().isPresent()) {
            Requirement asked = after.requirement().orElseThrow();
            assertThat(asked.merge(before.requirement().get())).isEqualTo(asked);
        }
    }

    /** On how many of many situations the decider breaks the law. */
    private static int breaches(Law law, Decider decider) {
        Random random = new Random(20261121);
        int breaches = 0;
        for (int i = 0; i < 4000; i++) {
            Situation situation = Situations.situation(random, law == AGREES_WITH_REFERENCE);
            try {
                law.check(decider, situation, random);
            } catch (AssertionError e) {
                breaches++;
            }
        }
        return breaches;
    }
}
