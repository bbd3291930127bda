package io.jitapproval.walls.outbox;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A firm where {@code ana} pays when {@code mia} or {@code tom} agrees, with a store that outlives its guards: whoever stops one and
 * starts another one has crashed and come back.
 */
public final class Post implements AutoCloseable {

    static final Ref MIA = Ref.user("mia");
    static final Duration LIMIT = Duration.ofMillis(300);

    private static final String POLICY = """
            {"default": "deny", "rules": [
              {"id": "ask", "actions": ["pay"], "effect": "require-approval",
               "approval": {"by": {"role": "BOSS"}, "people": 1, "decideWithin": "PT6H"}}]}
            """;

    public final TestClock clock = new TestClock();
    public final MemoryAuditSink records = AuditSinks.memory(10_000);
    public final GrantStore store;
    private final List<ApprovalChannel> channels;
    private final AtomicInteger paid = new AtomicInteger();
    private MethodGuard guard;

    /** With what stands in front of the store. */
    public Post(UnaryOperator<GrantStore> around, ApprovalChannel... channels) {
        this.channels = List.of(channels);
        this.store = around.apply(GrantStores.memory(clock));
        this.guard = open();
    }

    public Post(ApprovalChannel... channels) {
        this(UnaryOperator.identity(), channels);
    }

    private MethodGuard open() {
        var builder = Jit.guard()
                .askingLimits(AskingLimits.NONE)
                .policy(PolicySources.text("post.json", POLICY))
                .audit(records)
                .time(clock)
                .store(store)
                .channelTimeLimit(LIMIT)
                .people(People.of(
                        People.person("mia", "BOSS"), People.person("tom", "BOSS"), People.person("ana", "CLERK")));
        channels.forEach(builder::channel);
        return builder.build();
    }

    public MethodGuard guard() {
        return guard;
    }

    /** The process ends, and another one begins. */
    public void restart() {
        guard.close();
        guard = open();
    }

    /** Somebody wants to pay, and is told to wait. */
    public ApprovalRequest ask(int amount) {
        try {
            pay(amount);
            throw new AssertionError("paid without being asked");
        } catch (ApprovalPendingException pending) {
            return pending.request();
        }
    }

    public int pay(int amount) {
        return guard.attempt("pay")
                .by(Subject.user("ana"))
                .with("amount", amount)
                .call(paid::incrementAndGet);
    }

    /** Somebody approves where no channel sees it. */
    public Reason approve(ApprovalRequest request) {
        return guard.approvals().vote(request.id(), Vote.approve(request, MIA)).reason();
    }

    public Reason deny(ApprovalRequest request) {
        return guard.approvals()
                .vote(request.id(), Vote.deny(request, MIA, "no"))
                .reason();
    }

    public List<OutboxMessage> messages(ApprovalRequest request) {
        return guard.deliveries().of(request.id());
    }

    public OutboxMessage message(ApprovalRequest request, int number) {
        return messages(request).get(number - 1);
    }

    public List<AuditRecord> records(AuditRecord.Kind kind) {
        return records.records().stream()
                .filter(record -> record.kind() == kind)
                .toList();
    }

    /** Time goes on step by step until something is so. */
    public void pass(Duration step, int steps, BooleanSupplier until) {
        for (int i = 0; i < steps && !soon(until); i++) {
            clock.advance(step);
        }
        if (!soon(until)) {
            throw new AssertionError("not within " + step.multipliedBy(steps));
        }
    }

    /** Within a moment of real time, no time passing. */
    public static boolean soon(BooleanSupplier what) {
        return within(200, what);
    }

    /** Waits, as long as it never takes. */
    public static void await(String what, BooleanSupplier until) {
        if (!within(10_000, until)) {
            throw new AssertionError("it never came: " + what);
        }
    }

    private static boolean within(long millis, BooleanSupplier until) {
        long start = System.nanoTime();
        while (!until.getAsBoolean()) {
            if (System.nanoTime() - start > millis * 1_000_000) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    @Override
    public void close() {
        guard.close();
    }
}
