package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.ask;
import static io.jitapproval.walls.rules.Firm.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.Explanation;
import io.jitapproval.Explanation.ComparisonTrace;
import io.jitapproval.Explanation.Match;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Subject;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** What ends in an Error as soon as somebody looks into it. */
    private static final class Hostile extends AbstractList<Object> {
        @Override
        public Object get(int index) {
            throw new NoClassDefFoundError("gone");
        }

        @Override
        public int size() {
            throw new NoClassDefFoundError("gone");
        }
    }

    private static final AttributeResolver FAILS = (attribute, request) -> {
        throw new NoClassDefFoundError("gone");
    };
    private static final AttributeResolver HOSTILE = (attribute, request) -> Optional.of(new Hostile());

    /** That a rule cannot be evaluated changes no answer, and is seen. */
    private static void checkFailing(String mode, AttributeResolver resolver) {
        String failing = rule("s", "deny", mode, "\"when\": {\"context.tags\": {\"contains\": \"odd\"}}");
        try (Firm firm = new Firm(builder -> builder.attributes(resolver), rule("a", "allow"), failing)) {
            firm.pay().run(() -> {});
            says(firm.records(Kind.USE_BEGUN).get(0), "deny", "policy-denied", "s");
            assertThat(firm.pay().decide().explanation().shadow().orElseThrow().traces())
                    .singleElement()
                    .satisfies(trace -> assertThat(trace.match()).isEqualTo(Match.UNKNOWN));
        }
        String asks = ask("a", "\"by\": {\"role\": \"FINANCE\"}");
        try (Firm firm = new Firm(builder -> builder.attributes(resolver), asks, failing)) {
            assertThatThrownBy(() -> firm.pay().run(() -> {})).isInstanceOf(ApprovalPendingException.class);
            firm.approvedBy(Firm.MIA);
            firm.pay().run(() -> {});
        }
    }

    @Test
    @DisplayName("one that cannot be evaluated is unknown and changes nothing; one that counts refuses, and is found")
    void failing() {
        for (AttributeResolver resolver : List.of(FAILS, HOSTILE)) {
            checkFailing(SHADOW, resolver);
            assertThatThrownBy(() -> checkFailing("\"mode\": \"enforce\"", resolver))
                    .isInstanceOf(JitApprovalException.class);
        }
    }

    @Test
    @DisplayName("what could not be evaluated says so, in the decision and where everything is explained")
    void failingIsTold() {
        String failing = rule("s", "deny", SHADOW, "\"when\": {\"context.tags\": {\"contains\": \"odd\"}}");
        String why = "could not be evaluated: NoClassDefFoundError";
        try (Firm firm = new Firm(builder -> builder.attributes(HOSTILE), rule("a", "allow"), failing)) {
            assertThat(texts(firm.pay().decide().explanation())).containsExactly(why);
        }
        try (Firm firm = new Firm(builder -> builder.attributes(HOSTILE), failing)) {
            assertThatThrownBy(() -> firm.pay().run(() -> {}))
                    .isInstanceOfSatisfying(
                            ActionDeniedException.class,
                            denied -> assertThat(texts(denied.refusal().explanation()))
                                    .containsExactly(why));
        }
        List<String> asked = new ArrayList<>();
        AttributeResolver counting = (attribute, request) -> {
            asked.add(attribute);
            throw new NoClassDefFoundError("gone");
        };
        try (Firm firm = new Firm(builder -> builder.attributes(counting), failing)) {
            assertThatThrownBy(() -> firm.pay().run(() -> {}))
                    .isInstanceOfSatisfying(
                            ActionDeniedException.class,
                            denied -> assertThat(denied.refusal().explanation().attributes())
                                    .singleElement()
                                    .satisfies(fetched -> assertThat(fetched.text())
                                            .isEqualTo("lookup failed: NoClassDefFoundError")));
            assertThat(asked).containsExactly("context.tags");
        }
    }

    private static List<String> texts(Explanation explanation) {
        return explanation.shadow().orElseThrow().traces().stream()
                .flatMap(trace -> trace.comparisons().stream())
                .map(ComparisonTrace::text)
                .toList();
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
