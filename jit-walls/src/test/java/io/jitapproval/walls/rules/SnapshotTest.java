package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.ask;
import static io.jitapproval.walls.rules.Firm.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Attempt;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Resource;
import io.jitapproval.Rollout;
import io.jitapproval.Subject;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the record holds what was known when it was decided")
class SnapshotTest {

    private static final String BY = "\"by\": {\"role\": \"FINANCE\"}";
    private static final String SENIOR =
            "\"when\": {\"subject.level\": {\"atLeast\": 2}, \"context.risk\": {\"equals\": \"low\"}}";

    private static Attempt pay(Firm firm, Map<String, Object> subject) {
        return firm.guard
                .attempt("pay")
                .by(new Subject("user", "ana", subject))
                .on(new Resource("order", "42", Map.of("region", "EU", "secret", "s3")))
                .inContext("channel", "web")
                .with("amount", 5);
    }

    private static Object attributes(Firm firm, Kind kind) {
        List<AuditRecord> records = firm.records(kind);
        return records.get(records.size() - 1).details().get("attributes");
    }

    private static Consumer<GuardBuilder> risk(Object value) {
        return builder -> builder.attributes(
                (attribute, request) -> attribute.equals("context.risk") ? Optional.of(value) : Optional.empty());
    }

    @Test
    @DisplayName(
            "uses that policy allows, requests and denials have what the policy names, also what it fetched, and nothing else")
    void named() {
        Map<String, Object> expected = Map.of("subject", Map.of("level", 3), "context", Map.of("risk", "low"));
        try (Firm firm = new Firm(risk("low"), rule("a", "allow", SENIOR))) {
            pay(firm, Map.of("level", 3, "salary", 9)).run(() -> {});
            assertThat(attributes(firm, Kind.USE_BEGUN)).isEqualTo(expected);
        }
        try (Firm firm = new Firm(risk("low"), rule("d", "deny", SENIOR))) {
            assertThatThrownBy(() -> pay(firm, Map.of("level", 3)).run(() -> {}))
                    .isInstanceOf(JitApprovalException.class);
            assertThat(attributes(firm, Kind.DENIED)).isEqualTo(expected);
        }
        try (Firm firm = new Firm(risk("low"), ask("r", BY, SENIOR))) {
            pay(firm, Map.of("level", 3)).submit();
            assertThat(attributes(firm, Kind.REQUESTED)).isEqualTo(expected);
            assertThat(firm.approvedBy(Firm.MIA)).isEqualTo(Reason.VOTE_COUNTED);
            pay(firm, Map.of("level", 3)).run(() -> {});
            assertThat(attributes(firm, Kind.USE_BEGUN))
                    .as("what people approved was on record when they were asked")
                    .isNull();
        }
    }

    @Test
    @DisplayName("uses under a rule's grant have it at each use, as it was then")
    void byRule() {
        String auto = rule("a", "auto-approve", SENIOR, "\"grant\": {\"uses\": 3}");
        try (Firm firm = new Firm(risk("low"), ask("r", BY, "\"grant\": {\"uses\": 3}"), auto)) {
            pay(firm, Map.of("level", 3)).run(() -> {});
            assertThat(attributes(firm, Kind.REQUESTED)).isEqualTo(attributes(firm, Kind.USE_BEGUN));
            pay(firm, Map.of("level", 4)).run(() -> {});
            assertThat(firm.records(Kind.GRANTED)).hasSize(1);
            assertThat(attributes(firm, Kind.USE_BEGUN))
                    .isEqualTo(Map.of("subject", Map.of("level", 4), "context", Map.of("risk", "low")));
        }
    }

    @Test
    @DisplayName("what was asked for and not known is named; what nobody asked for is not fetched for the record")
    void unknown() {
        List<String> asked = new ArrayList<>();
        AttributeResolver counting = (attribute, request) -> {
            asked.add(attribute);
            return Optional.empty();
        };
        String[] rules = {
            rule("a", "allow"),
            rule(
                    "d",
                    "deny",
                    "\"when\": {\"all\": [{\"subject.level\": {\"atLeast\": 2}},"
                            + " {\"context.risk\": {\"equals\": \"high\", \"ifAbsent\": false}}, {\"context.weather\": {\"equals\": \"bad\"}}]}")
        };
        try (Firm firm = new Firm(builder -> builder.attributes(counting), rules)) {
            pay(firm, Map.of("level", 3)).run(() -> {});
            assertThat(attributes(firm, Kind.USE_BEGUN))
                    .isEqualTo(Map.of("subject", Map.of("level", 3), "unknown", List.of("context.risk")));
            pay(firm, Map.of("level", 1)).run(() -> {});
            assertThat(attributes(firm, Kind.USE_BEGUN)).isEqualTo(Map.of("subject", Map.of("level", 1)));
            assertThat(asked).containsOnly("context.risk");
        }
    }

