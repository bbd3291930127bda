package io.jitapproval.walls.grants;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits;
import io.jitapproval.Attempt;
import io.jitapproval.Grant;
import io.jitapproval.GrantTerms;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.test.TestClock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A guard over {@code payment.*}, for which {@code ana} asks and {@code mia} and {@code tom} decide. */
public final class Till implements AutoCloseable {

    public static final Ref ANA = Ref.user("ana");
    public static final Ref MIA = Ref.user("mia");
    public static final Ref TOM = Ref.user("tom");
    public static final Ref ROOT = Ref.user("root");

    public final TestClock clock = new TestClock();
    public final MemoryAuditSink records = AuditSinks.memory(100_000);
    public final GrantStore store;
    public final MethodGuard guard;
    public final AtomicInteger ran = new AtomicInteger();

    /** With what stands in {@code grant}. */
    public Till(String grant) {
        this("", grant, UnaryOperator.identity());
    }

    /** Also with more in {@code approval}, and a store that may be broken. */
    public Till(String approval, String grant, UnaryOperator<GrantStore> breaking) {
        store = breaking.apply(GrantStores.memory(clock));
        guard = Jit.guard()
                .askingLimits(AskingLimits.NONE)
                .time(clock)
                .store(store)
                .audit(records)
                .people(People.of(
                        People.person("ana"),
                        People.person("zoe"),
                        People.person("mia", "FINANCE"),
                        People.person("tom", "FINANCE")))
                .subject(() -> Optional.of(Subject.user("ana")))
                .policy(PolicySources.text("till.json", """
                        {"default": "deny", "rules": [
                          {"id": "ask", "actions": ["payment.*"], "effect": "require-approval",
                           "approval": {"by": {"role": "FINANCE"}%s}, "grant": {%s}}]}
                        """.formatted(approval, grant)))
                .build();
    }

    public Attempt refund(int amount) {
        return attempt("payment.refund", "ana").with("amount", amount);
    }

    public Attempt attempt(String action, String subject) {
        return guard.attempt(action).by(Subject.user(subject)).on(Resource.of("order", "42"));
    }

    public Reason approve(ApprovalRequest request, Ref voter) {
        return vote(request, Vote.approve(request, voter));
    }

    public Reason vote(ApprovalRequest request, Vote vote) {
        return guard.approvals().vote(request.id(), vote).reason();
    }

    public Reason narrow(ApprovalRequest request, Ref voter, UnaryOperator<GrantTerms> terms) {
        return vote(
                request,
                Vote.approve(request, voter)
                        .narrowedTo(terms.apply(request.requirement().grant())));
    }

    /** Asks, and has it approved by one. */
    public Grant granted(Attempt attempt) {
        ApprovalRequest request = attempt.submit().orElseThrow();
        assertThat(approve(request, MIA)).isEqualTo(Reason.VOTE_COUNTED);
        return grantOf(request);
    }

    public Grant grantOf(ApprovalRequest request) {
        return guard.approvals()
                .find(request.id())
                .flatMap(ApprovalRequest::grantId)
                .flatMap(guard.grants()::find)
                .orElseThrow();
    }

    public Grant now(Grant grant) {
        return guard.grants().find(grant.id()).orElseThrow();
    }

    /** Makes the call; why it did not run, or empty if it did. */
    public Optional<Reason> call(Attempt attempt) {
        try {
            attempt.run(ran::incrementAndGet);
            return Optional.empty();
        } catch (JitApprovalException refused) {
            return Optional.of(refused.reason());
        }
    }

    public List<AuditRecord> records(Kind kind) {
        return records.records().stream()
                .filter(record -> record.kind() == kind)
                .toList();
    }

    /** A store that gives grants other than those that were approved. */
    public static UnaryOperator<GrantStore> giving(BiFunction<ApprovalRequest, Grant, Grant> other) {
        return store -> new ForwardingGrantStore(store) {
            @Override
            public <R> Optional<R> changeRequest(String requestId, Change<ApprovalRequest, R> change, Journal journal) {
                return super.changeRequest(
                        requestId,
                        (request, now) -> {
                            Step<ApprovalRequest, R> step = change.apply(request, now);
                            Grant grant = step.grant();
                            return grant == null
                                    ? step
                                    : new Step<>(
                                            step.next(),
                                            other.apply(request, grant),
                                            step.records(),
                                            step.messages(),
                                            step.entries(),
                                            step.result());
                        },
                        journal);
            }
        };
    }

    @Override
    public void close() {
        guard.close();
    }
}
