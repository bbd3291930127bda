package io.jitapproval.benchmarks;

import java.math.BigDecimal;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

/** Method security of Spring Security with the task's rule as an expression. Keeps no record. */
@State(Scope.Thread)
public class SpringSecurityBenchmark {

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(MethodSecurity.class, Secured.class);
    private final Secured bean = context.getBean(Secured.class);

    /** Switches method security on. */
    @EnableMethodSecurity
    @Configuration(proxyBeanMethods = false)
    static class MethodSecurity {}

    /** The action behind the rule. */
    static class Secured {

        private final Ledger ledger = new Ledger();

        @PreAuthorize("hasRole('SUPPORT') and #amount <= 1000 or hasRole('FINANCE')")
        String refund(String orderId, BigDecimal amount) {
            return ledger.refund(orderId, amount);
        }
    }

    /** Says who is calling. */
    @Setup
    public void setUp() {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        Task.USER,
                        "",
                        AuthorityUtils.createAuthorityList(
                                Task.ROLES.stream().map("ROLE_"::concat).toList())));
        Task.require(allowed().equals(Task.ORDER), "500 is allowed");
        boolean denied = false;
        try {
            bean.refund(Task.ORDER, Task.amount(Task.TOO_MUCH));
        } catch (AccessDeniedException expected) {
            denied = true;
        }
        Task.require(denied, "1001 is denied");
    }

    /** Closes the context. */
    @TearDown
    public void tearDown() {
        SecurityContextHolder.clearContext();
        context.close();
    }

    /** A full call that the expression allows. */
    @Benchmark
    public String allowed() {
        return bean.refund(Task.ORDER, Task.amount(Task.ALLOWED));
    }
}
