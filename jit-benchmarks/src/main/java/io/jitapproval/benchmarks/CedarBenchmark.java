package io.jitapproval.benchmarks;

import com.cedarpolicy.AuthorizationEngine;
import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.entity.Entities;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.Decimal;
import com.cedarpolicy.value.EntityUID;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The decision of Cedar, whose engine is native and talks JSON to Java. The policies are parsed and kept on the native side in
 * advance ({@code PolicySet.cache()}), which is its fastest way; the entities are at hand.
 */
@State(Scope.Thread)
public class CedarBenchmark {

    /** How many rules there are. */
    @Param({"10", "1000", "100000"})
    public int rules;

    private final AuthorizationEngine engine = new BasicAuthorizationEngine();
    private final EntityUID user = uid("User", Task.USER);
    private final EntityUID action = uid("Action", Task.ACTION);
    private final EntityUID order = uid("Order", Task.ORDER);
    private final Entities entities = new Entities(Set.of(
            new Entity(user, Task.ROLES.stream().map(role -> uid("Role", role)).collect(Collectors.toSet()))));
    private final AuthorizationRequest request = request(Task.ALLOWED);
    private @Nullable PolicySet policies;

    private static EntityUID uid(String type, String id) {
        return EntityUID.parse(type + "::\"" + id + "\"").orElseThrow();
    }

    private AuthorizationRequest request(long whole) {
        return new AuthorizationRequest(
                user,
                action,
                order,
                Map.of("amount", new Decimal(Task.amount(whole).toPlainString())));
    }

    /** Makes the rules. */
    @Setup
    public void setUp() throws AuthException, CacheException {
        Set<Policy> made = new LinkedHashSet<>();
        for (int i = 0; i < rules - 2; i++) {
            made.add(rule("SUPPORT", Task.otherAction(i), "1000.00", "o" + i));
        }
        made.add(rule("SUPPORT", Task.ACTION, "1000.00", "support-small"));
        made.add(rule("FINANCE", Task.ACTION, "900000000000000.00", "finance-any"));
        PolicySet set = new PolicySet(made);
        set.cache();
        policies = set;
        Task.require(set.getNumPolicies() == rules, "every rule is there");
        Task.require(decide(), "500 is allowed");
        Task.require(!decide(request(Task.TOO_MUCH)), "1001 is denied");
    }

    private static Policy rule(String role, String action, String most, String id) {
        return new Policy(
                String.format(
                        Locale.ROOT,
                        "permit(principal in Role::\"%s\", action == Action::\"%s\", resource)"
                                + " when { context.amount.lessThanOrEqual(decimal(\"%s\")) };",
                        role,
                        action,
                        most),
                id);
    }

    private boolean decide(AuthorizationRequest asked) throws AuthException {
        AuthorizationResponse response = engine.isAuthorized(asked, policies, entities);
        return response.success.orElseThrow().isAllowed();
    }

    /** Decides a request that is at hand. */
    @Benchmark
    public boolean decide() throws AuthException {
        return decide(request);
    }
}
