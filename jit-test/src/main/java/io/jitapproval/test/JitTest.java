package io.jitapproval.test;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.JitGuard;
import io.jitapproval.Subject;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.PolicySource;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives each test a guard of its own: the real one, whose approvers, clock, people and record belong to the test.
 *
 * <pre>{@code
 * @ExtendWith(JitTest.class)
 * class RefundsTest {
 *     // a @Test
 *     void largeRefundsAskFinance(JitGuard guard, FakeApprover approver, TestClock clock) {
 *         approver.as("mia").approve();
 *         Refunds refunds = guard.protect(Refunds.class, new LedgerRefunds());
 *
 *         refunds.refund("42", new BigDecimal("5000"), "double charge");
 *
 *         assertThat(approver).wasAskedOnce().forAction("payment.refund").showing("amount", "5000");
 *     }
 * }
 * }</pre>
 *
 * <p>Test methods, {@code @BeforeEach} and {@code @AfterEach} methods can have parameters of the types {@link JitGuard}, {@link
 * MethodGuard}, {@link FakeApprover}, {@link TestClock}, {@link TestPeople} and {@link MemoryAuditSink}; within one test they
 * belong together. The policy comes from {@link JitPolicy}, the caller from {@link JitSubject}. What else the guard needs, such
 * as codecs or attribute resolvers, is {@linkplain #configured configured}.
 *
 * <p>An approval request that is still pending at the end of a test, and on which nobody voted, fails the test: most often it
 * is a question that the test did not expect. Where silence is meant, the test says {@link FakeApprover#staySilent()} or
 * {@link UnansweredAllowed}.
 *
 * <p>Works with nested classes, parameterized and repeated tests, and parallel execution.
 */
public final class JitTest implements ParameterResolver, AfterEachCallback {

    /** The resource of the class path where the policy is looked for if no {@link JitPolicy} says otherwise. */
    public static final String DEFAULT_POLICY = "policy.yaml";

    /** The resource where it is looked for if that is not there. */
    public static final String OTHER_DEFAULT_POLICY = "policy.json";

    private static final Namespace NAMESPACE = Namespace.create(JitTest.class);
    private static final Set<Class<?>> TYPES = Set.of(
            JitGuard.class,
            MethodGuard.class,
            FakeApprover.class,
            TestClock.class,
            TestPeople.class,
            MemoryAuditSink.class);

    private final Consumer<GuardBuilder> configuration;

    /** With nothing to configure; used by {@code @ExtendWith(JitTest.class)}. */
    public JitTest() {
        this(builder -> {});
    }

    private JitTest(Consumer<GuardBuilder> configuration) {
        this.configuration = requireNonNull(configuration, "configuration");
    }

    /**
     * An extension whose guards are configured further, for a field with {@code @RegisterExtension}.
     *
     * @param configuration sets what this extension does not set itself: attributes, codecs, store, further channels, limits
     * @return the extension
     */
    public static JitTest configured(Consumer<GuardBuilder> configuration) {
        return new JitTest(configuration);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return TYPES.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (!(parameter.getDeclaringExecutable() instanceof Method)
                || context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("JitTest gives each test a guard of its own, so there is no "
                    + type.getSimpleName()
                    + " outside of one: take it as a parameter of the test method, or of a @BeforeEach "
                    + "or @AfterEach method, instead of " + parameter.getDeclaringExecutable());
        }
        return world(context).get(type);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        JitWorld world = context.getStore(NAMESPACE).remove(JitWorld.class, JitWorld.class);
        if (world == null) {
            return;
        }
        try {
            if (context.getExecutionException().isEmpty()) {
                check(world, find(context, UnansweredAllowed.class).isPresent());
            }
        } finally {
            world.guard().close();
        }
    }

    private JitWorld world(ExtensionContext context) {
        JitWorld world = context.getStore(NAMESPACE).get(JitWorld.class, JitWorld.class);
        if (world == null) {
            world = JitWorld.make(policy(context), subject(context), configuration);
            context.getStore(NAMESPACE).put(JitWorld.class, world);
        }
        return world;
    }

    private static PolicySource policy(ExtensionContext context) {
        JitPolicy policy = find(context, JitPolicy.class).orElse(null);
        if (policy != null && !policy.text().isBlank()) {
            if (!policy.value().isBlank()) {
                throw new ParameterResolutionException("@JitPolicy names the resource '" + policy.value()
                        + "' and has a document of its own: keep one of them");
            }
            return PolicySources.text("@JitPolicy of " + context.getDisplayName(), policy.text());
        }
        ClassLoader loader = context.getRequiredTestClass().getClassLoader();
        String byDefault =
                loader.getResource(DEFAULT_POLICY) == null && loader.getResource(OTHER_DEFAULT_POLICY) != null
                        ? OTHER_DEFAULT_POLICY
                        : DEFAULT_POLICY;
        String name = policy == null || policy.value().isBlank() ? byDefault : policy.value();
        if (loader.getResource(name) == null) {
            throw new ParameterResolutionException("JitTest needs a policy, and there is no " + name
                    + " on the class path: put it into src/test/resources or src/main/resources, name another resource with "
                    + "@JitPolicy(\"…\"), or write the policy into the test with @JitPolicy(text = \"…\")");
        }
        return PolicySources.classpath(loader, name);
    }

    private static Subject subject(ExtensionContext context) {
        return find(context, JitSubject.class)
                .map(subject -> Subject.of(subject.type(), subject.id()).with("roles", List.of(subject.roles())))
                .orElseGet(() -> Subject.user("ana").with("roles", List.of()));
    }

    /** The annotation of the method, its class or an enclosing class, whichever is nearest. */
    private static <A extends Annotation> Optional<A> find(ExtensionContext context, Class<A> type) {
        for (@Nullable ExtensionContext at = context;
                at != null;
                at = at.getParent().orElse(null)) {
            Optional<A> found = AnnotationSupport.findAnnotation(at.getElement(), type);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static void check(JitWorld world, boolean unansweredAllowed) {
        FakeApprover approver = world.approver();
        approver.unfinished().ifPresent(voter -> {
            throw new AssertionError("the script has a sentence about " + voter
                    + " without an end: say approve(), deny(\"…\") or abstain() after as(\"…\")");
        });
        List<ApprovalRequest> unanswered = approver.pending().stream()
                .filter(request -> request.votes().isEmpty())
                .toList();
        if (!unanswered.isEmpty() && !unansweredAllowed && !approver.silenceWanted()) {
            throw new AssertionError(listing(approver, unanswered));
        }
    }

    private static String listing(FakeApprover approver, List<ApprovalRequest> unanswered) {
        StringBuilder text = new StringBuilder(
                        unanswered.size() == 1 ? "an approval request was" : "approval requests were")
                .append(" left unanswered:");
        for (ApprovalRequest request : unanswered) {
            text.append("\n  ")
                    .append(request.action())
                    .append(" on ")
                    .append(request.resource())
                    .append(" by ")
                    .append(request.subject())
                    .append(FakeApproverAssert.shown(request))
                    .append(" (")
                    .append(FakeApproverAssert.state(approver, request))
                    .append(')');
            approver.remarks(request.id())
                    .forEach(remark -> text.append("\n    ").append(remark));
        }
        return text.append(
                        "\nLet somebody answer, with approver.as(\"mia\").approve() for instance; if silence is meant, say ")
                .append("approver.staySilent() or @UnansweredAllowed.")
                .toString();
    }
}
