package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.ask;
import static io.jitapproval.walls.rules.Firm.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.Subject;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a team sees in the record what a shadow rule would do, and nothing else changes")
class ShadowTest {

    private static final String SHADOW = "\"mode\": \"shadow\"";

    private static void says(AuditRecord record, String answer, String reason, String... rules) {
        assertThat(record.details())
                .containsEntry("shadow", answer)
                .containsEntry("shadowReason", reason)
                .containsEntry("shadowRules", List.of(rules));
    }

    @Test
    @DisplayName("on a use that runs, on a request and on a denial")
    void recorded() {
        try (Firm firm = new Firm(rule("a", "allow"), rule("s", "deny", SHADOW))) {
            firm.pay().run(() -> {});
            says(firm.records(Kind.USE_BEGUN).get(0), "deny", "policy-denied", "s");
        }
        try (Firm firm = new Firm(ask("a", "\"by\": {\"role\": \"FINANCE\"}"), rule("s", "auto-approve", SHADOW))) {
            firm.pay().submit();
            says(firm.records(Kind.REQUESTED).get(0), "permit", "auto-approved", "a", "s");
            firm.approvedBy(Firm.MIA);
            firm.pay().run(() -> {});
            says(firm.records(Kind.USE_BEGUN).get(0), "permit", "auto-approved", "a", "s");
        }
        try (Firm firm = new Firm(ask("s", "\"by\": {\"role\": \"FINANCE\"}", SHADOW))) {
            assertThatThrownBy(() -> firm.pay().run(() -> {})).isInstanceOf(ActionDeniedException.class);
            says(firm.records(Kind.DENIED).get(0), "approval-required", "approval-required", "s");
        }
    }

    @Test
    @DisplayName("a shadow rule that would not count leaves no trace in the record")
    void silent() {
        String never = "\"when\": {\"action.amount\": {\"moreThan\": 1000}}";
        try (Firm firm = new Firm(rule("a", "allow"), rule("s", "deny", SHADOW, never), rule("d", "deny", never))) {
            firm.pay().run(() -> {});
            assertThat(firm.records(Kind.USE_BEGUN).get(0).details()).isEmpty();
            assertThatThrownBy(() -> firm.guard
                            .attempt("pay")
                            .by(Subject.user("ana"))
                            .with("amount", 2000)
                            .run(() -> {}))
                    .isInstanceOf(ActionDeniedException.class);
            assertThat(firm.records(Kind.DENIED).get(0).details()).containsKey("shadow");
        }
        try (Firm firm = new Firm(rule("s", "deny", SHADOW, never))) {
            assertThatThrownBy(() -> firm.pay().run(() -> {})).isInstanceOf(ActionDeniedException.class);
            assertThat(firm.records(Kind.DENIED).get(0).details()).isEmpty();
        }
    }
}
