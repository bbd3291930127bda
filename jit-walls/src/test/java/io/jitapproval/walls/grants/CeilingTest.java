package io.jitapproval.walls.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.Attempt;
import io.jitapproval.Ceiling;
import io.jitapproval.Grant;
import io.jitapproval.GrantTerms;
import io.jitapproval.GuardedUse;
import io.jitapproval.JitApprovalException;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.Reason;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Sensitive;
import io.jitapproval.Unbound;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("walls 2 and 3: approvals that lower a number")
class CeilingTest {

    private static final String TWICE = "\"uses\": 2";

    interface Refunds {

        @RequiresJitApproval(action = "payment.int")
        Object whole(@Ceiling int amount);

        @RequiresJitApproval(action = "payment.long")
        Object wide(@Ceiling long amount);

        @RequiresJitApproval(action = "payment.big")
        Object big(@Ceiling BigInteger amount);

        @RequiresJitApproval(action = "payment.decimal")
        Object exact(String note, @Ceiling BigDecimal amount);

        @RequiresJitApproval(action = "payment.later")
        CompletionStage<Object> later(@Ceiling BigDecimal amount);
    }

    private static final class Ledger implements Refunds {

        @Override
        public Object whole(int amount) {
            return amount;
        }

        @Override
        public Object wide(long amount) {
            return amount;
        }

        @Override
        public Object big(BigInteger amount) {
            return amount;
        }

        @Override
        public Object exact(String note, BigDecimal amount) {
            return amount;
        }

        @Override
        public CompletionStage<Object> later(BigDecimal amount) {
            return CompletableFuture.completedFuture(amount);
        }
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }

    private static UnaryOperator<GrantTerms> atMost(String most) {
        return terms -> terms.withCeiling("amount", number(most));
    }

    private static Attempt asking(Till till, Number amount) {
        return till.attempt("payment.refund", "ana").withCeiling("amount", amount);
    }

    private static Grant lowered(Till till, Number amount, String most) {
        ApprovalRequest request = asking(till, amount).submit().orElseThrow();
        assertThat(till.narrow(request, Till.MIA, atMost(most))).isEqualTo(Reason.VOTE_COUNTED);
        return till.grantOf(request);
    }

    private interface Method {
        Object call(Refunds refunds) throws Exception;
    }

    @Test
    @DisplayName(
            "wall 2: an annotated method never sees more than was approved, of its own type; twin: a store that forgets ceilings")
    void annotated() throws Exception {
        annotated(UnaryOperator.identity());
        UnaryOperator<GrantStore> forgetting = Till.giving(
                (request, grant) -> Altered.termed(grant, request.requirement().grant()));
        assertThatThrownBy(() -> annotated(forgetting)).isInstanceOf(AssertionError.class);
    }

    private static void annotated(UnaryOperator<GrantStore> breaking) throws Exception {
        annotated(breaking, refunds -> refunds.whole(5000), "800", 800);
        annotated(breaking, refunds -> refunds.wide(5_000_000_000L), "4000000000", 4_000_000_000L);
        annotated(breaking, refunds -> refunds.big(BigInteger.TEN), "9", BigInteger.valueOf(9));
        annotated(breaking, refunds -> refunds.exact("n", number("5000.00")), "1000", number("1000.00"));
        annotated(breaking, refunds -> refunds.exact("n", number("5000")), "999.5", number("999.5"));
        annotated(
                breaking,
                refunds -> refunds.later(number("5000"))
                        .toCompletableFuture()
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join(),
                "1",
                number("1"));
    }

    private static void annotated(UnaryOperator<GrantStore> breaking, Method method, String most, Object seen)
            throws Exception {
        try (Till till = new Till("", TWICE, breaking)) {
            Refunds refunds = till.guard.protect(Refunds.class, new Ledger());
            assertThatThrownBy(() -> method.call(refunds)).isInstanceOf(Exception.class);
            ApprovalRequest request = till.guard.approvals().pending().get(0);
            assertThat(till.narrow(request, Till.MIA, atMost(most))).isEqualTo(Reason.VOTE_COUNTED);
            assertThat(method.call(refunds)).isEqualTo(seen);
            AuditRecord begun = till.records(Kind.USE_BEGUN).get(0);
            assertThat(begun.details())
                    .extractingByKey("ranWith")
                    .isEqualTo(Map.of("amount", number(most).stripTrailingZeros()));
            assertThat(begun.arguments()).as("the arguments as they were asked").isEqualTo(request.arguments());
        }
    }

