package io.jitapproval.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * One row of the table.
 *
 * @param id    the benchmark: class without its ending, method, and number of rules where it has one
 * @param label for people
 * @param ours  whether it is ours, so that its ratios to the peers are printed
 */
record Row(String id, String label, boolean ours) {

    /** All rows in the order of the table. */
    static final List<Row> ALL = List.of(
            peer("Floor.direct", "direct call"),
            peer("Floor.map", "map look-up"),
            peer("Floor.caffeine", "Caffeine look-up"),
            peer("Floor.jdkProxy", "JDK proxy, nothing in it"),
            peer("Floor.springAop", "Spring proxy, nothing in it"),
            peer("HandCoded.decide:10", "hand-coded decision, 10 rules"),
            peer("HandCoded.decide:1000", "hand-coded decision, 1 000 rules"),
            peer("HandCoded.decide:100000", "hand-coded decision, 100 000 rules"),
            peer("HandCoded.allowed", "hand-coded call, rule allows"),
            peer("HandCoded.covered", "hand-coded call, grant covers"),
            peer("SpringSecurity.allowed", "@PreAuthorize call, rule allows"),
            peer("Casbin.decide:10", "jCasbin decision, 10 rules"),
            peer("Casbin.decide:1000", "jCasbin decision, 1 000 rules"),
            peer("Casbin.decide:100000", "jCasbin decision, 100 000 rules"),
            peer("Shiro.decide:10", "Shiro permissions, 10 rules"),
            peer("Shiro.decide:1000", "Shiro permissions, 1 000 rules"),
            peer("Shiro.decide:100000", "Shiro permissions, 100 000 rules"),
            peer("Cedar.decide:10", "Cedar decision, 10 rules"),
            peer("Cedar.decide:1000", "Cedar decision, 1 000 rules"),
            peer("Cedar.decide:100000", "Cedar decision, 100 000 rules"),
            peer("Cel.evaluate", "CEL interpreter, the bare condition"),
            peer("Cel.evaluatePlanned", "CEL planner, the bare condition"),
            ours("Decision.decide:10", "decision, 10 rules"),
            ours("Decision.decide:1000", "decision, 1 000 rules"),
            ours("Decision.decide:100000", "decision, 100 000 rules"),
            ours("Decision.decideByTwo", "decision, 1 000 rules, two threads"),
            ours("OneAction.found:10", "10 rules on one action, found"),
            ours("OneAction.found:100", "100 rules on one action, found"),
            ours("OneAction.found:1000", "1 000 rules on one action, found"),
            ours("OneAction.found:10000", "10 000 rules on one action, found"),
            ours("OneAction.tested:10", "10 rules on one action, each tested"),
            ours("OneAction.tested:100", "100 rules on one action, each tested"),
            ours("OneAction.tested:1000", "1 000 rules on one action, each tested"),
            ours("OneAction.tested:10000", "10 000 rules on one action, each tested"),
            ours("Load.load:10", "10 rules loaded, cold"),
            ours("Load.load:1000", "1 000 rules loaded, cold"),
            ours("Load.load:100000", "100 000 rules loaded, cold"),
            ours("Decision.buildAndDecide", "request built + decision, 1 000"),
            ours("Call.allowed", "call, policy allows: our proxy"),
            ours("Spring.allowed", "call, policy allows: Spring advisor"),
            ours("Call.allowedAttempt", "call, policy allows: attempt()"),
            ours("Call.allowedNoInterceptor", "call, policy allows: no interceptor"),
            ours("Call.covered", "call, grant covers: our proxy"),
            ours("Spring.covered", "call, grant covers: Spring advisor"),
            ours("Call.coveredAttempt", "call, grant covers: attempt()"),
            ours("Call.passThrough", "unguarded method: our proxy"),
            ours("Spring.passThrough", "unguarded method: Spring advisor"));

    private static Row peer(String id, String label) {
        return new Row(id, label, false);
    }

    private static Row ours(String id, String label) {
        return new Row(id, label, true);
    }

    static String id(String benchmark, String rules) {
        String[] parts = benchmark.split("\\.", -1);
        String type = parts[parts.length - 2].replace("Benchmark", "");
        String id = type + "." + parts[parts.length - 1];
        return rules.isEmpty() ? id : String.format(Locale.ROOT, "%s:%s", id, rules);
    }
}
