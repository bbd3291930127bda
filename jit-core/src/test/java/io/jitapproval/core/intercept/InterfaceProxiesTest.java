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

    private static final AnnotationScanner SCANNER = new AnnotationScanner(type -> List.of(), List.of());
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
        asked.clear();
        assertThat(sorted.reversed().compare("a", "b")).isNegative();
        assertThat(asked).as("through a default method of the JDK").containsExactly("compare");

        Callable<String> callable = protect(type(Callable.class), () -> "called", NEVER);
        assertThat(callable.call()).isEqualTo("called");
    }

    private interface Pay {
        @RequiresJitApproval(action = "pay")
        String pay(int amount);

        default String payTwice(int amount) {
            return pay(amount) + pay(amount);
        }

        @RequiresJitApproval(action = "payThrice")
        default String payThrice(int amount) {
            return secretly(amount) + payTwice(amount);
        }

        private String secretly(int amount) {
            return pay(amount);
        }

        default void fail(Exception failure) throws Exception {
            throw failure;
        }
    }

    private interface QuickPay extends Pay {
        @Override
        default String payTwice(int amount) {
            return "quick " + pay(2 * amount);
        }
    }

    private static class Payer implements Pay {
        @Override
        public String pay(int amount) {
            return "paid" + amount;
        }
    }

    private static final class QuickPayer extends Payer implements QuickPay {}

    private static final class OwnPayer extends Payer {
        @Override
        public String payTwice(int amount) {
            return "own " + pay(amount);
        }
    }

    private static MethodCallGuard noting(List<String> asked) {
        return (method, args, proceed) -> {
            asked.add(method.action());
            return proceed.proceed(args);
        };
    }

    @Test
    @DisplayName("wall 13: a default method of the interface reaches guarded methods through the guard only")
    void defaultsAreGuarded() {
        IllegalStateException refusal = new IllegalStateException("no");
        Pay refusing = protect(Pay.class, new Payer(), (method, args, proceed) -> {
            throw refusal;
        });
        assertThatThrownBy(() -> refusing.payTwice(5)).isSameAs(refusal);

        List<String> asked = new ArrayList<>();
        assertThat(protect(Pay.class, new Payer(), noting(asked)).payTwice(5)).isEqualTo("paid5paid5");
        assertThat(asked).containsExactly("pay", "pay");

        asked.clear();
        Pay lambda = amount -> "lambda" + amount;
        assertThat(protect(Pay.class, lambda, noting(asked)).payTwice(5)).isEqualTo("lambda5lambda5");
        assertThat(asked).containsExactly("pay", "pay");
    }

    @Test
    @DisplayName("wall 13: a guarded default method, too, reaches other guarded methods through the guard only")
    void guardedDefaultsAreGuarded() {
        List<String> asked = new ArrayList<>();
        assertThat(protect(Pay.class, new Payer(), noting(asked)).payThrice(5)).isEqualTo("paid5paid5paid5");
        assertThat(asked).containsExactly("payThrice", "pay", "pay", "pay");
    }

    @Test
    @DisplayName("a default method runs as the object has it, and its exceptions arrive as they were thrown")
    void overriddenDefaults() {
        List<String> asked = new ArrayList<>();
        assertThat(protect(Pay.class, new OwnPayer(), noting(asked)).payTwice(5))
                .isEqualTo("own paid5");
        assertThat(protect(Pay.class, new QuickPayer(), noting(asked)).payTwice(5))
                .isEqualTo("quick paid10");
        assertThat(asked).as("the limits that JitGuard.protect names").isEmpty();
        assertThat(protect(QuickPay.class, new QuickPayer(), noting(asked)).payTwice(5))
                .isEqualTo("quick paid10");
        assertThat(asked).containsExactly("pay");

        for (Exception failure : List.of(new IOException("a"), new ClassCastException("b"))) {
            assertThatThrownBy(() -> protect(Pay.class, new Payer(), NEVER).fail(failure))
                    .isSameAs(failure);
        }
    }

    public interface Open extends Parent {
        default String openAll(int times, String... names) {
            return open() + times + String.join("", names);
        }

        @RequiresJitApproval(action = "open")
        String open();
    }

    @Test
    @DisplayName(
            "wall 13: default methods of public interfaces and of super-interfaces that others cannot see run on the proxy")
    void unseenDefaults() {
        Open open = protect(
                Open.class,
                new Open() {
                    @Override
                    public String open() {
                        return "open";
                    }

                    @Override
                    public String toString() {
                        return "the target";
                    }
                },
                NEVER);
        assertThat(open.greet("ana")).isEqualTo("hello ana from the target");
        assertThatThrownBy(() -> open.openAll(1)).hasMessage("not guarded");

        List<String> asked = new ArrayList<>();
        assertThat(protect(Open.class, () -> "open", noting(asked)).openAll(2, "a", "b"))
                .isEqualTo("open2ab");
        assertThat(asked).containsExactly("open");
    }

    private interface Sink<T> {
        String put(T value);
    }

    private interface TextSink extends Sink<String> {
        @Override
        @RequiresJitApproval(action = "put")
        default String put(String value) {
            return "put " + value;
        }
    }

    @Test
    @DisplayName("wall 13: a generic default method is asked about once, through whichever declaration it is called")
    void genericDefaults() {
        List<String> asked = new ArrayList<>();
        TextSink sink = protect(TextSink.class, new TextSink() {}, noting(asked));
        Sink<String> wide = sink;
        assertThat(wide.put("a")).isEqualTo("put a");
        assertThat(asked).containsExactly("put");
        assertThat(sink.put("b")).isEqualTo("put b");
        assertThat(asked).containsExactly("put", "put");

        asked.clear();
        Sink<String> own = protect(
                TextSink.class,
                new TextSink() {
                    @Override
                    public String put(String value) {
                        return "own " + value;
                    }
                },
                noting(asked));
        assertThat(own.put("c")).isEqualTo("own c");
        assertThat(asked).containsExactly("put");
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
