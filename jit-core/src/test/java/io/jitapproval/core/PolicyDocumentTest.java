package io.jitapproval.core;

import static io.jitapproval.core.PolicyCondition.attribute;
import static io.jitapproval.core.PolicyCondition.subject;
import static io.jitapproval.core.PolicyCondition.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jitapproval.Demand;
import io.jitapproval.GrantScope;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.TreeReader;
import io.jitapproval.core.policy.JsonLayout;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a policy built in Java is a document like any other")
class PolicyDocumentTest {

    private enum Role {
        SUPPORT
    }

    private static PolicyBuilder refunds() {
        return PolicyDocument.denyByDefault()
                .rule(
                        "refund-small",
                        rule -> rule.actions("payment.refund")
                                .when(
                                        attribute("subject.roles").contains(Role.SUPPORT),
                                        attribute("action.amount").atMost(1000))
                                .allow())
                .rule(
                        "refund-large",
                        rule -> rule.actions("payment.refund")
                                .when(attribute("action.amount").moreThan(1000))
                                .because("Large refunds are seen by finance.")
                                .requireApproval(approval -> approval.by(Approvers.role("FINANCE_MANAGER"))
                                        .people(1)
                                        .decideWithin(Duration.ofMinutes(30))
                                        .reason(Demand.REQUIRED))
                                .grant(grant ->
                                        grant.within(Duration.ofMinutes(15)).uses(1)))
                .rule(
                        "no-refunds-at-night",
                        rule -> rule.actions("payment.*")
                                .when(time().outside("07:00-22:00").zone("Europe/Berlin"))
                                .requireApproval(approval ->
                                        approval.by(Approvers.group("on-call")).autoApproval(false)));
    }

    @Test
    @DisplayName("it is printed as its author would write it")
    void printed() {
        assertThat(refunds().build().json()).isEqualTo("""
                        {
                          "default": "deny",
                          "rules": [
                            {
                              "id": "refund-small",
                              "actions": ["payment.refund"],
                              "when": {"subject.roles": {"contains": "SUPPORT"}, "action.amount": {"atMost": 1000}},
                              "effect": "allow"
                            },
                            {
                              "id": "refund-large",
                              "actions": ["payment.refund"],
                              "when": {"action.amount": {"moreThan": 1000}},
                              "effect": "require-approval",
                              "because": "Large refunds are seen by finance.",
                              "approval": {
                                "by": {"role": "FINANCE_MANAGER"},
                                "people": 1,
                                "decideWithin": "PT30M",
                                "reason": "required"
                              },
                              "grant": {"within": "PT15M", "uses": 1}
                            },
                            {
                              "id": "no-refunds-at-night",
                              "actions": ["payment.*"],
                              "when": {"time": {"outside": "07:00-22:00", "zone": "Europe/Berlin"}},
                              "effect": "require-approval",
                              "approval": {"by": {"group": "on-call"}, "autoApproval": "never"}
                            }
                          ]
                        }
                        """);
        assertThat(PolicyDocument.withoutDefault().build().json()).isEqualTo("{\n  \"rules\": []\n}\n");
    }

    @Test
    @DisplayName("formatting leaves what was built as it is")
    void layout() {
        PolicyText text = refunds().build().load().get(0);
        Node root = TreeReader.read(text, new Problems(text));
        assertThat(root).isNotNull();
        assertThat(JsonLayout.of(root)).isEqualTo(text.text());
    }

