package io.jitapproval.walls.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.intercept.AnnotationScanner;
import io.jitapproval.core.intercept.AnnotationScanner.Scan;
import io.jitapproval.core.intercept.GuardedMethod;
import io.jitapproval.core.intercept.InterfaceProxies;
import io.jitapproval.core.intercept.MethodCallGuard;
import io.jitapproval.walls.shapes.Shape.Expected;
import io.jitapproval.walls.shapes.Shape.Guarded;
import io.jitapproval.walls.shapes.Shape.Refused;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("wall 13: an annotation guards, or stops the start")
class ShapesTest {

    private static final AnnotationScanner SCANNER = new AnnotationScanner(type -> List.of(), List.of());

    private static final class RefusedByStub extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @TestFactory
    @DisplayName("R09: wall 13: through a JDK proxy of the interface")
    Stream<DynamicTest> throughInterface() {
        return Shape.all().stream()
                .map(shape -> dynamicTest("R09: wall 13: " + shape, () -> runThroughInterface(shape)));
    }

    private static <T> void runThroughInterface(Shape<T> shape) {
        T target = shape.target().get();
        Scan scan = SCANNER.scanInterface(shape.type(), target.getClass());
        Expected expected = shape.throughInterface();
        if (expected instanceof Refused refused) {
            assertThat(scan.problems()).extracting(ConfigurationProblem::code).contains(refused.code());
            assertThatThrownBy(() -> InterfaceProxies.protect(
                            shape.type(), target, scan, (method, args, go) -> go.proceed(args)))
                    .isInstanceOf(JitConfigurationException.class);
            return;
        }
        assertThat(scan.problems()).isEmpty();
        List<String> asked = new ArrayList<>();
        Runs.take();
        T passing = InterfaceProxies.protect(shape.type(), target, scan, (method, args, go) -> {
            asked.add(method.action());
            assertThat(args).hasSize(method.parameters().size());
            return go.proceed(args.clone());
        });
        shape.call().accept(passing);
        assertThat(Runs.take()).as("the action ran").isEqualTo(1);
        assertThat(asked).isEqualTo(expected instanceof Guarded ? List.of(Shape.ACTION) : List.of());

        MethodCallGuard refusing = (method, args, go) -> {
            throw new RefusedByStub();
        };
        T closed = InterfaceProxies.protect(shape.type(), target, scan, refusing);
        if (expected instanceof Guarded) {
            assertThatThrownBy(() -> shape.call().accept(closed)).isInstanceOf(RefusedByStub.class);
            assertThat(Runs.take()).as("the action ran").isZero();
        } else {
            shape.call().accept(closed);
            assertThat(Runs.take()).as("the action ran").isEqualTo(1);
        }
    }

    @TestFactory
    @DisplayName("R09: wall 13: what a class proxy would be told, whichever declaration it invokes")
    Stream<DynamicTest> throughClass() {
        return Shape.all().stream().map(shape -> dynamicTest("R09: wall 13: " + shape, () -> scanForClass(shape)));
    }

    private static <T> void scanForClass(Shape<T> shape) {
        Class<?> target = shape.target().get().getClass();
        Scan scan = SCANNER.scanClass(target);
        Expected expected = shape.throughClass();
        if (expected instanceof Refused refused) {
            assertThat(scan.problems()).extracting(ConfigurationProblem::code).contains(refused.code());
            return;
        }
        assertThat(scan.problems()).isEmpty();
        for (Method declaration : declarations(invoked(shape), target)) {
            GuardedMethod found = scan.find(declaration);
            assertThat(found != null).as(declaration.toString()).isEqualTo(expected instanceof Guarded);
            assertThat(found == null ? Shape.ACTION : found.action()).isEqualTo(Shape.ACTION);
        }
    }

    @Test
    @DisplayName("R09: wall 13: whatever is guarded or refused is mentioned")
    void mentions() {
        assertThat(Shape.all())
                .filteredOn(
                        shape -> shape.throughInterface() instanceof Guarded || shape.throughClass() instanceof Refused)
                .hasSizeGreaterThanOrEqualTo(40)
                .allMatch(
                        shape -> AnnotationScanner.mentions(shape.target().get().getClass()));
        assertThat(AnnotationScanner.mentions(TypeLevelShapes.Plain.class)).isFalse();
        assertThat(AnnotationScanner.mentions(String.class)).isFalse();
    }

    @Test
    @DisplayName("R09: wall 13: the table has at least 40 guarded shapes, each with a name of its own")
    void table() {
        assertThat(Shape.all()).extracting(Shape::name).doesNotHaveDuplicates();
        assertThat(guarded()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(Shape.all())
                .extracting(Shape::name)
                .anyMatch(name -> name.startsWith("CVE-2025-22223"))
                .anyMatch(name -> name.startsWith("CVE-2025-41232"))
                .anyMatch(name -> name.startsWith("CVE-2025-41248"))
                .anyMatch(name -> name.startsWith("CVE-2025-41249"));
    }

    @Test
    @DisplayName("R09: wall 13: twin that looks at the invoked method only lets calls through")
    void twinInvokedMethodOnly() {
        assertThat(missedBy(NaiveScanners.INVOKED_METHOD_ONLY))
                .contains("on the method itself", "overridden without it", "CVE-2025-41248: unbounded super-class")
                .hasSize(48);
    }

    @Test
    @DisplayName("R09: wall 13: twin that looks at the target's class only lets calls through")
    void twinOwnClassOnly() {
        assertThat(missedBy(NaiveScanners.OWN_CLASS_ONLY))
                .contains("on the interface's method", "interface default", "CVE-2025-22223: unbounded interface")
                .hasSize(77);
    }

    @Test
    @DisplayName("R09: wall 13: twin that ignores generics lets calls through")
    void twinIgnoringGenerics() {
        assertThat(missedBy(NaiveScanners.IGNORING_GENERICS))
                .contains(
                        "CVE-2025-22223: bounded super-class",
                        "CVE-2025-41248: unbounded super-class",
                        "CVE-2025-41248: three levels, variables swapped",
                        "CVE-2025-41249: bound added on the way",
                        "meta-annotation")
                .hasSize(19);
    }

    private static List<Shape<?>> guarded() {
        return Shape.all().stream()
                .<Shape<?>>map(shape -> shape)
                .filter(shape -> shape.throughInterface() instanceof Guarded)
                .toList();
    }

    private static List<String> missedBy(BiPredicate<Method, Class<?>> twin) {
        return guarded().stream()
                .filter(shape -> !twin.test(invoked(shape), shape.target().get().getClass()))
                .map(Shape::name)
                .toList();
    }

    /** The method as a JDK proxy sees it. */
    private static <T> Method invoked(Shape<T> shape) {
        List<Method> seen = new ArrayList<>();
        shape.call()
                .accept(shape.type()
                        .cast(Proxy.newProxyInstance(
                                shape.type().getClassLoader(), new Class<?>[] {shape.type()}, (proxy, method, args) -> {
                                    seen.add(method);
                                    return null;
                                })));
        return seen.get(0);
    }

    /** The invoked method, and what the target's class has for it. */
    private static List<Method> declarations(Method invoked, Class<?> target) {
        List<Method> all = new ArrayList<>(List.of(invoked));
        for (Method method : target.getMethods()) {
            if (method.getName().equals(invoked.getName())
                    && List.of(method.getParameterTypes()).equals(List.of(invoked.getParameterTypes()))) {
                all.add(method);
            }
        }
        return all;
    }
}
