package io.jitapproval.walls.model;

import io.jitapproval.GrantTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How both sides write down what they see, so that it can be compared, and read. */
final class Words {

    static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private Words() {}

    /** {@return an instant as minutes after the start, with the nanosecond that it is off} */
    static String time(Instant instant) {
        Duration since = Duration.between(START, instant.plusSeconds(30));
        long minutes = since.toMinutes();
        long off = Duration.between(START.plus(Duration.ofMinutes(minutes)), instant)
                .toNanos();
        return minutes + "m" + (off == 0 ? "" : (off > 0 ? "+" : "") + off + "ns");
    }

    static String vote(String person, Optional<String> standsFor, String verdict) {
        return person + standsFor.map(who -> " for " + who).orElse("") + " " + verdict;
    }

    /** A request: for one that is pending the instant until which it is, for others why they are not. */
    static String request(
            int number,
            Object wish,
            int version,
            String state,
            Optional<Instant> until,
            String why,
            List<String> votes) {
        return "#" + number + " " + wish + " v" + version + " " + state
                + until.map(end -> " until " + time(end)).orElse(" " + why) + " " + votes;
    }

    static String grant(
            int number,
            String state,
            int uses,
            GrantTerms terms,
            Instant notBefore,
            Instant useBy,
            Optional<Instant> expiresAt,
            List<String> approvedBy) {
        return "grant of #" + number + " " + state + " used " + uses + " of " + terms.uses() + ", "
                + terms.scope().word() + " " + terms.within().toMinutes() + "m, from " + time(notBefore) + " use by "
                + time(useBy) + expiresAt.map(end -> " until " + time(end)).orElse("") + " by " + approvedBy;
    }
}
