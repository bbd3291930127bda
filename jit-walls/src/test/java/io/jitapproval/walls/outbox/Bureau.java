package io.jitapproval.walls.outbox;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits;
import io.jitapproval.AskingLimits.Bucket;
import io.jitapproval.Attempt;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.test.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A firm where everybody may ask as often as they like, and nobody is interrupted more than twice at once and then every three minutes.
 * Its store outlives its guards.
 */
final class Bureau implements AutoCloseable {

    static final Duration REFILL = Duration.ofMinutes(3);
    static final int SIZE = 2;
    static final Duration LIMIT = Duration.ofMillis(300);

    private static final Ref MIA = Ref.user("mia");

    /** Of {@code mia} alone, with an hour, with eight minutes and with less than one; and of both bosses. */
    private static final String POLICY = """
            {"default": "deny", "rules": [
              {"id": "mia", "actions": ["pay"], "effect": "require-approval",
               "approval": {"by": {"person": "mia"}, "decideWithin": "PT1H",
                 "breakGlass": {"by": [{"person": "ana"}], "alarm": {"person": "mia"}, "within": "PT10M",
                   "review": [{"role": "BOSS"}], "reviewWithin": "PT4H"}}},
              {"id": "soon", "actions": ["soon"], "effect": "require-approval",
               "approval": {"by": {"person": "mia"}, "decideWithin": "PT8M"}},
              {"id": "now", "actions": ["now"], "effect": "require-approval",
               "approval": {"by": {"person": "mia"}, "decideWithin": "PT50S"}},
              {"id": "remind", "actions": ["remind"], "effect": "require-approval",
               "approval": {"by": {"person": "mia"}, "decideWithin": "PT4H", "remindAfter": "PT30M"}},
              {"id": "both", "actions": ["both"], "effect": "require-approval",
               "approval": {"by": {"role": "BOSS"}, "decideWithin": "PT1H"}}]}
            """;

    final TestClock clock = new TestClock();
    final MemoryAuditSink records = AuditSinks.memory(10_000);
    final GrantStore store;
    private final Bucket bucket;
    private final List<ApprovalChannel> channels;
    private MethodGuard guard;
    private int asked;

    Bureau(Bucket bucket, UnaryOperator<GrantStore> around, ApprovalChannel... channels) {
        this.bucket = bucket;
        this.channels = List.of(channels);
        this.store = around.apply(GrantStores.memory(clock));
        this.guard = open(store);
    }

    Bureau(UnaryOperator<GrantStore> around, ApprovalChannel... channels) {
        this(new Bucket(SIZE, REFILL), around, channels);
    }

    /** Another process with this store, or with what stands in front of it. */
    MethodGuard open(GrantStore with) {
        var builder = Jit.guard()
                .askingLimits(new AskingLimits(Bucket.ENDLESS, Bucket.ENDLESS, Integer.MAX_VALUE, bucket))
                .policy(PolicySources.text("bureau.json", POLICY))
                .audit(records)
                .time(clock)
                .store(with)
                .channelTimeLimit(LIMIT)
                .people(People.of(
                        People.person("mia", "BOSS"), People.person("tom", "BOSS"), People.person("ana", "CLERK")));
        channels.forEach(builder::channel);
        return builder.build();
    }

    MethodGuard guard() {
        return guard;
    }

    /** The process ends, and another one begins. */
    void restart() {
        guard.close();
        guard = open(store);
    }

    ApprovalRequest ask(String action) {
        return ask(guard, action);
    }

    /** A call that differs from every other one. */
    ApprovalRequest ask(MethodGuard by, String action) {
        try {
            attempt(by, action).run(() -> {});
            throw new AssertionError("ran without being asked about");
        } catch (ApprovalPendingException pending) {
            return pending.request();
        }
    }

    Attempt attempt(MethodGuard by, String action) {
        return by.attempt(action).by(Subject.user("ana")).with("amount", asked++);
    }

    /** So many as go out at once. */
    void exhaust() {
        for (int i = 0; i < SIZE; i++) {
            ask("pay");
        }
    }

    Reason approve(ApprovalRequest request) {
        return guard.approvals().vote(request.id(), Vote.approve(request, MIA)).reason();
    }

    Reason deny(ApprovalRequest request) {
        return guard.approvals()
                .vote(request.id(), Vote.deny(request, MIA, "no"))
                .reason();
    }

    List<OutboxMessage> messages(ApprovalRequest request) {
        return guard.deliveries().of(request.id());
    }

    List<OutboxMessage.State> states(ApprovalRequest request) {
        return messages(request).stream().map(OutboxMessage::state).toList();
    }

    List<AuditRecord> records(AuditRecord.Kind kind) {
        return records.records().stream()
                .filter(record -> record.kind() == kind)
                .toList();
    }

    @Override
    public void close() {
        guard.close();
    }
}
