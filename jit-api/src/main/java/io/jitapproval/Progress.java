package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a pending request has come.
 *
 * @param rank     the rank of the stages that are open; those of a lower rank are filled
 * @param openedAt when they opened
 * @param waited   the {@linkplain Escalation#after() time} of the latest escalation that has happened to them; zero if none has
 * @param extended whether its time runs for the second time, as {@link Course.AtDecideBy#ESCALATE} says
 */
public record Progress(int rank, Instant openedAt, Duration waited, boolean extended) {

    /**
     * Checks that everything is there.
     *
     * @param rank     as above
     * @param openedAt as above
     * @param waited   as above
     * @param extended as above
     */
    public Progress {
        requireNonNull(openedAt, "openedAt");
        requireNonNull(waited, "waited");
    }
}
