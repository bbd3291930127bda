package io.jitapproval.walls.attacks;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Ref;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.util.Collection;
import java.util.Optional;

/** A directory whose people change. */
final class Moving implements PeopleDirectory {

    volatile PeopleDirectory now;

    Moving(PeopleDirectory now) {
        this.now = now;
    }

    @Override
    public Optional<Person> find(Ref identity) throws Exception {
        return now.find(identity);
    }

    @Override
    public Collection<Person> named(ApproverSelector selector) throws Exception {
        return now.named(selector);
    }
}
