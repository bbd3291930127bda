package io.jitapproval.core.guard;

import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Policy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks the policy, with everything that it may want to know. */
final class Evaluator {

    private final PolicyInForce inForce;
    private final Attributes attributes;
    private final InstantSource clock;

    Evaluator(GuardSettings settings, PolicyInForce inForce, Attributes attributes) {
        this.inForce = inForce;
        this.clock = settings.time();
        this.attributes = attributes;
    }

    /**
     * An answer, with what it took: so that it can be explained later without being decided again.
     *
     * @param decision the answer
     * @param request  the question
     * @param policy   the policy that answered
     * @param now      the time that it was told
     * @param lookup   the attributes that it fetched
     */
    record Answer(Decision decision, EvaluationRequest request, Policy policy, Instant now, AttributeLookup lookup) {

        /** The same answer with its full explanation: by the same policy at the same time, and nothing more is fetched. */
        Decision explained(Set<String> hidden) {
            return policy.explained(request, now, lookup.sealed(), hidden);
        }
    }

    Answer decide(EvaluationRequest request) {
        Policy policy = inForce.policy();
        Instant now = clock.instant();
        AttributeLookup lookup = attributes.lookup(now);
        return new Answer(policy.evaluate(request, now, lookup), request, policy, now, lookup);
    }

    /** Why the rules that decided are there, for people; may be empty. */
    static String because(Decision decision) {
        return decision.explanation().rules().stream()
                .filter(rule -> decision.rules().contains(rule.rule())
                        && !rule.because().isEmpty())
                .map(RuleTrace::because)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** A decision with its full explanation, for which everything is fetched that any rule looks at. */
    Decision explained(EvaluationRequest request) {
        Instant now = clock.instant();
        return inForce.policy().explained(request, now, attributes.lookup(now), Set.of());
    }
}
