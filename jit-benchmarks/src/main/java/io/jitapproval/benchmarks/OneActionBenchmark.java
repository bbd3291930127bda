package io.jitapproval.benchmarks;

import io.jitapproval.Action;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.spi.PolicySource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Many rules on one action, of which one is about the tenant who asks. */
@State(Scope.Thread)
public class OneActionBenchmark {

    /** How many rules there are. */
    @Param({"10", "100", "1000", "10000"})
    public int rules;

    private @Nullable MethodGuard found;
    private @Nullable MethodGuard tested;
    private @Nullable EvaluationRequest request;

    /** Reads the policies. */
    @Setup
    public void setUp() {
        request = request(Task.tenant(rules / 2), Task.ALLOWED);
        found = guard(Policies.tenants(rules));
        tested = guard(Policies.tenantsTested(rules));
    }

    /** Closes the guards. */
    @TearDown
    public void tearDown() {
        Objects.requireNonNull(found).close();
        Objects.requireNonNull(tested).close();
    }

    private MethodGuard guard(PolicySource policy) {
        MethodGuard guard =
                Jit.guard().policy(policy).audit(new RingAuditSink()).build();
        String tenant = Task.tenant(rules / 2);
        Decision decision = guard.decide(request(tenant, Task.ALLOWED));
        Task.require(decision.kind() == Decision.Kind.PERMIT, "500 is allowed");
        Task.require(decision.rules().equals(List.of("t" + rules / 2)), "by the tenant's rule");
        Task.require(guard.decide(request(tenant, Task.TOO_MUCH)).kind() == Decision.Kind.DENY, "1001 is denied");
        Task.require(
                guard.decide(request("nobody", Task.ALLOWED)).kind() == Decision.Kind.DENY, "strangers are denied");
        return guard;
    }

    private static EvaluationRequest request(String tenant, long whole) {
        return new EvaluationRequest(
                Task.ANA,
                List.of(),
                Action.of(Task.ACTION).with("amount", Task.amount(whole)),
                Resource.of("order", Task.ORDER),
                Map.of("tenant", tenant));
    }

    /** The tenant's rule is found by value. */
    @Benchmark
    public Decision found() {
        return Objects.requireNonNull(found).decide(Objects.requireNonNull(request));
    }

    /** Each rule is tested. */
    @Benchmark
    public Decision tested() {
        return Objects.requireNonNull(tested).decide(Objects.requireNonNull(request));
    }
}
