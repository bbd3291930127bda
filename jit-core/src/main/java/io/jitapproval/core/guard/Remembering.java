package io.jitapproval.core.guard;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Ref;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A directory for one answer over many requests: asks each question once. For one thread. */
final class Remembering implements PeopleDirectory {

    private final PeopleDirectory people;
    private final Map<Ref, Optional<Person>> found = new HashMap<>();
    private final Map<ApproverSelector, Collection<Person>> named = new HashMap<>();

    Remembering(PeopleDirectory people) {
        this.people = people;
    }

    @Override
    public Optional<Person> find(Ref identity) throws Exception {
        Optional<Person> known = found.get(identity);
        if (known == null) {
            known = people.find(identity);
            found.put(identity, known);
        }
        return known;
    }

    @Override
    public Collection<Person> named(ApproverSelector selector) throws Exception {
        Collection<Person> known = named.get(selector);
        if (known == null) {
            known = List.copyOf(people.named(selector));
            named.put(selector, known);
        }
        return known;
    }
}
