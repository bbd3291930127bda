package io.jitapproval.walls.simulation;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Ref;
import io.jitapproval.core.People;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.util.Collection;
import java.util.Optional;

/** The people, with a pause before each question. */
final class Staff implements PeopleDirectory {

    private static final PeopleDirectory PEOPLE = People.of(
            People.person("ana"),
            People.person("mia", "FINANCE"),
            People.person("tom", "FINANCE"),
            People.person("zoe", "FINANCE"),
            People.person("ada", "BOSS"));

    private final Conductor conductor;

    Staff(Conductor conductor) {
        this.conductor = conductor;
    }

    @Override
    public Optional<Person> find(Ref identity) throws Exception {
        conductor.pause(() -> "asks who " + identity + " is");
        return PEOPLE.find(identity);
    }

    @Override
    public Collection<Person> named(ApproverSelector selector) throws Exception {
        conductor.pause(() -> "asks who " + selector + " is");
        return PEOPLE.named(selector);
    }
}
