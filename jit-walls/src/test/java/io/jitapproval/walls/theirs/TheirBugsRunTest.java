package io.jitapproval.walls.theirs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Attempt;
import io.jitapproval.Bundle;
import io.jitapproval.BundleAttempt;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("their bugs, not ours: how approved things run")
class TheirBugsRunTest {

    private static final String POLICY = """
            {"default": "deny", "rules": [
              {"id": "ask", "actions": ["pay"], "effect": "require-approval", "approval": {"by": {"role": "BOSS"}, "people": 1}},
              {"id": "never", "actions": ["pay"], "effect": "deny", "when": {"action.amount": {"moreThan": 100}}}]}
            """;

    private static MethodGuard guard() {
        return Jit.guard()
                .policy(PolicySources.text("their-bugs.json", POLICY))
                .audit(AuditSinks.memory(1_000))
                .people(People.of(People.person("mia", "BOSS"), People.person("ana")))
                .build();
    }

    private static Attempt pay(MethodGuard guard, int amount) {
        return guard.attempt("pay").by(Subject.user("ana")).with("amount", amount);
    }

    /** Submits the amounts as a bundle, approves those that may be approved, and gives the amounts that then ran. */
    private static List<Integer> ours(List<Integer> amounts, List<Integer> approved) {
        try (MethodGuard guard = guard()) {
            BundleAttempt attempt = guard.bundle("batch");
            amounts.forEach(amount -> attempt.add(pay(guard, amount)));
            Bundle bundle = attempt.submit();
            for (int i = 0; i < amounts.size(); i++) {
                if (approved.contains(amounts.get(i))) {
                    bundle.items()
                            .get(i)
                            .request()
                            .ifPresent(request ->
                                    guard.approvals().vote(request.id(), Vote.approve(request, Ref.user("mia"))));
                }
            }
            List<Integer> ran = new ArrayList<>();
            for (int amount : amounts) {
                try {
                    pay(guard, amount).run(() -> ran.add(amount));
                } catch (JitApprovalException refused) {
                    assertThat(refused.reason().code()).startsWith("JIT-");
                }
            }
            return ran;
        }
    }

    private static void checkPositionNeverMatters(BiFunction<List<Integer>, List<Integer>, List<Integer>> batches) {
        List<Integer> approved = List.of(1, 3);
        for (List<Integer> order : orders(List.of(1, 2, 3, 500))) {
            assertThat(batches.apply(order, approved)).as("ran of %s", order).containsExactlyInAnyOrder(1, 3);
        }
    }

    private static List<List<Integer>> orders(List<Integer> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (Integer first : items) {
            List<Integer> rest = new ArrayList<>(items);
            rest.remove(first);
            for (List<Integer> order : orders(rest)) {
                List<Integer> one = new ArrayList<>(List.of(first));
                one.addAll(order);
                all.add(one);
            }
        }
        return all;
    }

    @Test
    @DisplayName("batch position skipping the gate: in every order of a bundle exactly the approved items run")
    void batchPosition() {
        checkPositionNeverMatters(TheirBugsRunTest::ours);
    }

    @Test
    @DisplayName("batch position skipping the gate, twin: the gate looks at the first item and lets the batch through")
    void batchPositionTwin() {
        assertThatThrownBy(() -> checkPositionNeverMatters(
                        (amounts, approved) -> approved.contains(amounts.get(0)) ? amounts : List.of()))
                .isInstanceOf(AssertionError.class);
    }
}
