package io.jitapproval.core.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Sensitive;
import io.jitapproval.Unbound;
import io.jitapproval.core.intercept.AnnotationScanner.Scan;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScanProblemsTest {

    private static final AnnotationScanner SCANNER = new AnnotationScanner(
            type -> Types.erase(type) == Thread.class ? List.of("java.lang.Thread: is alive") : List.of(), List.of());

    private static final String ANNOTATED = "@io.jitapproval.RequiresJitApproval(action = \"a\") ";

    private static void assertCodes(Scan scan, String... codes) {
        assertThat(scan.problems()).extracting(ConfigurationProblem::code).containsExactlyInAnyOrder(codes);
    }

    private static void assertCodes(Class<?> type, String... codes) {
        assertCodes(SCANNER.scanInterface(type, type), codes);
    }

    interface Everything {
        @RequiresJitApproval(action = " ")
        void blank();

        @RequiresJitApproval(action = "pay.{amount}")
        void braces(String amount);

        @RequiresJitApproval(action = "a", waitAtMost = "30s")
        void noDuration();

        @RequiresJitApproval(action = "a", waitAtMost = "PT0S")
        void zero();

        @RequiresJitApproval(action = "a", waitAtMost = "-PT1S")
        void negative();

        @RequiresJitApproval(action = "a", resource = "order/{id")
        void open(String id);

        @RequiresJitApproval(action = "a", reason = "id}")
        void shut(String id);

        @RequiresJitApproval(action = "a", resource = "order/{}")
        void empty(String id);

        @RequiresJitApproval(action = "a", resource = "order/{id..x}")
        void noPath(String id);

        @RequiresJitApproval(action = "a", resource = "{id}")
        void noType(String id);

        @RequiresJitApproval(action = "a", resource = "{id}/{id}")
        void typeFromArgument(String id);

        @RequiresJitApproval(action = "a", resource = "order/")
        void noId(String id);

        @RequiresJitApproval(action = "a", resource = "order/{orderId}")
        void unknownParameter(String id);

        @RequiresJitApproval(action = "a", resource = "order/{id.number}")
        void unknownPath(String id);

        @RequiresJitApproval(action = "a", resource = "order/{ids}")
        void noText(List<String> ids);

        @RequiresJitApproval(action = "a", reason = "{pin}")
        void secret(@Sensitive String pin);

        @RequiresJitApproval(action = "a")
        void alive(@Unbound Thread thread);

        @RequiresJitApproval(action = "a")
        Future<String> future();

        @RequiresJitApproval(action = "a")
        Flow.Publisher<String> reactive();
    }

    @Test
    @DisplayName("R10: every fault of a type is told at once, with place and cure")
    void allAtOnce() {
        Scan scan = SCANNER.scanInterface(Everything.class, Everything.class);
        assertThat(scan.methods()).isEmpty();
        assertThat(scan.problems())
                .extracting(problem -> problem.where().replaceAll(".*Everything\\.", "") + " " + problem.code())
                .containsExactly(
                        "alive(Thread) JIT-A032",
                        "blank() JIT-A020",
                        "braces(String) JIT-A020",
                        "empty(String) JIT-A022",
                        "future() JIT-A040",
                        "negative() JIT-A021",
                        "noDuration() JIT-A021",
                        "noId(String) JIT-A023",
                        "noPath(String) JIT-A022",
                        "noText(List) JIT-A026",
                        "noType(String) JIT-A023",
                        "open(String) JIT-A022",
                        "reactive() JIT-A041",
                        "secret(String) JIT-A027",
                        "shut(String) JIT-A022",
                        "typeFromArgument(String) JIT-A023",
                        "unknownParameter(String) JIT-A024",
                        "unknownPath(String) JIT-A025",
                        "zero() JIT-A021");
        assertThat(scan.problems().get(0))
                .hasToString("io.jitapproval.core.intercept.ScanProblemsTest.Everything.alive(Thread) JIT-A032 "
                        + "the parameter 'thread' cannot be frozen: java.lang.Thread: is alive. Register an ArgumentCodec for "
                        + "it, or pass a value");
        assertThat(scan.problems()).extracting(ConfigurationProblem::what).allMatch(what -> what.contains(". "));
    }

    interface Named {
        @RequiresJitApproval(action = "a")
        void run(String order);
    }

    static class NamedOtherwise implements Named {
        @Override
        @RequiresJitApproval(action = "a")
        public void run(String id) {}
    }

    @Test
    @DisplayName("R11: annotated declarations that name the parameters differently are ambiguous")
    void names() {
        assertCodes(SCANNER.scanInterface(Named.class, NamedOtherwise.class), "JIT-A031");
    }

    static class Unreached implements Runnable {
        @Override
        public void run() {}

        @RequiresJitApproval(action = "a")
        void helper() {}
    }

    @RequiresJitApproval(action = "a")
    static class UnreachedByType implements Runnable {
        @Override
        public void run() {}

        public void other() {}

        protected void helper() {}
    }

    static class OfTwo implements Runnable, Named {
        @Override
        public void run() {}

        @Override
        public void run(String order) {}
    }

    @Test
    @DisplayName(
            "R10: what a class annotates must be in the interface; what another interface annotates has its own proxy")
    void notInInterface() {
        assertCodes(SCANNER.scanInterface(Runnable.class, Unreached.class), "JIT-A006");
        Scan byType = SCANNER.scanInterface(Runnable.class, UnreachedByType.class);
        assertCodes(byType, "JIT-A006");
        assertThat(byType.problems().get(0).where()).endsWith("UnreachedByType.other()");
        assertCodes(SCANNER.scanInterface(Runnable.class, OfTwo.class));
    }

    sealed interface Sealed permits OfSealed {}

    record OfSealed() implements Sealed {}

    @Test
    @DisplayName("R10: only an open interface that the target implements can be put in front of it")
    void proxiable() throws Exception {
        assertCodes(SCANNER.scanInterface(String.class, String.class), "JIT-A011");
        assertCodes(SCANNER.scanInterface(Override.class, Override.class), "JIT-A011");
        assertCodes(SCANNER.scanInterface(Sealed.class, OfSealed.class), "JIT-A011");
        assertCodes(SCANNER.scanInterface(Runnable.class, String.class), "JIT-A012");
        Class<?> closed = Class.forName("jdk.internal.access.JavaLangAccess");
        assertCodes(SCANNER.scanInterface(closed, closed), "JIT-A013");
    }

    @Retention(RetentionPolicy.RUNTIME)
    @RequiresJitApproval(action = "a")
    @interface Meta {}

    static class Constructed {
        @Meta
        Constructed() {}
    }

    @Test
    @DisplayName("R10: an annotated constructor is no guard")
    void constructor() {
        assertCodes(SCANNER.scanClass(Constructed.class), "JIT-A007");
        assertThat(AnnotationScanner.mentions(Constructed.class)).isTrue();
    }

    @RequiresJitApproval(action = "a")
    record OnlyOfEveryObject() {}

    @Test
    @DisplayName("R10: a type-level annotation that covers nothing is none")
    void coversNothing() {
        assertCodes(SCANNER.scanClass(OnlyOfEveryObject.class), "JIT-A009");
    }

    interface Eq {
        @Override
        @RequiresJitApproval(action = "a")
        boolean equals(Object other);
    }

    interface OwnHash {
        @Override
        int hashCode();

        @Override
        boolean equals(Object other);

        @RequiresJitApproval(action = "a")
        void run();
    }

    @RequiresJitApproval(action = "a")
    interface TypeWithHash {
        @Override
        int hashCode();

        void run();
    }

    @Test
    @DisplayName(
            "R10: methods of every object cannot be guarded, and are left alone where only their type is annotated")
    void ofEveryObject() {
        assertCodes(Eq.class, "JIT-A008");
        assertCodes(OwnHash.class);
        assertCodes(TypeWithHash.class);
        assertThat(SCANNER.scanInterface(TypeWithHash.class, TypeWithHash.class).methods())
                .hasSize(1);
    }

    @Test
    @DisplayName("R10: without parameter names nobody knows what the arguments are")
    void withoutNames() throws Exception {
        ClassLoader loader = Sources.compile(Map.of(
                "nameless.Op", "package nameless; public interface Op { " + ANNOTATED + "void run(String order); }"));
        assertCodes(loader.loadClass("nameless.Op"), "JIT-A030");
    }

    @Test
    @DisplayName("R10: package-private methods of another package cannot be overridden by a class proxy")
    void packagePrivate() throws Exception {
        ClassLoader loader = Sources.compile(
                Map.of(
                        "far.Base",
                        "package far; public class Base { " + ANNOTATED + "void act() {} }",
                        "near.Leaf",
                        "package near; public class Leaf extends far.Base {}"),
                "-parameters");
        assertCodes(SCANNER.scanClass(loader.loadClass("near.Leaf")), "JIT-A005");
        assertCodes(SCANNER.scanClass(loader.loadClass("far.Base")));
    }

    @Test
    @DisplayName("R10: reactive types and coroutines of other libraries are known by name")
    void foreignReturnTypes() throws Exception {
        ClassLoader loader = Sources.compile(
                Map.of(
                        "org.reactivestreams.Publisher",
                        "package org.reactivestreams; public interface Publisher<T> {}",
                        "kotlin.coroutines.Continuation",
                        "package kotlin.coroutines; public interface Continuation<T> {}",
                        "foreign.Mono",
                        "package foreign; public abstract class Mono<T> implements org.reactivestreams.Publisher<T> {}",
                        "foreign.Op",
                        "package foreign; public interface Op { " + ANNOTATED + "Mono<String> mono(); " + ANNOTATED
                                + "Object suspended(kotlin.coroutines.Continuation<String> next); }"),
                "-parameters");
        assertCodes(loader.loadClass("foreign.Op"), "JIT-A041", "JIT-A042");
    }

    @Test
    @DisplayName("R13: a class that cannot be read guards nothing, so it stops the start")
    void unreadable() throws Exception {
        ClassLoader loader = Sources.compile(
                Map.of(
                        "torn.Gone", "package torn; public class Gone {}",
                        "torn.Op",
                                "package torn; public class Op { Gone gone() { return null; } String x = \"kept\"; }"),
                bytes -> {
                    if (!new String(bytes, StandardCharsets.ISO_8859_1).contains("kept")) {
                        throw new NoClassDefFoundError("torn/Gone");
                    }
                    return bytes;
                });
        Class<?> torn = loader.loadClass("torn.Op");
        assertCodes(SCANNER.scanClass(torn), "JIT-A014");
        assertThat(AnnotationScanner.mentions(torn)).isTrue();
    }
}
