package io.jitapproval.core.cases;

import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation;
import io.jitapproval.Requirement;
import io.jitapproval.core.Explanations;
import io.jitapproval.core.people.Crowd;
import io.jitapproval.core.people.Electors;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.AttributeResolver;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy answers to the question of a case.
 *
 * @param decision  the answer
 * @param explained the same answer with its full explanation
 * @param required  what it asks or gives, if anything
 * @param approvers who could approve, where people are asked
 */
record Outcome(Decision decision, Decision explained, Optional<Requirement> required, Optional<Electors> approvers) {

    static Outcome of(Policy policy, Crowd crowd, Case asked) {
        EvaluationRequest request = asked.request();
        Instant time = asked.time();
        List<AttributeResolver> resolvers = List.of(asked.answers(), crowd);
        AttributeLookup lookup = new AttributeLookup(resolvers);
        Decision decision = policy.evaluate(request, time, lookup);
        Decision explained = policy.explained(request, time, new AttributeLookup(resolvers), Set.of());
        if (decision instanceof Decision.ApprovalRequired asks) {
            Electors approvers = Electors.of(asks.requirement(), request, time, lookup, crowd);
            return new Outcome(decision, explained, Optional.of(asks.requirement()), Optional.of(approvers));
        }
        Optional<Requirement> gives =
                decision instanceof Decision.Permit permit ? permit.automatic() : Optional.<Requirement>empty();
        return new Outcome(decision, explained, gives, Optional.empty());
    }

    /** The explanation for people; a case says its time elsewhere, and often for all cases of the file. */
    String text(Case asked) {
        Explanation explanation = explained.explanation();
        String text = approvers.isEmpty()
                ? Explanations.text(decision, explanation, asked.request())
                : Explanations.text(decision, explanation, asked.request(), approvers.get()::of);
        return text + "time   " + asked.time();
    }
}
