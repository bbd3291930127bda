package io.jitapproval.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Action;
import io.jitapproval.ActionDeniedException;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.Obligation;
import io.jitapproval.Reason;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an adversarial review of the policy language found. */
class ReviewedPolicyTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static Policy policy(String yaml) {
        return Policy.parse(new PolicyText("policy.yaml", yaml));
    }

    private static GuardBuilder guard(String yaml) {
        return Jit.guard().policy(PolicySources.text("policy.yaml", yaml)).audit(AuditSinks.memory(100));
    }

    @Test
    @DisplayName("design §3: a rule that answers in people's place still wants to be told what they would have wanted to know")
    void demandsHoldOnTheAutomaticWay() {
        AtomicInteger ran = new AtomicInteger();
        try (MethodGuard guard = guard("""
                default: deny
                rules:
                  - {id: ask, actions: [pay], effect: require-approval, approval: {by: {role: A}, ticket: {pattern: "PAY-[0-9]+"}}}
                  - {id: auto, actions: [pay], effect: auto-approve}
                """).build()) {
            assertThatThrownBy(() ->
                            guard.attempt("pay").by(Subject.user("ana")).run(ran::incrementAndGet))
                    .isInstanceOf(ActionDeniedException.class);
            assertThatThrownBy(() -> guard.attempt("pay").by(Subject.user("ana")).submit())
                    .isInstanceOf(ActionDeniedException.class);
            assertThat(ran).hasValue(0);
            guard.attempt("pay").by(Subject.user("ana")).ticket("PAY-7").run(ran::incrementAndGet);
            assertThat(ran).hasValue(1);
        }
    }

    @Test
    @DisplayName("a shadow rule never counts, also where looking up what it needs ends in an Error")
    void shadowThatThrows() {
        AtomicInteger ran = new AtomicInteger();
        try (MethodGuard guard = guard("""
                default: deny
                rules:
                  - {id: open, actions: [pay], effect: allow}
                  - {id: shade, actions: [pay], effect: deny, mode: shadow, when: {context.risk: {moreThan: 1}}}
                """).attributes((attribute, request) -> {
                    throw new NoClassDefFoundError("gone");
                })
                .build()) {
            guard.attempt("pay").by(Subject.user("ana")).run(ran::incrementAndGet);
            assertThat(ran).hasValue(1);
        }
    }

    @Test
    @DisplayName("two orders of rules have one version, and hand over obligations in one order")
    void obligationsHaveOneOrder() {
        String mask = "{id: a, actions: [pay], effect: allow, obligations: [{id: mask}]}";
        String export = "{id: b, actions: [pay], effect: allow, obligations: [{id: export}]}";
        EvaluationRequest request = EvaluationRequest.of(Subject.user("ana"), Action.of("pay"), Resource.NONE);
        Policy one = policy("default: deny\nrules: [" + mask + ", " + export + "]");
        Policy other = policy("default: deny\nrules: [" + export + ", " + mask + "]");
        assertThat(one.version()).isEqualTo(other.version());
        Decision decision = other.evaluate(request, NOW, AttributeLookup.NONE);
        assertThat(decision.obligations())
                .isEqualTo(one.evaluate(request, NOW, AttributeLookup.NONE).obligations())
                .extracting(Obligation::id)
                .containsExactly("mask", "export");
        assertThat(decision.reason()).isEqualTo(Reason.POLICY_ALLOWED);
    }

    @Test
    @Timeout(60)
    @DisplayName("wall 1: neither slips by the thousand, nor a line of megabytes, nor heavy patterns keep the reader or the caller")
    void hostileDocuments() {
        String conditions = IntStream.range(0, 3000)
                .mapToObj(i -> "  condition-number-%05d: {context.a: {equals: 1}}".formatted(i))
                .collect(Collectors.joining("\n"));
        String rules = IntStream.range(0, 3000)
                .mapToObj(i -> "  - {id: r%d, actions: [a], effect: deny, when: {condition: condition-numbar-%05d}}"
                        .formatted(i, i))
                .collect(Collectors.joining("\n"));
        assertThatThrownBy(() -> policy("default: deny\nconditions:\n" + conditions + "\nrules:\n" + rules))
                .isInstanceOf(JitConfigurationException.class);
        assertThatThrownBy(() -> policy("default: '" + "x".repeat(8_000_000) + "'"))
                .hasMessageContaining("JIT-P003 a line of YAML is longer than 65536 characters");

        Policy heavy = policy(
                "default: deny\nrules: [{id: r, actions: [pay], effect: deny, when: {action.text: {regex: '(?:a*){1000}b'}}}]");
        EvaluationRequest request = EvaluationRequest.of(
                Subject.user("ana"), Action.of("pay").with("text", "a".repeat(65_536)), Resource.NONE);
        Decision decision = heavy.evaluate(request, NOW, AttributeLookup.NONE);
        assertThat(decision.rules()).as("too much text is unknown, and that counts").containsExactly("r");
    }
}
