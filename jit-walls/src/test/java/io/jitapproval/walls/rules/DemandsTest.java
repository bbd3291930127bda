package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.Attempt;
import io.jitapproval.Reason;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Subject;
import io.jitapproval.Unbound;
import io.jitapproval.spi.AuditRecord.Kind;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a reason or ticket that policy demands is given in its form, or nobody is asked")
class DemandsTest {

    private static final String BY = "\"by\": {\"role\": \"FINANCE\"}";
    private static final String TICKET =
            BY + ", \"ticket\": {\"pattern\": \"PAY-[0-9]+\", \"hint\": \"the ticket, such as PAY-12\"}";

    private static Reason refusal(Attempt attempt) {
        try {
            attempt.run(() -> {});
            throw new AssertionError("it ran");
        } catch (ApprovalPendingException | ActionDeniedException refused) {
            return refused.reason();
        }
    }

    private static void check(Predicate<String> accepts) {
        assertThat(accepts.test("PAY-12")).isTrue();
        assertThat(accepts.test("")).isFalse();
        assertThat(accepts.test("  ")).isFalse();
        assertThat(accepts.test("see PAY-12")).isFalse();
        assertThat(accepts.test("PAY-12\n")).isFalse();
        assertThat(accepts.test("PAY-")).isFalse();
    }

    @Test
    @DisplayName("a ticket must fit its pattern as a whole; the twins that look for a part or for any text are found")
    void ticket() {
        check(text -> {
            try (Firm firm = new Firm(ask("r", TICKET))) {
                return refusal(firm.pay().ticket(text)) == Reason.APPROVAL_PENDING;
            }
        });
        Pattern pattern = Pattern.compile("PAY-[0-9]+");
        assertThatThrownBy(() -> check(text -> pattern.matcher(text).find())).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check(text -> !text.isBlank())).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("each has reason codes of its own, and the message says the hint and not the pattern")
    void messages() {
        try (Firm firm = new Firm(
                ask("r", TICKET + ", \"reason\": {\"pattern\": \".{10,}\", \"hint\": \"ten characters or more\"}"))) {
            assertThat(refusal(firm.pay())).isEqualTo(Reason.REASON_REQUIRED);
            assertThat(refusal(firm.pay().because("short"))).isEqualTo(Reason.REASON_UNFIT);
            assertThat(refusal(firm.pay().because("charged twice"))).isEqualTo(Reason.TICKET_REQUIRED);
            assertThatThrownBy(() ->
                            firm.pay().because("charged twice").ticket("12").run(() -> {}))
                    .isInstanceOf(ActionDeniedException.class)
                    .hasMessageContaining("JIT-214")
                    .hasMessageContaining("it asks for: the ticket, such as PAY-12")
                    .hasMessageContaining("ticket(…)")
                    .hasMessageNotContaining("[0-9]");
            assertThat(firm.guard.approvals().pending()).isEmpty();
        }
    }

    @Test
    @DisplayName("of several rules every pattern must fit")
    void together() {
        String shorter = BY + ", \"ticket\": {\"pattern\": \".{1,6}\", \"hint\": \"at most six characters\"}";
        try (Firm firm = new Firm(ask("a", TICKET), ask("b", shorter))) {
            assertThat(refusal(firm.pay().ticket("PAY-1234"))).isEqualTo(Reason.TICKET_UNFIT);
            assertThat(refusal(firm.pay().ticket("P-1"))).isEqualTo(Reason.TICKET_UNFIT);
            assertThat(refusal(firm.pay().ticket("PAY-12"))).isEqualTo(Reason.APPROVAL_PENDING);
        }
    }

    @Test
    @DisplayName("the ticket is in the request and on record")
    void carried() {
        try (Firm firm = new Firm(ask("r", TICKET))) {
            firm.pay().ticket("PAY-12").submit();
            firm.pay().ticket("PAY-13").submit();
            assertThat(firm.pending().ticket()).isEqualTo("PAY-12");
            assertThat(firm.records(Kind.REQUESTED).get(0).details()).containsEntry("ticket", "PAY-12");
            assertThat(firm.records(Kind.COALESCED).get(0).details()).containsEntry("ticket", "PAY-13");
        }
    }

    interface Payments {
        @RequiresJitApproval(action = "pay", ticket = "{ticketId}")
        void pay(int amount, @Unbound String ticketId);
    }

    @Test
    @DisplayName("the annotation takes the ticket from an argument")
    void annotation() {
        try (Firm firm =
                new Firm(builder -> builder.subject(() -> Optional.of(Subject.user("ana"))), ask("r", TICKET))) {
            Payments payments = firm.guard.protect(Payments.class, (amount, ticketId) -> {});
            assertThatThrownBy(() -> payments.pay(5, "")).isInstanceOf(ActionDeniedException.class);
            assertThatThrownBy(() -> payments.pay(5, "PAY-12")).isInstanceOf(ApprovalPendingException.class);
            assertThat(firm.pending().ticket()).isEqualTo("PAY-12");
        }
    }

    @Test
    @DisplayName("a grant does not cover a call once policy demands a ticket that was not demanded when it was given")
    void outgrown() {
        try (Firm firm = new Firm(
                ask("r", BY, "\"grant\": {\"scope\": \"action\", \"uses\": 5}"),
                ask(
                        "t",
                        TICKET,
                        "\"grant\": {\"scope\": \"action\", \"uses\": 5}",
                        "\"when\": {\"action.amount\": {\"moreThan\": 5}}"))) {
            firm.pay().submit();
            assertThat(firm.approvedBy(Firm.MIA)).isEqualTo(Reason.VOTE_COUNTED);
            firm.pay().run(() -> {});
            Attempt more = firm.guard.attempt("pay").by(Subject.user("ana")).with("amount", 6);
            assertThat(refusal(more)).isEqualTo(Reason.TICKET_REQUIRED);
        }
    }
}
