package io.jitapproval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ValuesTest {

    private static final Stage FINANCE =
            new Stage(Set.of(new ApproverSelector(ApproverSelector.Kind.ROLE, "FINANCE")), 1);

    @Test
    @DisplayName("a bad value is refused by name")
    void refusesByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subject.user(" "))
                .withMessage("subject.id must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Action.of(""))
                .withMessage("action.name must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resource.of("order", "\t"))
                .withMessage("resource.id must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subject.user("ana").with("", 1))
                .withMessage("a name in subject.properties must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GrantTerms(GrantScope.EXACT, Duration.ZERO, 1, GrantClock.APPROVAL))
                .withMessage("grant.within must be positive, but was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GrantTerms(GrantScope.EXACT, Duration.ofDays(367), 1, GrantClock.APPROVAL))
                .withMessage("grant.within must be at most PT8784H, but was PT8808H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GrantTerms(GrantScope.EXACT, Duration.ofSeconds(1), 0, GrantClock.APPROVAL))
                .withMessage("grant.uses must be at least 1, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Stage(Set.of(), 1))
                .withMessage("approval.by must name somebody");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Stage(FINANCE.by(), 0))
                .withMessage("approval.people must be at least 1, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Requirement(
                        Set.of(FINANCE), Duration.ofDays(32), Duration.ofMinutes(1), GrantTerms.DEFAULT, false, false))
                .withMessage("approval.decideWithin must be at most PT744H, but was PT768H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ref.parse("ana"))
                .withMessage("a reference reads type/id, but was 'ana'");
    }

    @Test
    @DisplayName("wall 12: no value of a property or argument is in a toString")
    void hidesValues() {
        String canary = "canary-7391";
        Subject subject = Subject.user("ana").with("token", canary);
        Action action = Action.of("a").with("pin", canary);
        Resource resource = Resource.of("order", "42").with("card", canary);
        EvaluationRequest request =
                EvaluationRequest.of(subject, action, resource).inContext("session", canary);
        assertThat(List.of(subject, action, resource, request, new ShownArgument("pin", canary, true, false)))
                .allSatisfy(value -> assertThat(value.toString()).doesNotContain(canary));
        assertThat(request).hasToString("user/ana[token] a[pin] on order/42[card] in [session]");
    }

    @Test
    @DisplayName("properties are copied, keep their order and may be null")
    void copiesProperties() {
        Map<String, Object> given = new HashMap<>();
        given.put("b", null);
        Subject subject = new Subject("user", "ana", given).with("a", 1);
        given.put("c", 2);
        assertThat(subject.properties().keySet()).containsExactly("b", "a");
        assertThatThrownBy(() -> subject.properties().put("d", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @DisplayName("stages for the same people become the one that asks for more of them")
    void mergesStages() {
        Stage two = new Stage(FINANCE.by(), 2);
        Requirement one = requirement(FINANCE);
        assertThat(one.merge(requirement(two)).stages()).containsExactly(two);
        assertThat(one.merge(requirement(two)).people()).isEqualTo(2);
    }

    @Test
    @DisplayName("narrower terms are within wider ones, and never the other way round")
    void narrowTerms() {
        GrantTerms wide = new GrantTerms(GrantScope.ACTION, Duration.ofHours(1), 5, GrantClock.FIRST_USE);
        assertThat(GrantTerms.DEFAULT.isWithin(wide)).isTrue();
        assertThat(wide.isWithin(GrantTerms.DEFAULT)).isFalse();
        assertThat(wide.narrowest(GrantTerms.DEFAULT)).isEqualTo(GrantTerms.DEFAULT);
    }

    @Test
    @DisplayName("wall 9: every reason has a code and a word of its own")
    void reasons() {
        assertThat(Arrays.stream(Reason.values()).map(Reason::code)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Reason.values()).map(Reason::word)).doesNotHaveDuplicates();
        assertThat(Reason.NO_RULE_MATCHED.word()).isEqualTo("no-rule-matched");
    }

    @Test
    @DisplayName("faults of configuration are told all at once")
    void configurationProblems() {
        JitConfigurationException all = new JitConfigurationException(List.of(
                new ConfigurationProblem("JIT-C001", "policy", "no policy"),
                new ConfigurationProblem("JIT-C002", "", "no audit sink")));
        assertThat(all).hasMessage("2 problems:\n- policy JIT-C001 no policy\n- JIT-C002 no audit sink");
        assertThatIllegalArgumentException().isThrownBy(() -> new JitConfigurationException(List.of()));
    }

    @Test
    @DisplayName("a refusal reads as one message: code, what, why, details, what to do")
    void refusalMessage() {
        Refusal refusal = new Refusal(
                Reason.APPROVAL_REQUIRED,
                "payment.refund",
                "user/ana",
                "order/42",
                Optional.empty(),
                List.of("a", "b"),
                "v1",
                "nobody was asked",
                "Ask.",
                Explanation.NONE);
        assertThat(new ActionDeniedException(refusal))
                .hasMessage("[JIT-300] payment.refund on order/42 by user/ana did not run: policy asks for approval "
                        + "(rules a, b); nobody was asked. Ask.");
    }

    private static Requirement requirement(Stage stage) {
        return new Requirement(
                Set.of(stage), Duration.ofHours(1), Duration.ofHours(1), GrantTerms.DEFAULT, false, false);
    }

    @Test
    @DisplayName("wall 6: a request or grant that has ended cannot be moved by hand either")
    void arrows() {
        ApprovalRequest request = Lives.request();
        ApprovalRequest denied =
                request.ended(ApprovalRequest.State.DENIED, Reason.APPROVAL_DENIED, Lives.NOW, Optional.empty());
        for (ApprovalRequest.State state : ApprovalRequest.State.values()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> denied.ended(state, Reason.APPROVED, Lives.NOW, Optional.empty()));
        }
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        request.ended(ApprovalRequest.State.PENDING, Reason.APPROVED, Lives.NOW, Optional.empty()));
        Grant grant = Lives.grant();
        Grant used = grant.begun(Lives.NOW);
        assertThat(used.state()).isEqualTo(Grant.State.EXHAUSTED);
        assertThatIllegalStateException().isThrownBy(() -> used.begun(Lives.NOW));
        assertThatIllegalStateException().isThrownBy(() -> used.ended(Grant.State.REVOKED));
        assertThatIllegalStateException().isThrownBy(() -> used.useEnded(1).useEnded(1));
        assertThatIllegalStateException().isThrownBy(() -> grant.begun(Lives.NOW.plusSeconds(900)));
        assertThatIllegalStateException().isThrownBy(() -> grant.begun(Lives.NOW.minusNanos(1)));
    }
}
