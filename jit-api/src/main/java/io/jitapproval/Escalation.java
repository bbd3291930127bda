package io.jitapproval;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What happens when a stage has been open for a while and is still not filled. It never approves anything, and never changes
 * how many people are needed.
 *
 * @param after    how long after the stage opened; positive
 * @param by       who may approve from then on too; may be empty if there are channels
 * @param replaces whether they take the place of those who could approve so far, whose votes still count
 * @param channels the names of the channels that are told then, beside those told at first; may be empty
 */
public record Escalation(Duration after, Set<ApproverSelector> by, boolean replaces, Set<String> channels)
        implements Comparable<Escalation> {

    /**
     * Checks the values and copies the sets in their own order.
     *
     * @param after    as above
     * @param by       as above
     * @param replaces as above
     * @param channels as above
     * @throws IllegalArgumentException if the time is not positive, nothing would happen, or nobody would take the place
     */
    public Escalation {
        Text.requirePositive(after, "escalation.after");
        by = Collections.unmodifiableSet(new TreeSet<>(by));
        channels = Collections.unmodifiableSet(new TreeSet<>(channels));
        if (by.isEmpty() && (replaces || channels.isEmpty())) {
            throw new IllegalArgumentException("an escalation must name approvers or channels");
        }
    }

    @Override
    public int compareTo(Escalation other) {
        int order = after.compareTo(other.after);
        if (order == 0) {
            order = Way.compare(by, other.by);
        }
        if (order == 0) {
            order = Boolean.compare(replaces, other.replaces);
        }
        return order != 0 ? order : Way.compare(channels, other.channels);
    }

    /** {@return the escalation as {@code after PT10M also role CFO}} */
    @Override
    public String toString() {
        String who = by.stream().map(ApproverSelector::toString).collect(Collectors.joining(" or "));
        return "after " + after + (by.isEmpty() ? "" : (replaces ? " instead " : " also ") + who)
                + (channels.isEmpty() ? "" : " by " + String.join(", ", channels));
    }
}
