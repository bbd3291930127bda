package io.jitapproval.core.guard;

import io.jitapproval.Approvals;
import io.jitapproval.Attempt;
import io.jitapproval.ConfigurationProblem;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation;
import io.jitapproval.Grants;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.JitGuard;
import io.jitapproval.PolicyStatus;
import io.jitapproval.Reason;
import io.jitapproval.core.audit.AuditGate;
import io.jitapproval.core.binding.ArgumentFreezer;
import io.jitapproval.core.intercept.AnnotationScanner;
import io.jitapproval.core.intercept.AnnotationScanner.Scan;
import io.jitapproval.core.intercept.InterfaceProxies;
import io.jitapproval.core.intercept.MethodCallGuard;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.InteractiveApprovalChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts together. */
public final class DefaultGuard implements JitGuard {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultGuard.class);

    private final GuardSettings settings;
    private final PolicyInForce policy;
    private final Reloading reloading;
    private final Evaluator evaluator;
    private final Engine engine;
    private final Execution execution;
    private final CallFactory calls;
    private final MethodCalls methodCalls;
    private final AnnotationScanner scanner;
    private final RequestDesk desk;
    private final GrantDesk grants;
    private final Waiters waiters = new Waiters();
    private final AuditGate audit;
    private final ExecutorService deliveries = Threads.pool("jit-notice");
    private final Limited lookups = new Limited("jit-attribute");
    private final Limited handlers = new Limited("jit-obligation");
    private final ExecutorService continuations = Threads.pool("jit-call");
    private final AtomicBoolean closed = new AtomicBoolean();

    private DefaultGuard(GuardSettings settings) {
        this.settings = settings;
        Ids ids = new Ids();
        ArgumentFreezer freezer = new ArgumentFreezer(settings.codecs());
        audit = new AuditGate(settings.audit(), settings.auditTimeLimit());
        policy = new PolicyInForce(settings.policy(), settings.time());
        reloading = new Reloading(policy, settings.policy());
        evaluator = new Evaluator(settings, policy, new Attributes(settings, lookups));
        Notifier notifier = new Notifier(settings, deliveries, audit);
        desk = new RequestDesk(settings, audit, continuations, notifier, waiters, ids);
        grants = new GrantDesk(settings, audit);
        Asking asking = new Asking(settings, audit, desk, notifier, ids);
        CallRecords records = new CallRecords(settings, audit, ids);
        Relatives relatives = new Relatives(settings.people());
        Duties duties = new Duties(settings, handlers);
        engine = new Engine(settings, evaluator, audit, desk, asking, records, relatives, duties);
        calls = new CallFactory(
                settings.subject(),
                new Freezing(freezer, settings.commitmentKey().getEncoded()),
                records);
        execution = new Execution(engine, records, waiters, settings.time(), continuations, calls);
        methodCalls = new MethodCalls(calls, execution);
        scanner = new AnnotationScanner(freezer::unsupported);
    }

    /**
     * Starts a guard and connects its channels.
     *
     * @param settings what it is made of
     * @return the guard
     * @throws JitConfigurationException if a channel does not start; the guard is closed again
     */
    public static DefaultGuard start(GuardSettings settings) {
        DefaultGuard guard = new DefaultGuard(settings);
        List<ConfigurationProblem> problems = new ArrayList<>();
        for (ApprovalChannel channel : settings.channels()) {
            if (channel instanceof InteractiveApprovalChannel interactive) {
                try {
                    interactive.connect(new ByChannel(guard.desk, channel.name()));
                } catch (Throwable failure) {
                    Failures.keepInterrupt(failure);
                    LOG.error("Channel {} does not start", channel.name(), failure);
                    problems.add(new ConfigurationProblem(
                            "JIT-C005",
                            "channel " + channel.name(),
                            "does not start: " + failure.getClass().getName() + ", see the log"));
                }
            }
        }
        if (!problems.isEmpty()) {
            guard.close();
            throw new JitConfigurationException(problems);
        }
        guard.reloading.start();
        return guard;
    }

    @Override
    public Decision decide(EvaluationRequest request) {
        return evaluating(request, () -> evaluator.decide(request).decision());
    }

    @Override
    public Explanation explain(EvaluationRequest request) {
        return evaluating(request, () -> evaluator.explained(request).explanation());
    }

    private <T> T evaluating(EvaluationRequest request, Callable<T> question) {
        String action = request.action().name();
        if (closed.get()) {
            throw Refusals.unavailable(action, Reason.GUARD_CLOSED, null);
        }
        try {
            return question.call();
        } catch (Throwable failure) {
            throw Refusals.unavailable(action, Failures.reason(failure, Reason.POLICY_UNAVAILABLE), failure);
        }
    }

    @Override
    public Attempt attempt(String action) {
        return new DefaultAttempt(this, action);
    }

    @Override
    public <T> T protect(Class<T> type, T target) {
        Scan scan = declared(scanner.scanInterface(type, target.getClass()));
        if (!scan.problems().isEmpty()) {
            throw new JitConfigurationException(scan.problems());
        }
        return InterfaceProxies.protect(type, target, scan, methodCalls);
    }

    @Override
    public PolicyStatus policyStatus() {
        return policy.status();
    }

    @Override
    public PolicyStatus reloadPolicy() {
        return policy.reload();
    }

    @Override
    public Approvals approvals() {
        return desk;
    }

    @Override
    public Grants grants() {
        return grants;
    }

    /**
     * Reads the annotations of a class that is called through a proxy of all its methods.
     *
     * @param type the class behind the proxy
     * @return its guarded methods, and what cannot be enforced
     */
    public Scan scan(Class<?> type) {
        return declared(scanner.scanClass(type));
    }

    /** With the rules that the annotations bring, unless something is wrong. */
    private Scan declared(Scan scan) {
        return scan.problems().isEmpty() ? new Scan(scan.methods(), policy.declare(scan)) : scan;
    }

    /** {@return takes the calls of annotated methods} */
    public MethodCallGuard methodCalls() {
        return methodCalls;
    }

    Engine engine() {
        return engine;
    }

    Execution execution() {
        return execution;
    }

    CallFactory calls() {
        return calls;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        reloading.close();
        engine.close();
        desk.close();
        waiters.wakeAll();
        for (ApprovalChannel channel : settings.channels()) {
            closing("channel " + channel.name(), () -> {
                channel.close();
                return true;
            });
        }
        deliveries.shutdownNow();
        lookups.close();
        handlers.close();
        continuations.shutdown();
        closing("audit sink", () -> {
            audit.close();
            return true;
        });
        closing("grant store", () -> {
            settings.store().close();
            return true;
        });
    }

    private static void closing(String what, Callable<?> close) {
        try {
            close.call();
        } catch (Throwable failure) {
            Failures.keepInterrupt(failure);
            LOG.warn("The {} did not close", what, failure);
        }
    }
}
