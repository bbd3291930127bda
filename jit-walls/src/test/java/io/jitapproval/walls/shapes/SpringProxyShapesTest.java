package io.jitapproval.walls.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.Subject;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.ArgumentCodec;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.SubjectResolver;
import io.jitapproval.spring.JitAutoConfiguration;
import io.jitapproval.walls.shapes.Shape.Expected;
import io.jitapproval.walls.shapes.Shape.Guarded;
import io.jitapproval.walls.shapes.Shape.Refused;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

@DisplayName("wall 13: an annotation on a Spring bean guards, or stops the start")
class SpringProxyShapesTest {

    /** Lets the caller through or not, for all contexts at once. */
    private static final AtomicBoolean TRUSTED = new AtomicBoolean();

    private static final String POLICY = """
            {"default": "deny", "rules": [
              {"id": "trusted", "actions": ["shape.run"], "when": {"subject.trusted": {"equals": true}}, "effect": "allow"}
            ]}
            """;

    private static AnnotationConfigApplicationContext classes;
    private static AnnotationConfigApplicationContext interfaces;

    @BeforeAll
    static void start() {
        classes = context(true, shapes(true, false));
        interfaces = context(false, shapes(false, false));
    }

    @AfterAll
    static void stop() {
        Stream.of(classes, interfaces).filter(Objects::nonNull).forEach(AnnotationConfigApplicationContext::close);
    }

    @TestFactory
    @DisplayName("R09: wall 13: through class proxies where the bean's class allows one")
    Stream<DynamicTest> throughClassProxies() {
        return shapes(true, false).stream()
                .map(shape -> dynamicTest("R09: wall 13: " + shape, () -> calls(classes, shape)));
    }

    @TestFactory
    @DisplayName("R09: wall 13: through JDK proxies")
    Stream<DynamicTest> throughJdkProxies() {
        return shapes(false, false).stream()
                .map(shape -> dynamicTest("R09: wall 13: " + shape, () -> calls(interfaces, shape)));
    }

    @TestFactory
    @DisplayName("R10: wall 13: what cannot be guarded by a class proxy stops the start")
    Stream<DynamicTest> refusedWithClassProxies() {
        return shapes(true, true).stream()
                .map(shape -> dynamicTest("R10: wall 13: " + shape, () -> refuses(true, shape)));
    }

    @TestFactory
    @DisplayName("R10: wall 13: what cannot be guarded by a JDK proxy stops the start")
    Stream<DynamicTest> refusedWithJdkProxies() {
        return shapes(false, true).stream()
                .map(shape -> dynamicTest("R10: wall 13: " + shape, () -> refuses(false, shape)));
    }

    @Test
    @DisplayName("R09: wall 13: at least 40 shapes are guarded by either kind of proxy")
    void enough() {
        for (boolean byClass : new boolean[] {true, false}) {
            assertThat(shapes(byClass, false))
                    .filteredOn(shape -> expected(byClass, shape) instanceof Guarded)
                    .hasSizeGreaterThanOrEqualTo(40);
        }
    }

    private static <T> void calls(AnnotationConfigApplicationContext context, Shape<T> shape) {
        boolean guarded = shape.throughClass() instanceof Guarded;
        T bean = shape.type().cast(context.getBean(shape.name()));
        MemoryAuditSink audit = context.getBean(MemoryAuditSink.class);
        audit.clear();
        Runs.take();

        TRUSTED.set(true);
        shape.call().accept(bean);
        assertThat(Runs.take()).as("the action ran").isEqualTo(1);
        assertThat(audit.records())
                .extracting(AuditRecord::action)
                .containsOnly(guarded ? new String[] {Shape.ACTION} : new String[0]);
        assertThat(audit.records().isEmpty()).isEqualTo(!guarded);

        TRUSTED.set(false);
        // A method that returns a stage throws nothing: its stage fails.
        Throwable refusal = catchThrowable(() -> shape.call().accept(bean));
        if (refusal != null) {
            assertThat(refusal).isInstanceOf(ActionDeniedException.class);
        }
        assertThat(audit.records().stream().anyMatch(record -> record.kind() == AuditRecord.Kind.DENIED))
                .isEqualTo(guarded);
        assertThat(Runs.take()).as("the action ran").isEqualTo(guarded ? 0 : 1);
    }

    private static void refuses(boolean byClass, Shape<?> shape) {
        assertThatThrownBy(() -> context(byClass, List.of(shape)).close()).isInstanceOf(RuntimeException.class);
    }

    private static List<Shape<?>> shapes(boolean byClass, boolean refused) {
        return Shape.all().stream()
                .<Shape<?>>map(shape -> shape)
                .filter(shape -> (expected(byClass, shape) instanceof Refused) == refused)
                .toList();
    }

    /** The adapter wants what both kinds of proxy can do, so that a switch of the proxy kind opens nothing. */
    private static Expected expected(boolean byClass, Shape<?> shape) {
        if (byClass && !hasConstructorToInherit(shape.target().get().getClass())) {
            return new Refused("CGLIB");
        }
        // JIT-A006 is about a proxy of one interface. Spring's have all those of the bean.
        return !byClass
                        && shape.throughInterface() instanceof Refused refused
                        && !refused.code().equals("JIT-A006")
                ? refused
                : shape.throughClass();
    }

    private static boolean hasConstructorToInherit(Class<?> type) {
        return type.isHidden()
                || Proxy.isProxyClass(type)
                || Arrays.stream(type.getDeclaredConstructors())
                        .anyMatch(constructor -> !Modifier.isPrivate(constructor.getModifiers()));
    }

    /** The one argument of the table that is not a value. */
    private static final class RecursiveCodec implements ArgumentCodec<GenericShapes.OfRecursive> {

        @Override
        public Class<GenericShapes.OfRecursive> type() {
            return GenericShapes.OfRecursive.class;
        }

        @Override
        public GenericShapes.OfRecursive copy(GenericShapes.OfRecursive value) {
            return value;
        }

        @Override
        public Object toPlain(GenericShapes.OfRecursive value) {
            return "recursive";
        }
    }

    private static AnnotationConfigApplicationContext context(boolean byClass, List<Shape<?>> shapes) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("spring.aop.proxy-target-class", byClass)));
        context.registerBean(PolicySource.class, () -> PolicySources.text("shapes", POLICY));
        context.registerBean(MemoryAuditSink.class, () -> AuditSinks.memory(100_000));
        context.registerBean(
                SubjectResolver.class,
                () -> () -> Optional.of(Subject.user("ana").with("trusted", TRUSTED.get())));
        context.registerBean(ArgumentCodec.class, RecursiveCodec::new);
        context.register(JitAutoConfiguration.class);
        shapes.forEach(shape -> register(context, shape));
        context.refresh();
        return context;
    }

    @SuppressWarnings("unchecked") // the class of what the supplier makes
    private static <T> void register(AnnotationConfigApplicationContext context, Shape<T> shape) {
        Class<T> type = (Class<T>) shape.target().get().getClass();
        context.registerBean(shape.name(), type, () -> shape.target().get());
    }
}
