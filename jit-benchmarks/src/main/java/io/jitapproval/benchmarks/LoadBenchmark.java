package io.jitapproval.benchmarks;

import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.spi.PolicySource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A guard reads a large policy, once, in a machine that has run nothing before and has this heap, text of the policy included. */
@State(Scope.Thread)
@Fork(jvmArgsAppend = {"-Xms" + LoadBenchmark.HEAP, "-Xmx" + LoadBenchmark.HEAP})
public class LoadBenchmark {

    static final String HEAP = "200m";

    /** How many rules there are. */
    @Param({"10", "1000", "100000"})
    public int rules;

    private @Nullable PolicySource policy;
    private @Nullable MethodGuard guard;

    /** Writes the text. */
    @Setup
    public void setUp() {
        policy = Policies.standing(rules);
    }

    /** Looks whether the policy is there. */
    @TearDown
    public void tearDown() {
        MethodGuard made = Objects.requireNonNull(guard);
        DecisionBenchmark.requireDecides(made);
        made.close();
    }

    /** Reads, checks and compiles it. */
    @Benchmark
    public MethodGuard load() {
        guard = Jit.guard()
                .policy(Objects.requireNonNull(policy))
                .audit(new RingAuditSink())
                .build();
        return guard;
    }
}
