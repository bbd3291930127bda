package io.jitapproval.core.analysis;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The moment from which on requests are considered, and what is known already of the moments behind it. */
final class Present {

    private final Instant at;
    /** By what looks at the time. */
    private final Map<Set<String>, List<Sample>> moments = new HashMap<>();

    Present(Instant at) {
        this.at = at;
    }

    Instant at() {
        return at;
    }

    /** The moments that these comparisons tell apart; found once, for many rules have the same. */
    List<Sample> moments(Set<String> comparisons, Supplier<List<Sample>> find) {
        List<Sample> known = moments.get(comparisons);
        if (known == null) {
            known = find.get();
            moments.put(comparisons, known);
        }
        return known;
    }
}
