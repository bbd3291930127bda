package io.jitapproval.spring;

import io.jitapproval.Rollout;
import io.jitapproval.core.MethodGuard;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;

/** What a guard shows of itself: what it does not enforce, who waits, and what has gone wrong for good. */
record GuardMeters(ObjectProvider<MethodGuard> guard) implements MeterBinder {

    static final String ROLLOUT = "jit.rollout";
    static final String PENDING = "jit.requests.pending";
    static final String GIVEN_UP = "jit.notices.given-up";
    static final String OVERDUE = "jit.debts.overdue";
    static final String SUSPENDED = "jit.rules.suspended";

    @Override
    public void bindTo(MeterRegistry registry) {
        MethodGuard bound = guard.getObject();
        bound.rollout().forEach((action, mode) -> rollout(registry, bound, action, mode));
        Gauge.builder(PENDING, bound, one -> one.approvals().pending().size())
                .description("Requests that wait for people")
                .register(registry);
        Gauge.builder(GIVEN_UP, bound, one -> one.deliveries().dead().size())
                .description("Messages to channels that were given up")
                .register(registry);
        Gauge.builder(OVERDUE, bound, one -> one.debts().overdue().size())
                .description("Emergencies whose review is overdue")
                .register(registry);
        Gauge.builder(SUSPENDED, bound, one -> one.rules().suspended().size())
                .description("Rules that answer nobody until a person resumes them")
                .register(registry);
    }

    private static void rollout(MeterRegistry registry, MethodGuard guard, String action, Rollout mode) {
        Gauge.builder(ROLLOUT, guard, one -> mode == Rollout.ENFORCE ? 0 : 1)
                .description("1 where a pattern of actions is not enforced")
                .tag("action", action)
                .tag("mode", mode.word())
                .register(registry);
    }
}
