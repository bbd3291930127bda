package io.jitapproval.test;

import io.jitapproval.JitGuard;
import io.jitapproval.Subject;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.spi.PolicySource;
import java.util.Optional;
import java.util.function.Consumer;

/** A guard and everything that a test holds in its hands of it. */
record JitWorld(MethodGuard guard, FakeApprover approver, TestClock clock, TestPeople people, MemoryAuditSink audit) {

    private static final int MOST_RECORDS = 1_000_000;

    static JitWorld make(PolicySource policy, Subject subject, Consumer<GuardBuilder> configuration) {
        TestClock clock = new TestClock();
        FakeApprover approver = new FakeApprover(clock);
        TestPeople people = new TestPeople(approver);
        MemoryAuditSink audit = AuditSinks.memory(MOST_RECORDS);
        GuardBuilder builder = Jit.guard()
                .policy(policy)
                .subject(() -> Optional.of(subject))
                .people(people)
                .channel(approver)
                .audit(audit)
                .time(clock);
        configuration.accept(builder);
        MethodGuard guard = builder.build();
        approver.follow(guard.deliveries());
        return new JitWorld(guard, approver, clock, people, audit);
    }

    Object get(Class<?> type) {
        if (type == FakeApprover.class) {
            return approver;
        }
        if (type == TestClock.class) {
            return clock;
        }
        if (type == TestPeople.class) {
            return people;
        }
        if (type == MemoryAuditSink.class) {
            return audit;
        }
        if (type == MethodGuard.class || type == JitGuard.class) {
            return guard;
        }
        throw new IllegalArgumentException("there is no " + type.getSimpleName() + " in a JitTest");
    }
}
