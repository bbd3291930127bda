package io.jitapproval.walls.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("walls 6 and 8, R41: grants taken away together")
class RevokeAllTest {

    private static final String MANY = "\"uses\": 100000, \"within\": \"PT2H\", \"useWithin\": \"PT1H\"";

    @Test
    @DisplayName(
            "R41: those of a subject, also where it acts for another one, and nobody else's; each has its one record")
    void ofSubject() {
        try (Till till = new Till(MANY)) {
            Grant own = till.granted(till.refund(1));
            Grant acted = till.granted(till.guard
                    .attempt("payment.void")
                    .by(Subject.user("zoe"))
                    .through(new Subject("agent", "bot", java.util.Map.of())));
            Grant other = till.granted(till.attempt("payment.void", "zoe"));

            assertThat(till.guard.grants().revokeAllOf(Till.ANA, Till.ROOT, "laptop lost"))
                    .isEqualTo(1);
            assertThat(till.call(till.refund(1))).contains(Reason.APPROVAL_PENDING);
            assertThat(till.guard.grants().revokeAllOf(new Ref("agent", "bot"), Till.ROOT, ""))
                    .isEqualTo(1);
            assertThat(till.now(own).state()).isEqualTo(Grant.State.REVOKED);
            assertThat(till.now(acted).state()).isEqualTo(Grant.State.REVOKED);
            assertThat(till.guard.grants().active()).containsExactly(till.now(other));

            assertThat(till.records(Kind.GRANTS_VOIDED))
                    .hasSize(2)
                    .first()
                    .satisfies(record -> assertThat(record.details())
                            .containsEntry("subject", "user/ana")
                            .containsEntry("why", "laptop lost"));
            assertThat(till.records(Kind.GRANT_ENDED))
                    .extracting(AuditRecord::grantId)
                    .containsExactly(Optional.of(own.id()), Optional.of(acted.id()));
            assertThat(till.records(Kind.GRANT_ENDED)).allSatisfy(record -> {
                assertThat(record.reason()).isEqualTo(Reason.GRANT_REVOKED);
                assertThat(record.by()).contains(Till.ROOT);
            });
        }
    }

