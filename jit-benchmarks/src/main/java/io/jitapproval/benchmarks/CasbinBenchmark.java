package io.jitapproval.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The decision of jCasbin, with roles and an amount; the cheapest comparison first. */
@State(Scope.Thread)
public class CasbinBenchmark {

    /** How many rules there are. */
    @Param({"10", "1000", "100000"})
    public int rules;

    private @Nullable Enforcer enforcer;

    /** Makes the rules. */
    @Setup
    public void setUp() {
        Model model = new Model();
        model.addDef("r", "r", "sub, act, amount");
        model.addDef("p", "p", "sub, act, most");
        model.addDef("g", "g", "_, _");
        model.addDef("e", "e", "some(where (p.eft == allow))");
        model.addDef("m", "m", "r.act == p.act && g(r.sub, p.sub) && r.amount <= decimal(p.most)");
        Enforcer made = new Enforcer(model);
        made.enableLog(false);
        List<List<String>> policies = new ArrayList<>();
        for (int i = 0; i < rules - 2; i++) {
            policies.add(List.of("SUPPORT", Task.otherAction(i), "1000"));
        }
        policies.add(List.of("SUPPORT", Task.ACTION, "1000"));
        policies.add(List.of("FINANCE", Task.ACTION, "1000000000000"));
        made.addPolicies(policies);
        Task.ROLES.forEach(role -> made.addGroupingPolicy(Task.USER, role));
        enforcer = made;
        Task.require(made.getPolicy().size() == rules, "every rule is there");
        Task.require(decide(Task.ALLOWED), "500 is allowed");
        Task.require(!decide(Task.TOO_MUCH), "1001 is denied");
    }

    private boolean decide(long whole) {
        return Objects.requireNonNull(enforcer).enforce(Task.USER, Task.ACTION, Task.amount(whole));
    }

    /** Decides. */
    @Benchmark
    public boolean decide() {
        return decide(Task.ALLOWED);
    }
}
