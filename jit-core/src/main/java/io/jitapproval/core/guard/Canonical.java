package io.jitapproval.core.guard;

import io.jitapproval.Ref;
import io.jitapproval.spi.PeopleDirectory;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Maps identities to the person behind them, learnt before any lock is taken; an unknown identity stays what it is. */
final class Canonical implements UnaryOperator<Ref> {

    /** A type that no identity has. */
    private static final String PERSON = "\0person";

    private final PeopleDirectory people;
    private final Map<Ref, Ref> known = new HashMap<>();

    Canonical(PeopleDirectory people) {
        this.people = people;
    }

    Canonical learn(Iterable<Ref> identities) throws Exception {
        for (Ref identity : identities) {
            people.find(identity).ifPresent(person -> known.put(identity, new Ref(PERSON, person.id())));
        }
        return this;
    }

    @Override
    public Ref apply(Ref identity) {
        return known.getOrDefault(identity, identity);
    }
}