    @Test
    @DisplayName("values of Java are written exactly: numbers as decimals, times in ISO 8601, enums by name")
    void values() {
        assertThat(attribute("context.x")
                        .equalTo(0.1)
                        .notEqualTo(new BigDecimal("1e3"))
                        .lessThan(Instant.parse("2026-01-01T00:00:00Z"))
                        .atMost(LocalDate.of(2026, 1, 31))
                        .moreThan(LocalTime.NOON)
                        .atLeast(BigInteger.TEN.pow(30))
                        .in(1.5f, (byte) 1, 2L, true, Role.SUPPORT, "a\"b\u0007")
                        .notIn(new TreeSet<>(Set.of("b", "a")))
                        .olderThan(Duration.ofHours(1))
                        .subsetOf(attribute("subject.tags"))
                        .exists(true))
                .hasToString(
                        "{\"context.x\": {\"equals\": 0.1, \"notEquals\": 1000, \"lessThan\": \"2026-01-01T00:00:00Z\","
                                + " \"atMost\": \"2026-01-31\", \"moreThan\": \"12:00\","
                                + " \"atLeast\": 1000000000000000000000000000000,"
                                + " \"in\": [1.5, 1, 2, true, \"SUPPORT\", \"a\\\"b\\u0007\"], \"notIn\": [\"a\", \"b\"],"
                                + " \"olderThan\": \"PT1H\", \"subsetOf\": {\"attribute\": \"subject.tags\"}, \"exists\": true}}");
        assertThat(time().days(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).except("holidays"))
                .hasToString("{\"time\": {\"days\": [\"SAT\", \"SUN\"], \"except\": \"holidays\"}}");
        assertThat(Approvers.anyOf(Approvers.person("mia"), Approvers.named("finance")))
                .hasToString("[{\"person\": \"mia\"}, {\"approvers\": \"finance\"}]");
    }

    @Test
    @DisplayName("conditions are values: what is added to one shows nowhere else")
    void conditionsAreValues() {
        AttributeCondition amount = attribute("action.amount");
        AttributeCondition some = amount.moreThan(1);
        AttributeCondition few = some.atMost(5);
        assertThat(amount).hasToString("{\"action.amount\": {}}");
        assertThat(some).hasToString("{\"action.amount\": {\"moreThan\": 1}}");
        assertThat(few).hasToString("{\"action.amount\": {\"moreThan\": 1, \"atMost\": 5}}");
        Map<String, Object> data = new HashMap<>(Map.of("keep", List.of(1, Map.of("a", 2))));
        PolicyBuilder policy = PolicyDocument.denyByDefault()
                .rule("r", rule -> rule.actions("a").allow().obligation("mask", data));
        data.clear();
        assertThat(policy.build().json()).contains("{\"id\": \"mask\", \"with\": {\"keep\": [1, {\"a\": 2}]}}");
    }

    @Test
    @DisplayName("wall 13: what the document says wrong is told all at once, with the rule's id")
    void faults() {
        JitConfigurationException thrown = catchThrowableOfType(
                JitConfigurationException.class,
                () -> PolicyDocument.denyByDefault()
                        .origin("refunds")
                        .calendar("holidays", MonthDay.of(12, 25))
                        .rule(
                                "typo",
                                rule -> rule.actions("a")
                                        .when(attribute("acton.x").equalTo(1), time().on("holiday"))
                                        .deny())
                        .rule("lost", rule -> rule.risk("hihg"))
                        .rule("typo", rule -> rule.actions("pay*ment").allow())
                        .build());
        assertThat(thrown.problems().stream().map(Object::toString).collect(Collectors.joining("\n")))
                .isEqualTo("""
                        refunds:10:16 JIT-P019 rule 'typo': unknown attribute 'acton.x': did you mean 'action.x'?
                            "when": {"acton.x": {"equals": 1}, "time": {"on": "holiday"}},
                                     ^^^^^^^^^
                        refunds:10:57 JIT-P029 rule 'typo': unknown calendar 'holiday': did you mean 'holidays'?
                            "when": {"acton.x": {"equals": 1}, "time": {"on": "holiday"}},
                                                                              ^^^^^^^^^
                        refunds:13:5 JIT-P006 rule 'lost': a rule has no 'effect': write "effect": deny, require-approval, auto-approve or allow
                            {
                            ^
                        refunds:13:5 JIT-P006 rule 'lost': a rule has no 'actions': write "actions": ["payment.refund"], or ["payment.*"] for all that begin so
                            {
                            ^
                        refunds:15:15 JIT-P016 rule 'lost': unknown risk 'hihg': did you mean 'high'?
                            "risk": "hihg"
                                    ^^^^^^
                        refunds:18:13 JIT-P008 rule 'typo': the rule in line 8 has the id 'typo' already
                            "id": "typo",
                                  ^^^^^^
                        refunds:19:19 JIT-P010 rule 'typo': the action 'pay*ment' has its * elsewhere than at its end, where alone it can stand
                            "actions": ["pay*ment"],
                                        ^^^^^^^^^^""");
    }