    @Test
    @DisplayName(
            "R41: those for an action; everything; a grant that is given afterwards, at the same instant, is untouched")
    void forActionAndEverything() {
        try (Till till = new Till(MANY)) {
            till.granted(till.refund(1));
            till.granted(till.attempt("payment.void", "ana"));
            till.granted(till.attempt("payment.void", "zoe"));
            assertThat(till.guard.grants().revokeAllFor("payment.refund", Till.ROOT, ""))
                    .isEqualTo(1);
            assertThat(till.guard.grants().active()).hasSize(2);
            assertThat(till.guard.grants().revokeEverything(Till.ROOT, "incident"))
                    .isEqualTo(2);
            assertThat(till.guard.grants().revokeEverything(Till.ROOT, "incident"))
                    .isZero();

            till.granted(till.refund(1));
            assertThat(till.call(till.refund(1))).isEmpty();
            assertThatThrownBy(() -> till.guard.grants().revokeAllFor(" ", Till.ROOT, ""))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName(
            "wall 8: a call that waited for its approval, and whose grant was voided meanwhile, is denied as revoked")
    void revokedAtUse() {
        UnaryOperator<GrantStore> voidingAtOnce = store -> new ForwardingGrantStore(store) {
            @Override
            public <R> Optional<R> changeRequest(String requestId, Change<ApprovalRequest, R> change, Journal journal) {
                Optional<R> result = super.changeRequest(requestId, change, journal);
                voidGrants(Voiding.EVERYTHING, now -> List.of(), journal);
                return result;
            }
        };
        try (Till till = new Till("", MANY, voidingAtOnce)) {
            CompletableFuture<Integer> waiting = till.refund(1)
                    .waitAtMost(Duration.ofMinutes(5))
                    .callAsync(() -> CompletableFuture.completedFuture(till.ran.incrementAndGet()))
                    .toCompletableFuture();
            till.approve(till.guard.approvals().pending().get(0), Till.MIA);

            assertThatThrownBy(() -> waiting.orTimeout(20, TimeUnit.SECONDS).join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            ActionDeniedException.class,
                            denied -> assertThat(denied.reason()).isEqualTo(Reason.GRANT_REVOKED));
            assertThat(till.ran).hasValue(0);
        }
    }

    /** Writes down no grant's end as long as it is broken. */
    private static final class Forgetful extends ForwardingGrantStore {

        final AtomicBoolean broken = new AtomicBoolean();

        Forgetful(GrantStore store) {
            super(store);
        }

        @Override
        public <R> Optional<R> changeGrant(String grantId, Change<Grant, R> change, Journal journal) {
            if (broken.get()) {
                throw new IllegalStateException("no connection");
            }
            return super.changeGrant(grantId, change, journal);
        }
    }

    @Test
    @DisplayName(
            "wall 1: if writing the ends down fails, the grants are gone all the same, and the next call writes them down, once")
    void restarted() {
        Forgetful[] made = new Forgetful[1];
        try (Till till = new Till("", MANY, store -> made[0] = new Forgetful(store))) {
            till.granted(till.refund(1));
            Grant second = till.granted(till.refund(2));
            made[0].broken.set(true);
            assertThatThrownBy(() -> till.guard.grants().revokeEverything(Till.ROOT, ""))
                    .isInstanceOf(GuardUnavailableException.class);
            made[0].broken.set(false);

            assertThat(till.guard.grants().active()).isEmpty();
            assertThat(till.call(till.refund(1))).contains(Reason.APPROVAL_PENDING);
            assertThat(till.guard.grants().revoke(second.id(), Till.ROOT, "")).isEqualTo(Reason.GRANT_REVOKED);
            assertThat(till.records(Kind.GRANT_ENDED))
                    .as("written down when it is touched")
                    .hasSize(1);
            assertThat(till.guard.grants().revokeEverything(Till.ROOT, "")).isEqualTo(1);
            assertThat(till.records(Kind.GRANT_ENDED))
                    .extracting(AuditRecord::grantId)
                    .doesNotHaveDuplicates()
                    .hasSize(2);
        }
    }

    @Test
    @DisplayName(
            "R41: a grant given while everything is revoked, but before its record, is gone too; twin: going through a list")
    void givenMeanwhile() {
        givenMeanwhile(till -> till.guard.grants().revokeEverything(Till.ROOT, ""));
        assertThatThrownBy(() -> givenMeanwhile(till -> till.guard
                        .grants()
                        .active()
                        .forEach(grant -> till.guard.grants().revoke(grant.id(), Till.ROOT, ""))))
                .isInstanceOf(AssertionError.class);
    }

    private static void givenMeanwhile(Consumer<Till> revokesAll) {
        Runnable[] meanwhile = {() -> {}};
        UnaryOperator<GrantStore> hooked = store -> new ForwardingGrantStore(store) {
            private void happen() {
                Runnable now = meanwhile[0];
                meanwhile[0] = () -> {};
                now.run();
            }

            @Override
            public List<Grant> activeGrants() {
                List<Grant> listed = super.activeGrants();
                happen();
                return listed;
            }

            @Override
            public void voidGrants(Voiding which, Function<Instant, List<AuditRecord>> records, Journal journal) {
                happen();
                super.voidGrants(which, records, journal);
            }
        };
        try (Till till = new Till("", MANY, hooked)) {
            till.granted(till.refund(1));
            meanwhile[0] = () -> till.granted(till.refund(2));
            revokesAll.accept(till);
            assertThat(till.guard.grants().active()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "R41: 8 threads on one grant: no use begins after everything was revoked; twin: a revocation that only takes note")
    void noUseAfterwards() throws Exception {
        noUseAfterwards(UnaryOperator.identity());
        UnaryOperator<GrantStore> late = store -> new ForwardingGrantStore(store) {
            @Override
            public void voidGrants(Voiding which, Function<Instant, List<AuditRecord>> records, Journal journal) {
                journal.append(records.apply(now()));
            }
        };
        assertThatThrownBy(() -> noUseAfterwards(late)).isInstanceOf(AssertionError.class);
    }

    private static void noUseAfterwards(UnaryOperator<GrantStore> breaking) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Till till = new Till("", MANY, breaking)) {
            for (int round = 0; round < 20; round++) {
                till.granted(till.refund(round));
                int amount = round;
                AtomicBoolean revoked = new AtomicBoolean();
                CountDownLatch running = new CountDownLatch(8);
                List<Future<Boolean>> users = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    users.add(threads.submit(() -> {
                        boolean after;
                        Optional<Reason> refusal;
                        do {
                            after = revoked.get();
                            refusal = till.call(till.refund(amount));
                            running.countDown();
                        } while (!after);
                        return refusal.isPresent();
                    }));
                }
                assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
                till.guard.grants().revokeEverything(Till.ROOT, "");
                revoked.set(true);
                for (Future<Boolean> user : users) {
                    assertThat(user.get()).as("refused after the revocation").isTrue();
                }
                till.guard
                        .approvals()
                        .pending()
                        .forEach(left -> till.guard.approvals().withdraw(left.id(), left.subject()));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
