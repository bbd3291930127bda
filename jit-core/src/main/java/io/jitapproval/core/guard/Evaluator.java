package io.jitapproval.core.guard;

import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Obligation;
import io.jitapproval.Reason;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.core.policy.Relation;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Asks the policy, with everything that it may want to know. */
final class Evaluator {

    private final Policy policy;
    private final List<AttributeResolver> resolvers;
    private final InstantSource clock;
    private final Set<String> obligations;

    Evaluator(GuardSettings settings) {
        this.policy = settings.policy();
        this.clock = settings.time();
        this.obligations = settings.obligations().keySet();
        List<AttributeResolver> all = new ArrayList<>(settings.attributes());
        all.add(new FromDirectory(settings.people()));
        this.resolvers = List.copyOf(all);
    }

    Decision decide(EvaluationRequest request) {
        return settled(policy.evaluate(request, clock.instant(), new AttributeLookup(resolvers)));
    }

    /** The same decision with its full explanation; a refusal is worth the second evaluation. */
    Decision explained(EvaluationRequest request, Set<String> hidden) {
        Instant now = clock.instant();
        return settled(policy.explained(request, now, new AttributeLookup(resolvers), hidden));
    }

    /** The texts that an attribute holds; fetched anew. */
    List<String> holds(String attribute, EvaluationRequest request) {
        return Relation.texts(attribute, request, clock.instant(), new AttributeLookup(resolvers));
    }

    /** What may run only together with something that nobody here can do may not run. */
    private Decision settled(Decision decision) {
        if (decision.obligations().isEmpty() || decision.kind() == Decision.Kind.DENY) {
            return decision;
        }
        List<Obligation> unknown = decision.obligations().stream()
                .filter(obligation -> !obligations.contains(obligation.id()))
                .toList();
        return unknown.isEmpty()
                ? decision
                : new Decision.Deny(
                        Reason.OBLIGATION_UNKNOWN,
                        decision.rules(),
                        decision.policy(),
                        unknown,
                        decision.explanation());
    }

    String because(List<String> rules) {
        return policy.because(rules);
    }

    /** The roles and groups of the subject, where the request does not carry them. */
    private record FromDirectory(PeopleDirectory people) implements AttributeResolver {

        @Override
        public Optional<Object> resolve(String attribute, EvaluationRequest request) throws Exception {
            return switch (attribute) {
                case "subject.roles" -> of(request, Person::roles);
                case "subject.groups" -> of(request, Person::groups);
                default -> Optional.empty();
            };
        }

        private Optional<Object> of(EvaluationRequest request, Function<Person, Set<String>> names) throws Exception {
            return people.find(request.subject().ref()).map(names);
        }
    }
}
