package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which policy is in force, and whether a newer one was refused. For health checks and start-up logs.
 *
 * @param version  the version in force: the hash of what it says
 * @param origins  where its documents came from
 * @param rules    how many rules it has
 * @param loadedAt since when it is in force, by the guard's clock
 * @param refused  what is wrong with the documents as they are now; empty if they are the ones in force. Until they are mended, the
 *                 policy in force decides
 */
public record PolicyStatus(
        String version, List<String> origins, int rules, Instant loadedAt, Optional<Refused> refused) {

    /**
     * Checks that everything is there and copies the list.
     *
     * @param version  as above
     * @param origins  as above
     * @param rules    as above
     * @param loadedAt as above
     * @param refused  as above
     */
    public PolicyStatus {
        requireNonNull(version, "version");
        origins = List.copyOf(origins);
        requireNonNull(loadedAt, "loadedAt");
        requireNonNull(refused, "refused");
    }

    /** {@return whether the documents as they are now are in force} */
    public boolean isHealthy() {
        return refused.isEmpty();
    }

    /**
     * Why the documents could not be taken over.
     *
     * @param since    when that was first seen, by the guard's clock
     * @param problems what is wrong; not empty
     */
    public record Refused(Instant since, List<ConfigurationProblem> problems) {

        /**
         * Checks that everything is there and copies the list.
         *
         * @param since    as above
         * @param problems as above
         */
        public Refused {
            requireNonNull(since, "since");
            problems = List.copyOf(problems);
        }
    }
}
