package io.jitapproval.core.guard;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Attributes from outside: asks resolvers within their time limits. */
final class Attributes {

    private final List<AttributeResolver> resolvers;
    private final Limited limited;
    private final AttributeLookup.Calling calling = this::call;

    Attributes(GuardSettings settings, Limited limited) {
        List<AttributeResolver> all = new ArrayList<>(settings.attributes());
        all.add(new FromDirectory(settings.people()));
        this.resolvers = List.copyOf(all);
        this.limited = limited;
    }

    /** For one evaluation, at the one time that the clock tells. */
    AttributeLookup lookup(InstantSource clock) {
        return new AttributeLookup(resolvers, clock, calling);
    }

    private Optional<Object> call(AttributeResolver resolver, String attribute, EvaluationRequest request)
            throws Exception {
        if (resolver instanceof Evidence != attribute.startsWith(Evidence.ROOT)) {
            return Optional.empty();
        }
        return limited.call(resolver.timeLimit(), () -> resolver.resolve(attribute, request));
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

        @Override
        public String name() {
            return "people directory";
        }

        @Override
        public Duration timeLimit() {
            return Duration.ZERO;
        }

        private Optional<Object> of(EvaluationRequest request, Function<Person, Set<String>> names) throws Exception {
            return people.find(request.subject().ref()).map(names);
        }
    }
}
