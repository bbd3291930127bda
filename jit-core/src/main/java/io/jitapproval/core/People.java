package io.jitapproval.core;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Ref;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** People directories that come with the library. */
public final class People {

    private People() {}

    /**
     * Knows nobody: nobody can approve anything.
     *
     * @return the directory
     */
    public static PeopleDirectory nobody() {
        return of();
    }

    /**
     * A fixed set of people; each has the one identity {@code user/<id>}.
     *
     * @param people the people
     * @return the directory
     * @throws IllegalArgumentException if two have the same id
     */
    public static PeopleDirectory of(Person... people) {
        Map<Person, Collection<Ref>> identities = new LinkedHashMap<>();
        Arrays.stream(people).forEach(person -> identities.put(person, List.of(Ref.user(person.id()))));
        return of(identities);
    }

    /**
     * A fixed set of people with all their identities.
     *
     * @param identities the identities of each person
     * @return the directory
     * @throws IllegalArgumentException if two have the same id, or an identity belongs to two
     */
    public static PeopleDirectory of(Map<Person, ? extends Collection<Ref>> identities) {
        return new Fixed(identities);
    }

    /**
     * A person.
     *
     * @param id    the canonical id, which is also the name
     * @param roles the roles
     * @return the person, in no group
     */
    public static Person person(String id, String... roles) {
        return new Person(id, id, Set.of(roles), Set.of());
    }

    private static final class Fixed implements PeopleDirectory {

        private final Map<Ref, Person> byIdentity = new LinkedHashMap<>();
        private final Map<String, Person> byId = new LinkedHashMap<>();

        Fixed(Map<Person, ? extends Collection<Ref>> identities) {
            identities.forEach((person, refs) -> {
                if (byId.putIfAbsent(person.id(), person) != null) {
                    throw new IllegalArgumentException("two people have the id '" + person.id() + "'");
                }
                for (Ref ref : refs) {
                    Person other = byIdentity.putIfAbsent(ref, person);
                    if (other != null && !other.id().equals(person.id())) {
                        throw new IllegalArgumentException(
                                ref + " belongs to both " + other.id() + " and " + person.id());
                    }
                }
            });
        }

        @Override
        public Optional<Person> find(Ref identity) {
            return Optional.ofNullable(byIdentity.get(identity));
        }

        @Override
        public Collection<Person> named(ApproverSelector selector) {
            List<Person> named = new ArrayList<>();
            for (Person person : byId.values()) {
                boolean is = switch (selector.kind()) {
                    case ROLE -> person.roles().contains(selector.name());
                    case GROUP -> person.groups().contains(selector.name());
                    case PERSON -> person.id().equals(selector.name());
                    case ATTRIBUTE -> false;
                };
                if (is) {
                    named.add(person);
                }
            }
            return named;
        }
    }
}
