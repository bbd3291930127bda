package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Decision;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.core.policy.Reference.Flaw;
import io.jitapproval.core.policy.Situation.Decider;
import io.jitapproval.core.policy.Situation.Outcome;
import io.jitapproval.core.policy.Situation.Question;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /** Times {@link Trial#QUESTIONS}: more than 100 000 pairs of a policy and a request. */
    private static final int TRIES = 4_100;

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

    private static final Law NEVER_CLOSES = (decider, situation, random) -> {
        Map<String, Object> approval = Map.of("by", Map.of("role", "x"), "autoApproval", "never");
        Map<String, Object> rule =
                Map.of("id", "closed", "actions", List.of("*"), "effect", "require-approval", "approval", approval);
        assertThat(decider.decide(situation.plus(rule)).permits()).isFalse();
    };

    private static final Law REMOVING_INFORMATION_NEVER_LOOSENS = (decider, situation, random) -> assertNoLooser(
            decider.decide(situation.failing()),
            decider.decide(situation.without(random).failing()));

    private static final Law FAILING_NEVER_LOOSENS = (decider, situation, random) ->
            assertNoLooser(decider.decide(situation), decider.decide(situation.failing()));

    private static final Law AGREES_WITH_REFERENCE = (decider, situation, random) ->
            assertThat(decider.decide(situation)).isEqualTo(new Reference().decide(situation));

    private static final Law EXPLAINED_IS_DECIDED = (decider, situation, random) -> {
        Decision explained = situation
                .policy()
                .explained(
                        situation.request(),
                        situation.now(),
                        situation.question().lookup(),
                        Set.of("amount"));
        assertThat(Outcome.of(explained)).isEqualTo(decider.decide(situation));
    };

    @Provide
    Arbitrary<Situation> situations() {
        return Situations.any();
    }

    @Provide
    Arbitrary<Situation> silentOnAbsence() {
        return Situations.silentOnAbsence();
    }

    @Provide
    Arbitrary<Trial> trials() {
        return Trial.any();
    }

    @Label("design §3: the engine decides as the naive reading of the design does, and explains what it decides")
    @Property(tries = TRIES)
    void agreesWithReference(@ForAll("trials") Trial trial) {
        agree(trial, new Reference());
    }

    private static void agree(Trial trial, Decider reference) {
        List<Situation> situations = trial.situations();
        Policy policy = situations.get(0).policy();
        for (Situation situation : situations) {
            Question question = situation.question();
            Outcome decided = Outcome.of(policy.evaluate(question.request(), question.now(), question.lookup()));
            Outcome expected = reference.decide(situation);
            Outcome explained = Outcome.of(
                    policy.explained(question.request(), question.now(), question.lookup(), Set.of("amount")));
            if (!decided.equals(expected) || !explained.equals(decided)) {
                assertThat(decided).isEqualTo(expected);
                assertThat(explained).isEqualTo(decided);
            }
        }
    }

    @Label("every operator is generated, holds, does not hold and is unknown")
    @Example
    void everyOperatorIsTried() {
        Map<String, Set<String>> seen = new TreeMap<>();
        Random random = new Random(3);
        for (int i = 0; i < 6_000; i++) {
            Situation situation = Situations.situation(random, true);
            situation.rules().forEach(rule -> operators(rule.get("when"), situation, seen));
        }
        Set<String> words = new TreeSet<>(Operators.anywhere().keySet());
        words.addAll(List.of("hasRole", "hasAnyRole", "inside", "outside", "days", "on", "except", "condition"));
        assertThat(seen.keySet()).containsAll(words);
        assertThat(seen).allSatisfy((word, outcomes) -> {
            boolean isTime = WindowReader.WORDS.contains(word);
            assertThat(outcomes).as(word).contains("true", "false");
            assertThat(outcomes.contains("null")).as(word).isNotEqualTo(isTime);
        });
    }

    private static void operators(Object condition, Situation situation, Map<String, Set<String>> seen) {
        if (condition instanceof List<?> list) {
            list.forEach(each -> operators(each, situation, seen));
        } else if (condition instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String outcome = String.valueOf(
                        ReferenceConditions.test(Reference.map(Map.of(key, value)), situation, Set.of()));
                if (key.equals("condition")) {
                    seen.computeIfAbsent("condition", any -> new TreeSet<>()).add(outcome);
                } else if (List.of("all", "any", "not").contains(key)) {
                    operators(value, situation, seen);
                } else {
                    Reference.map(value).keySet().stream()
                            .filter(word -> !word.equals("ifAbsent"))
                            .forEach(word -> seen.computeIfAbsent(word, any -> new TreeSet<>())
                                    .add(outcome));
                }
            });
        }
    }

    @Label("a disagreement shrinks to one small rule and one question")
    @Example
    void shrinks() {
        Random random = new Random(11);
        Trial failing = Trial.random(random, Trial.QUESTIONS);
        while (failing.size() > 90 || failing.situations().get(0).rules().size() < 2 || agrees(failing)) {
            failing = Trial.random(random, Trial.QUESTIONS);
        }
        Trial smallest = failing;
        for (Trial next = smallest; next != null; ) {
            smallest = next;
            next = next.simpler()
                    .filter(simpler -> !agrees(simpler))
                    .findFirst()
                    .orElse(null);
        }
        List<Situation> situations = smallest.situations();
        assertThat(situations).hasSize(1);
        assertThat(situations.get(0).rules()).as("%s", smallest).hasSize(1);
        assertThat(situations.get(0).rules().get(0).get("when").toString()).hasSizeLessThan(60);
    }

    private static boolean agrees(Trial trial) {
        try {
            agree(trial, new Reference(Flaw.FUTURE_IS_YOUNG));
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    @Label("design §3: rules have no order")
    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void orderNeverMatters(@ForAll("situations") Situation situation, @ForAll long seed) {
        ORDER.check(Situation.ENGINE, situation, new Random(seed));
        assertThat(situation.shuffled(seed).policy().version())
                .isEqualTo(situation.policy().version());
    }

    @Label("design §3: adding a deny or require-approval only ever tightens")
    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void addingTightens(@ForAll("situations") Situation situation, @ForAll long seed) {
        ADDING_TIGHTENS.check(Situation.ENGINE, situation, new Random(seed));
    }

    @Label("design §3: what a person closed to machines, no rule opens")
    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void neverCloses(@ForAll("situations") Situation situation) {
        NEVER_CLOSES.check(Situation.ENGINE, situation, new Random(0));
    }

    @Label("design §3: removing information never makes the answer more permissive, where no rule speaks of absence")
    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void removingInformationNeverLoosens(@ForAll("silentOnAbsence") Situation situation, @ForAll long seed) {
        REMOVING_INFORMATION_NEVER_LOOSENS.check(Situation.ENGINE, situation, new Random(seed));
    }

    @Label("design §3: a resolver that fails never makes the answer more permissive than one that answers")
    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void failingNeverLoosens(@ForAll("situations") Situation situation) {
        FAILING_NEVER_LOOSENS.check(Situation.ENGINE, situation, new Random(0));
    }

    @Label("the laws are sharp: each fails on a twin that is broken in its way, and none on the reference")
    @Example
    void brokenTwinsAreFound() {
        assertBreaks(ORDER, Flaw.FIRST_MATCH);
        assertBreaks(ADDING_TIGHTENS, Flaw.MERGE_TAKES_LONGEST);
        assertBreaks(NEVER_CLOSES, Flaw.IGNORES_NEVER);
        assertBreaks(REMOVING_INFORMATION_NEVER_LOOSENS, Flaw.UNKNOWN_DENY_IS_FALSE);
        assertBreaks(REMOVING_INFORMATION_NEVER_LOOSENS, Flaw.UNKNOWN_IS_FALSE);
        assertBreaks(REMOVING_INFORMATION_NEVER_LOOSENS, Flaw.UNKNOWN_AUTO_DOES_NOT_NARROW);
        assertBreaks(REMOVING_INFORMATION_NEVER_LOOSENS, Flaw.PROJECTION_SKIPS_MISSING);
        assertBreaks(FAILING_NEVER_LOOSENS, Flaw.FAILED_LOOKUP_IS_MISSING);
        assertBreaks(EXPLAINED_IS_DECIDED, Flaw.UNKNOWN_IS_FALSE);
        for (Flaw flaw : Flaw.values()) {
            assertBreaks(AGREES_WITH_REFERENCE, flaw);
        }
        for (Law law : List.of(
                ORDER, ADDING_TIGHTENS, NEVER_CLOSES, REMOVING_INFORMATION_NEVER_LOOSENS, FAILING_NEVER_LOOSENS)) {
            assertThat(breaks(law, new Reference(), 300)).isFalse();
        }
    }

    private static void assertBreaks(Law law, Flaw flaw) {
        assertThat(breaks(law, new Reference(flaw), 100_000))
                .as("%s is found", flaw)
                .isTrue();
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

    /** Whether the decider breaks the law on one of so many situations. */
    private static boolean breaks(Law law, Decider decider, int tries) {
        Random random = new Random(20261121);
        for (int i = 0; i < tries; i++) {
            Situation situation = Situations.situation(random, law != REMOVING_INFORMATION_NEVER_LOOSENS);
            try {
                law.check(decider, situation, random);
            } catch (AssertionError e) {
                return true;
            }
        }
        return false;
    }
}
