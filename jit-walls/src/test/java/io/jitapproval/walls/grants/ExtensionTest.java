package io.jitapproval.walls.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Attempt;
import io.jitapproval.Grant;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("walls 3 and 7: extending a grant is asking anew")
class ExtensionTest {

    private static final String HOUR =
            "\"within\": \"PT1H\", \"useWithin\": \"PT1H\", \"uses\": 2, \"scope\": \"resource\"";

    private static void refused(Attempt attempt, String detail) {
        assertThatThrownBy(attempt::submit)
                .isInstanceOfSatisfying(
                        JitApprovalException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.EXTENSION_UNFIT))
                .hasMessageContaining(detail);
    }

    @Test
    @DisplayName(
            "wall 7: people are asked and shown what it extends; the old grant is untouched, the new one begins where it ends")
    void asksAnew() {
        asksAnew(UnaryOperator.identity());
        UnaryOperator<GrantStore> atOnce = Till.giving(
                (request, grant) -> Altered.timed(grant, grant.grantedAt(), grant.useBy(), grant.expiresAt()));
        assertThatThrownBy(() -> asksAnew(atOnce)).isInstanceOf(AssertionError.class);
    }

    private static void asksAnew(UnaryOperator<GrantStore> breaking) {
        try (Till till = new Till("", HOUR, breaking)) {
            Grant old = till.granted(till.refund(1));
            ApprovalRequest more = till.refund(1).extending(old.id()).submit().orElseThrow();
            assertThat(more.state()).isEqualTo(ApprovalRequest.State.PENDING);
            assertThat(more.extendsGrant()).contains(old.id());
            assertThat(more.startsAt()).isEqualTo(old.expiresAt());
            assertThat(till.records(Kind.REQUESTED).get(1).details()).containsEntry("extends", List.of(old.id()));
            till.approve(more, Till.TOM);

            Grant next = till.grantOf(more);
            Instant end = old.expiresAt().orElseThrow();
            assertThat(till.now(old)).isEqualTo(old);
            assertThat(next.notBefore()).isEqualTo(end);
            assertThat(next.expiresAt()).contains(end.plus(Duration.ofHours(1)));
            assertThat(till.refund(1).extending(old.id()).submit().map(ApprovalRequest::id))
                    .as("asking once more finds it")
                    .contains(more.id());

            till.clock.set(end.minusNanos(1));
            assertThat(till.call(till.refund(1))).isEmpty();
            assertThat(till.now(old).uses()).isEqualTo(1);
            till.clock.set(end);
            assertThat(till.call(till.refund(1))).isEmpty();
            assertThat(till.now(next).uses()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("wall 7: a denied extension takes nothing away; one of a grant that has ended begins at once")
    void deniedOrLate() {
        try (Till till = new Till(HOUR)) {
            Grant old = till.granted(till.refund(1));
            ApprovalRequest more = till.refund(1).extending(old.id()).submit().orElseThrow();
            till.vote(more, io.jitapproval.Vote.deny(more, Till.MIA, "enough"));
            assertThat(till.call(till.refund(1))).isEmpty();

            till.clock.advance(Duration.ofMinutes(119));
            ApprovalRequest late = till.refund(1).extending(old.id()).submit().orElseThrow();
            assertThat(late.startsAt()).isEmpty();
            till.approve(late, Till.MIA);
            assertThat(till.call(till.refund(1))).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "wall 3: only its holder, for what it covers, and not long after its end, nor after it was taken or given back")
    void onlyTheHolder() {
        try (Till till = new Till(HOUR)) {
            Grant grant = till.granted(till.refund(1));
            refused(till.refund(1).extending("no such grant"), "no grant of that id");
            refused(till.attempt("payment.refund", "zoe").extending(grant.id()), "no grant of that id");
            refused(till.attempt("payment.void", "ana").extending(grant.id()), "no grant of that id");
            refused(till.guard.attempt("payment.refund").extending(grant.id()), "no grant of that id");
            till.clock.set(grant.expiresAt().orElseThrow().plus(Duration.ofHours(1)));
            refused(till.refund(1).extending(grant.id()), "longer than it lasted");

            Grant returned = till.granted(till.refund(1));
            till.guard.grants().giveBack(returned.id(), Till.ANA);
            refused(till.refund(1).extending(returned.id()), "returned");
            Grant voided = till.granted(till.refund(1));
            till.guard.grants().revokeEverything(Till.ROOT, "");
            refused(till.refund(1).extending(voided.id()), "revoked");
            assertThat(till.guard.approvals().pending()).isEmpty();
        }
    }

    @Test
    @DisplayName("wall 3: approvers see how often it was extended, and after ten times in a row it is over")
    void chain() {
        try (Till till = new Till(HOUR)) {
            Grant grant = till.granted(till.refund(1));
            for (int i = 1; i <= Attempt.MOST_EXTENSIONS; i++) {
                till.clock.set(grant.expiresAt().orElseThrow());
                ApprovalRequest more =
                        till.refund(1).extending(grant.id()).submit().orElseThrow();
                assertThat(more.ancestry()).hasSize(i).startsWith(grant.id());
                till.approve(more, Till.MIA);
                grant = till.grantOf(more);
            }
            refused(till.refund(1).extending(grant.id()), "10 times in a row");
        }
    }
}
