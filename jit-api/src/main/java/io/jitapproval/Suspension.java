package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A rule that answers nobody for the time being.
 *
 * @param rule  the rule's id
 * @param by    who suspended it
 * @param why   why
 * @param since from when on
 */
public record Suspension(String rule, Ref by, String why, Instant since) {

    /**
     * Checks that everything is there.
     *
     * @param rule  as above
     * @param by    as above
     * @param why   as above
     * @param since as above
     */
    public Suspension {
        requireNonNull(rule, "rule");
        requireNonNull(by, "by");
        requireNonNull(why, "why");
        requireNonNull(since, "since");
    }
}
