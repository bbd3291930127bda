package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Action;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation;
import io.jitapproval.Explanation.AttributeTrace;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final Policy POLICY = Policy.parse(new PolicyText("policy.yaml", """
            default: deny
            rules:
              - {id: risky, actions: [pay], effect: require-approval, approval: {by: {role: A}}, when: {context.risk: {moreThan: 50}}}
              - {id: far, actions: [pay], effect: allow, when: {action.amount: {atMost: 10}, action.kind: {equals: a}}}
              - {id: near, actions: [pay], effect: allow, when: {action.kind: {equals: b}, action.amount: {atMost: 10}}}
              - {id: never, actions: [pay], effect: auto-approve, when: {context.device: {equals: known}}}
            """));

    private static EvaluationRequest pay() {
        return EvaluationRequest.of(
                Subject.user("ana"),
                Action.of("pay").with("amount", 100).with("kind", "b"),
                Resource.of("order", "42"));
    }

    @Test
    @DisplayName("the nearest rules come first, each with the first comparison that failed and its value")
    void nearest() {
        Explanation why =
                POLICY.explained(pay(), NOW, AttributeLookup.NONE, Set.of()).explanation();
        assertThat(why.nearest()).extracting(RuleTrace::rule).containsExactly("near", "far");
        assertThat(why.nearest())
                .extracting(rule -> rule.failed().orElseThrow().text())
                .containsOnly("action.amount 100 is not at most 10");
    }

    @Test
    @DisplayName("what is unknown is told with what it did")
    void unknown() {
        Explanation why =
                POLICY.explained(pay(), NOW, AttributeLookup.NONE, Set.of()).explanation();
        assertThat(why.unknown()).containsOnlyKeys("context.risk", "context.device");
        assertThat(why.unknown().get("context.risk")).singleElement().satisfies(rule -> {
            assertThat(rule.rule()).isEqualTo("risky");
            assertThat(rule.counts()).isTrue();
        });
    }

    @Test
    @DisplayName("what was fetched is told with its source and time; a hidden value stays hidden")
    void fetched() {
        AttributeResolver resolver = new AttributeResolver() {
            @Override
            public Optional<Object> resolve(String attribute, EvaluationRequest request) {
                return switch (attribute) {
                    case "context.risk" -> Optional.of(new Dated(80, NOW.minusSeconds(5)));
                    case "action.amount" -> Optional.of(4711);
                    default -> Optional.empty();
                };
            }

            @Override
            public String name() {
                return "risk-engine";
            }

            @Override
            public Optional<Duration> maxAge() {
                return Optional.of(Duration.ofSeconds(10));
            }
        };
        AttributeLookup lookup = new AttributeLookup(List.of(resolver), () -> NOW, AttributeResolver::resolve);
        EvaluationRequest request = EvaluationRequest.of(
                Subject.user("ana"), Action.of("pay").with("kind", "b"), Resource.of("order", "42"));

        Explanation why =
                POLICY.explained(request, NOW, lookup, Set.of("amount")).explanation();

        assertThat(why.attributes())
                .containsExactly(
                        new AttributeTrace("context.risk", "risk-engine", Optional.of(NOW.minusSeconds(5)), true, "80"),
                        new AttributeTrace("action.amount", "risk-engine", Optional.empty(), true, "hidden"),
                        new AttributeTrace("context.device", "", Optional.empty(), false, "is missing"));
        assertThat(why.toString()).doesNotContain("4711");
    }

    @Test
    @DisplayName("design §3: explaining a decision afterwards fetches nothing and comes to the same answer")
    void explainingFetchesNothing() {
        List<String> asked = new ArrayList<>();
        List<Object> answers = new ArrayList<>(List.of(80, 10, 10));
        AttributeResolver changing = (attribute, request) -> {
            asked.add(attribute);
            return attribute.equals("context.risk") ? Optional.of(answers.remove(0)) : Optional.empty();
        };
        AttributeLookup lookup = new AttributeLookup(List.of(changing));
        Decision decision = POLICY.evaluate(pay(), NOW, lookup);
        List<String> before = List.copyOf(asked);

        Decision explained = POLICY.explained(pay(), NOW, lookup.sealed(), Set.of());

        assertThat(asked).isEqualTo(before);
        assertThat(explained.kind()).isEqualTo(decision.kind()).isEqualTo(Decision.Kind.APPROVAL_REQUIRED);
        assertThat(explained.rules()).isEqualTo(decision.rules());
        // The twin asks anew, and the answer is another one.
        assertThat(POLICY.explained(pay(), NOW, new AttributeLookup(List.of(changing)), Set.of())
                        .kind())
                .isEqualTo(Decision.Kind.DENY);
    }

    @Test
    @DisplayName("what is closed to machines does not fetch what only machines would need")
    void closedToMachinesFetchesLess() {
        Policy closed = Policy.parse(new PolicyText("policy.yaml", """
                default: deny
                rules:
                  - {id: ask, actions: [pay], effect: require-approval, approval: {by: {role: A}, autoApproval: never}}
                  - {id: auto, actions: [pay], effect: auto-approve, when: {context.device: {equals: known}}}
                """));
        List<String> asked = new ArrayList<>();
        AttributeLookup lookup = new AttributeLookup(List.of((attribute, request) -> {
            asked.add(attribute);
            return Optional.of("known");
        }));
        assertThat(closed.evaluate(pay(), NOW, lookup).rules()).containsExactly("ask");
        assertThat(asked).isEmpty();
        assertThat(closed.explained(pay(), NOW, lookup.sealed(), Set.of())
                        .explanation()
                        .unknown())
                .isEqualTo(Map.of(
                        "context.device",
                        closed.explained(pay(), NOW, lookup.sealed(), Set.of())
                                .explanation()
                                .rules()
                                .subList(1, 2)));
    }
}
