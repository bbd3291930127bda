package io.jitapproval.walls.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.Attempt;
import io.jitapproval.Grant;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 7: grants that are asked for ahead of time")
class AheadTest {

    private static final String HOUR = "\"within\": \"PT1H\", \"useWithin\": \"PT30M\", \"uses\": 2";
    private static final String FROM_USE = HOUR + ", \"from\": \"first-use\"";

    private static Instant tonight(Till till) {
        return till.clock.instant().plus(Duration.ofHours(12));
    }

    @Test
    @DisplayName(
            "wall 7, R40: they are used from their start on, at the very instant, and not before; that asks nobody again")
    void notBefore() {
        notBefore(UnaryOperator.identity());
        UnaryOperator<GrantStore> fromApproval = Till.giving(
                (request, grant) -> Altered.timed(grant, grant.grantedAt(), grant.useBy(), grant.expiresAt()));
        assertThatThrownBy(() -> notBefore(fromApproval)).isInstanceOf(AssertionError.class);
    }

    private static void notBefore(UnaryOperator<GrantStore> breaking) {
        try (Till till = new Till("", HOUR, breaking)) {
            Instant start = tonight(till);
            Grant grant = till.granted(till.refund(1).startingAt(start));
            till.clock.set(start.minusNanos(1));
            assertThatThrownBy(() -> till.refund(1).run(till.ran::incrementAndGet))
                    .isInstanceOfSatisfying(ApprovalPendingException.class, waits -> {
                        assertThat(waits.reason()).isEqualTo(Reason.GRANT_NOT_YET_VALID);
                        assertThat(waits.request().id()).isEqualTo(grant.requestId());
                        assertThat(waits).hasMessageContaining(start.toString()).hasMessageContaining("JIT-309");
                    });
            assertThat(till.guard.approvals().pending())
                    .as("nobody is asked again")
                    .isEmpty();
            till.clock.set(start);
            assertThat(till.call(till.refund(1))).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "wall 7: their length and use-by count from the start, or from an approval that comes later, never from the request")
    void clocks() {
        clocks(UnaryOperator.identity());
        UnaryOperator<GrantStore> fromRequest = Till.giving((request, grant) -> Altered.timed(
                grant,
                grant.notBefore(),
                request.createdAt().plus(request.requirement().useWithin()),
                Optional.of(request.createdAt().plus(grant.terms().within()))));
        assertThatThrownBy(() -> clocks(fromRequest)).isInstanceOf(AssertionError.class);
    }

    private static void clocks(UnaryOperator<GrantStore> breaking) {
        try (Till till = new Till(", \"decideWithin\": \"P1D\"", HOUR, breaking)) {
            Instant start = tonight(till);
            Grant early = till.granted(till.refund(1).startingAt(start));
            assertThat(early.notBefore()).isEqualTo(start);
            assertThat(early.useBy()).isEqualTo(start.plus(Duration.ofMinutes(30)));
            assertThat(early.expiresAt()).contains(start.plus(Duration.ofHours(1)));
            till.clock.set(start.plus(Duration.ofMinutes(29)));
            assertThat(till.call(till.refund(1))).isEmpty();
            till.clock.set(start.plus(Duration.ofHours(1)).minusNanos(1));
            assertThat(till.call(till.refund(1))).isEmpty();

            Instant next = till.clock.instant().plus(Duration.ofMinutes(5));
            ApprovalRequest late = till.refund(2).startingAt(next).submit().orElseThrow();
            Instant approval = till.clock.instant().plus(Duration.ofHours(2));
            till.clock.set(approval);
            till.approve(late, Till.MIA);
            assertThat(till.grantOf(late).notBefore()).isEqualTo(approval);
            assertThat(till.grantOf(late).expiresAt()).contains(approval.plus(Duration.ofHours(1)));
        }
    }

    @Test
    @DisplayName("wall 7: from the first use, it counts from that; unused after its use-by, it is over")
    void firstUse() {
        try (Till till = new Till(FROM_USE)) {
            Instant start = tonight(till);
            Grant grant = till.granted(till.refund(1).startingAt(start));
            assertThat(grant.expiresAt()).isEmpty();
            Instant use = start.plus(Duration.ofMinutes(29));
            till.clock.set(use);
            assertThat(till.call(till.refund(1))).isEmpty();
            assertThat(till.now(grant).expiresAt()).contains(use.plus(Duration.ofHours(1)));
            till.clock.set(use.plus(Duration.ofHours(1)).minusNanos(1));
            assertThat(till.call(till.refund(1))).isEmpty();

            till.granted(till.refund(2).startingAt(till.clock.instant().plus(Duration.ofHours(1))));
            till.clock.advance(Duration.ofMinutes(90));
            assertThat(till.call(till.refund(2))).contains(Reason.APPROVAL_PENDING);
        }
    }

    @Test
    @DisplayName("R40: one cannot begin in the past, nor more than 31 days ahead; that is said, and nothing is asked")
    void bounds() {
        try (Till till = new Till(HOUR)) {
            Instant now = till.clock.instant();
            for (Instant bad : new Instant[] {
                now.minusNanos(1), now.plus(Attempt.LONGEST_AHEAD).plusNanos(1), Instant.MAX
            }) {
                assertThatThrownBy(() -> till.refund(1).startingAt(bad).submit())
                        .isInstanceOfSatisfying(
                                JitApprovalException.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Reason.START_UNFIT));
            }
            assertThat(till.guard.approvals().pending()).isEmpty();
            assertThat(till.refund(1).startingAt(now).submit()).isPresent();
            assertThat(till.refund(1)
                            .startingAt(now.plus(Attempt.LONGEST_AHEAD))
                            .submit())
                    .isPresent();
            assertThatThrownBy(() -> till.refund(1).startingAt(now).run(() -> {}))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> till.refund(1).startingAt(now).extending("g"))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @DisplayName("wall 14: equal ones coalesce, others do not; the start is part of what approvers see and sign")
    void apart() {
        try (Till till = new Till(HOUR)) {
            Instant start = tonight(till);
            ApprovalRequest now = till.refund(1).submit().orElseThrow();
            ApprovalRequest later = till.refund(1).startingAt(start).submit().orElseThrow();
            assertThat(till.refund(1).startingAt(start).submit().map(ApprovalRequest::id))
                    .contains(later.id());
            assertThat(later.id()).isNotEqualTo(now.id());
            assertThat(later.startsAt()).contains(start);
            assertThat(later.digest()).isNotEqualTo(now.digest());
            assertThat(till.records(Kind.REQUESTED).get(1).details()).containsEntry("startsAt", start);
        }
    }

    @Test
    @DisplayName(
            "a grant that will last until then serves; one that will have ended does not; who needs it sooner can ask")
    void reused() {
        try (Till till = new Till(HOUR)) {
            Grant now = till.granted(till.refund(1));
            Instant soon = till.clock.instant().plus(Duration.ofMinutes(29));
            assertThat(till.refund(1).startingAt(soon).submit().map(ApprovalRequest::id))
                    .contains(now.requestId());

            ApprovalRequest tonight =
                    till.refund(1).startingAt(tonight(till)).submit().orElseThrow();
            assertThat(tonight.state()).isEqualTo(ApprovalRequest.State.PENDING);
            till.approve(tonight, Till.MIA);
            assertThat(till.refund(1).startingAt(tonight(till)).submit().map(ApprovalRequest::id))
                    .contains(tonight.id());

            till.guard.grants().giveBack(now.id(), Till.ANA);
            assertThat(till.call(till.refund(1))).contains(Reason.GRANT_NOT_YET_VALID);
            ApprovalRequest sooner = till.refund(1).submit().orElseThrow();
            till.approve(sooner, Till.MIA);
            assertThat(till.call(till.refund(1))).isEmpty();
        }
    }
}
