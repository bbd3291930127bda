package io.jitapproval.walls.feedback;

import static io.jitapproval.walls.feedback.Bureau.ANA;
import static io.jitapproval.walls.feedback.Bureau.ID;
import static io.jitapproval.walls.feedback.Bureau.OLGA;
import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Decision;
import io.jitapproval.Reason;
import io.jitapproval.Subject;
import io.jitapproval.core.SuggestionDesk.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

@Label("wall 16: what accepting a suggestion never changes, over generated policies")
class SuggestionLawsTest {

    private static final String BY = "\"by\": {\"role\": \"FINANCE\"}";
    private static final int MOST = 4;

    /** Some rule of a policy; with the amounts from which it matches. */
    record Some(String effect, int from, boolean never, boolean high, int uses) {

        String text(int id) {
            String approval = effect.equals("require-approval")
                    ? ", \"approval\": {" + BY + (never ? ", \"autoApproval\": \"never\"" : "")
                            + "}, \"grant\": {\"uses\": " + uses + "}"
                    : "";
            return "{\"id\": \"r" + id + "\", \"actions\": [\"pay\"], \"effect\": \"" + effect + "\""
                    + (from == 0 ? "" : ", \"when\": {\"action.amount\": {\"atLeast\": " + from + "}}")
                    + (high ? ", \"risk\": \"high\"" : "") + approval + "}";
        }

        boolean matches(int amount) {
            return amount >= from;
        }

        boolean closes() {
            return effect.equals("deny") || (effect.equals("require-approval") && never) || high;
        }
    }

    @Provide
    Arbitrary<List<Some>> policies() {
        return Combinators.combine(
                        Arbitraries.of("deny", "require-approval", "require-approval", "require-approval", "allow"),
                        Arbitraries.integers().between(0, MOST),
                        Arbitraries.of(true, false, false),
                        Arbitraries.of(true, false, false, false, false),
                        Arbitraries.integers().between(1, 3))
                .as(Some::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static List<Decision> answers(Bureau bureau) {
        List<Decision> answers = new ArrayList<>();
        for (int amount = 0; amount <= MOST; amount++) {
            answers.add(bureau.guard
                    .attempt("pay")
                    .by(Subject.user("ana"))
                    .with("amount", amount)
                    .decide());
        }
        return answers;
    }

    @Property(tries = 150, seed = "20260105")
    @Label(
            "nothing that a deny, a never or a high risk covers has another answer; what people would have to be asked is narrowed as before")
    void nothingClosedOpens(@ForAll("policies") List<Some> policy, @ForAll @IntRange(min = 0, max = 4) int upTo) {
        List<String> rules = new ArrayList<>(List.of(Bureau.OWNERS));
        for (int i = 0; i < policy.size(); i++) {
            rules.add(policy.get(i).text(i));
        }

        String suggested = Bureau.rule(
                "small", ", \"when\": {\"action.amount\": {\"atMost\": " + upTo + "}}, \"grant\": {\"uses\": 9}");
        try (Bureau bureau = Bureau.of(Bureau.SETTINGS.withShadowDecisions(0), rules.toArray(String[]::new))) {
            List<Decision> before = answers(bureau);
            Answer filed = bureau.desk().propose(Bureau.proposal(300, 0.01, "run", Set.of(ANA), suggested));
            if (filed.isDone()) {
                assertThat(bureau.desk().accept(ID, OLGA, "").isDone()).isTrue();
            } else {
                assertThat(filed.reason()).isEqualTo(Reason.ACTION_CLOSED);
            }
            List<Decision> after = answers(bureau);
            for (int amount = 0; amount <= MOST; amount++) {
                Decision was = before.get(amount);
                Decision is = after.get(amount);
                int asked = amount;
                boolean closed = policy.stream().anyMatch(rule -> rule.matches(asked) && rule.closes());
                if (closed || !filed.isDone() || amount > upTo) {
                    assertThat(is.kind()).isEqualTo(was.kind());
                    assertThat(is.reason()).isEqualTo(was.reason());
                    assertThat(is.rules()).isEqualTo(was.rules());
                } else if (is instanceof Decision.Permit permit && was instanceof Decision.ApprovalRequired required) {
                    assertThat(permit.automatic().orElseThrow().grant().uses())
                            .isLessThanOrEqualTo(required.requirement().grant().uses());
                }
            }
        }
    }
}
