package io.jitapproval.benchmarks;

import io.jitapproval.Action;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Our decision alone. */
public class DecisionBenchmark {

    /** Any number of rules. */
    @State(Scope.Thread)
    public static class Sized {

        /** How many rules there are. */
        @Param({"10", "1000", "100000"})
        public int rules;

        private @Nullable MethodGuard guard;
        private final EvaluationRequest request = request(Task.ALLOWED);

        /** Reads the policy. */
        @Setup
        public void setUp() {
            guard = guard(rules);
        }

        /** Closes the guard. */
        @TearDown
        public void tearDown() {
            Objects.requireNonNull(guard).close();
        }
    }

    /** One guard for all threads. */
    @State(Scope.Benchmark)
    public static class Shared {

        private final MethodGuard guard = guard(1_000);
        private final EvaluationRequest request = request(Task.ALLOWED);

        /** Closes the guard. */
        @TearDown
        public void tearDown() {
            guard.close();
        }
    }

    /** A thousand rules. */
    @State(Scope.Thread)
    public static class Thousand {

        private final MethodGuard guard = guard(1_000);

        /** Closes the guard. */
        @TearDown
        public void tearDown() {
            guard.close();
        }
    }

    private static MethodGuard guard(int rules) {
        MethodGuard guard = Jit.guard()
                .policy(Policies.standing(rules))
                .audit(new RingAuditSink())
                .build();
        requireDecides(guard);
        return guard;
    }

    static void requireDecides(MethodGuard guard) {
        Task.require(guard.decide(request(Task.ALLOWED)).kind() == Decision.Kind.PERMIT, "500 is allowed");
        Task.require(guard.decide(request(Task.TOO_MUCH)).kind() == Decision.Kind.DENY, "1001 is denied");
    }

    private static EvaluationRequest request(long whole) {
        return EvaluationRequest.of(
                Task.ANA,
                Action.of(Task.ACTION).with("orderId", Task.ORDER).with("amount", Task.amount(whole)),
                Resource.of("order", Task.ORDER));
    }

    /** Decides a request that is at hand. */
    @Benchmark
    public Decision decide(Sized on) {
        return Objects.requireNonNull(on.guard).decide(on.request);
    }

    /** Two threads ask one guard. */
    @Benchmark
    @Threads(2)
    public Decision decideByTwo(Shared on) {
        return on.guard.decide(on.request);
    }

    /** Builds the request first, with its maps and checks. */
    @Benchmark
    public Decision buildAndDecide(Thousand on) {
        return on.guard.decide(request(Task.ALLOWED));
    }
}
