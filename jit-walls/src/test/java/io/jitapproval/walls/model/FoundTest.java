package io.jitapproval.walls.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Course.AtDecideBy;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.Verdict;
import io.jitapproval.walls.model.Act.Inside;
import io.jitapproval.walls.model.Act.Narrow;
import io.jitapproval.walls.model.Act.Wish;
import io.jitapproval.walls.model.Plan.Choice;
import io.jitapproval.walls.model.Plan.Give;
import io.jitapproval.walls.model.Plan.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what random histories found in the engine, as the shortest history that shows it")
class FoundTest {

    private static final Wish FIVE = new Wish("user/ana", "", "pay", "a", 5);
    private static final Wish SIX = new Wish("user/ana", "", "pay", "a", 6);
    private static final Act CALL = new Act.Call(FIVE, Inside.NOTHING);
    private static final Act APPROVE = new Act.Cast(0, "user/mia", Verdict.APPROVE, Narrow.NOT, false);
    private static final Plan PLAN = new Plan(
            List.of(new Phase(1, List.of(new Choice(Set.of("FINANCE"), 1)), List.of())),
            30,
            AtDecideBy.EXPIRE,
            1,
            5,
            false,
            new Give(GrantScope.EXACT, 10, 1, GrantClock.APPROVAL, 15),
            false);

    private static Act at(int minutes) {
        return new Act.Pass(Words.START.plus(Duration.ofMinutes(minutes)));
    }

    private static String last(Plan plan, Act... acts) {
        try (Bench bench = new Bench(plan, new Twin())) {
            String outcome = "";
            for (Act act : acts) {
                outcome = bench.perform(act, Fault.NONE).outcome();
            }
            return outcome;
        }
    }

    @Test
    @DisplayName(
            "wall 14: a denial by time begins its cool-down at the decide-by, before any alarm has written it down")
    void coolDownByTime() {
        Plan denies = PLAN.withEnd(AtDecideBy.DENY);
        assertThat(last(denies, CALL, at(30), CALL)).isEqualTo("refused cooling-down");
        assertThat(last(denies, CALL, at(34), CALL)).isEqualTo("refused cooling-down");
        assertThat(last(denies, CALL, at(35), CALL)).isEqualTo("refused approval-pending #1");
    }

    @Test
    @DisplayName(
            "wall 14: nor does it matter who writes it down, and when: a late vote or withdrawal does not lengthen it, or lose it")
    void coolDownWrittenLate() {
        Plan denies = PLAN.withEnd(AtDecideBy.DENY);
        Act withdraw = new Act.Withdraw(0, "user/ana");
        assertThat(last(denies, CALL, at(31), withdraw)).isEqualTo("not-pending");
        assertThat(last(denies, CALL, at(31), withdraw, CALL)).isEqualTo("refused cooling-down");
        assertThat(last(denies, CALL, at(60), APPROVE, CALL)).isEqualTo("refused approval-pending #1");
    }

    @Test
    @DisplayName("wall 6: what has expired stays so, and is not revoked with others afterwards")
    void expiredIsNotRevoked() {
        assertThat(last(PLAN, CALL, APPROVE, at(9), new Act.RevokeEverything())).isEqualTo("revoked 1");
        assertThat(last(PLAN, CALL, APPROVE, at(10), new Act.RevokeEverything()))
                .isEqualTo("revoked 0");
        assertThat(last(PLAN, CALL, APPROVE, at(10), new Act.RevokeEverything(), new Act.Revoke(0)))
                .isEqualTo("grant-expired");
    }

    @Test
    @DisplayName("wall 1: a store that fails is not taken for a directory that fails")
    void whichPartFailed() {
        for (Act act : List.of(
                new Act.Look("user/mia"),
                new Act.Withdraw(0, "user/ana"),
                new Act.Inform(0, "user/ana"),
                new Act.Change(0, SIX))) {
            for (int call = 1; call <= 10; call++) {
                try (Bench bench = new Bench(PLAN, new Twin())) {
                    bench.perform(CALL, Fault.NONE);
                    Bench.Done done = bench.perform(act, new Fault(Fault.Kind.STORE_BEFORE, call));
                    if (done.hit() != Fault.Hit.NOT) {
                        assertThat(done.outcome()).as(act + " #" + call).isEqualTo("refused store-unavailable");
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("wall 14: a call joins the pending request that is about the same, also after a change")
    void joinsWhatWasChanged() {
        Act change = new Act.Change(0, SIX);
        Act six = new Act.Call(SIX, Inside.NOTHING);
        assertThat(last(PLAN, CALL, change, six)).isEqualTo("refused approval-pending #0");
        assertThat(last(PLAN, CALL, change, CALL)).isEqualTo("refused approval-pending #1");
        assertThat(last(PLAN, CALL, change, CALL, new Act.Withdraw(0, "user/ana"), CALL))
                .as("though its place is free again")
                .isEqualTo("refused approval-pending #1");
        assertThat(last(PLAN, CALL, change, APPROVE, six)).isEqualTo("ran");
        assertThat(last(PLAN, CALL, change, new Act.Submit(SIX, Duration.ofMinutes(5))))
                .as("another start is another request")
                .isEqualTo("#1 pending");
    }
}