    @Test
    @DisplayName("wall 2: a lambda that takes the use acts on what was approved; what was not lowered is as asked")
    void lambda() {
        try (Till till = new Till(TWICE)) {
            lowered(till, number("5000.00"), "1000");
            AtomicReference<GuardedUse> seen = new AtomicReference<>();
            BigDecimal ran = asking(till, number("5000.00"))
                    .withUnbound("note", "x")
                    .call(use -> {
                        seen.set(use);
                        return use.number("amount");
                    });
            assertThat(ran).isEqualTo(number("1000.00"));
            assertThat(seen.get().toString()).doesNotContain("1000");
            assertThatThrownBy(() -> seen.get().number("note")).isInstanceOf(IllegalArgumentException.class);

            till.granted(asking(till, 7));
            assertThat(asking(till, 7).<BigDecimal, RuntimeException>call(use -> use.number("amount")))
                    .isEqualTo(number("7"));
            assertThat(till.records(Kind.USE_BEGUN).get(1).details()).doesNotContainKeys("ranWith", "ceilings");
        }
    }

    @Test
    @DisplayName(
            "wall 2: a lambda that would use what it asked does not run under less; nothing is spent and nobody asked again")
    void blindLambda() {
        try (Till till = new Till(TWICE)) {
            Grant grant = lowered(till, 5000, "1000");
            assertThat(till.call(asking(till, 5000))).contains(Reason.CEILING_LOWER);
            CompletionStage<Integer> async =
                    asking(till, 5000).callAsync(() -> CompletableFuture.completedFuture(till.ran.incrementAndGet()));
            assertThatThrownBy(() -> async.toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(ActionDeniedException.class);
            assertThat(till.ran).hasValue(0);
            assertThat(till.now(grant).uses()).isZero();
            assertThat(till.guard.approvals().pending()).isEmpty();
            assertThatThrownBy(() -> asking(till, 5000).run(() -> {}))
                    .hasMessageContaining("JIT-315")
                    .hasMessageContaining("use.number");
        }
    }

    @Test
    @DisplayName(
            "wall 3: a vote lowers what is declared so, to more than nothing and less than asked, and raises nothing; twins")
    void whatAVoteMayLower() {
        check((asked, most) -> {
            try (Till till = new Till(TWICE)) {
                ApprovalRequest request = asking(till, asked).submit().orElseThrow();
                Reason reason = till.narrow(request, Till.MIA, terms -> terms.withCeiling("amount", most));
                assertThat(reason).isIn(Reason.VOTE_COUNTED, Reason.CEILING_UNFIT);
                return reason == Reason.VOTE_COUNTED;
            }
        });
        BiPredicate<Number, BigDecimal> notHigher = (asked, most) -> most.compareTo(number(asked.toString())) <= 0;
        BiPredicate<Number, BigDecimal> lower = (asked, most) -> most.compareTo(number(asked.toString())) < 0;
        for (BiPredicate<Number, BigDecimal> twin : List.of(notHigher, lower)) {
            assertThatThrownBy(() -> check(twin)).isInstanceOf(AssertionError.class);
        }
    }

    private static void check(BiPredicate<Number, BigDecimal> counts) {
        for (String good : List.of("1", "4999")) {
            assertThat(counts.test(5000, number(good))).as(good).isTrue();
            assertThat(counts.test(number("5000"), number(good))).as(good).isTrue();
        }
        assertThat(counts.test(number("5000"), number("0.01"))).isTrue();
        for (String bad : List.of("-1", "0", "5000", "5001", "4999.5")) {
            assertThat(counts.test(5000, number(bad))).as(bad).isFalse();
        }
        assertThat(counts.test(number("-5"), number("-6"))).isFalse();
    }

    @Test
    @DisplayName("wall 3: what is not declared cannot be lowered, and the refusal is on record")
    void notDeclared() {
        try (Till till = new Till(TWICE)) {
            ApprovalRequest plain = till.refund(5000).submit().orElseThrow();
            assertThat(till.narrow(plain, Till.MIA, atMost("1"))).isEqualTo(Reason.CEILING_UNFIT);
            ApprovalRequest other = asking(till, 5000).submit().orElseThrow();
            assertThat(till.narrow(other, Till.MIA, terms -> terms.withCeiling("fee", BigDecimal.ONE)))
                    .isEqualTo(Reason.CEILING_UNFIT);
            assertThat(till.records(Kind.VOTE_REFUSED)).hasSize(2);
            assertThatThrownBy(() -> asking(till, 0.5)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("wall 3: of two votes the lower ceiling holds, in either order")
    void lowest() {
        for (List<String> ceilings : List.of(List.of("800", "300"), List.of("300", "800"))) {
            try (Till till = new Till(", \"people\": 2", TWICE, UnaryOperator.identity())) {
                ApprovalRequest request = asking(till, 5000).submit().orElseThrow();
                till.narrow(request, Till.MIA, atMost(ceilings.get(0)));
                till.narrow(request, Till.TOM, atMost(ceilings.get(1)));
                assertThat(asking(till, 5000).<BigDecimal, RuntimeException>call(use -> use.number("amount")))
                        .isEqualByComparingTo("300");
                assertThat(till.records(Kind.GRANTED).get(0).details())
                        .containsEntry("ceilings", Map.of("amount", number("3E+2")));
            }
        }
    }

    @Test
    @DisplayName(
            "wall 3: under a wider scope the ceiling holds for every call; one that does not let the number be lowered is refused")
    void widerScope() {
        try (Till till = new Till("\"uses\": 9, \"scope\": \"resource\"")) {
            lowered(till, 5000, "1000");
            assertThat(asking(till, 8000).<BigDecimal, RuntimeException>call(use -> use.number("amount")))
                    .isEqualByComparingTo("1000");
            assertThat(asking(till, 70).<BigDecimal, RuntimeException>call(use -> use.number("amount")))
                    .isEqualByComparingTo("70");
            assertThat(till.call(asking(till, 70))).as("no more than approved").isEmpty();
            assertThat(till.call(till.refund(70))).contains(Reason.CEILING_LOWER);
            assertThat(till.call(till.attempt("payment.refund", "ana"))).contains(Reason.CEILING_LOWER);
        }
    }

    @Test
    @DisplayName("wall 3: what can be lowered is shown to approvers, and is no part of the match")
    void shown() {
        try (Till till = new Till(TWICE);
                Till other = new Till(TWICE)) {
            ApprovalRequest can = asking(till, 5).submit().orElseThrow();
            ApprovalRequest cannot = other.refund(5).submit().orElseThrow();
            assertThat(can.arguments().get(0).lowerable()).isTrue();
            assertThat(cannot.arguments().get(0).lowerable()).isFalse();
            assertThat(AuditSinks.toJson(till.records(Kind.REQUESTED).get(0))).contains("\"lowerable\":true");
            assertThat(AuditSinks.toJson(other.records(Kind.REQUESTED).get(0))).doesNotContain("lowerable");
            assertThat(can.matchKey()).isEqualTo(cannot.matchKey());
        }
    }

    interface Inexact {
        @RequiresJitApproval(action = "payment.inexact")
        void pay(@Ceiling double amount);
    }

    interface Hidden {
        @RequiresJitApproval(action = "payment.hidden")
        void pay(@Ceiling @Sensitive int amount);
    }

    interface Loose {
        @RequiresJitApproval(action = "payment.loose")
        void pay(@Ceiling @Unbound int amount);
    }

    @Test
    @DisplayName("wall 13: a ceiling that cannot be kept stops the start")
    void stopsTheStart() {
        try (Till till = new Till(TWICE)) {
            assertThatThrownBy(() -> till.guard.protect(Inexact.class, amount -> {}))
                    .isInstanceOf(JitConfigurationException.class)
                    .hasMessageContaining("JIT-A033")
                    .hasMessageContaining("double");
            assertThatThrownBy(() -> till.guard.protect(Hidden.class, amount -> {}))
                    .hasMessageContaining("JIT-A033")
                    .hasMessageContaining("@Sensitive");
            assertThatThrownBy(() -> till.guard.protect(Loose.class, amount -> {}))
                    .hasMessageContaining("JIT-A033")
                    .hasMessageContaining("@Unbound");
        }
    }

    @Test
    @DisplayName("wall 8: a call that waits and is approved lower runs with less, or is refused")
    void waiting() {
        try (Till till = new Till(TWICE)) {
            Attempt blind = asking(till, 5000).waitAtMost(java.time.Duration.ofMinutes(5));
            CompletableFuture<Integer> waits = blind.callAsync(
                            () -> CompletableFuture.completedFuture(till.ran.incrementAndGet()))
                    .toCompletableFuture();
            till.narrow(till.guard.approvals().pending().get(0), Till.MIA, atMost("10"));
            assertThatThrownBy(() -> waits.get(20, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            JitApprovalException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.CEILING_LOWER));
            assertThat(till.ran).hasValue(0);
        }
    }
}
