package io.jitapproval.core.guard;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a request says about the time and the place of its grant among others.
 *
 * @param startsAt when the grant is to begin; empty for at once
 * @param ancestry the grants that it goes on after, the one that it extends first
 */
record Ahead(Optional<Instant> startsAt, List<String> ancestry) {

    static final Ahead NONE = new Ahead(Optional.empty(), List.of());

    static Ahead from(Instant start) {
        return new Ahead(Optional.of(start), List.of());
    }

    static Ahead extending(String grantId) {
        return new Ahead(Optional.empty(), List.of(grantId));
    }

    /** The instant from which on the grant would be used. */
    Instant begins(Instant now) {
        return startsAt.filter(now::isBefore).orElse(now);
    }

    /** Tells requests apart that equal each other otherwise. */
    String key() {
        return equals(NONE) ? "" : "." + startsAt.map(Instant::toString).orElse("") + "." + String.join(",", ancestry);
    }
}
