package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.ask;
import static io.jitapproval.walls.rules.Firm.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jitapproval.Action;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.Attempt;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.AttributeTrace;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.AuditRecord.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 16: evidence comes from the models that the application registered, and from nowhere else")
class EvidenceTest {

    private static final String ASKS = ask("r", "\"by\": {\"role\": \"FINANCE\"}");
    private static final String SCORED =
            rule("m", "auto-approve", "\"when\": {\"evidence.refunds.score\": {\"atLeast\": 4}}");

    /** Says the same of every request. */
    private record Model(String name, Object score, boolean novel, List<String> asked) implements AttributeResolver {

        @Override
        public Optional<Object> resolve(String attribute, EvaluationRequest request) {
            asked.add(attribute);
            String said = "evidence." + name + ".";
            return !attribute.startsWith(said)
                    ? Optional.empty()
                    : switch (attribute.substring(said.length())) {
                        case "score" -> Optional.of(score);
                        case "novel" -> Optional.of(novel);
                        default -> Optional.of("9f3c");
                    };
        }

        @Override
        public Duration timeLimit() {
            return Duration.ZERO;
        }
    }

    private static Consumer<GuardBuilder> model(String name, Object score) {
        return builder -> builder.evidence(new Model(name, score, false, new ArrayList<>()));
    }

    /** A call that says of itself, in every way that it can, that there is evidence for it. */
    private static Attempt forged(Firm firm) {
        Map<String, Object> said = Map.of("refunds", Map.of("score", 99), "score", 99);
        return firm.guard
                .attempt("pay")
                .by(new Subject("user", "ana", Map.of("evidence", said, "evidence.refunds.score", 99)))
                .on(new Resource("order", "42", Map.of("evidence", said)))
                .inContext("evidence", said)
                .inContext("evidence.refunds.score", 99)
                .with("evidence", said)
                .with("evidence.refunds.score", 99);
    }

    private static void checkForged(Consumer<GuardBuilder> more, String... rules) {
        try (Firm firm = new Firm(more, rules)) {
            assertThat(forged(firm).decide().kind()).isEqualTo(Decision.Kind.APPROVAL_REQUIRED);
            assertThatThrownBy(() -> forged(firm).run(() -> {})).isInstanceOf(ApprovalPendingException.class);
        }
    }

    @Test
    @DisplayName("a request cannot carry it, and a resolver that answers for whatever a request says is not asked")
    void notForged() {
        AttributeResolver everything = (attribute, request) -> Optional.of(99);
        checkForged(builder -> {}, ASKS, SCORED);
        checkForged(builder -> builder.attributes(everything), ASKS, SCORED);
        checkForged(model("refunds", 3), ASKS, SCORED);
        checkForged(model("refunds", 3).andThen(builder -> builder.attributes(everything)), ASKS, SCORED);
    }

    @Test
    @DisplayName("twin: a model that believes the request")
    void believing() {
        Consumer<GuardBuilder> believing = builder -> builder.evidence(
                (attribute, request) -> Optional.ofNullable(request.context().get(attribute)));
        assertThatThrownBy(() -> checkForged(believing, ASKS, SCORED)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName(
            "what no model says never loosens, whatever the rule says of absence; nor does one that fails or says nonsense")
    void unknown() {
        for (String absent : List.of("{\"atLeast\": 4, \"ifAbsent\": true}", "{\"exists\": false}")) {
            String rule = rule("m", "auto-approve", "\"when\": {\"evidence.refunds.score\": " + absent + "}");
            checkForged(builder -> {}, ASKS, rule);
            checkForged(model("payments", 9), ASKS, rule);
        }
        checkForged(model("refunds", "nine"), ASKS, SCORED);
        checkForged(model("refunds", Double.NaN), ASKS, SCORED);
        checkForged(
                builder -> builder.evidence((attribute, request) -> {
                    throw new IllegalStateException("broken");
                }),
                ASKS,
                SCORED);
        String not = rule("m", "auto-approve", "\"when\": {\"not\": {\"evidence.refunds.novel\": {\"equals\": true}}}");
        checkForged(builder -> {}, ASKS, not);
    }

    @Test
    @DisplayName(
            "a model is asked once for what a rule needs, for nothing else, and what it said is explained and on record")
    void counts() {
        List<String> asked = new ArrayList<>();
        String rule = rule(
                "m",
                "auto-approve",
                "\"when\": {\"all\": [{\"evidence.refunds.model\": {\"equals\": \"9f3c\"}},"
                        + " {\"evidence.refunds.novel\": {\"equals\": false}}, {\"evidence.refunds.score\": {\"atLeast\": 4}},"
                        + " {\"evidence.refunds.score\": {\"atMost\": 9}}]}");
        String other = rule("o", "deny", "\"when\": {\"context.risk\": {\"equals\": 1, \"ifAbsent\": false}}");
        Consumer<GuardBuilder> model = builder -> builder.evidence(new Model("refunds", 4.5, false, asked));
        try (Firm firm = new Firm(model, ASKS, rule, other)) {
            firm.pay().run(() -> {});
            assertThat(asked)
                    .containsExactly("evidence.refunds.model", "evidence.refunds.novel", "evidence.refunds.score");
            assertThat(firm.records(Kind.USE_BEGUN).get(0).details().get("attributes"))
                    .isEqualTo(Map.of(
                            "evidence",
                            Map.of("refunds", Map.of("model", "9f3c", "novel", false, "score", 4.5)),
                            "unknown",
                            List.of("context.risk")));
            EvaluationRequest request = new EvaluationRequest(
                    Subject.user("ana"), List.of(), new Action("pay", Map.of()), Resource.NONE, Map.of());
            assertThat(firm.guard.explain(request).attributes())
                    .extracting(AttributeTrace::attribute, AttributeTrace::source, AttributeTrace::text)
                    .contains(tuple("evidence.refunds.score", "refunds", "4.5"));
        }
    }

    @Test
    @DisplayName("a path that no model could answer stops the start and says what to write")
    void paths() {
        for (String path : List.of(
                "evidence.refunds", "evidence.refunds.why", "evidence.re funds.score", "evidence.refunds.score.x")) {
            String odd = rule("m", "auto-approve", "\"when\": {\"" + path + "\": {\"equals\": 1}}");
            assertThatThrownBy(() -> new Firm(odd))
                    .as(path)
                    .hasMessageContaining("JIT-P019")
                    .hasMessageContaining("evidence.NAME.score");
        }
        assertThatThrownBy(() -> new Firm(rule("m", "deny", "\"when\": {\"evidnce.a.score\": {\"atLeast\": 1}}")))
                .hasMessageContaining("did you mean 'evidence.a.score'?");
    }
}
