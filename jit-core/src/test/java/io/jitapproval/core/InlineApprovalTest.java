package io.jitapproval.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Action;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.GrantScope;
import io.jitapproval.InlineApproval;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.Requirement;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InlineApprovalTest {

    interface Customers {
        @RequiresJitApproval(
                action = "customer.delete",
                resource = "customer/{id}",
                approval =
                        @InlineApproval(
                                by = {"role DPO", "group privacy"},
                                people = 2,
                                decideWithin = "PT10M",
                                reasonRequired = true,
                                grantWithin = "PT5M",
                                uses = 3,
                                scope = GrantScope.RESOURCE))
        void delete(String id);
    }

    private static final EvaluationRequest DELETE =
            EvaluationRequest.of(Subject.user("ana"), Action.of("customer.delete"), Resource.of("customer", "7"));

    private static MethodGuard guard(AtomicReference<String> policy) {
        return Jit.guard()
                .policy(() -> List.of(new PolicyText("policy.yaml", policy.get())))
                .audit(AuditSinks.memory(100))
                .build();
    }

    private static AtomicReference<String> rules(String rules) {
        return new AtomicReference<>("default: deny\nrules: " + rules);
    }

    @Test
    @DisplayName(
            "where no document has a rule for the action, the requirement on the annotation is one, with its own origin")
    void inlineCounts() {
        try (MethodGuard guard = guard(rules("[{id: other, actions: [customer.read], effect: allow}]"))) {
            String before = guard.policyStatus().version();
            guard.protect(Customers.class, id -> {});

            Decision decision = guard.decide(DELETE);
            assertThat(decision.rules()).containsExactly("inline:customer.delete");
            Requirement asked = ((Decision.ApprovalRequired) decision).requirement();
            assertThat(asked.stages()).singleElement().hasToString("2 of role DPO or group privacy");
            assertThat(asked.decideWithin()).isEqualTo(Duration.ofMinutes(10));
            assertThat(asked.reasonRequired()).isTrue();
            assertThat(asked.grant().within()).isEqualTo(Duration.ofMinutes(5));
            assertThat(asked.grant().uses()).isEqualTo(3);
            assertThat(asked.grant().scope()).isEqualTo(GrantScope.RESOURCE);
            assertThat(decision.policy())
                    .isEqualTo(guard.policyStatus().version())
                    .isNotEqualTo(before);
            assertThat(guard.policyStatus().rules()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("where a document has one, by name or by a beginning, only the documents count; also after a reload")
    void documentsCount() {
        for (String pattern : List.of("customer.delete", "customer.*", "'*'")) {
            AtomicReference<String> policy = rules(
                    "[{id: written, actions: [" + pattern + "], effect: allow, when: {subject.id: {equals: tom}}}]");
            try (MethodGuard guard = guard(policy)) {
                guard.protect(Customers.class, id -> {});
                assertThat(guard.decide(DELETE).rules()).as(pattern).isEmpty();

                policy.set("default: deny\nrules: []");
                guard.reloadPolicy();
                assertThat(guard.decide(DELETE).rules()).containsExactly("inline:customer.delete");
            }
        }
        try (MethodGuard guard =
                guard(rules("[{id: shade, actions: [customer.delete], effect: deny, mode: shadow}]"))) {
            guard.protect(Customers.class, id -> {});
            assertThat(guard.decide(DELETE).rules())
                    .as("a shadow rule does not count")
                    .containsExactly("inline:customer.delete");
        }
    }

    static class Wrong {
        @RequiresJitApproval(
                action = "c",
                approval = {@InlineApproval(by = "role A"), @InlineApproval(by = "role B")})
        public void several() {}
    }

    static class Two {
        @RequiresJitApproval(action = "a", approval = @InlineApproval(by = "role A"))
        public void one() {}

        @RequiresJitApproval(action = "a", approval = @InlineApproval(by = "role B"))
        public void other() {}
    }

    @Test
    @DisplayName("wall 13: what is wrong with it stops the start, and says where and what")
    void faults() {
        try (MethodGuard guard = guard(rules("[]"))) {
            assertThatThrownBy(() -> guard.inspect(Wrong.class).orFail())
                    .isInstanceOf(JitConfigurationException.class)
                    .hasMessageContaining("Wrong.several() JIT-A028 has 2 inline requirements");
            assertThatThrownBy(() -> guard.inspect(Two.class).orFail())
                    .hasMessageContaining("Two.other() JIT-A029 asks something else for a than ")
                    .hasMessageContaining("Two.one()");
            assertThat(guard.policyStatus().rules()).isZero();
        }
    }

    interface Misspelt {
        @RequiresJitApproval(action = "a", approval = @InlineApproval(by = "rolle DPO"))
        void unknownKind();

        @RequiresJitApproval(
                action = "b",
                approval =
                        @InlineApproval(
                                by = {},
                                grantWithin = "P1M"))
        void nobody();
    }

    @Test
    @DisplayName("wall 13: the faults are those of a document")
    void documentFaults() {
        try (MethodGuard guard = guard(rules("[]"))) {
            assertThatThrownBy(() -> guard.protect(Misspelt.class, new Misspelt() {
                        @Override
                        public void unknownKind() {}

                        @Override
                        public void nobody() {}
                    }))
                    .hasMessageContaining(
                            "Misspelt.unknownKind() JIT-A029 its inline requirement: unknown way to name an approver 'rolle': did you mean 'role'?")
                    .hasMessageContaining("Misspelt.nobody() JIT-A029")
                    .hasMessageContaining("'by' is empty")
                    .hasMessageContaining("'within' 'P1M' counts in years, months or weeks");
        }
    }
}