    @Test
    @DisplayName("what only Java can get wrong fails at the call")
    void misuse() {
        assertThatIllegalStateException()
                .isThrownBy(() -> PolicyDocument.denyByDefault()
                        .rule("r", rule -> rule.actions("a").allow().deny()))
                .withMessage("rule 'r': 'effect' was already set");
        assertThatIllegalStateException()
                .isThrownBy(() -> attribute("action.amount").atMost(1).atMost(2))
                .withMessage("'action.amount': 'atMost' was already set");
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        PolicyDocument.denyByDefault().attribute("a.b", "text").attribute("a.b", "text"))
                .withMessage("policy: 'attributes' has 'a.b' already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyCondition.together(
                        attribute("action.amount").atMost(2),
                        attribute("action.amount").moreThan(1)))
                .withMessageContaining("the key 'action.amount'")
                .withMessageContaining("PolicyCondition.all");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> attribute("action.amount")
                        .atMost(attribute("subject.limit").exists(true)))
                .withMessageContaining("'subject.limit' has operators of its own");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> attribute("action.amount").atMost(new Object()))
                .withMessageContaining("'atMost'")
                .withMessageContaining("java.lang.Object");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> attribute("action.amount").atMost(Double.NaN))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> attribute("action.tags")
                        .every(each -> attribute("action.x").equalTo(1)))
                .withMessageContaining("'action.x'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Approvers.anyOf(Approvers.anyOf(Approvers.role("a"))))
                .withMessageContaining("[{\"role\": \"a\"}]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyDocument.denyByDefault().calendar("c", LocalTime.NOON))
                .withMessageContaining("12:00");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyDocument.denyByDefault()
                        .rule("r", rule -> rule.obligation("mask", Map.of("x", Map.of(1, 2)))))
                .withMessageContaining("text for keys");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyDocument.askByDefault(approval -> approval.reason(
                        new Demand(true, Set.of(new Demand.Form("a", "b"), new Demand.Form("c", "d"))))))
                .withMessageContaining("'reason' has one form");
        assertThatNullPointerException()
                .isThrownBy(() -> PolicyDocument.denyByDefault().rule("r", r -> r.owner(null)));
    }

    @Test
    @DisplayName("it is a source like a file: alone, or together with others")
    void source() throws Exception {
        PolicyDocument part = PolicyDocument.withoutDefault()
                .origin("part")
                .rule("extra", rule -> rule.actions("x").deny())
                .build();
        PolicyDocument whole = PolicyDocument.askByDefault(
                        approval -> approval.by(Approvers.person("mia")), grant -> grant.scope(GrantScope.RESOURCE))
                .build();
        assertThat(part.load()).containsExactly(new PolicyText("part", part.json()));
        assertThat(part.mayChange()).isFalse();
        assertThat(Policy.parse(PolicySources.together(part, whole).load()).actions())
                .containsExactly("x");
        assertThatExceptionOfType(JitConfigurationException.class)
                .isThrownBy(() -> Policy.parse(part.load()))
                .withMessageContaining("JIT-P006");
        assertThat(subject().hasRole("A").hasAnyRole("B", "C").ifAbsent(false))
                .hasToString(
                        "{\"subject\": {\"hasRole\": \"A\", \"hasAnyRole\": [\"B\", \"C\"], \"ifAbsent\": false}}");
        UnaryOperator<AttributeCondition> inside = each -> each.endsWith("@bank.example");
        assertThat(attribute("context.to").every(inside))
                .hasToString("{\"context.to\": {\"every\": {\"endsWith\": \"@bank.example\"}}}");
    }
}
