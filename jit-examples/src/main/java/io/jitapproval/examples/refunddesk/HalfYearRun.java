package io.jitapproval.examples.refunddesk;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits;
import io.jitapproval.Attempt;
import io.jitapproval.Outcome;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Vote;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.test.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Takes wishes through a real guard, on a simulated clock: asks, votes, uses, and says what came of it, each at its time. */
final class HalfYearRun {

    private static final Duration A_DAY = Duration.ofDays(1);
    /** So that every run draws the same blind samples. */
    private static final byte[] KEY = new byte[32];

    private final TestClock clock = new TestClock(HalfYear.FROM.atStartOfDay().toInstant(ZoneOffset.UTC));
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingInt(Event::number));
    private final MethodGuard guard;
    private int number;
    private int ran;

    private HalfYearRun(String policy, AuditSink audit) {
        guard = Jit.guard()
                .policy(PolicySources.text("half-year-policy.json", policy))
                .people(Staff.directory())
                .time(clock)
                .audit(audit)
                .askingLimits(AskingLimits.NONE)
                .commitmentKey(KEY)
                .recordAttributes("subject.department", "resource.*", "context.*")
                .build();
    }

    /** What is to happen, and when. */
    private record Event(Instant at, int number, Runnable what) {}

    /** {@return how often an action ran} */
    static int run(List<Wish> wishes, String policy, AuditSink audit) {
        HalfYearRun run = new HalfYearRun(policy, audit);
        try (MethodGuard guard = run.guard) {
            wishes.forEach(wish -> run.at(wish.at(), () -> run.ask(wish)));
            for (Event next = run.events.poll(); next != null; next = run.events.poll()) {
                run.clock.set(next.at());
                next.what().run();
            }
            run.clock.advance(Duration.ofDays(4));
            // Whoever looks sees what has expired.
            guard.approvals().pending();
            return run.ran;
        }
    }

    private void at(Instant when, Runnable what) {
        events.add(new Event(when, number++, what));
    }

    private Attempt attempt(Wish wish) {
        Attempt attempt = guard.attempt(wish.action()).by(wish.subject()).on(wish.resource());
        wish.arguments().forEach(attempt::with);
        wish.context().forEach(attempt::inContext);
        return attempt;
    }

    private void ask(Wish wish) {
        try {
            use(wish);
        } catch (ApprovalPendingException pending) {
            ApprovalRequest request = pending.request();
            wish.reply().ifPresent(reply -> at(wish.at().plus(reply.after()), () -> vote(wish, request, reply)));
        }
    }

    private void vote(Wish wish, ApprovalRequest request, Wish.Reply reply) {
        Ref person = Ref.user(reply.person());
        Vote vote = reply.approves() ? Vote.approve(request, person) : Vote.deny(request, person, "not like this");
        Reason reason = guard.approvals().vote(request.id(), vote).reason();
        if (reason != Reason.VOTE_COUNTED) {
            throw new IllegalStateException(
                    reply.person() + " could not answer " + wish.action() + ": " + reason.word());
        }
        if (!reply.approves()) {
            return;
        }
        wish.uses().forEach(after -> at(clock.instant().plus(after), () -> use(wish)));
        if (wish.reversed()) {
            at(
                    clock.instant().plus(A_DAY),
                    () -> guard.outcomes()
                            .ofRequest(
                                    request.id(),
                                    Outcome.REVERSED,
                                    new Ref("system", "ledger"),
                                    "the kiosk had printed it twice"));
        }
    }

    private void use(Wish wish) {
        attempt(wish).run(() -> ran++);
    }
}
