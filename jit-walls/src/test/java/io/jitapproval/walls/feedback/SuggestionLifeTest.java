package io.jitapproval.walls.feedback;

import static io.jitapproval.walls.feedback.Bureau.ANA;
import static io.jitapproval.walls.feedback.Bureau.ID;
import static io.jitapproval.walls.feedback.Bureau.OLGA;
import static io.jitapproval.walls.feedback.Bureau.OTTO;
import static io.jitapproval.walls.feedback.Bureau.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.Decision;
import io.jitapproval.Reason;
import io.jitapproval.core.FiledSuggestion.State;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.SuggestionStatus;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.test.TestClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 16: a suggestion becomes policy only by people, for a time, and goes in one step")
class SuggestionLifeTest {

    @Test
    @DisplayName("proposed, in the shadow, accepted, in force, renewed, expired: each with one record")
    void life() {
        try (Bureau bureau = Bureau.plain()) {
            assertThat(bureau.desk().propose(Bureau.proposal()).isDone()).isTrue();
            assertThat(bureau.filed().state()).isEqualTo(State.PROPOSED);
            assertThat(bureau.asks(1, true)).as("proposed, it answers nothing").isTrue();
            assertThat(bureau.desk().shadow(ID, OLGA.ref(), "see").isDone()).isTrue();
            assertThat(bureau.desk().accept(ID, OLGA, "").reason()).isEqualTo(Reason.SUGGESTION_NOT_READY);
            assertThat(bureau.asks(2, true))
                    .as("in the shadow, it answers nothing")
                    .isTrue();
            assertThat(bureau.asks(3, false)).isTrue();
            assertThat(bureau.asks(4, true)).isTrue();
            bureau.desk().look();
            bureau.desk().look();
            assertThat(bureau.filed().watched().shadowed()).isEqualTo(3);
            assertThat(bureau.filed().watched().shadowWrong()).isEqualTo(1);
            assertThat(bureau.filed().watched().differed()).hasSize(1);
            assertThat(bureau.desk().accept(ID, OLGA, "good").isDone()).isTrue();
            assertThat(bureau.filed().state()).isEqualTo(State.IN_FORCE);
            assertThat(bureau.filed().until()).contains(TestClock.START.plus(Duration.ofDays(85)));
            Decision decision = bureau.pay(5).decide();
            assertThat(decision.reason()).isEqualTo(Reason.AUTO_APPROVED);
            assertThat(decision.rules()).contains("small");
            assertThat(bureau.guard.policyStatus().isHealthy()).isTrue();
            bureau.clock.advance(Duration.ofDays(80));
            assertThat(bureau.desk().status().expiringSoon()).containsExactly(ID);
            assertThat(bureau.desk().accept(ID, OTTO, "").reason()).isEqualTo(Reason.SUGGESTION_NOT_READY);
            assertThat(bureau.desk()
                            .propose(Bureau.proposal(700, 0.01, "run-2", Set.of(ANA), SMALL))
                            .isDone())
                    .isTrue();
            assertThat(bureau.filed().renewal()).isPresent();
            assertThat(bureau.desk().accept(ID, OTTO, "still good").isDone()).isTrue();
            assertThat(bureau.filed().by()).contains(OTTO.ref());
            assertThat(bureau.desk().status().budgetSpent()).isCloseTo(0.1, org.assertj.core.data.Offset.offset(1e-9));
            bureau.clock.advance(Duration.ofDays(5));
            assertThat(bureau.filed().state()).isEqualTo(State.EXPIRED);
            assertThat(bureau.pay(6).decide().kind())
                    .as("at its end, without a look or a reload")
                    .isEqualTo(Decision.Kind.APPROVAL_REQUIRED);
            bureau.guard.reloadPolicy();
            assertThat(bureau.guard.policyStatus().origins()).containsExactly("bureau.json");
            assertThat(bureau.moves()).containsExactly("proposed", "shadow", "accepted", "renewal-proposed", "renewed");
        }
    }

    @Test
    @DisplayName("rolled back in one step, and not offered again")
    void rollback() {
        try (Bureau bureau = Bureau.plain()) {
            bureau.inForce();
            assertThat(bureau.pay(5).decide().reason()).isEqualTo(Reason.AUTO_APPROVED);
            assertThat(bureau.desk().rollBack(ID, OTTO.ref(), "too much").isDone())
                    .isTrue();
            assertThat(bureau.pay(5).decide().kind()).isEqualTo(Decision.Kind.APPROVAL_REQUIRED);
            assertThat(bureau.desk().propose(Bureau.proposal()).reason()).isEqualTo(Reason.SUGGESTION_DISMISSED);
            assertThat(bureau.desk().accept(ID, OLGA, "").reason()).isEqualTo(Reason.SUGGESTION_NOT_READY);
            assertThat(bureau.moves()).endsWith("accepted", "rolled-back");
            bureau.clock.advance(Duration.ofDays(30));
            assertThat(bureau.desk().propose(Bureau.proposal()).isDone()).isTrue();
        }
    }

