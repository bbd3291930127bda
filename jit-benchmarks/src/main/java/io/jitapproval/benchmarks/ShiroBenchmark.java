package io.jitapproval.benchmarks;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authz.AuthorizationInfo;
import org.apache.shiro.authz.Permission;
import org.apache.shiro.authz.SimpleAuthorizationInfo;
import org.apache.shiro.authz.permission.WildcardPermission;
import org.apache.shiro.mgt.DefaultSecurityManager;
import org.apache.shiro.realm.AuthorizingRealm;
import org.apache.shiro.subject.ImmutablePrincipalCollection;
import org.apache.shiro.subject.PrincipalCollection;
import org.apache.shiro.subject.Subject;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Permissions of Shiro, parsed in advance and at hand, where most realms hold them as text. A permission cannot speak of an
 * amount, so Java compares it behind a permission to refund little.
 */
@State(Scope.Thread)
public class ShiroBenchmark {

    private static final Permission SMALL = new WildcardPermission("payment:refund:small");
    private static final Permission ANY = new WildcardPermission("payment:refund:any");
    private static final BigDecimal LIMIT = BigDecimal.valueOf(Task.LIMIT);

    /** How many rules there are. */
    @Param({"10", "1000", "100000"})
    public int rules;

    private @Nullable DefaultSecurityManager manager;
    private @Nullable Subject subject;
    private final BigDecimal amount = Task.amount(Task.ALLOWED);

    /** What SUPPORT may do. */
    private static final class Held extends AuthorizingRealm {

        private final SimpleAuthorizationInfo held = new SimpleAuthorizationInfo();

        Held(Set<Permission> permissions) {
            held.setObjectPermissions(permissions);
            setAuthorizationCachingEnabled(false);
        }

        @Override
        protected AuthorizationInfo doGetAuthorizationInfo(PrincipalCollection principals) {
            return held;
        }

        @Override
        protected @Nullable AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token) {
            return null;
        }
    }

    /** Makes the rules. */
    @Setup
    public void setUp() {
        Set<Permission> permissions = new LinkedHashSet<>();
        for (int i = 0; i < rules - 2; i++) {
            permissions.add(new WildcardPermission(Task.otherAction(i).replace('.', ':') + ":small"));
        }
        permissions.add(SMALL);
        Task.require(permissions.size() == rules - 1, "every rule that SUPPORT has is there");
        DefaultSecurityManager made = new DefaultSecurityManager(new Held(permissions));
        manager = made;
        subject = new Subject.Builder(made)
                .principals(ImmutablePrincipalCollection.ofSinglePrincipal(Task.USER, "held"))
                .authenticated(true)
                .sessionCreationEnabled(false)
                .buildSubject();
        Task.require(decide(), "500 is allowed");
        Task.require(!decide(Task.amount(Task.TOO_MUCH)), "1001 is denied");
    }

    /** Closes the manager. */
    @TearDown
    public void tearDown() {
        Objects.requireNonNull(manager).destroy();
    }

    private boolean decide(BigDecimal asked) {
        Subject who = Objects.requireNonNull(subject);
        return (asked.compareTo(LIMIT) <= 0 && who.isPermitted(SMALL)) || who.isPermitted(ANY);
    }

    /** Decides. */
    @Benchmark
    public boolean decide() {
        return decide(amount);
    }
}
