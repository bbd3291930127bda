package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.ask;
import static io.jitapproval.walls.rules.Firm.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits;
import io.jitapproval.Attempt;
import io.jitapproval.Decision;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
        "wall 16: a share of what rules would approve goes to people all the same, blind, and asking again draws nothing new")
class SamplingTest {

    private static final String ASKS = ask(
            "r",
            "\"by\": {\"role\": \"FINANCE\"}, \"decideWithin\": \"PT1H\", \"coolDown\": \"PT10M\"",
            "\"grant\": {\"uses\": 5, \"scope\": \"action\"}");
    private static final Consumer<GuardBuilder> KEYED =
            builder -> builder.commitmentKey(key(7)).askingLimits(AskingLimits.NONE);

    private static byte[] key(int filled) {
        byte[] key = new byte[GuardBuilder.COMMITMENT_KEY_BYTES];
        Arrays.fill(key, (byte) filled);
        return key;
    }

    private static String auto(String id, String audit) {
        return rule(id, "auto-approve", "\"audit\": " + audit);
    }

    private static Attempt pay(Firm firm, int amount) {
        return firm.guard.attempt("pay").by(Subject.user("ana")).with("amount", amount);
    }

    private static boolean asked(Firm firm, int amount) {
        try {
            pay(firm, amount).run(() -> {});
            return false;
        } catch (ApprovalPendingException pending) {
            return true;
        }
    }

    private static int firstAsked(Firm firm, boolean wanted) {
        int amount = 1;
        while (asked(firm, amount) != wanted) {
            amount++;
        }
        return amount;
    }

    /** Whether the calls that are asked about are always the same ones. */
    private static void checkSticky(BiPredicate<Integer, Integer> askedAtTry) {
        for (int amount = 1; amount <= 40; amount++) {
            boolean first = askedAtTry.test(amount, 0);
            for (int again = 1; again < 4; again++) {
                assertThat(askedAtTry.test(amount, again))
                        .as("amount %d", amount)
                        .isEqualTo(first);
            }
        }
    }

