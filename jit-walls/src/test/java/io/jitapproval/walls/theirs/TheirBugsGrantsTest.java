package io.jitapproval.walls.theirs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.Reason;
import io.jitapproval.Vote;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.walls.grants.Altered;
import io.jitapproval.walls.grants.Till;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Their bugs, not ours: grants")
class TheirBugsGrantsTest {

    private static final String TERMS = "\"within\": \"PT1H\", \"useWithin\": \"PT20M\", \"uses\": 2";
    private static final String ONCE = "\"uses\": 1";
    private static final UnaryOperator<GrantStore> SOUND = UnaryOperator.identity();

    /** Holds on a sound store, and not on the one with their bug. */
    private static void holds(Consumer<UnaryOperator<GrantStore>> check, UnaryOperator<GrantStore> theirs) {
        check.accept(SOUND);
        assertThatThrownBy(() -> check.accept(theirs)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("Teleport #50011: the grant's clock starts at the request, so a late approval gives next to nothing")
    void grantClockStartsAtTheRequest() {
        holds(
                breaking -> {
                    try (Till till = new Till(", \"decideWithin\": \"PT3H\"", TERMS, breaking)) {
                        ApprovalRequest request = till.refund(1).submit().orElseThrow();
                        till.clock.advance(Duration.ofMinutes(55));
                        till.approve(request, Till.MIA);
                        assertThat(till.call(till.refund(1))).isEmpty();
                        till.clock.advance(Duration.ofMinutes(59));
                        assertThat(till.call(till.refund(1))).isEmpty();
                    }
                },
                Till.giving((request, grant) -> Altered.timed(
                        grant,
                        grant.notBefore(),
                        grant.useBy(),
                        Optional.of(request.createdAt().plus(grant.terms().within())))));
    }

    @Test
    @DisplayName("AWS TEAM #279: the end of one grant takes an overlapping one away")
    void overlappingGrantsRevokeEachOther() {
        holds(
                breaking -> {
                    try (Till till = new Till("", TERMS, breaking)) {
                        Grant first = till.granted(till.refund(1));
                        till.clock.advance(Duration.ofMinutes(10));
                        till.granted(till.refund(2));
                        till.guard.grants().revoke(first.id(), Till.ROOT, "");
                        assertThat(till.call(till.refund(2))).isEmpty();
                    }
                },
                store -> new ForwardingGrantStore(store) {
                    @Override
                    public <R> Optional<R> changeGrant(String id, Change<Grant, R> change, Journal journal) {
                        Optional<R> result = super.changeGrant(id, change, journal);
                        if (grant(id).map(Grant::state).orElseThrow() == Grant.State.REVOKED) {
                            voidGrants(Voiding.EVERYTHING, now -> List.of(), journal);
                        }
                        return result;
                    }
                });
    }

    @Test
    @DisplayName("Approved but never expiring: without any sweeper, an approval ends unused, and used it ends as well")
    void approvedButNeverExpiring() {
        for (String from : List.of("approval", "first-use")) {
            holds(
                    breaking -> {
                        try (Till till = new Till("", TERMS + ", \"from\": \"" + from + "\"", breaking)) {
                            till.granted(till.refund(1));
                            Grant used = till.granted(till.refund(2));
                            assertThat(till.call(till.refund(2))).isEmpty();
                            till.clock.advance(Duration.ofMinutes(20));
                            assertThat(till.call(till.refund(1))).contains(Reason.APPROVAL_PENDING);
                            till.clock.advance(Duration.ofMinutes(40));
                            assertThat(till.guard.grants().active()).isEmpty();
                            assertThat(till.call(till.refund(2))).contains(Reason.APPROVAL_PENDING);
                            assertThat(till.now(used).stateAt(till.clock.instant()))
                                    .isEqualTo(Grant.State.EXPIRED);
                        }
                    },
                    store -> new ForwardingGrantStore(store) {
                        @Override
                        public <R> Optional<R> changeGrant(String id, Change<Grant, R> change, Journal journal) {
                            return super.changeGrant(
                                    id, (grant, now) -> change.apply(grant, grant.grantedAt()), journal);
                        }
                    });
        }
    }

    @Test
    @DisplayName(
            "An approval is a state that is read, not something that is used up: one approval lets many calls through")
    void approvalIsReadNotConsumed() {
        holds(
                breaking -> {
                    try (Till till = new Till("", ONCE, breaking)) {
                        till.granted(till.refund(1));
                        assertThat(till.call(till.refund(1))).isEmpty();
                        assertThat(till.call(till.refund(1))).contains(Reason.APPROVAL_PENDING);
                        assertThat(till.ran).hasValue(1);
                    }
                },
                store -> new ForwardingGrantStore(store) {
                    @Override
                    public <R> Optional<R> changeGrant(String id, Change<Grant, R> change, Journal journal) {
                        return Optional.of(
                                change.apply(grant(id).orElseThrow(), now()).result());
                    }
                });
    }

    @Test
    @DisplayName("Provision before persist: access is there although the approval could not be written down")
    void provisionBeforePersist() {
        AtomicBoolean down = new AtomicBoolean();
        Journal broken = records -> {
            throw new IllegalStateException("disk full");
        };
        UnaryOperator<GrantStore> fails = store -> new ForwardingGrantStore(store) {
            @Override
            public <R> Optional<R> changeRequest(String id, Change<ApprovalRequest, R> change, Journal journal) {
                return super.changeRequest(id, change, down.get() ? broken : journal);
            }
        };
        holds(
                breaking -> {
                    down.set(false);
                    try (Till till = new Till("", ONCE, breaking == SOUND ? fails : breaking)) {
                        ApprovalRequest request = till.refund(1).submit().orElseThrow();
                        down.set(true);
                        assertThatThrownBy(() -> till.approve(request, Till.MIA))
                                .isInstanceOf(GuardUnavailableException.class);
                        assertThat(till.guard.grants().active()).isEmpty();
                        assertThat(till.call(till.refund(1))).isPresent();
                        down.set(false);
                        assertThat(till.approve(request, Till.MIA)).isEqualTo(Reason.VOTE_COUNTED);
                        assertThat(till.call(till.refund(1))).isEmpty();
                    }
                },
                store -> new ForwardingGrantStore(store) {
                    @Override
                    public <R> Optional<R> changeRequest(
                            String id, Change<ApprovalRequest, R> change, Journal journal) {
                        Optional<R> result = super.changeRequest(id, change, down.get() ? records -> {} : journal);
                        if (down.get()) {
                            throw new IllegalStateException("disk full");
                        }
                        return result;
                    }
                });
    }

    @Test
    @DisplayName("A rejection deletes the evidence: what was denied, by whom and why, is nowhere to be found")
    void rejectionDeletesEvidence() {
        holds(
                breaking -> {
                    try (Till till = new Till("", ONCE, breaking)) {
                        ApprovalRequest request =
                                till.refund(1).because("urgent").submit().orElseThrow();
                        till.vote(request, Vote.deny(request, Till.TOM, "not today"));
                        Optional<ApprovalRequest> after = till.guard.approvals().find(request.id());
                        assertThat(after.map(ApprovalRequest::state)).contains(ApprovalRequest.State.DENIED);
                        assertThat(after.orElseThrow().votes().get(0).reason()).isEqualTo("not today");
                        assertThat(after.orElseThrow().arguments()).isEqualTo(request.arguments());
                        assertThat(after.orElseThrow().reason()).isEqualTo("urgent");
                        assertThat(till.records.records())
                                .filteredOn(record -> record.requestId().equals(Optional.of(request.id())))
                                .extracting(AuditRecord::kind)
                                .containsSubsequence(Kind.REQUESTED, Kind.VOTED, Kind.DECIDED);
                    }
                },
                store -> new ForwardingGrantStore(store) {
                    @Override
                    public Optional<ApprovalRequest> request(String id) {
                        return super.request(id).filter(request -> request.state() != ApprovalRequest.State.DENIED);
                    }
                });
    }

    @Test
    @DisplayName("Grants that begin ahead of time, or go on after others, keep all their clocks")
    void clocksOfLaterGrants() {
        try (Till till = new Till("", TERMS, SOUND)) {
            Instant start = till.clock.instant().plus(Duration.ofHours(5));
            till.granted(till.refund(1).startingAt(start));
            till.clock.set(start.plus(Duration.ofMinutes(20)));
            assertThat(till.call(till.refund(1))).as("unused after its use-by").contains(Reason.APPROVAL_PENDING);
        }
    }
}
