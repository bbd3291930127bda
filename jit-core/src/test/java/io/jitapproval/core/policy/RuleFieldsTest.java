package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Action;
import io.jitapproval.ApproverSelector;
import io.jitapproval.ApproverSelector.Kind;
import io.jitapproval.Decision;
import io.jitapproval.Demand;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.Shadow;
import io.jitapproval.Obligation;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.Resource;
import io.jitapproval.Stage;
import io.jitapproval.Subject;
import io.jitapproval.VoteTerms;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the fields of rules and approvals mean what docs/policy.md says")
class RuleFieldsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final EvaluationRequest READ = new EvaluationRequest(
            Subject.user("ana"), List.of(), new Action("read", Map.of()), Resource.NONE, Map.of());

    private static Policy policy(String rules) {
        return Policy.parse(new PolicyText(
                "policy.json",
                "{\"approvers\": {\"finance\": [{\"role\": \"F\"}, {\"group\": \"g\"}]}, \"default\": \"deny\", \"rules\": ["
                        + rules + "]}"));
    }

    private static Decision decide(String rules) {
        return policy(rules).evaluate(READ, NOW, AttributeLookup.NONE);
    }

    private static Requirement asked(String approval) {
        Decision decision =
                decide("{\"id\": \"a\", \"actions\": [\"read\"], \"effect\": \"require-approval\", \"approval\": "
                        + approval + "}");
        return ((Decision.ApprovalRequired) decision).requirement();
    }

    @Test
    @DisplayName("obligations carry typed data, on every effect")
    void obligations() {
        for (String effect : List.of("allow", "deny", "auto-approve", "require-approval")) {
            String approval =
                    effect.equals("require-approval") ? ", \"approval\": {\"by\": {\"person\": \"mia\"}}" : "";
            Decision decision = decide(
                    "{\"id\": \"a\", \"actions\": [\"read\"], \"effect\": \"" + effect + "\"" + approval
                            + ", \"obligations\": [{\"id\": \"mask\", \"with\": {\"columns\": [\"iban\"], \"keep\": 4.50,"
                            + " \"loud\": true, \"to\": \"x\", \"deep\": {\"a\": [1]}}}, {\"id\": \"log\"}, {\"id\": \"log\"}]}");
            assertThat(decision.obligations()).as(effect).hasSize(2);
            Obligation mask = decision.obligations().get(0);
            assertThat(mask.texts("columns")).containsExactly("iban");
            assertThat(mask.number("keep")).contains(new BigDecimal("4.50"));
            assertThat(mask.flag("loud")).contains(true);
            assertThat(mask.text("to")).contains("x");
            assertThat(mask.text("from")).isEmpty();
            assertThat(mask.with()).containsEntry("deep", Map.of("a", List.of(BigDecimal.ONE)));
            assertThat(decision.obligations().get(1)).isEqualTo(new Obligation("log", Map.of()));
        }
    }

    @Test
    @DisplayName("a shadow rule's obligations are neither carried nor needed")
    void shadowObligations() {
        Policy policy = policy("{\"id\": \"a\", \"actions\": [\"read\"], \"effect\": \"allow\", \"mode\": \"shadow\","
                + " \"obligations\": [{\"id\": \"mask\"}]}");
        Decision decision = policy.evaluate(READ, NOW, AttributeLookup.NONE);
        assertThat(decision.reason()).isEqualTo(Reason.NO_RULE_MATCHED);
        assertThat(decision.obligations()).isEmpty();
        assertThat(policy.obligations()).isEmpty();
        Shadow shadow = decision.explanation().shadow().orElseThrow();
        assertThat(shadow.kind()).isEqualTo(Decision.Kind.PERMIT);
        assertThat(shadow.rules()).containsExactly("a");
    }

    @Test
    @DisplayName("without a shadow rule for the action the decision is the one made in advance")
    void noCostWithoutShadows() {
        String allow = "{\"id\": \"a\", \"actions\": [\"read\"], \"effect\": \"allow\"}";
        String elsewhere = ", {\"id\": \"b\", \"actions\": [\"write\"], \"effect\": \"deny\", \"mode\": \"shadow\"}";
        for (String rules : List.of(allow, allow + elsewhere)) {
            Policy policy = policy(rules);
            assertThat(policy.evaluate(READ, NOW, AttributeLookup.NONE))
                    .isSameAs(policy.evaluate(READ, NOW, AttributeLookup.NONE));
        }
    }

    @Test
    @DisplayName("the trace of a rule outside of its time says since when, or until when")
    void validityTrace() {
        Policy policy = policy("""
                {"id": "old", "actions": ["read"], "effect": "allow", "expires": "2026-11-21T13:00:00+01:00"},
                {"id": "new", "actions": ["read"], "effect": "allow", "notBefore": "2026-11-21T12:00:01Z"}
                """);
        Decision decision = policy.explained(READ, NOW, AttributeLookup.NONE, Set.of());
        assertThat(decision.explanation().rules())
                .extracting(rule -> rule.comparisons().get(0).text())
                .containsExactly("rule expired 2026-11-21T12:00:00Z", "rule begins 2026-11-21T12:00:01Z");
    }

    @Test
    @DisplayName("each rule knows its document, its place and what it says to people")
    void origin() {
        List<RuleSpec> specs = new java.util.ArrayList<>();
        policy(
                        "\n  {\"id\": \"a\", \"actions\": [\"read\"], \"effect\": \"allow\", \"owner\": \"payments\", \"ticket\": \"P-1\","
                                + " \"risk\": \"high\", \"because\": \"b\"}")
                .rules()
                .forEach(specs::add);
        RuleSpec spec = specs.get(0);
        assertThat(spec.origin().document()).isEqualTo("policy.json");
        assertThat(spec.origin().place().line()).isEqualTo(2);
        assertThat(spec.origin().place().column()).isEqualTo(3);
        assertThat(spec.about()).isEqualTo(new RuleSpec.About("b", "payments", "P-1", RuleSpec.Risk.HIGH));
    }

    @Test
    @DisplayName("an approval reads into the requirement that it says")
    void requirement() {
        Requirement requirement = asked("""
                {"stages": [{"by": {"attribute": "subject.manager"}}, {"by": [{"approvers": "finance"}, {"person": "mia"}], "people": 2}],
                 "reason": "required", "ticket": {"pattern": "P-[0-9]+", "hint": "P-1"},
                 "channels": ["console", "chat"], "assurance": ["mfa"]}
                """);
        assertThat(requirement.stages())
                .containsExactlyInAnyOrder(
                        new Stage(Set.of(new ApproverSelector(Kind.ATTRIBUTE, "subject.manager")), 1),
                        new Stage(
                                Set.of(
                                        new ApproverSelector(Kind.ROLE, "F"),
                                        new ApproverSelector(Kind.GROUP, "g"),
                                        new ApproverSelector(Kind.PERSON, "mia")),
                                2));
        assertThat(requirement.reason()).isEqualTo(Demand.REQUIRED);
        assertThat(requirement.ticket()).isEqualTo(new Demand(true, Set.of(new Demand.Form("P-[0-9]+", "P-1"))));
        assertThat(requirement.votes())
                .isEqualTo(new VoteTerms(Optional.of(Set.of("console", "chat")), Optional.of(Set.of("mfa"))));
        assertThat(asked("{\"by\": {\"role\": \"F\"}}").votes()).isEqualTo(VoteTerms.ANY);
    }
}
