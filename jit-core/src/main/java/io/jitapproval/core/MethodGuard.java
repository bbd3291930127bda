package io.jitapproval.core;

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
import io.jitapproval.RequestHandle;
import io.jitapproval.Rollout;
import io.jitapproval.Rules;
import io.jitapproval.core.guard.DefaultGuard;
import io.jitapproval.core.guard.GuardSettings;
import io.jitapproval.core.intercept.AnnotationScanner;
import io.jitapproval.core.intercept.AnnotationScanner.Scan;
import io.jitapproval.core.intercept.GuardedMethod;
import io.jitapproval.spi.AsyncReturnType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The guard as the builder makes it. Beside what every {@link JitGuard} does, it lets a framework put its own proxies in front
 * of annotated methods: {@link #inspect} a class at start, {@link Inspected#invoke invoke} through the result at each call.
 *
 * <p>Thread-safe.
 */
public final class MethodGuard implements JitGuard {

    private final DefaultGuard guard;
    private final @Nullable Suggesting suggesting;

    private MethodGuard(DefaultGuard guard, @Nullable Suggesting suggesting) {
        this.guard = guard;
        this.suggesting = suggesting;
    }

    static MethodGuard start(GuardSettings settings, @Nullable Suggesting suggesting) {
        DefaultGuard guard = DefaultGuard.start(settings);
        if (suggesting != null) {
            suggesting.start(guard, settings.people());
        }
        return new MethodGuard(guard, suggesting);
    }

    /**
     * Whether a class, or anything that it extends or implements, carries {@link io.jitapproval.RequiresJitApproval} at all.
     *
     * @param type the class
     * @return true if it does, enforceable or not
     */
    public static boolean mentions(Class<?> type) {
        return AnnotationScanner.mentions(type);
    }

    /**
     * Reads the annotations of a class that will be called through a proxy of all its methods.
     *
     * @param type      the class behind the proxy
     * @param ofProxies ways in which methods give their outcome later that these proxies alone understand; for all others see
     *                  {@link GuardBuilder#returnType}
     * @return its guarded methods, and what cannot be enforced
     */
    public Inspected inspect(Class<?> type, AsyncReturnType... ofProxies) {
        return new Inspected(guard.scan(type, ofProxies));
    }

    @Override
    public Decision decide(EvaluationRequest request) {
        return guard.decide(request);
    }

    @Override
    public Explanation explain(EvaluationRequest request) {
        return guard.explain(request);
    }

    @Override
    public Attempt attempt(String action) {
        return guard.attempt(action);
    }

    @Override
    public <T> T protect(Class<T> type, T target) {
        return guard.protect(type, target);
    }

    @Override
    public PolicyStatus policyStatus() {
        return guard.policyStatus();
    }

    @Override
    public PolicyStatus reloadPolicy() {
        return guard.reloadPolicy();
    }

    @Override
    public RequestHandle request(String id) {
        return guard.request(id);
    }

    @Override
    public BundleAttempt bundle(String title) {
        return guard.bundle(title);
    }

    @Override
    public Optional<Bundle> findBundle(String id) {
        return guard.findBundle(id);
    }

    @Override
    public Approvals approvals() {
        return guard.approvals();
    }

    @Override
    public Grants grants() {
        return guard.grants();
    }

    /** {@return what became of the messages to the channels} */
    public Deliveries deliveries() {
        return new Deliveries(guard);
    }

    /**
     * Where suggestions become policy.
     *
     * @return the desk
     * @throws IllegalStateException if the guard was built without {@link GuardBuilder#suggestions}
     */
    public SuggestionDesk suggestions() {
        if (suggesting == null) {
            throw new IllegalStateException(
                    "this guard has no desk for suggestions: open it with GuardBuilder.suggestions");
        }
        return suggesting.desk();
    }

    @Override
    public Map<String, Rollout> rollout() {
        return guard.rollout();
    }

    @Override
    public Debts debts() {
        return guard.debts();
    }

    @Override
    public Rules rules() {
        return guard.rules();
    }

    @Override
    public Outcomes outcomes() {
        return guard.outcomes();
    }

    @Override
    public void close() {
        if (suggesting != null) {
            suggesting.close();
        }
        guard.close();
    }

    /** The rest of a guarded call: runs the method itself. */
    @FunctionalInterface
    public interface Proceed {

        /**
         * Runs the method.
         *
         * @param args the arguments to run with: the frozen ones, not those of the caller
         * @return what the method returns
         * @throws Throwable what the method throws
         */
        @Nullable
        Object proceed(@Nullable Object[] args) throws Throwable;
    }

    /** The guarded methods of one class. Thread-safe. */
    public final class Inspected {

        private final Scan scan;

        private Inspected(Scan scan) {
            this.scan = scan;
        }

        /** {@return what cannot be enforced; the application must not start unless it is empty} */
        public List<ConfigurationProblem> problems() {
            return scan.problems();
        }

        /**
         * Fails if anything cannot be enforced.
         *
         * @return this
         * @throws JitConfigurationException with everything that cannot be enforced
         */
        public Inspected orFail() {
            if (!scan.problems().isEmpty()) {
                throw new JitConfigurationException(scan.problems());
            }
            return this;
        }

        /**
         * Whether calls of a method have to go through the guard.
         *
         * @param method the method as it is invoked: of the class, a super-class or an interface
         * @return true if they have to
         */
        public boolean guards(Method method) {
            return scan.find(method) != null;
        }

        /**
         * Whether the outcome of a guarded method comes later. Then the method may run later and on another thread than its call,
         * and, where it returns something lazy, several times at once.
         *
         * @param method the method as it is invoked
         * @return true for a guarded method that returns a stage, or whatever else an {@link AsyncReturnType} answers
         */
        public boolean answersLater(Method method) {
            GuardedMethod guarded = scan.find(method);
            return guarded != null && guarded.bridge() != null;
        }

        /**
         * Runs a call through the guard.
         *
         * @param method  the method as it is invoked; one that is not guarded just runs
         * @param args    the caller's arguments
         * @param proceed runs the method itself; called at most once, unless the method {@linkplain #answersLater answers
         *                later}
         * @return what the method returns; for a method that answers later, what tells of a refusal too
         * @throws Throwable what the method throws, or a {@link io.jitapproval.JitApprovalException}
         */
        public @Nullable Object invoke(Method method, @Nullable Object[] args, Proceed proceed) throws Throwable {
            GuardedMethod guarded = scan.find(method);
            return guarded == null
                    ? proceed.proceed(args)
                    : guard.methodCalls().invoke(guarded, args, proceed::proceed);
        }
    }
}
