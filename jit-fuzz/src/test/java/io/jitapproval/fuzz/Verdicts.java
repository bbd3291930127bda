package io.jitapproval.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Policy;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What holds of every decision and of every refusal, whatever was read. */
final class Verdicts {

    /** Explains an answer; the engine, or a broken twin. */
    @FunctionalInterface
    interface Explainer {
        Decision explain(Policy policy, EvaluationRequest request, Instant now);
    }

    private static final Pattern CODE = Pattern.compile("JIT-[A-Z][0-9]{3}");
    private static final Pattern ONE_FAULT = Pattern.compile("\\P{Cc}+(\n    \\P{Cc}*\n    [ ^]+)?");
    private static final int LONGEST_PROBLEM = 10_000;

    private Verdicts() {}

    /** A refusal has faults, each with a code and words of a bounded length on one line; what may follow is the place, on two. */
    static void refused(JitConfigurationException refusal) {
        assertThat(refusal.problems()).isNotEmpty();
        for (ConfigurationProblem problem : refusal.problems()) {
            assertThat(problem.code()).matches(CODE);
            assertThat(problem.what()).isNotBlank().hasSizeLessThan(LONGEST_PROBLEM);
            assertThat(problem.what()).matches(ONE_FAULT);
        }
    }

    /** Decides and explains, which must come to the same. */
    static Decision decide(Policy policy, EvaluationRequest request, Instant now) {
        return decide(policy, request, now, Verdicts::explained);
    }

    static Decision decide(Policy policy, EvaluationRequest request, Instant now, Explainer explainer) {
        Decision decided = policy.evaluate(request, now, AttributeLookup.NONE);
        Decision explained = explainer.explain(policy, request, now);
        assertSame(decided, explained);
        assertThat(policy.evaluate(request, () -> now, AttributeLookup.NONE)).isEqualTo(decided);
        assertThat(explained.toString()).isNotBlank();
        assertThat(explained.explanation().nearest()).doesNotContainNull();
        assertThat(explained.explanation().unknown()).doesNotContainKey(null);
        return decided;
    }

    static Decision explained(Policy policy, EvaluationRequest request, Instant now) {
        return policy.explained(request, now, AttributeLookup.NONE, Set.of("hidden"));
    }

    private static void assertSame(Decision decided, Decision explained) {
        assertThat(explained.kind()).isEqualTo(decided.kind());
        assertThat(explained.reason()).isEqualTo(decided.reason());
        assertThat(explained.rules()).isEqualTo(decided.rules());
        assertThat(explained.obligations()).isEqualTo(decided.obligations());
        assertThat(asked(explained)).isEqualTo(asked(decided));
    }

    /**
     * What one answer gave or asked for, the other gives no more and asks no less. As docs/policy.md says, a denial because
     * no rule matches, and no other, may become one that people can lift.
     */
    static void assertNoLooser(Decision before, Decision after) {
        boolean askedOfPeople = after.kind() == Decision.Kind.APPROVAL_REQUIRED;
        int most = before.reason() == Reason.NO_RULE_MATCHED && askedOfPeople ? 1 : permissive(before);
        assertThat(permissive(after)).as("%s became %s", before, after).isLessThanOrEqualTo(most);
        if (after.kind() == Decision.Kind.PERMIT && asked(before).isPresent()) {
            assertThat(after.reason()).isEqualTo(Reason.AUTO_APPROVED);
        }
        boolean comparable =
                before.reason() == after.reason() && !before.rules().isEmpty();
        if (comparable && asked(before).isPresent()) {
            Requirement wanted = asked(after).orElseThrow();
            assertThat(wanted.merge(asked(before).get())).isEqualTo(wanted);
        }
    }

    private static int permissive(Decision decision) {
        return switch (decision.kind()) {
            case DENY -> 0;
            case APPROVAL_REQUIRED -> 1;
            case PERMIT -> 2;
        };
    }

    private static Optional<Requirement> asked(Decision decision) {
        if (decision instanceof Decision.ApprovalRequired approval) {
            return Optional.of(approval.requirement());
        }
        return decision instanceof Decision.Permit permit ? permit.automatic() : Optional.empty();
    }
}
