package io.jitapproval.walls.model;

import io.jitapproval.Shown;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.PeopleDirectory;
import java.util.List;

/** Something that is broken in the engine, from outside, or turned round in the model; as it stands, nothing is. */
class Twin {

    Moves model() {
        return new Moves();
    }

    Plan plan(Plan plan) {
        return plan;
    }

    GrantStore store(GrantStore store) {
        return store;
    }

    AuditSink sink(AuditSink sink) {
        return sink;
    }

    PeopleDirectory people(PeopleDirectory people) {
        return people;
    }

    /** What a voter names as seen. */
    Shown shown(boolean stale, Shown first, Shown now) {
        return stale ? first : now;
    }

    /** What a caller does who was refused; what it says then. */
    String instead(String refused, Act act, List<String> ran) {
        return refused;
    }
}
