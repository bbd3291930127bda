package io.jitapproval.core.feedback.insight;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * What to look at and how sure to be.
 *
 * @param window       how far back; positive
 * @param asOf         until when; empty means the latest time in the history
 * @param zone         in which days and hours are counted
 * @param confidence   of every bound, between 0 and 1, both excluded
 * @param discoveries  the share of false ones among several findings of a kind, between 0 and 1, both excluded
 * @param wrong        how many of the answers of an automatic rule people may deny, between 0 and 1, both excluded
 * @param weeklyBudget how many unusual uses are shown for a week at most; not negative
 * @param readingFloor what nobody reads a request in; positive
 * @param peers        names of the subject's properties that make peers; the first that a subject has counts
 */
public record InsightSettings(
        Duration window,
        Optional<Instant> asOf,
        ZoneId zone,
        double confidence,
        double discoveries,
        double wrong,
        int weeklyBudget,
        Duration readingFloor,
        List<String> peers) {

    /**
     * 90 days up to the end of the history, UTC, 95 %, one false discovery in ten, 2 % wrong, ten uses a week, ten seconds, and peers by
     * {@code department}, {@code role} or {@code team}.
     */
    public static final InsightSettings DEFAULT = new InsightSettings(
            Duration.ofDays(90),
            Optional.empty(),
            ZoneOffset.UTC,
            0.95,
            0.1,
            0.02,
            10,
            Duration.ofSeconds(10),
            List.of("department", "role", "team"));

    /**
     * Checks the numbers.
     *
     * @param window       as above
     * @param asOf         as above
     * @param zone         as above
     * @param confidence   as above
     * @param discoveries  as above
     * @param wrong        as above
     * @param weeklyBudget as above
     * @param readingFloor as above
     * @param peers        as above
     * @throws IllegalArgumentException if a number is out of its range
     */
    public InsightSettings {
        requirePositive(window, "window");
        requireNonNull(asOf, "asOf");
        requireNonNull(zone, "zone");
        requireShare(confidence, "confidence");
        requireShare(discoveries, "discoveries");
        requireShare(wrong, "wrong");
        if (weeklyBudget < 0) {
            throw new IllegalArgumentException("weeklyBudget must not be negative, but was " + weeklyBudget);
        }
        requirePositive(readingFloor, "readingFloor");
        peers = List.copyOf(peers);
    }

    /**
     * The same with another window.
     *
     * @param other how far back
     * @return the settings
     * @throws IllegalArgumentException if it is not positive
     */
    public InsightSettings within(Duration other) {
        return new InsightSettings(
                other, asOf, zone, confidence, discoveries, wrong, weeklyBudget, readingFloor, peers);
    }

    /**
     * The same with another budget.
     *
     * @param other how many unusual uses are shown for a week at most
     * @return the settings
     * @throws IllegalArgumentException if it is negative
     */
    public InsightSettings budget(int other) {
        return new InsightSettings(window, asOf, zone, confidence, discoveries, wrong, other, readingFloor, peers);
    }

    private static void requirePositive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, but was " + value);
        }
    }

    private static void requireShare(double value, String name) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, both excluded, but was " + value);
        }
    }
}
