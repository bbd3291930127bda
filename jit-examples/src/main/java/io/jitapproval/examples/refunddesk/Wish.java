package io.jitapproval.examples.refunddesk;

import io.jitapproval.Resource;
import io.jitapproval.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request of the half year, and all that will become of it.
 *
 * @param at        when it is made
 * @param subject   by whom
 * @param action    the action
 * @param resource  on what
 * @param arguments with what
 * @param context   under what circumstances
 * @param reply     who answers if people are asked; empty if nobody does
 * @param uses      when it is used, counted from the approval
 * @param reversed  whether it is undone the day after
 */
record Wish(
        Instant at,
        Subject subject,
        String action,
        Resource resource,
        Map<String, Object> arguments,
        Map<String, Object> context,
        Optional<Reply> reply,
        List<Duration> uses,
        boolean reversed) {

    /**
     * One person's answer.
     *
     * @param person   who
     * @param approves whether it is yes
     * @param after    how long after the question
     */
    record Reply(String person, boolean approves, Duration after) {}
}