    @Test
    @DisplayName("the application chooses more, and what it excludes is nowhere, whoever names it")
    void chosen() {
        Consumer<GuardBuilder> patterns = builder ->
                builder.recordAttributes("subject.*", "resource.region", "!subject.home.street", "!context.risk");
        try (Firm firm = new Firm(risk("low").andThen(patterns), rule("a", "allow", SENIOR))) {
            Map<String, Object> subject =
                    Map.of("level", 3, "home", Map.of("city", "Bonn", "street", "Weg 1"), "teams", Set.of("red"));
            pay(firm, subject).run(() -> {});
            assertThat(attributes(firm, Kind.USE_BEGUN))
                    .isEqualTo(Map.of(
                            "subject",
                            Map.of("level", 3, "home", Map.of("city", "Bonn"), "teams", List.of("red")),
                            "resource",
                            Map.of("region", "EU")));
            assertThat(firm.records.records().toString()).doesNotContain("Weg 1");
        }
        for (String odd : List.of("", "!", "action.amount", "subj", "*.x", "evidence.*", "subject*x", "time")) {
            assertThatThrownBy(() -> new Firm(builder -> builder.recordAttributes(odd), rule("a", "allow")))
                    .as(odd)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + odd + "'");
        }
    }

    @Test
    @DisplayName(
            "wall 12: a sensitive argument is in none of it, nor what a resolver says of it; nothing named, nothing recorded")
    void hidden() {
        AttributeResolver leaky = (attribute, request) -> Optional.of("4711");
        String pin = "\"when\": {\"action.pin\": {\"equals\": \"4711\"}, \"action.card.owner\": {\"exists\": true}}";
        try (Firm firm =
                new Firm(builder -> builder.attributes(leaky).recordAttributes("*"), rule("a", "allow", pin))) {
            firm.guard
                    .attempt("pay")
                    .by(Subject.user("ana"))
                    .withSensitive("pin", "4711")
                    .withSensitive("card", Map.of("number", "c"))
                    .run(() -> {});
            assertThat(attributes(firm, Kind.USE_BEGUN)).isNull();
            assertThat(AuditSinks.toJson(firm.records(Kind.USE_BEGUN).get(0))).doesNotContain("4711");
        }
        try (Firm firm = new Firm(rule("a", "allow"))) {
            pay(firm, Map.of("level", 3)).run(() -> {});
            assertThat(firm.records(Kind.USE_BEGUN).get(0).details()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "what changes afterwards changes no record; what cannot be read, or is too much, is unknown and refuses nothing")
    void copied() {
        Map<String, Object> home = new HashMap<>(Map.of("city", "Bonn"));
        List<Object> teams = new ArrayList<>(List.of("red", home));
        String when = "\"when\": {\"subject.teams\": {\"contains\": \"red\"}}";
        try (Firm firm = new Firm(rule("a", "allow", when))) {
            pay(firm, Map.of("teams", teams)).run(() -> {});
            home.put("city", "Rome");
            teams.clear();
            assertThat(attributes(firm, Kind.USE_BEGUN))
                    .isEqualTo(Map.of("subject", Map.of("teams", List.of("red", Map.of("city", "Bonn")))));
            List<Object> many = new ArrayList<>(List.of("red"));
            for (int i = 0; i < 2_000; i++) {
                many.add(i);
            }
            pay(firm, Map.of("teams", many)).run(() -> {});
            assertThat(attributes(firm, Kind.USE_BEGUN)).isEqualTo(Map.of("unknown", List.of("subject.teams")));
        }
        try (Firm firm = new Firm(builder -> builder.recordAttributes("subject.*"), rule("a", "allow"))) {
            pay(firm, Map.of("mode", Rollout.OFF, "thing", new Object())).run(() -> {});
            assertThat(attributes(firm, Kind.USE_BEGUN))
                    .isEqualTo(Map.of("subject", Map.of("mode", "OFF", "thing", "⟨java.lang.Object⟩")));
        }
    }

    @Test
    @DisplayName("an emergency and a call that is only observed have it too")
    void otherWays() {
        Consumer<GuardBuilder> observed = builder -> builder.rollout("pay", Rollout.OBSERVE);
        try (Firm firm = new Firm(risk("low").andThen(observed), ask("r", BY, SENIOR))) {
            pay(firm, Map.of("level", 3)).run(() -> {});
            assertThat(attributes(firm, Kind.USE_BEGUN))
                    .isEqualTo(Map.of("subject", Map.of("level", 3), "context", Map.of("risk", "low")));
        }
    }
}
