package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How suggestions are handled. What must hold in any case (who accepts, what stays closed) is no setting.
 *
 * @param shadowDecisions   how many decisions of people a suggestion is watched beside before it can be accepted; 0 or more, by default 50
 * @param auditShare        the share of what accepted rules would approve that goes to people all the same, blind; from 0.05 to 0.2, by
 *                          default 0.1
 * @param inForce           how long an acceptance holds at most; positive, at most {@link #LONGEST_IN_FORCE}, which is the default
 * @param budget            what the δ of all certificates accepted in a period may be together; between 0 and 1, by default 0.2
 * @param period            that period; positive, by default 365 days
 * @param monitorConfidence how sure the monitor is before it suspends, over all its looks together; between 0 and 1, by default 0.95
 * @param stayAway          how long a suggestion that was rolled back stays away; positive, by default 30 days
 * @param lookEvery         how often the monitor looks by itself, in real time; zero for never, by default every minute
 * @param models            the directory in which models are kept, one for all guards on the store; empty keeps them in the store, where one
 *                          may have at most {@link #LARGEST_IN_STORE} characters
 */
public record SuggestionSettings(
        int shadowDecisions,
        BigDecimal auditShare,
        Duration inForce,
        double budget,
        Duration period,
        double monitorConfidence,
        Duration stayAway,
        Duration lookEvery,
        Optional<Path> models) {

    /** No acceptance holds longer: 90 days. */
    public static final Duration LONGEST_IN_FORCE = Duration.ofDays(90);

    /** The largest model that is kept in the store: 262 144 characters. */
    public static final int LARGEST_IN_STORE = 1 << 18;

    private static final BigDecimal LEAST_SHARE = new BigDecimal("0.05");
    private static final BigDecimal MOST_SHARE = new BigDecimal("0.2");

    /** All defaults. */
    public static final SuggestionSettings DEFAULT = new SuggestionSettings(
            50,
            new BigDecimal("0.1"),
            LONGEST_IN_FORCE,
            0.2,
            Duration.ofDays(365),
            0.95,
            Duration.ofDays(30),
            Duration.ofMinutes(1),
            Optional.empty());

    /**
     * Checks the numbers.
     *
     * @param shadowDecisions   as above
     * @param auditShare        as above
     * @param inForce           as above
     * @param budget            as above
     * @param period            as above
     * @param monitorConfidence as above
     * @param stayAway          as above
     * @param lookEvery         as above
     * @param models            as above
     * @throws IllegalArgumentException if one is out of its range
     */
    public SuggestionSettings {
        requireNonNull(models, "models");
        if (shadowDecisions < 0) {
            throw new IllegalArgumentException("shadowDecisions must be 0 or more, but was " + shadowDecisions);
        }
        if (auditShare.compareTo(LEAST_SHARE) < 0 || auditShare.compareTo(MOST_SHARE) > 0 || auditShare.scale() > 4) {
            throw new IllegalArgumentException(
                    "auditShare must be from 0.05 to 0.2 with at most 4 decimals, but was " + auditShare);
        }
        if (inForce.isNegative() || inForce.isZero() || inForce.compareTo(LONGEST_IN_FORCE) > 0) {
            throw new IllegalArgumentException("inForce must be positive and at most 90 days, but was " + inForce);
        }
        if (!(budget > 0 && budget < 1) || !(monitorConfidence > 0 && monitorConfidence < 1)) {
            throw new IllegalArgumentException("budget and monitorConfidence must be between 0 and 1, but were "
                    + budget + " and " + monitorConfidence);
        }
        if (period.isNegative() || period.isZero() || stayAway.isNegative() || stayAway.isZero()) {
            throw new IllegalArgumentException(
                    "period and stayAway must be positive, but were " + period + " and " + stayAway);
        }
        if (lookEvery.isNegative()) {
            throw new IllegalArgumentException("lookEvery must not be negative, but was " + lookEvery);
        }
    }

    /**
     * With another number of decisions in the shadow.
     *
     * @param decisions how many
     * @return the settings
     */
    public SuggestionSettings withShadowDecisions(int decisions) {
        return new SuggestionSettings(
                decisions, auditShare, inForce, budget, period, monitorConfidence, stayAway, lookEvery, models);
    }

    /**
     * With another share of blind samples.
     *
     * @param share the share
     * @return the settings
     */
    public SuggestionSettings withAuditShare(BigDecimal share) {
        return new SuggestionSettings(
                shadowDecisions, share, inForce, budget, period, monitorConfidence, stayAway, lookEvery, models);
    }

    /**
     * With another error budget.
     *
     * @param most  what all δ may be together
     * @param over  in which period
     * @return the settings
     */
    public SuggestionSettings withBudget(double most, Duration over) {
        return new SuggestionSettings(
                shadowDecisions, auditShare, inForce, most, over, monitorConfidence, stayAway, lookEvery, models);
    }

    /**
     * With other pauses between the monitor's looks.
     *
     * @param pause the pause; zero for never
     * @return the settings
     */
    public SuggestionSettings withLookEvery(Duration pause) {
        return new SuggestionSettings(
                shadowDecisions, auditShare, inForce, budget, period, monitorConfidence, stayAway, pause, models);
    }

    /**
     * With models in a directory.
     *
     * @param directory the directory; it must exist
     * @return the settings
     */
    public SuggestionSettings withModels(Path directory) {
        return new SuggestionSettings(
                shadowDecisions,
                auditShare,
                inForce,
                budget,
                period,
                monitorConfidence,
                stayAway,
                lookEvery,
                Optional.of(directory));
    }
}
