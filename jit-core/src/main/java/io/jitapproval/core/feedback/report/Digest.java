package io.jitapproval.core.feedback.report;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What accepted suggestions did in a week, or in any other time.
 *
 * @param from       from when on
 * @param to         until when
 * @param saved      how many approvals people were not asked for
 * @param waitSaved  how long these would have waited, as comparable ones did; all of them together
 * @param audited    how many went to people all the same, as a blind sample
 * @param disagreed  how many of those people denied
 * @param bound      the bound of the share that people would deny; empty if none is known
 * @param confidence that of the bound, between 0 and 1
 * @param suspended  the rules that suspended themselves and wait for a person
 * @param expiring   the rules that end soon
 */
public record Digest(
        Instant from,
        Instant to,
        long saved,
        Duration waitSaved,
        long audited,
        long disagreed,
        OptionalDouble bound,
        double confidence,
        List<String> suspended,
        List<Expiring> expiring) {

    /**
     * Checks that everything is there and copies the lists.
     *
     * @param from       as above
     * @param to         as above
     * @param saved      as above
     * @param waitSaved  as above
     * @param audited    as above
     * @param disagreed  as above
     * @param bound      as above
     * @param confidence as above
     * @param suspended  as above
     * @param expiring   as above
     */
    public Digest {
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        requireNonNull(waitSaved, "waitSaved");
        requireNonNull(bound, "bound");
        suspended = List.copyOf(suspended);
        expiring = List.copyOf(expiring);
    }

    /**
     * A rule that ends by itself.
     *
     * @param rule its id
     * @param at   when it ends
     */
    public record Expiring(String rule, Instant at) {

        /**
         * Checks that both are there.
         *
         * @param rule as above
         * @param at   as above
         */
        public Expiring {
            requireNonNull(rule, "rule");
            requireNonNull(at, "at");
        }
    }
}