    @Test
    @DisplayName("policy may want people to agree to an acceptance; what they agreed to is what is accepted")
    void agreed() {
        String two = "{\"id\": \"owners\", \"actions\": [\"jit.suggestion.*\"], \"effect\": \"require-approval\","
                + " \"approval\": {\"by\": {\"role\": \"OWNER\"}, \"people\": 1}}";
        try (Bureau bureau = Bureau.of(Bureau.SETTINGS, Bureau.ASKS, two)) {
            bureau.shadowed();
            assertThatThrownBy(() -> bureau.desk().accept(ID, OLGA, "good"))
                    .isInstanceOf(ApprovalPendingException.class);
            assertThat(bureau.filed().state()).isEqualTo(State.SHADOW);
            var request = bureau.guard.approvals().pending().get(0);
            assertThat(request.arguments()).anyMatch(argument -> argument.name().equals("rules"));
            bureau.guard.approvals().vote(request.id(), io.jitapproval.Vote.approve(request, OTTO.ref()));
            assertThat(bureau.desk().accept(ID, OLGA, "good").isDone()).isTrue();
        }
        try (Bureau bureau = Bureau.of(Bureau.SETTINGS, Bureau.ASKS, two)) {
            bureau.shadowed();
            assertThatThrownBy(() -> bureau.desk().accept(ID, OLGA, "good"))
                    .isInstanceOf(ApprovalPendingException.class);
            var request = bureau.guard.approvals().pending().get(0);
            bureau.guard.approvals().vote(request.id(), io.jitapproval.Vote.approve(request, ANA));
            assertThat(bureau.desk().accept(ID, OLGA, "good").reason())
                    .as("who agreed profits")
                    .isEqualTo(Reason.ACCEPTER_PROFITS);
            assertThat(bureau.filed().state()).isEqualTo(State.SHADOW);
        }
    }

    @Test
    @DisplayName("two guards on one store agree; the other takes it over at its next look at the policy")
    void nodes() {
        TestClock clock = new TestClock();
        GrantStore store = GrantStores.memory(clock);
        try (Bureau one = new Bureau(
                        clock, store, Bureau.SETTINGS, UnaryOperator.identity(), Bureau.ASKS, Bureau.OWNERS);
                Bureau other = new Bureau(
                        clock, store, Bureau.SETTINGS, UnaryOperator.identity(), Bureau.ASKS, Bureau.OWNERS)) {
            one.inForce();
            other.desk().look();
            assertThat(other.filed()).isEqualTo(one.filed());
            other.guard.reloadPolicy();
            assertThat(other.pay(7).decide().reason()).isEqualTo(Reason.AUTO_APPROVED);
            assertThat(other.guard.policyStatus().version())
                    .isEqualTo(one.guard.policyStatus().version());
            assertThat(other.desk().rollBack(ID, OTTO.ref(), "").isDone()).isTrue();
            assertThat(one.desk().rollBack(ID, OTTO.ref(), "").reason()).isEqualTo(Reason.SUGGESTION_NOT_READY);
            assertThat(one.records(Kind.SUGGESTION)).hasSize(3);
            assertThat(other.records(Kind.SUGGESTION)).hasSize(1);
        }
    }

    @Test
    @DisplayName("status and digest say what is in force, what it saved and what is left of the budget")
    void status() {
        try (Bureau bureau = Bureau.plain()) {
            bureau.inForce();
            int saved = 0;
            int audited = 0;
            for (int i = 0; i < 100; i++) {
                if (bureau.asks(i, true)) {
                    audited++;
                } else {
                    saved++;
                }
            }
            bureau.desk().look();
            SuggestionStatus status = bureau.desk().status();
            assertThat(status.inForce()).isOne();
            assertThat(status.suspended()).isEmpty();
            assertThat(status.budgetLeft()).isCloseTo(0.15, org.assertj.core.data.Offset.offset(1e-9));
            var today = bureau.now().atZone(ZoneOffset.UTC).toLocalDate();
            assertThat(bureau.desk().digest(today, today.plusDays(1)).lines())
                    .singleElement()
                    .extracting(line -> line.saved(), line -> line.audited(), line -> line.auditedWrong())
                    .containsExactly((long) saved, (long) audited, 0L);
            assertThat(audited).isBetween(2, 25);
            assertThat(bureau.desk()
                            .digest(today.plusDays(1), today.plusDays(2))
                            .lines())
                    .singleElement()
                    .extracting(line -> line.saved())
                    .isEqualTo(0L);
        }
    }
}
