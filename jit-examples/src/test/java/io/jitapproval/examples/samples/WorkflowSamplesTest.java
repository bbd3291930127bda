package io.jitapproval.examples.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.Attempt;
import io.jitapproval.Bundle;
import io.jitapproval.Ceiling;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.JitGuard;
import io.jitapproval.PreviewLine;
import io.jitapproval.Ref;
import io.jitapproval.RequestHandle;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.Jit;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.Person;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what docs/going-on.md, docs/grants.md and the Javadoc show of the workflow")
class WorkflowSamplesTest {

    private static final String POLICY =
            "{\"default\": {\"require-approval\": {\"by\": {\"person\": \"mia\"}}, \"grant\": {\"within\": \"PT1H\"}}, \"rules\": []}";

    private final Ref mia = Ref.user("mia");
    private final Ledger ledger = new Ledger();

    record Receipt(String text) {}

    interface Refunds {
        @RequiresJitApproval(action = "payment.refund", resource = "order/{orderId}")
        Receipt refund(String orderId, @Ceiling BigDecimal amount); // runs with what was approved
    }

    private static final class Ledger {

        private final List<BigDecimal> paid = new ArrayList<>();

        Receipt refund(String orderId, BigDecimal amount) {
            paid.add(amount);
            return new Receipt(orderId);
        }

        String refund(String orderId) {
            return orderId;
        }
    }

    private static GuardBuilder ready(GuardBuilder builder) {
        return builder.policy(PolicySources.text("policy.json", POLICY))
                .subject(() -> Optional.of(Subject.user("ana")))
                .people(People.of(person("ana"), person("mia"), person("tom")))
                .audit(AuditSinks.memory(1_000));
    }

    private static Person person(String id) {
        return new Person(id, id, Set.of(), Set.of());
    }

    @Test
    @DisplayName("handles, from any process")
    void handles() {
        try (JitGuard guard = ready(Jit.guard()).build()) {
            String id = guard.attempt("db.migrate").submit().orElseThrow().id();
            List<ApprovalRequest> ended = new ArrayList<>();
            RequestHandle handle = guard.request(id); // in any process whose guard uses the same store
            handle.current(); // the request as it stands
            handle.whenEnded().thenAccept(ended::add); // no thread waits
            handle.withdraw(Ref.user("ana"));
            assertThat(guard.approvals().find(id).orElseThrow().state()).isEqualTo(ApprovalRequest.State.CANCELLED);
        }
    }

    @Test
    @DisplayName("a call that is kept and runs when it is approved")
    void kept() {
        GuardBuilder builder = Jit.guard()
                .replay(
                        "payment.refund",
                        call -> ledger.refund((String) call.arguments().get("order")));
        try (JitGuard guard = ready(builder).build()) {
            RequestHandle handle = guard.attempt("payment.refund")
                    .on(Resource.of("order", "42"))
                    .with("order", "42")
                    .replay();
            handle.replay(); // waiting, running, done, failed or refused; with the result
            assertThat(guard.approvals().pending()).hasSize(1);
        }
    }

    @Test
    @DisplayName("bundles")
    void bundles() {
        try (JitGuard guard = ready(Jit.guard()).build()) {
            Attempt revoke = guard.attempt("mandate.revoke").on(Resource.of("account", "old"));
            Attempt grant = guard.attempt("mandate.grant").on(Resource.of("account", "new"));
            Bundle bundle =
                    guard.bundle("move to the new bank").add(revoke).add(grant).submit();
            guard.findBundle(bundle.id()).orElseThrow().status(); // pending, approved, denied, partial, …
            assertThat(bundle(guard).items()).hasSize(2);
        }
    }

    private static Bundle bundle(JitGuard guard) {
        Bundle bundle = guard.bundle("move to the new bank")
                .add(guard.attempt("mandate.revoke").on(Resource.of("account", "old")))
                .add(guard.attempt("mandate.grant").on(Resource.of("account", "new")))
                .submit();
        return bundle;
    }

    @Test
    @DisplayName("a preview")
    void preview() {
        GuardBuilder builder = Jit.guard()
                .preview("customers.delete", request -> List.of(new PreviewLine("customers", count(request))));
        try (JitGuard guard = ready(builder).build()) {
            assertThat(guard.attempt("customers.delete").submit().orElseThrow().preview())
                    .containsExactly(new PreviewLine("customers", "412"));
        }
    }

    private static String count(EvaluationRequest request) {
        return request.action().name().isEmpty() ? "0" : "412";
    }

    @Test
    @DisplayName("ahead of time, and on after another grant")
    void ahead() {
        try (JitGuard guard = ready(Jit.guard()).build()) {
            Instant tonight = Instant.now().plus(Duration.ofHours(6));
            guard.attempt("db.migrate")
                    .on(Resource.of("db", "orders"))
                    .startingAt(tonight)
                    .submit();
            ApprovalRequest now = guard.attempt("db.migrate")
                    .on(Resource.of("db", "orders"))
                    .submit()
                    .orElseThrow();
            guard.approvals().vote(now.id(), Vote.approve(now, mia));
            String grantId =
                    guard.approvals().find(now.id()).orElseThrow().grantId().orElseThrow();
            guard.attempt("db.migrate")
                    .on(Resource.of("db", "orders"))
                    .extending(grantId)
                    .submit();
            assertThat(guard.approvals().pending()).hasSize(2);
        }
    }

    @Test
    @DisplayName("less than was asked")
    void ceiling() {
        try (JitGuard guard = ready(Jit.guard()).build()) {
            String orderId = "42";
            BigDecimal amount = new BigDecimal("5000");
            assertThatThrownBy(() -> refund(guard, orderId, amount)).isInstanceOf(ApprovalPendingException.class);
            Approvals approvals = guard.approvals();
            ApprovalRequest request = approvals.pending().get(0);
            String id = request.id();
            approvals.vote(
                    id,
                    Vote.approve(request, mia)
                            .narrowedTo(request.requirement().grant().withCeiling("amount", new BigDecimal("1000"))));
            refund(guard, orderId, amount);
            assertThat(ledger.paid).containsExactly(new BigDecimal("1000"));
        }
    }

    private void refund(JitGuard guard, String orderId, BigDecimal amount) {
        guard.attempt("payment.refund")
                .withCeiling("amount", amount)
                .call(use -> ledger.refund(orderId, use.number("amount")));
    }

    @Test
    @DisplayName("stand-ins")
    void standIns() {
        try (JitGuard guard = ready(Jit.guard()).build()) {
            Instant now = Instant.now();
            guard.approvals().standIns().name(Ref.user("mia"), Ref.user("tom"), now, now.plus(Duration.ofDays(7)));
            assertThat(guard.approvals().standIns().list()).hasSize(1);
        }
    }
}
