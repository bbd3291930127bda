package io.jitapproval.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Action;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("design §3: one explanation, in the same words wherever it is shown")
class ExplanationsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final Policy POLICY = Policy.parse(new PolicyText("policy.yaml", """
            default: deny
            rules:
              - {id: small, actions: [pay], effect: allow, when: {action.amount: {atMost: 10}, context.risk: {atMost: 5}}}
              - {id: large, actions: [pay], effect: require-approval, because: Finance looks., approval: {by: {role: FINANCE}}, when: {action.amount: {moreThan: 10}}}
              - {id: frozen, actions: [pay], effect: deny, mode: shadow, when: {context.risk: {moreThan: 1}}}
              - {id: odd, actions: [pay], effect: deny, mode: shadow, when: {context.odd: {equals: 7}, action.amount: {atMost: 10}}}
              - {id: note, actions: [note], effect: deny, mode: shadow, when: {action.loud: {equals: true}}}
            """));

    private static final AttributeResolver RISK =
            (attribute, request) -> attribute.equals("context.risk") ? Optional.of(3) : Optional.empty();

    private static Decision decide(EvaluationRequest request) {
        return POLICY.explained(request, NOW, new AttributeLookup(List.of(RISK)), Set.of());
    }

    private static EvaluationRequest pay(int amount) {
        return EvaluationRequest.of(
                Subject.user("ana"), Action.of("pay").with("amount", amount), Resource.of("order", "42"));
    }

    private static String text(EvaluationRequest request) {
        Decision decision = decide(request);
        return Explanations.text(decision, decision.explanation(), request)
                .replaceAll("policy [0-9a-f]{4}…[0-9a-f]{2}", "policy …");
    }

    @Test
    @DisplayName(
            "the text has the answer, the rules, why they are there, what is asked and given, what was fetched and shadows")
    void text() {
        assertThat(text(pay(50))).isEqualTo("""
                APPROVAL REQUIRED   pay on order/42 by ana
                  large  require-approval  matched   action.amount 50 is more than 10
                  small  allow             no match  action.amount 50 is not at most 10
                why    Finance looks.
                asks   1 of FINANCE within 1 h
                gives  this exact pay, once, within 15 min of approval
                lookup context.risk 3 (from resolver)
                lookup context.odd is missing
                shadow DENY by frozen
                  frozen  deny  matched   context.risk 3 is more than 1
                  odd     deny  no match  action.amount 50 is not at most 10
                policy …
                """);
    }

    @Test
    @DisplayName("those who could fill a stage are named in it")
    void people() {
        Decision decision = decide(pay(50));
        assertThat(Explanations.text(decision, decision.explanation(), pay(50), stage -> List.of("mia", "tom")))
                .contains("\nasks   1 of FINANCE (mia, tom) within 1 h\n");
    }

    @Test
    @DisplayName("the default is named where no rule decides, and shadow rules that change nothing say so")
    void byDefault() {
        EvaluationRequest note =
                EvaluationRequest.of(Subject.user("ana"), Action.of("note").with("loud", false), Resource.NONE);
        assertThat(text(note)).isEqualTo("""
                DENY                note by ana
                rule   none counts: the document's default decides
                shadow the same, since none of its rules counts
                  note  deny  no match  action.loud false is not true
                policy …
                """);
    }

    @Test
    @DisplayName("who acts for the subject is named in both, and no resource is none")
    void actors() {
        EvaluationRequest request = new EvaluationRequest(
                Subject.user("ana"),
                List.of(new Subject("service", "robot", Map.of())),
                Action.of("other"),
                Resource.NONE,
                Map.of());
        assertThat(text(request)).startsWith("DENY                other by ana through service/robot\n");
        Decision decision = decide(request);
        assertThat(Explanations.json(decision, decision.explanation(), request, NOW))
                .containsEntry("actors", List.of("service/robot"))
                .doesNotContainKey("resource");
    }

    @Test
    @DisplayName("R04: nothing from outside steers a terminal or begins a line")
    void steering() {
        EvaluationRequest request = EvaluationRequest.of(
                Subject.user("ana\u001B[2J"),
                Action.of("pay").with("amount", "\u202E5\npolicy forged"),
                Resource.of("order", "4\n2"));
        assertThat(text(request).lines()).noneMatch(line -> line.startsWith("policy forged"));
        assertThat(text(request).codePoints())
                .allMatch(c -> c == '\n' || (!Character.isISOControl(c) && Character.getType(c) != Character.FORMAT));
    }

    @Test
    @DisplayName("the plain values hold every comparison, what is asked, what was fetched and the whole hash")
    void json() {
        Decision decision = decide(pay(50));
        assertThat(Explanations.json(decision, decision.explanation(), pay(50), NOW))
                .containsEntry("decision", "approval-required")
                .containsEntry("reason", "approval-required")
                .containsEntry("time", "2026-11-21T12:00:00Z")
                .containsEntry("subject", "user/ana")
                .containsEntry("resource", "order/42")
                .containsEntry("rules", List.of("large"))
                .containsEntry("because", "Finance looks.")
                .containsEntry("policy", POLICY.version())
                .containsEntry(
                        "attributes",
                        List.of(
                                Map.of("attribute", "context.risk", "source", "resolver", "known", true, "text", "3"),
                                Map.of("attribute", "context.odd", "source", "", "known", false, "text", "is missing")))
                .hasEntrySatisfying(
                        "requirement",
                        requirement -> assertThat(requirement.toString())
                                .contains(
                                        "stages=[{by=[{role=FINANCE}], people=1, step=1}]",
                                        "scope=exact",
                                        "within=PT15M"))
                .hasEntrySatisfying(
                        "shadow", shadow -> assertThat(shadow.toString()).contains("decision=deny", "rules=[frozen]"))
                .hasEntrySatisfying(
                        "explanation",
                        rules -> assertThat(rules.toString()).contains("text=action.amount 50 is not at most 10"));
    }

    @Test
    @DisplayName("a decision that a guard made and explained reads the same as one of the policy itself")
    void guard() {
        try (MethodGuard guard = Jit.guard()
                .policy(PolicySources.text("policy.yaml", """
                        default: deny
                        rules: [{id: small, actions: [pay], effect: allow, when: {action.amount: {atMost: 10}}}]
                        """))
                .audit(AuditSinks.memory(1))
                .build()) {
            assertThat(Explanations.text(guard.decide(pay(50)), guard.explain(pay(50)), pay(50)))
                    .startsWith("""
                            DENY                pay on order/42 by ana
                              small  allow  no match  action.amount 50 is not at most 10
                            """);
        }
    }
}
