package io.jitapproval.benchmarks;

import io.jitapproval.Resource;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.MethodGuard.Inspected;
import io.jitapproval.spi.PolicySource;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Full calls through our guard, which keeps grants and records in memory. */
public class CallBenchmark {

    private static final int RULES = 1_000;

    /** The ways to call through a guard. */
    public abstract static class Ways {

        final RingAuditSink sink = new RingAuditSink();
        final MethodGuard guard;
        private final Ledger ledger = new Ledger();
        final Refunds proxy;
        private final Inspected inspected;
        private final Method method;

        Ways(PolicySource policy) {
            guard = Guarded.guard(policy, sink);
            proxy = guard.protect(Refunds.class, ledger);
            inspected = guard.inspect(Ledger.class).orFail();
            try {
                method = Ledger.class.getMethod("refund", String.class, BigDecimal.class);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Closes the guard. */
        @TearDown
        public void tearDown() {
            guard.close();
        }

        String attempt(long whole) {
            BigDecimal amount = Task.amount(whole);
            return guard.attempt(Task.ACTION)
                    .on(Resource.of("order", Task.ORDER))
                    .with("orderId", Task.ORDER)
                    .with("amount", amount)
                    .call(() -> ledger.refund(Task.ORDER, amount));
        }

        String proxy(long whole) {
            return proxy.refund(Task.ORDER, Task.amount(whole));
        }

        /** The guard as an interceptor calls it, without the interceptor. */
        String invoke(long whole) {
            Object[] args = {Task.ORDER, Task.amount(whole)};
            try {
                Object result = inspected.invoke(
                        method, args, frozen -> ledger.refund((String) frozen[0], (BigDecimal) frozen[1]));
                return String.valueOf(result);
            } catch (RuntimeException e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Policy allows the call. */
    @State(Scope.Thread)
    public static class Standing extends Ways {

        /** A guard of its own. */
        public Standing() {
            super(Policies.standing(RULES));
        }

        /** Says who is calling. */
        @Setup
        public void setUp() {
            CurrentUser.is(Task.ANA);
            Guarded.requireStanding(sink, this::attempt);
            Guarded.requireStanding(sink, this::proxy);
            Guarded.requireStanding(sink, this::invoke);
        }
    }

    /** A person has approved the call. */
    @State(Scope.Thread)
    public static class Approved extends Ways {

        /** A guard of its own. */
        public Approved() {
            super(Policies.asking(RULES));
        }

        /** Says who is calling, asks, and approves. */
        @Setup
        public void setUp() {
            CurrentUser.is(Task.ANA);
            Guarded.approve(guard, sink, this::proxy);
            Task.require(attempt(Task.TOO_MUCH).equals(Task.ORDER), "the same grant covers the attempt");
        }
    }

    /** Policy allows it; through a proxy. */
    @Benchmark
    public String allowed(Standing on) {
        return on.proxy(Task.ALLOWED);
    }

    /** Policy allows it; through an attempt. */
    @Benchmark
    public String allowedAttempt(Standing on) {
        return on.attempt(Task.ALLOWED);
    }

    /** Policy allows it; what both interceptors call, without any interceptor. */
    @Benchmark
    public String allowedNoInterceptor(Standing on) {
        return on.invoke(Task.ALLOWED);
    }

    /** A grant for the exact call covers it; through a proxy. */
    @Benchmark
    public String covered(Approved on) {
        return on.proxy(Task.TOO_MUCH);
    }

    /** A grant for the exact call covers it; through an attempt. */
    @Benchmark
    public String coveredAttempt(Approved on) {
        return on.attempt(Task.TOO_MUCH);
    }

    /** A method of the proxied object that is not guarded. */
    @Benchmark
    public String passThrough(Standing on) {
        return on.proxy.peek(Task.ORDER, Task.amount(Task.ALLOWED));
    }
}
