package io.jitapproval.benchmarks;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The task's two conditions as one CEL expression, compiled in advance and given variables that are at hand: no rules, no look-up
 * by action, no answer but a boolean. CEL has no exact decimals, so the amount is in cents.
 */
@State(Scope.Thread)
public class CelBenchmark {

    private static final String CONDITION = "'SUPPORT' in roles && amount <= 100000 || 'FINANCE' in roles";

    private @Nullable Program interpreted;
    private @Nullable Program planned;
    private final Map<String, Object> variables = variables(Task.ROLES, Task.ALLOWED);

    private static Map<String, Object> variables(List<String> roles, long whole) {
        return Map.of(
                "roles", roles, "amount", Task.amount(whole).unscaledValue().longValueExact());
    }

    /** Compiles the condition. */
    @Setup
    public void setUp() throws CelValidationException, CelEvaluationException {
        CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .addVar("roles", ListType.create(SimpleType.STRING))
                .addVar("amount", SimpleType.INT)
                .setResultType(SimpleType.BOOL)
                .build();
        CelAbstractSyntaxTree condition = compiler.compile(CONDITION).getAst();
        interpreted =
                checked(CelRuntimeFactory.legacyCelRuntimeBuilder().build().createProgram(condition));
        planned = checked(CelRuntimeFactory.plannerRuntimeBuilder().build().createProgram(condition));
    }

    private Program checked(Program program) throws CelEvaluationException {
        Task.require((boolean) program.eval(variables), "500 is allowed");
        Task.require(!(boolean) program.eval(variables(Task.ROLES, Task.TOO_MUCH)), "1001 is denied");
        Task.require((boolean) program.eval(variables(List.of("FINANCE"), Task.TOO_MUCH)), "FINANCE may refund 1001");
        return program;
    }

    /** The interpreter that was CEL's only one for long. */
    @Benchmark
    public Object evaluate() throws CelEvaluationException {
        return Objects.requireNonNull(interpreted).eval(variables);
    }

    /** The planner, which is to take its place. */
    @Benchmark
    public Object evaluatePlanned() throws CelEvaluationException {
        return Objects.requireNonNull(planned).eval(variables);
    }
}
