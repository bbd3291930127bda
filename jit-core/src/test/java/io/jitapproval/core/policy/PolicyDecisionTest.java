package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.jitapproval.Action;
import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation;
import io.jitapproval.Explanation.ComparisonTrace;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.GrantTerms;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PolicyDecisionTest {

    /** 14:12 in Berlin. */
    private static final Instant DAY = Instant.parse("2026-07-01T12:12:00Z");

    private static final Instant NIGHT = Instant.parse("2026-07-01T22:12:00Z");

    private static final Policy REFUNDS = policy("""
            {"default": "deny", "rules": [
              {"id": "refund-small", "actions": ["payment.refund"], "effect": "allow",
               "when": {"subject.roles": {"contains": "SUPPORT"}, "action.amount": {"atMost": 1000}}},
              {"id": "refund-large", "actions": ["payment.refund"], "effect": "require-approval",
               "when": {"action.amount": {"moreThan": 1000}},
               "because": "Large refunds are seen by finance.",
               "approval": {"by": {"role": "FINANCE_MANAGER"}, "people": 1, "decideWithin": "PT30M", "reason": "required"},
               "grant": {"within": "PT15M", "uses": 1}},
              {"id": "no-refunds-at-night", "actions": ["payment.*"], "effect": "require-approval",
               "when": {"time": {"outside": "07:00-22:00", "zone": "Europe/Berlin"}},
               "approval": {"by": {"group": "on-call"}, "autoApproval": "never"}}]}
            """);

    @Test
    @DisplayName("design §3: allow alone permits, and the answer is made in advance")
    void allows() {
        Decision decision = REFUNDS.evaluate(refund("SUPPORT", 1000), DAY, AttributeLookup.NONE);
        assertThat(decision.reason()).isEqualTo(Reason.POLICY_ALLOWED);
        assertThat(decision.rules()).containsExactly("refund-small");
        assertThat(decision.policy()).isEqualTo(REFUNDS.version()).hasSize(64);
        assertThat(REFUNDS.evaluate(refund("SUPPORT", 5L), DAY, AttributeLookup.NONE))
                .isSameAs(decision);
    }

    @Test
    @DisplayName("design §3: several requirements are asked together")
    void asksAll() {
        var decision =
                (Decision.ApprovalRequired) REFUNDS.evaluate(refund("SUPPORT", 5000), NIGHT, AttributeLookup.NONE);
        assertThat(decision.rules()).containsExactly("refund-large", "no-refunds-at-night");
        assertThat(decision.requirement().stages()).hasSize(2);
        assertThat(decision.requirement().decideWithin()).isEqualTo(Duration.ofMinutes(30));
        assertThat(decision.requirement().closedToMachines()).isTrue();
        assertThat(decision.requirement().grant()).isEqualTo(GrantTerms.DEFAULT);
        assertThat(decision.explanation().rules())
                .extracting(RuleTrace::because)
                .containsExactly("Large refunds are seen by finance.", "");
    }

    @Test
    @DisplayName("design §3: nothing matched is a reason of its own")
    void nothingMatched() {
        Decision decision = REFUNDS.evaluate(request("db.drop", Map.of()), DAY, AttributeLookup.NONE);
        assertThat(decision)
                .isEqualTo(new Decision.Deny(
                        Reason.NO_RULE_MATCHED, List.of(), REFUNDS.version(), List.of(), Explanation.NONE));
    }

    @Test
    @DisplayName("design §3: the explanation comes out of the evaluation, rule by rule, with the values")
    void explains() {
        Decision decision =
                REFUNDS.explained(refund("SUPPORT", new BigDecimal("5E+3")), DAY, AttributeLookup.NONE, Set.of());
        assertThat(decision.explanation().rules())
                .extracting(RuleTrace::rule, RuleTrace::match, PolicyDecisionTest::texts)
                .containsExactly(
                        tuple(
                                "refund-small",
                                Match.NOT_MATCHED,
                                List.of(
                                        "subject.roles [SUPPORT] contains SUPPORT",
                                        "action.amount 5000 is not at most 1000")),
                        tuple("refund-large", Match.MATCHED, List.of("action.amount 5000 is more than 1000")),
                        tuple(
                                "no-refunds-at-night",
                                Match.NOT_MATCHED,
                                List.of("time 14:12 Europe/Berlin is inside 07:00-22:00")));
    }

    @Test
    @DisplayName("wall 12: a hidden argument reads hidden, on either side and in its parts")
    void hides() {
        Policy policy = policy("""
                {"default": "deny", "rules": [
                  {"id": "a", "actions": ["a"], "effect": "deny", "when": {"any": [
                    {"action.pin": {"equals": "0000"}}, {"subject.pin": {"equals": {"attribute": "action.pin"}}},
                    {"action.card.number": {"in": ["1"]}}, {"action.pin": {"atMost": 5}}]}}]}
                """);
        EvaluationRequest request = EvaluationRequest.of(
                Subject.user("ana").with("pin", "s3cret"),
                Action.of("a").with("pin", "s3cret").with("card", Map.of("number", "s3cret")),
                Resource.NONE);
        Decision decision = policy.explained(request, DAY, AttributeLookup.NONE, Set.of("pin", "card"));
        assertThat(texts(decision.explanation().rules().get(0))).first().isEqualTo("action.pin hidden is not hidden");
        assertThat(texts(decision.explanation().rules().get(0)).get(1))
                .isEqualTo("subject.pin s3cret is action.pin hidden");
        EvaluationRequest other = EvaluationRequest.of(Subject.user("ana"), request.action(), Resource.NONE);
        assertThat(policy.explained(other, DAY, AttributeLookup.NONE, Set.of("pin", "card"))
                        .toString())
                .doesNotContain("s3cret")
                .contains("action.card.number hidden is none of hidden")
                .contains("action.pin hidden cannot be compared");
    }

    @Test
    @DisplayName("design §3: unknown tightens; ifAbsent and exists make absence known")
    void unknown() {
        assertThat(reason("deny", "{\"action.x\": {\"equals\": 1}}", Map.of())).isEqualTo(Reason.POLICY_DENIED);
        assertThat(reason("deny", "{\"not\": {\"action.x\": {\"equals\": 1}}}", Map.of()))
                .isEqualTo(Reason.POLICY_DENIED);
        assertThat(reason("allow", "{\"action.x\": {\"equals\": 1}}", Map.of())).isEqualTo(Reason.NO_RULE_MATCHED);
        assertThat(reason("allow", "{\"not\": {\"action.x\": {\"equals\": 1}}}", Map.of()))
                .isEqualTo(Reason.NO_RULE_MATCHED);
        assertThat(reason("auto-approve", "{\"action.x\": {\"notEquals\": 1}}", Map.of()))
                .isEqualTo(Reason.NO_RULE_MATCHED);
        assertThat(reason("allow", "{\"action.x\": {\"equals\": \"1\"}}", Map.of("x", 1)))
                .isEqualTo(Reason.NO_RULE_MATCHED);
        assertThat(reason("deny", "{\"action.x\": {\"equals\": \"1\"}}", Map.of("x", 1)))
                .isEqualTo(Reason.POLICY_DENIED);
        assertThat(reason("deny", "{\"action.x\": {\"equals\": 1, \"ifAbsent\": false}}", Map.of()))
                .isEqualTo(Reason.NO_RULE_MATCHED);
        assertThat(reason("allow", "{\"action.x\": {\"equals\": 1, \"ifAbsent\": true}}", Map.of()))
                .isEqualTo(Reason.POLICY_ALLOWED);
        assertThat(reason("allow", "{\"action.x\": {\"exists\": false}}", Map.of()))
                .isEqualTo(Reason.POLICY_ALLOWED);
        assertThat(reason("allow", "{\"action.x\": {\"exists\": true}}", Map.of()))
                .isEqualTo(Reason.NO_RULE_MATCHED);
        // Wrong types are never made known.
        assertThat(reason("allow", "{\"action.x\": {\"atMost\": 1, \"ifAbsent\": true}}", Map.of("x", "0")))
                .isEqualTo(Reason.NO_RULE_MATCHED);
        assertThat(reason("allow", "{\"action.x\": {\"atMost\": 1}}", Map.of("x", Double.NaN)))
                .isEqualTo(Reason.NO_RULE_MATCHED);
        assertThat(reason("deny", "{\"action.x\": {\"atMost\": 1}}", Map.of("x", Double.NaN)))
                .isEqualTo(Reason.POLICY_DENIED);
    }

    @Test
    @DisplayName("design §3: an unknown auto-approve permits nothing but narrows what another gives")
    void unknownAutoNarrows() {
        Policy policy = policy("""
                {"default": "deny", "rules": [
                  {"id": "wide", "actions": ["a"], "effect": "auto-approve", "grant": {"uses": 10}},
                  {"id": "narrow", "actions": ["a"], "effect": "auto-approve", "grant": {"uses": 1},
                   "when": {"action.risk": {"atLeast": 5}}}]}
                """);
        assertThat(uses(policy, Map.of("risk", 1))).isEqualTo(10);
        assertThat(uses(policy, Map.of("risk", 9))).isEqualTo(1);
        assertThat(uses(policy, Map.of())).isEqualTo(1);
    }

    @Test
    @DisplayName("design §3: an automatic grant is within what was asked and within what the rule gives")
    void automatic() {
        Policy policy = policy("""
                {"default": "deny", "rules": [
                  {"id": "ask", "actions": ["a"], "effect": "require-approval", "approval": {"by": {"role": "X"}},
                   "grant": {"within": "PT1H", "uses": 5, "scope": "resource"}},
                  {"id": "auto", "actions": ["a"], "effect": "auto-approve", "grant": {"within": "PT2H", "uses": 2}}]}
                """);
        var permit = (Decision.Permit) policy.evaluate(request("a", Map.of()), DAY, AttributeLookup.NONE);
        assertThat(permit.reason()).isEqualTo(Reason.AUTO_APPROVED);
        assertThat(permit.rules()).containsExactly("ask", "auto");
        Requirement automatic = permit.automatic().orElseThrow();
        assertThat(automatic.grant().within()).isEqualTo(Duration.ofHours(1));
        assertThat(automatic.grant().uses()).isEqualTo(2);
        assertThat(automatic.stages()).hasSize(1);
    }

    @Test
    @DisplayName("wall 1: a resolver that throws makes unknown, is asked once, and its message is told to nobody")
    void resolverThrows() {
        Policy policy = policy("""
                {"default": "deny", "rules": [
                  {"id": "a", "actions": ["a"], "effect": "deny", "when": {"subject.risk": {"atLeast": 5, "ifAbsent": false}}},
                  {"id": "b", "actions": ["a"], "effect": "allow", "when": {"subject.risk": {"lessThan": 5}}}]}
                """);
        List<String> asked = new ArrayList<>();
        AttributeResolver broken = (attribute, request) -> {
            asked.add(attribute);
            throw new IllegalStateException("password=s3cret");
        };
        AttributeResolver next = (attribute, request) -> Optional.of(1);
        EvaluationRequest request = request("a", Map.of());
        Decision decision = policy.explained(request, DAY, new AttributeLookup(List.of(broken, next)), Set.of());
        assertThat(decision.reason()).isEqualTo(Reason.POLICY_DENIED);
        assertThat(decision.toString())
                .contains("lookup failed: IllegalStateException")
                .doesNotContain("s3cret");
        assertThat(asked).containsExactly("subject.risk");
        AttributeResolver none = (attribute, any) -> Optional.empty();
        assertThat(policy.evaluate(request, DAY, new AttributeLookup(List.of(none, next)))
                        .reason())
                .isEqualTo(Reason.POLICY_ALLOWED);
        AttributeResolver wrongType = (attribute, any) -> Optional.of(new Object());
        assertThat(policy.evaluate(request, DAY, new AttributeLookup(List.of(wrongType)))
                        .reason())
                .isEqualTo(Reason.POLICY_DENIED);
        AttributeResolver fatal = (attribute, any) -> {
            throw new StackOverflowError();
        };
        assertThatThrownBy(() -> policy.evaluate(request, DAY, new AttributeLookup(List.of(fatal))))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    @DisplayName("design §3: the version is of what the document says, not of how it is written")
    void version() {
        String a =
                "{\"id\": \"a\", \"actions\": [\"x\"], \"effect\": \"deny\", \"when\": {\"action.n\": {\"equals\": 1000}}}";
        String b = "{\"id\": \"b\", \"actions\": [\"x\"], \"effect\": \"allow\"}";
        String one = policy("{\"default\": \"deny\", \"rules\": [" + a + "," + b + "]}")
                .version();
        String other = policy("{\n\"$schema\": \"x\", \"rules\": [" + b + ",  " + a.replace("1000", "1e3")
                        + "],\"default\":\"deny\"}")
                .version();
        String changed = policy("{\"default\": \"deny\", \"rules\": [" + a.replace("1000", "1001") + "," + b + "]}")
                .version();
        assertThat(other).isEqualTo(one);
        assertThat(changed).isNotEqualTo(one);
        assertThat(REFUNDS.actions()).containsExactly("payment.*", "payment.refund");
    }

    @Test
    @DisplayName("design §3: rules are found by name and by beginning, each once")
    void index() {
        Policy policy = policy("""
                {"default": "deny", "rules": [
                  {"id": "all", "actions": ["*", "pay.refund", "pay.*"], "effect": "deny"},
                  {"id": "pay", "actions": ["pay.*"], "effect": "deny"},
                  {"id": "payout", "actions": ["payout*", "pay.refund.x"], "effect": "deny"},
                  {"id": "pa", "actions": ["pa*"], "effect": "deny"},
                  {"id": "refund", "actions": ["pay.refund"], "effect": "deny"}]}
                """);
        assertThat(denied(policy, "pay.refund")).containsExactly("all", "pay", "pa", "refund");
        assertThat(denied(policy, "pay.refund.x")).containsExactly("all", "pay", "payout", "pa");
        assertThat(denied(policy, "pay.")).containsExactly("all", "pay", "pa");
        assertThat(denied(policy, "payout")).containsExactly("all", "payout", "pa");
        assertThat(denied(policy, "payou")).containsExactly("all", "pa");
        assertThat(denied(policy, "p")).containsExactly("all");
    }

    private static List<String> denied(Policy policy, String action) {
        EvaluationRequest request = request(action, Map.of());
        List<String> rules = policy.evaluate(request, DAY, AttributeLookup.NONE).rules();
        assertThat(policy.explained(request, DAY, AttributeLookup.NONE, Set.of())
                        .explanation()
                        .rules())
                .allMatch(trace -> trace.effect() == Effect.DENY)
                .extracting(RuleTrace::rule)
                .isEqualTo(rules);
        return rules;
    }

    private static int uses(Policy policy, Map<String, Object> arguments) {
        var permit = (Decision.Permit) policy.evaluate(request("a", arguments), DAY, AttributeLookup.NONE);
        return permit.automatic().orElseThrow().grant().uses();
    }

    private static Reason reason(String effect, String when, Map<String, Object> arguments) {
        Policy policy =
                policy("{\"default\": \"deny\", \"rules\": [{\"id\": \"r\", \"actions\": [\"a\"], \"effect\": \""
                        + effect + "\", \"when\": " + when + "}]}");
        return policy.evaluate(request("a", arguments), DAY, AttributeLookup.NONE)
                .reason();
    }

    private static List<String> texts(RuleTrace trace) {
        return trace.comparisons().stream().map(ComparisonTrace::text).toList();
    }

    static EvaluationRequest refund(String role, Object amount) {
        return EvaluationRequest.of(
                Subject.user("ana").with("roles", List.of(role)),
                Action.of("payment.refund").with("amount", amount),
                Resource.of("order", "42"));
    }

    private static EvaluationRequest request(String action, Map<String, Object> arguments) {
        return EvaluationRequest.of(Subject.user("ana"), new Action(action, arguments), Resource.NONE);
    }

    private static Policy policy(String text) {
        return Policy.parse(new PolicyText("policy.json", text));
    }
}
