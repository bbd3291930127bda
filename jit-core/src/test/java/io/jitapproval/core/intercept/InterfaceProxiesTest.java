package io.jitapproval.core.intercept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.core.intercept.AnnotationScanner.Scan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InterfaceProxiesTest {

    private static final AnnotationScanner SCANNER = new AnnotationScanner(type -> List.of());
    private static final MethodCallGuard NEVER = (method, args, proceed) -> {
        throw new AssertionError("not guarded");
    };
    private static final MethodCallGuard PASS = (method, args, proceed) -> proceed.proceed(args);

    private interface Parent {
        default String greet(String name) {
            return "hello " + name + " from " + this;
        }
    }

    private interface Service extends Parent {
        @RequiresJitApproval(action = "add")
        int add(int one, long other);

        @RequiresJitApproval(action = "fail")
        void fail(Throwable failure) throws IOException;

        void failFreely() throws IOException;

        @RequiresJitApproval(action = "none")
        String none();

        @RequiresJitApproval(action = "all")
        String all(String... parts);

        double plain(byte one, char two, boolean three);

        @RequiresJitApproval(action = "default")
        default String guardedDefault(String name) {
            return "default " + name;
        }
    }

    private static final class Target implements Service {
        @Override
        public int add(int one, long other) {
            return (int) (one + other);
        }

        @Override
        public void fail(Throwable failure) throws IOException {
            if (failure instanceof IOException checked) {
                throw checked;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }

        @Override
        public void failFreely() throws IOException {
            throw new IOException("free");
        }

        @Override
        public String none() {
            return "none";
        }

        @Override
        public String all(String... parts) {
            return String.join("-", parts);
        }

        @Override
        public double plain(byte one, char two, boolean three) {
            return one + two + (three ? 1 : 0);
        }

        @Override
        public String toString() {
            return "the target";
        }

        @Override
        public boolean equals(Object other) {
            return true;
        }

        @Override
        public int hashCode() {
            return 42;
        }
    }

    private static <T> T protect(Class<T> type, T target, MethodCallGuard guard) {
        return InterfaceProxies.protect(type, target, SCANNER.scanInterface(type, target.getClass()), guard);
    }

    @Test
    @DisplayName("wall 13: guarded calls reach the guard with their arguments, and the target with those of the guard")
    void arguments() {
        List<Object> seen = new ArrayList<>();
        Service service = protect(Service.class, new Target(), (method, args, proceed) -> {
            seen.add(method.action());
            seen.addAll(List.of(args));
            return proceed.proceed(
                    switch (method.action()) {
                        case "add" -> new Object[] {40, 2L};
                        case "all" -> new Object[] {new String[] {"x", "y"}};
                        default -> args;
                    });
        });

        assertThat(service.add(1, 2)).isEqualTo(42);
        assertThat(service.none()).isEqualTo("none");
        assertThat(service.all()).isEqualTo("x-y");
        assertThat(service.guardedDefault("ana")).isEqualTo("default ana");
        assertThat(seen).startsWith("add", 1, 2L, "none", "all").endsWith("default", "ana");
    }

    @Test
    @DisplayName("wall 13: what the guard answers is what the caller gets")
    void answers() {
        Service service = protect(Service.class, new Target(), (method, args, proceed) -> 7);
        assertThat(service.add(1, 2)).isEqualTo(7);

        IllegalStateException refusal = new IllegalStateException("no");
        Service refusing = protect(Service.class, new Target(), (method, args, proceed) -> {
            throw refusal;
        });
        assertThatThrownBy(refusing::none).isSameAs(refusal);
    }

    @Test
    @DisplayName("other methods pass straight through")
    void passesThrough() {
        Service service = protect(Service.class, new Target(), NEVER);
        assertThat(service.plain((byte) 1, 'a', true)).isEqualTo(99);
        assertThat(service.greet("ana")).isEqualTo("hello ana from the target");
        assertThatThrownBy(service::failFreely)
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("free");
    }

    @Test
    @DisplayName("the target's exceptions arrive as they were thrown")
    void exceptions() {
        Service service = protect(Service.class, new Target(), PASS);
        for (Throwable failure :
                List.of(new IOException("a"), new IllegalArgumentException("b"), new StackOverflowError("c"))) {
            assertThatThrownBy(() -> service.fail(failure)).isSameAs(failure);
        }
    }

    @Test
    @DisplayName("a proxy equals itself only, and shows its target")
    void identity() {
        Target target = new Target();
        Service one = protect(Service.class, target, NEVER);
        Service other = protect(Service.class, target, NEVER);
        assertThat(one.equals(one)).isTrue();
        assertThat(one.equals(other)).isFalse();
        assertThat(one.equals(target)).isFalse();
        assertThat(one.equals(null)).isFalse();
        assertThat(one.hashCode()).isEqualTo(System.identityHashCode(one));
        assertThat(one).hasToString("the target");
    }

    private interface Sorted<T> extends Comparator<T> {
        @Override
        @RequiresJitApproval(action = "compare")
        int compare(T one, T other);
    }

    @Test
    @DisplayName("interfaces of the JDK, redeclared equals, generic bridges and lambdas work")
    void foreign() throws Exception {
        Sorted<String> reversed = (one, other) -> other.compareTo(one);
        List<String> asked = new ArrayList<>();
        Sorted<String> sorted = protect(type(Sorted.class), reversed, (method, args, proceed) -> {
            asked.add(method.action());
            return proceed.proceed(args);
        });
        List<String> names = new ArrayList<>(List.of("a", "b"));
        names.sort(sorted);
        assertThat(names).containsExactly("b", "a");
        assertThat(asked).isNotEmpty().containsOnly("compare");
        assertThat(sorted.equals(sorted)).isTrue();
        assertThat(sorted.reversed().compare("a", "b")).isNegative();

        Callable<String> callable = protect(type(Callable.class), () -> "called", NEVER);
        assertThat(callable.call()).isEqualTo("called");
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<T> type(Class<?> raw) {
        return (Class<T>) raw;
    }

    @Test
    @DisplayName("wall 13: a scan with problems makes no proxy")
    void refuses() {
        Scan scan = SCANNER.scanInterface(Target.class, Target.class);
        assertThatThrownBy(() -> InterfaceProxies.protect(Service.class, new Target(), scan, NEVER))
                .isInstanceOf(JitConfigurationException.class)
                .hasMessageContaining("JIT-A011");
    }
}
