package io.jitapproval.benchmarks;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.JitApprovalException;
import io.jitapproval.JitGuard;
import io.jitapproval.Ref;
import io.jitapproval.Vote;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.PolicySource;
import java.util.List;
import java.util.function.LongConsumer;

/** Guards over the task's policies, and what is checked of each way to call through one. */
final class Guarded {

    private static final List<Kind> ONE_USE = List.of(Kind.USE_BEGUN, Kind.USE_ENDED);

    private Guarded() {}

    static PeopleDirectory people() {
        return People.of(
                People.person(Task.USER, Task.ROLES.toArray(new String[0])),
                People.person(Task.APPROVER, "FINANCE_MANAGER"));
    }

    static MethodGuard guard(PolicySource policy, RingAuditSink sink) {
        return Jit.guard()
                .policy(policy)
                .people(people())
                .subject(new CurrentUser())
                .audit(sink)
                .build();
    }

    /** 500 runs and leaves its two records; 1001 is refused. */
    static void requireStanding(RingAuditSink sink, LongConsumer refund) {
        requireRecorded(sink, () -> refund.accept(Task.ALLOWED));
        requireRefused(ActionDeniedException.class, () -> refund.accept(Task.TOO_MUCH));
    }

    /** 1001 has to be asked for, mia approves it, and then it runs again and again, while 1002 does not. */
    static void approve(JitGuard guard, RingAuditSink sink, LongConsumer refund) {
        requireRefused(ApprovalPendingException.class, () -> refund.accept(Task.TOO_MUCH));
        guard.approvals()
                .pending()
                .forEach(request -> Task.require(
                        guard.approvals()
                                .vote(request.id(), Vote.approve(request, Ref.user(Task.APPROVER)))
                                .counted(),
                        "the vote counts"));
        requireRecorded(sink, () -> refund.accept(Task.TOO_MUCH));
        requireRecorded(sink, () -> refund.accept(Task.TOO_MUCH));
        requireRefused(ApprovalPendingException.class, () -> refund.accept(Task.TOO_MUCH + 1));
        Task.require(guard.grants().active().get(0).uses() == 2, "two uses are counted");
    }

    private static void requireRecorded(RingAuditSink sink, Runnable call) {
        long before = sink.count();
        call.run();
        Task.require(sink.count() == before + 2 && sink.last(2).equals(ONE_USE), "begin and end are on record");
    }

    private static void requireRefused(Class<? extends JitApprovalException> how, Runnable call) {
        try {
            call.run();
        } catch (JitApprovalException refused) {
            Task.require(how.isInstance(refused), "refused with " + how.getSimpleName() + ", not " + refused);
            return;
        }
        throw new IllegalStateException("not refused");
    }
}
