package io.jitapproval.core.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Continuation;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Resource;
import io.jitapproval.Sensitive;
import io.jitapproval.Unbound;
import io.jitapproval.core.intercept.AnnotationScanner.Scan;
import io.jitapproval.core.intercept.GuardedMethod.Parameter;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AnnotationScannerTest {

    private static final AnnotationScanner SCANNER = new AnnotationScanner(type -> List.of(), List.of());

    static GuardedMethod only(Scan scan) {
        assertThat(scan.problems()).isEmpty();
        assertThat(scan.methods().values()).isNotEmpty();
        GuardedMethod found = scan.methods().values().iterator().next();
        assertThat(scan.methods().values()).containsOnly(found);
        return found;
    }

    static GuardedMethod only(Class<?> type, Class<?> target) {
        return only(SCANNER.scanInterface(type, target));
    }

    interface Refunds {
        @RequiresJitApproval(
                action = "payment.{method}",
                resource = "order/{orderId}",
                reason = "{note}",
                continuation = Continuation.WAIT,
                waitAtMost = "PT1M")
        String refund(String orderId, BigDecimal amount, @Sensitive String pin, @Unbound String note);
    }

    static class LedgerRefunds implements Refunds {
        @Override
        public String refund(String id, BigDecimal howMuch, String pin, String text) {
            return id;
        }

        public String refund(String id) {
            return id;
        }
    }

    @Test
    @DisplayName("the annotation's words arrive")
    void attributes() throws Exception {
        Scan scan = SCANNER.scanInterface(Refunds.class, LedgerRefunds.class);
        GuardedMethod refund = only(scan);
        Method implementation =
                LedgerRefunds.class.getMethod("refund", String.class, BigDecimal.class, String.class, String.class);

        assertThat(refund.action()).isEqualTo("payment.refund");
        assertThat(refund.continuation()).isEqualTo(Continuation.WAIT);
        assertThat(refund.waitAtMost()).isEqualTo(Duration.ofMinutes(1));
        assertThat(refund.bridge()).isNull();
        assertThat(refund.method()).isEqualTo(implementation);
        assertThat(refund)
                .hasToString("io.jitapproval.core.intercept.AnnotationScannerTest.Refunds.refund"
                        + "(String, BigDecimal, String, String)");
        assertThat(refund.parameters())
                .containsExactly(
                        new Parameter("orderId", false, false, String.class),
                        new Parameter("amount", false, false, BigDecimal.class),
                        new Parameter("pin", true, false, String.class),
                        new Parameter("note", false, true, String.class));
        assertThat(refund.resource().resolve(Map.of("orderId", "42"))).isEqualTo(Resource.of("order", "42"));
        assertThat(refund.reason().render(Map.of("note", "twice"))).isEqualTo("twice");
        assertThat(scan.find(implementation)).isSameAs(refund);
        assertThat(scan.find(Refunds.class.getMethods()[0])).isSameAs(refund);
        assertThat(scan.find(LedgerRefunds.class.getMethod("refund", String.class)))
                .isNull();
        assertThat(scan.find(Object.class.getMethod("toString"))).isNull();
    }

    interface Plain {
        @RequiresJitApproval(action = "act")
        void act();
    }

    static class PlainActor implements Plain {
        @Override
        public void act() {}
    }

    @Test
    @DisplayName("by default there is no resource, no reason, and the caller comes again")
    void defaults() {
        GuardedMethod act = only(Plain.class, PlainActor.class);
        assertThat(act.resource().resolve(Map.of())).isSameAs(Resource.NONE);
        assertThat(act.reason().render(Map.of())).isEmpty();
        assertThat(act.continuation()).isEqualTo(Continuation.RETRY);
        assertThat(act.waitAtMost()).isEqualTo(Duration.ofSeconds(30));
    }

    interface Like {
        void act();
    }

    @Test
    @DisplayName("R09: a type that was not scanned is matched by signature")
    void unknownTypes() throws Exception {
        Scan scan = SCANNER.scanInterface(Plain.class, PlainActor.class);
        assertThat(scan.find(Like.class.getMethod("act"))).isNotNull();
        assertThat(scan.find(Like.class.getDeclaredMethods()[0])).isNotNull();
        assertThat(scan.find(Object.class.getMethod("hashCode"))).isNull();
    }

    interface MarksUnbound {
        @RequiresJitApproval(action = "mark")
        void mark(@Unbound String a, @Unbound String b, String c, String d);
    }

    interface MarksAgain {
        @RequiresJitApproval(action = "mark")
        void mark(@Unbound String a, String b, String c, @Sensitive String d);
    }

    static class Marking implements MarksUnbound, MarksAgain {
        @Override
        public void mark(String x, String y, @Unbound @Sensitive String z, @Unbound String d) {}
    }

    @Test
    @DisplayName(
            "wall 12: sensitive where any declaration says so; wall 2: unbound where all that are annotated say so")
    void marks() {
        assertThat(only(MarksUnbound.class, Marking.class).parameters())
                .containsExactly(
                        new Parameter("a", false, true, String.class),
                        new Parameter("b", false, false, String.class),
                        new Parameter("c", true, false, String.class),
                        new Parameter("d", true, false, String.class));
    }

    @RequiresJitApproval(action = "type.{method}")
    interface OnType {
        void one(@Unbound String note);
    }

    static class OfType implements OnType {
        @Override
        public void one(String note) {}
    }

    @Test
    @DisplayName("wall 2: under an annotation on a type, the declarations of that type say what is unbound")
    void marksOnType() {
        assertThat(only(OnType.class, OfType.class).parameters())
                .containsExactly(new Parameter("note", false, true, String.class));
        assertThat(only(OnType.class, OfType.class).action()).isEqualTo("type.one");
    }

    interface Generic<T> {
        @RequiresJitApproval(action = "generic")
        void run(T order, List<T> orders, T[] more);
    }

    interface OfString extends Generic<String> {}

    @Test
    @DisplayName("types of parameters are told with their variables replaced, even behind a lambda")
    void types() {
        OfString lambda = (order, orders, more) -> {};
        List<Parameter> parameters = only(OfString.class, lambda.getClass()).parameters();
        assertThat(parameters).extracting(Parameter::name).containsExactly("order", "orders", "more");
        assertThat(parameters.get(0).type()).isEqualTo(String.class);
        ParameterizedType list = (ParameterizedType) parameters.get(1).type();
        assertThat(list.getRawType()).isEqualTo(List.class);
        assertThat(list.getActualTypeArguments()).containsExactly(String.class);
        assertThat(list).hasToString("java.util.List<java.lang.String>");
        assertThat(parameters.get(2).type()).isEqualTo(String[].class);
        assertThat(parameters).extracting(Parameter::raw).containsExactly(String.class, List.class, String[].class);
    }

    interface Stages {
        @RequiresJitApproval(action = "stage")
        CompletionStage<String> stage();
    }

    static class FutureStages implements Stages {
        @Override
        public CompletableFuture<String> stage() {
            return CompletableFuture.completedFuture("");
        }
    }

    /** What callers are given is what the interface promises. */
    static class OwnStages implements Stages {
        @Override
        public OwnFuture stage() {
            return new OwnFuture();
        }
    }

    static class OwnFuture extends CompletableFuture<String> {}

    interface AnyResult<R> {
        @RequiresJitApproval(action = "any")
        R result();
    }

    static class StageResult implements AnyResult<CompletableFuture<String>> {
        @Override
        public CompletableFuture<String> result() {
            return CompletableFuture.completedFuture("");
        }
    }

    @Test
    @DisplayName("stages are told from values, through generics too")
    void returnKinds() {
        assertThat(only(Stages.class, FutureStages.class).bridge()).isNotNull();
        assertThat(only(Stages.class, OwnStages.class).bridge()).isNotNull();
        assertThat(only(AnyResult.class, StageResult.class).bridge()).isNotNull();
        assertThat(only(Plain.class, PlainActor.class).bridge()).isNull();
        assertThat(only(SCANNER.scanClass(FutureStages.class)).bridge()).isNotNull();
        assertThat(SCANNER.scanClass(OwnStages.class).problems())
                .singleElement()
                .hasFieldOrPropertyWithValue("code", "JIT-A040");
    }

    static class Bean {
        @RequiresJitApproval(action = "bean.{method}")
        void packagePrivate() {}

        @RequiresJitApproval(action = "bean.{method}")
        protected void forHeirs() {}

        @RequiresJitApproval(action = "bean.{method}")
        public void forAll() {}
    }

    @Test
    @DisplayName("R10: a class proxy reaches public, protected and neighbouring package-private methods")
    void visibility() {
        Scan scan = SCANNER.scanClass(Bean.class);
        assertThat(scan.problems()).isEmpty();
        assertThat(scan.methods().values())
                .extracting(GuardedMethod::action)
                .containsExactlyInAnyOrder("bean.packagePrivate", "bean.forHeirs", "bean.forAll");
    }
}
