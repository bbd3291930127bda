package io.jitapproval.core.cases;

import static java.util.Objects.requireNonNull;

import io.jitapproval.core.document.Node.Place;
import java.time.Duration;
import java.util.List;

/**
 * What became of one case.
 *
 * @param name        its name
 * @param place       where in its file it begins
 * @param differences what was not as expected; empty if it passed
 * @param explanation the full explanation of the decision; empty if there was none
 * @param time        how long it took
 */
public record CaseResult(String name, Place place, List<String> differences, String explanation, Duration time) {

    public CaseResult {
        requireNonNull(name, "name");
        requireNonNull(place, "place");
        differences = List.copyOf(differences);
        requireNonNull(explanation, "explanation");
        requireNonNull(time, "time");
    }

    /** Whether everything was as expected. */
    public boolean passed() {
        return differences.isEmpty();
    }
}
