package io.jitapproval.core.people;

import io.jitapproval.ApproverSelector;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Ref;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The people of a file. Tells the roles and groups of a subject that does not carry them, as a guard's directory does.
 */
public final class Crowd implements AttributeResolver {

    /** For a file that names nobody. */
    public static final Crowd NOBODY = new Crowd(List.of(), Map.of());

    private final Map<String, Person> byId = new LinkedHashMap<>();
    private final Map<Ref, String> identities;

    Crowd(List<Person> people, Map<Ref, String> identities) {
        people.forEach(person -> byId.put(person.id(), person));
        this.identities = Map.copyOf(identities);
    }

    /** Their ids, in the order of the file. */
    public Set<String> ids() {
        return Collections.unmodifiableSet(byId.keySet());
    }

    /** Everybody, in the order of the file. */
    public List<Person> everybody() {
        return List.copyOf(byId.values());
    }

    /** Whose identity it is. */
    public Optional<Person> find(Ref identity) {
        return Optional.ofNullable(identities.get(identity)).map(byId::get);
    }

    /** The people whom a selector names; an attribute names nobody here. */
    List<Person> named(ApproverSelector.Kind kind, String name) {
        List<Person> named = new ArrayList<>();
        for (Person person : byId.values()) {
            boolean is = switch (kind) {
                case ROLE -> person.roles().contains(name);
                case GROUP -> person.groups().contains(name);
                case PERSON -> person.id().equals(name);
                case ATTRIBUTE -> false;
            };
            if (is) {
                named.add(person);
            }
        }
        return named;
    }

    @Override
    public Optional<Object> resolve(String attribute, EvaluationRequest request) {
        Optional<Person> person = find(request.subject().ref());
        return switch (attribute) {
            case "subject.roles" -> person.map(Person::roles);
            case "subject.groups" -> person.map(Person::groups);
            default -> Optional.empty();
        };
    }

    @Override
    public String name() {
        return "people";
    }

    /** They are in memory. */
    @Override
    public Duration timeLimit() {
        return Duration.ZERO;
    }
}
