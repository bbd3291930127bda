package io.jitapproval.core.guard;

import io.jitapproval.Approvals;
import io.jitapproval.Attempt;
import io.jitapproval.Bundle;
import io.jitapproval.BundleAttempt;
import io.jitapproval.ConfigurationProblem;
import io.jitapproval.Debts;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation;
import io.jitapproval.Grants;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.JitGuard;
import io.jitapproval.Outcomes;
import io.jitapproval.PolicyStatus;
import io.jitapproval.Reason;
import io.jitapproval.RequestHandle;
import io.jitapproval.Rollout;
import io.jitapproval.Rules;
import io.jitapproval.core.audit.AuditGate;
import io.jitapproval.core.binding.ArgumentFreezer;
import io.jitapproval.core.intercept.AnnotationScanner;
import io.jitapproval.core.intercept.AnnotationScanner.Scan;
import io.jitapproval.core.intercept.InterfaceProxies;
import io.jitapproval.core.intercept.MethodCallGuard;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.AsyncReturnType;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.InteractiveApprovalChannel;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts together. */
public final class DefaultGuard implements JitGuard {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultGuard.class);

    private static final String DELIVERIES = "deliveries";

    private final GuardSettings settings;
    private final PolicyInForce policy;
    private final Reloading reloading;
    private final Evaluator evaluator;
    private final Engine engine;
    private final Execution execution;
    private final CallFactory calls;
    private final CallFactory quietCalls;
    private final Modes modes;
    private final Observing observing;
    private final MethodCalls methodCalls;
    private final AnnotationScanner scanner;
    private final RequestDesk desk;
    private final GrantDesk grants;
    private final DebtDesk debts;
    private final OutcomeDesk outcomes;
    private final RuleDesk rules;
    private final Waiters waiters = new Waiters();
    private final Lookout lookout;
    private final Replays replays;
    private final Handles handles;
    private final Bundles bundles;
    private final AuditGate audit;
    private final Dispatcher dispatcher;
    private final Limited lookups;
    private final Limited handlers;
    private final ExecutorService continuations;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DefaultGuard(GuardSettings settings) {
        this.settings = settings;
        Ids ids = new Ids(settings.random());
        lookups = new Limited(settings.pools().apply("jit-attribute", Threads.MOST_THREADS));
        handlers = new Limited(settings.pools().apply("jit-obligation", Threads.MOST_THREADS));
        continuations = settings.pools().apply("jit-call", Threads.MOST_THREADS);
        ArgumentFreezer freezer = new ArgumentFreezer(settings.codecs());
        audit = new AuditGate(settings.audit(), settings.auditTimeLimit());
        policy = new PolicyInForce(settings.policy(), settings.time());
        reloading = new Reloading(policy, settings.policy());
        evaluator = new Evaluator(settings, policy, new Attributes(settings, lookups));
        Map<String, ApprovalChannel> channels = new LinkedHashMap<>();
        settings.channels().forEach(channel -> channels.put(channel.name(), channel));
        FanOut fanOut = FanOut.of(settings, channels);
        dispatcher = new Dispatcher(settings, channels, audit, fanOut);
        desk = new RequestDesk(settings, audit, continuations, fanOut, dispatcher, waiters, ids);
        grants = new GrantDesk(settings, audit);
        Relatives relatives = new Relatives(settings.people());
        AskingGate gate = new AskingGate(settings, audit);
        Previews previews = new Previews(settings.previews(), lookups);
        Askable askable = new Askable(settings.store(), desk, relatives, gate);
        Asking asking = new Asking(settings, audit, desk, dispatcher, askable, gate, ids, previews);
        debts = new DebtDesk(settings, audit, relatives);
        outcomes = new OutcomeDesk(settings, audit);
        rules = new RuleDesk(settings, audit, policy);
        BreakingGlass glass = new BreakingGlass(settings, asking, dispatcher, fanOut, relatives, debts, ids);
        CallRecords records = new CallRecords(settings, audit, ids);
        Duties duties = new Duties(settings, handlers);
        engine = new Engine(settings, evaluator, audit, desk, asking, glass, records, relatives, duties);
        Freezing freezing = new Freezing(freezer, settings.commitmentKey().getEncoded());
        calls = new CallFactory(settings.subject(), freezing, records);
        execution = new Execution(engine, records, waiters, settings.time(), continuations, calls);
        modes = new Modes(settings.rollout());
        observing = new Observing(
                settings, modes, evaluator, relatives, asking, askable, gate, dispatcher, fanOut, records, audit, ids);
        replays = new Replays(
                settings, audit, continuations, engine, modes, observing, calls, freezing, records, waiters, ids);
        desk.onEnd(replays::ended);
        bundles = new Bundles(settings, audit, engine, ids);
        handles = new Handles(desk, waiters, settings.time(), continuations, replays);
        lookout = new Lookout(settings, continuations, waiters);
        if (settings.shared()) {
            waiters.onWait(lookout::begin);
        }
        quietCalls = new CallFactory(settings.subject(), freezing, new CallRecords(settings, unwritten -> {}, ids));
        methodCalls = new MethodCalls(calls, execution, replays, modes, quietCalls, observing);
        scanner = new AnnotationScanner(freezer::unsupported, settings.returnTypes());
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
        guard.configured().ifPresent(problems::add);
        if (!problems.isEmpty()) {
            guard.close();
            throw new JitConfigurationException(problems);
        }
        guard.reloading.start();
        guard.desk.resume();
        guard.dispatcher.start(settings.shared());
        guard.replays.start();
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
    public RequestHandle request(String id) {
        return handles.of(id);
    }

    @Override
    public BundleAttempt bundle(String title) {
        return bundles.begin(this, title);
    }

    @Override
    public Optional<Bundle> findBundle(String id) {
        return bundles.find(id);
    }

    @Override
    public Approvals approvals() {
        return desk;
    }

    @Override
    public Grants grants() {
        return grants;
    }

    @Override
    public Map<String, Rollout> rollout() {
        return settings.rollout();
    }

    /** Says loudly what is not enforced; a guard that cannot put it on record does not start. */
    private Optional<ConfigurationProblem> configured() {
        List<AuditRecord> records = new ArrayList<>();
        settings.rollout().forEach((action, mode) -> {
            if (mode != Rollout.ENFORCE) {
                LOG.warn("{} is NOT ENFORCED ({}): its calls run whatever policy says", action, mode.word());
                records.add(CallRecords.configured(action, mode, settings.time().instant()));
            }
        });
        try {
            audit.append(records);
            return Optional.empty();
        } catch (Throwable failure) {
            Failures.keepInterrupt(failure);
            return Optional.of(new ConfigurationProblem(
                    "JIT-C007",
                    "rollout",
                    "what is not enforced cannot be put on record: "
                            + failure.getClass().getName()));
        }
    }

    boolean enforces(String action) {
        return modes.enforces(action);
    }

    Observing observing() {
        return observing;
    }

    /** Makes calls of actions that are not enforced: a refusal is none, and not on record as one. */
    CallFactory quietCalls() {
        return quietCalls;
    }

    @Override
    public Debts debts() {
        return debts;
    }

    @Override
    public Rules rules() {
        return rules;
    }

    @Override
    public Outcomes outcomes() {
        return outcomes;
    }

    /** {@return where the records of changes go that are made beside the guard} */
    public Journal journal() {
        return audit;
    }

    /**
     * What became of the messages about a request.
     *
     * @param requestId its id
     * @return the messages, in order
     */
    public List<OutboxMessage> messages(String requestId) {
        return Failures.guarded(DELIVERIES, phase -> settings.store().messages(requestId));
    }

    /** {@return the messages that were given up, oldest first} */
    public List<OutboxMessage> deadMessages() {
        return Failures.guarded(DELIVERIES, phase -> settings.store().deadMessages());
    }

    /**
     * Tries a message anew that was given up.
     *
     * @param messageId its id
     * @return whether it was given up, and is now tried again
     */
    public boolean retryMessage(String messageId) {
        return Failures.guarded(DELIVERIES, phase -> {
            boolean again = settings.store()
                    .changeMessage(messageId, MessageLife.anew(), audit)
                    .orElse(false);
            dispatcher.kick();
            return again;
        });
    }

    /**
     * Reads the annotations of a class that is called through a proxy of all its methods.
     *
     * @param type      the class behind the proxy
     * @param ofProxies how methods may give their outcome later that these proxies alone understand
     * @return its guarded methods, and what cannot be enforced
     */
    public Scan scan(Class<?> type, AsyncReturnType... ofProxies) {
        return declared(scanner.scanClass(type, ofProxies));
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

    Replays replays() {
        return replays;
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
        lookout.close();
        handles.close();
        replays.close();
        waiters.wakeAll();
        for (ApprovalChannel channel : settings.channels()) {
            closing("channel " + channel.name(), () -> {
                channel.close();
                return true;
            });
        }
        dispatcher.close();
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
