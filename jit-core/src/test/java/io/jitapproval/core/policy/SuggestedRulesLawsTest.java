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
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What accepting suggestions can change: they are auto-approve rules, and whatever those say, some requests they cannot reach. */
@Label("wall 16: accepting suggestions opens nothing that people closed")
class SuggestedRulesLawsTest {

    @FunctionalInterface
    private interface Law {
        void check(Outcome before, Outcome after);
    }

    private static final Law DENIED_STAYS = (before, after) -> {
        if (before.reason() == Reason.POLICY_DENIED) {
            assertThat(after).isEqualTo(before);
        }
    };

    private static final Law CLOSED_TO_MACHINES_STAYS = (before, after) -> {
        if (before.reason() == Reason.APPROVAL_REQUIRED
                && before.requirement().orElseThrow().closedToMachines()
                && !before.rules().isEmpty()) {
            assertThat(after).isEqualTo(before);
        }
    };

    /** What a rule lets people give is the ceiling of what a machine gives in their place. */
    private static final Law NEVER_MORE_THAN_PEOPLE_COULD_GIVE = (before, after) -> {
        if (before.reason() == Reason.APPROVAL_REQUIRED && !before.rules().isEmpty() && after.permits()) {
            assertThat(after.reason()).isEqualTo(Reason.AUTO_APPROVED);
            Requirement given = after.requirement().orElseThrow();
            assertThat(given.merge(before.requirement().orElseThrow()).grant()).isEqualTo(given.grant());
        }
    };

    private static final Law NOTHING_IS_DENIED_BY_IT = (before, after) -> {
        if (before.permits()) {
            assertThat(after.permits()).isTrue();
        }
    };

    @Provide
    Arbitrary<Situation> situations() {
        return Situations.any();
    }

    @Label("wall 16: what a deny, an autoApproval never or the ceiling of a grant covers, no set of auto-approve rules changes")
    @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
    void acceptingOpensNothing(@ForAll("situations") Situation situation, @ForAll long seed) {
        Outcome before = Situation.ENGINE.decide(situation);
        Outcome after = Situation.ENGINE.decide(withSuggestions(situation, new Random(seed)));
        DENIED_STAYS.check(before, after);
        CLOSED_TO_MACHINES_STAYS.check(before, after);
        NEVER_MORE_THAN_PEOPLE_COULD_GIVE.check(before, after);
        NOTHING_IS_DENIED_BY_IT.check(before, after);
    }

    @Label("wall 16: each law fails on a twin that is broken in its way, and none on the reference")
    @Example
    void twins() {
        assertThat(breaks(DENIED_STAYS, new Reference(Flaw.FIRST_MATCH))).isTrue();
        assertThat(breaks(CLOSED_TO_MACHINES_STAYS, new Reference(Flaw.IGNORES_NEVER))).isTrue();
        assertThat(breaks(NEVER_MORE_THAN_PEOPLE_COULD_GIVE, new Reference(Flaw.MERGE_TAKES_LONGEST)))
                .isTrue();
        for (Law law : List.of(DENIED_STAYS, CLOSED_TO_MACHINES_STAYS, NEVER_MORE_THAN_PEOPLE_COULD_GIVE)) {
            assertThat(breaks(law, new Reference())).isFalse();
        }
    }

    /** A twin may look at the order of rules: new ones stand first. */
    private static boolean breaks(Law law, Decider decider) {
        Random random = new Random(16);
        for (int i = 0; i < 3_000; i++) {
            Situation situation = Situations.situation(random, true);
            Situation more = withSuggestions(situation, random);
            try {
                law.check(decider.decide(situation), decider.decide(more));
            } catch (AssertionError e) {
                return true;
            }
        }
        return false;
    }

    /** One rule for everything, or some of any kind, in any order. */
    private static Situation withSuggestions(Situation situation, Random random) {
        Situation more = situation;
        if (random.nextInt(3) == 0) {
            more = more.plus(Map.of("id", "s", "actions", List.of("*"), "effect", "auto-approve"));
        } else {
            for (int i = 0; i <= random.nextInt(4); i++) {
                more = more.plus(Situations.rule(random, "s" + i, List.of("auto-approve")));
            }
        }
        return more.shuffled(random.nextLong());
    }
}
