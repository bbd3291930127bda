package io.jitapproval.benchmarks;

import io.jitapproval.core.MethodGuard;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.SubjectResolver;
import io.jitapproval.spring.JitAutoConfiguration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Full calls through the advisor that our Spring adapter puts in front of beans. */
public class SpringBenchmark {

    private static final int RULES = 1_000;

    /** A context with the adapter and one bean. */
    public abstract static class Context {

        final RingAuditSink sink = new RingAuditSink();
        final MethodGuard guard;
        private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        final Refunds bean;

        Context(PolicySource policy) {
            context.registerBean(PolicySource.class, () -> policy);
            context.registerBean(AuditSink.class, () -> sink, definition -> definition.setDestroyMethodName(""));
            context.registerBean(PeopleDirectory.class, Guarded::people);
            context.registerBean(SubjectResolver.class, CurrentUser::new);
            context.registerBean(Ledger.class);
            context.register(JitAutoConfiguration.class);
            context.refresh();
            bean = context.getBean(Refunds.class);
            guard = context.getBean(MethodGuard.class);
            Task.require(AopUtils.isAopProxy(bean), "the bean is advised");
        }

        String refund(long whole) {
            return bean.refund(Task.ORDER, Task.amount(whole));
        }

        /** Closes the context and with it the guard. */
        @TearDown
        public void tearDown() {
            context.close();
        }
    }

    /** Policy allows the call. */
    @State(Scope.Thread)
    public static class Standing extends Context {

        /** A context of its own. */
        public Standing() {
            super(Policies.standing(RULES));
        }

        /** Says who is calling. */
        @Setup
        public void setUp() {
            CurrentUser.is(Task.ANA);
            Guarded.requireStanding(sink, this::refund);
        }
    }

    /** A person has approved the call. */
    @State(Scope.Thread)
    public static class Approved extends Context {

        /** A context of its own. */
        public Approved() {
            super(Policies.asking(RULES));
        }

        /** Says who is calling, asks, and approves. */
        @Setup
        public void setUp() {
            CurrentUser.is(Task.ANA);
            Guarded.approve(guard, sink, this::refund);
        }
    }

    /** Policy allows it. */
    @Benchmark
    public String allowed(Standing on) {
        return on.refund(Task.ALLOWED);
    }

    /** A grant for the exact call covers it. */
    @Benchmark
    public String covered(Approved on) {
        return on.refund(Task.TOO_MUCH);
    }

    /** A method of the advised bean that is not guarded. */
    @Benchmark
    public String passThrough(Standing on) {
        return on.bean.peek(Task.ORDER, Task.amount(Task.ALLOWED));
    }
}