    @Test
    @DisplayName("asking again draws the same, also at another guard with the same key; twin: a draw at each try")
    void sticky() {
        try (Firm one = new Firm(KEYED, ASKS, auto("m", "0.5"));
                Firm two = new Firm(KEYED, ASKS, auto("m", "0.5"))) {
            checkSticky((amount, again) -> asked(again % 2 == 0 ? one : two, amount));
        }
        assertThatThrownBy(() -> checkSticky((amount, again) -> {
                    Consumer<GuardBuilder> redrawn =
                            builder -> builder.commitmentKey(key(again)).askingLimits(AskingLimits.NONE);
                    try (Firm firm = new Firm(redrawn, ASKS, auto("m", "0.5"))) {
                        return asked(firm, amount);
                    }
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("as often as the rule says: never, always, and a quarter")
    void share() {
        for (String[] each : new String[][] {{"0", "0", "0"}, {"1", "400", "400"}, {"0.25", "60", "140"}}) {
            try (Firm firm = new Firm(KEYED, ASKS, auto("m", each[0]))) {
                int asked = 0;
                for (int amount = 1; amount <= 400; amount++) {
                    asked += asked(firm, amount) ? 1 : 0;
                }
                assertThat(asked).as(each[0]).isBetween(Integer.parseInt(each[1]), Integer.parseInt(each[2]));
            }
        }
    }

    @Test
    @DisplayName(
            "the record says which rule and with which probability; what the rule approved carries the probability too")
    void recorded() {
        try (Firm firm = new Firm(KEYED, ASKS, auto("m", "0.5"))) {
            firstAsked(firm, true);
            AuditRecord requested = last(firm, Kind.REQUESTED);
            assertThat(requested.details())
                    .containsEntry("audited", "m")
                    .containsEntry("probability", new BigDecimal("0.5"));
            assertThat(requested.rules()).containsExactly("r");
            firm.approvedBy(Firm.MIA);
            assertThat(last(firm, Kind.GRANTED).details()).doesNotContainKey("probability");
        }
        try (Firm firm = new Firm(KEYED, ASKS, auto("m", "0.5"))) {
            firstAsked(firm, false);
            assertThat(last(firm, Kind.REQUESTED).details()).doesNotContainKeys("audited", "probability");
            assertThat(last(firm, Kind.GRANTED).details()).containsEntry("probability", new BigDecimal("0.5"));
            assertThat(last(firm, Kind.USE_BEGUN).details()).containsEntry("probability", new BigDecimal("0.5"));
            assertThat(last(firm, Kind.USE_BEGUN).reason()).isEqualTo(Reason.AUTO_APPROVED);
        }
    }

    private static AuditRecord last(Firm firm, Kind kind) {
        List<AuditRecord> records = firm.records(kind);
        return records.get(records.size() - 1);
    }

    /** Keeps what people are told. */
    private record Told(List<String> notices) implements ApprovalChannel {

        @Override
        public String name() {
            return "told";
        }

        @Override
        public void deliver(ApprovalNotice notice) {
            notices.add(notice.toString()
                    + notice.request()
                    + notice.request().rules()
                    + notice.request().because()
                    + notice.request().requirement()
                    + notice.request().preview());
        }
    }

    /** What approvers and the caller can see of one request for the same call. */
    private static List<String> seen(String... rules) {
        List<String> seen = new ArrayList<>();
        try (Firm firm = new Firm(KEYED.andThen(builder -> builder.channel(new Told(seen))), rules)) {
            ApprovalPendingException pending = null;
            try {
                pay(firm, 9).run(() -> {});
            } catch (ApprovalPendingException told) {
                pending = told;
            }
            assertThat(pending).isNotNull();
            ApprovalRequest request = firm.pending();
            seen.add(pending.getMessage());
            seen.add(pending.rules().toString());
            seen.add(pending.refusal().explanation().rules().stream()
                    .map(RuleTrace::rule)
                    .toList()
                    .toString());
            seen.add(request.rules() + " " + request.because() + " " + request.requirement() + " " + request.preview()
                    + " " + request.arguments() + " " + request.reason());
            seen.replaceAll(text -> text.replace(request.id(), "ID")
                    .replace(request.policy(), "POLICY")
                    .replace(request.binding(), "BINDING")
                    .replace(request.digest(), "DIGEST"));
        }
        return seen;
    }

    @Test
    @DisplayName(
            "blind: approvers, notices and the caller's exception are what they are without the rule; twin: a rule that says so")
    void blind() {
        assertThat(seen(ASKS, auto("m", "1"))).isEqualTo(seen(ASKS));
        String telling = ask(
                "r", "\"by\": {\"role\": \"FINANCE\"}, \"decideWithin\": \"PT1H\"", "\"because\": \"a sample of m\"");
        assertThat(seen(telling)).isNotEqualTo(seen(ASKS));
    }

    @Test
    @DisplayName("what people say holds: a denial, the cool-down after it, and an approval; nobody's answer is none")
    void holds() {
        try (Firm firm = new Firm(KEYED, ASKS, auto("m", "0.5"))) {
            int amount = firstAsked(firm, true);
            firm.vote(Vote.deny(firm.pending(), Firm.MIA, "no"));
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> pay(firm, amount).run(() -> {}))
                        .isInstanceOfSatisfying(
                                JitApprovalException.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Reason.COOLING_DOWN));
            }
            firm.clock.advance(Duration.ofMinutes(11));
            assertThat(asked(firm, amount)).isTrue();
            firm.clock.advance(Duration.ofHours(2));
            assertThat(asked(firm, amount)).as("expired, and asked anew").isTrue();
            assertThat(firm.approvedBy(Firm.TOM)).isEqualTo(Reason.VOTE_COUNTED);
            pay(firm, amount).run(() -> {});
            assertThat(last(firm, Kind.USE_BEGUN).reason()).isEqualTo(Reason.APPROVED);
        }
    }

    @Test
    @DisplayName("a wide grant that a rule gave does not answer for a call that people are drawn to see")
    void notCovered() {
        String wide = rule("m", "auto-approve", "\"audit\": 0.5", "\"grant\": {\"uses\": 50, \"scope\": \"action\"}");
        try (Firm firm = new Firm(KEYED, ASKS, wide)) {
            firstAsked(firm, false);
            assertThat(firm.guard.grants().active()).hasSize(1);
            firstAsked(firm, true);
        }
    }

    @Test
    @DisplayName(
            "where there is nobody to ask, nobody is; the largest share of several counts; deciding alone draws nothing")
    void others() {
        try (Firm firm = new Firm(KEYED, auto("m", "1"))) {
            pay(firm, 9).run(() -> {});
            assertThat(last(firm, Kind.USE_BEGUN).details()).doesNotContainKey("probability");
        }
        try (Firm firm = new Firm(KEYED, ASKS, auto("a", "0.0001"), auto("m", "1"), auto("z", "1"))) {
            assertThat(pay(firm, 9).decide().kind()).isEqualTo(Decision.Kind.PERMIT);
            assertThat(asked(firm, 9)).isTrue();
            assertThat(last(firm, Kind.REQUESTED).details()).containsEntry("audited", "m");
        }
        String never = ask("n", "\"by\": {\"role\": \"FINANCE\"}, \"autoApproval\": \"never\"");
        try (Firm firm = new Firm(KEYED, never, auto("m", "1"))) {
            assertThat(asked(firm, 9)).isTrue();
            assertThat(last(firm, Kind.REQUESTED).details()).doesNotContainKey("audited");
        }
    }
}
