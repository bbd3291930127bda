package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/**
 * One person's answer to one approval request.
 *
 * @param voter     the authenticated identity of the voter, as the channel knows it; resolved to a person when the vote is
 *                  cast
 * @param verdict   the answer
 * @param reason    why, in the voter's words; may be empty
 * @param shown     what the voter {@linkplain ApprovalRequest#shown() was shown}; if the request has moved on since, the vote is
 *                  refused
 * @param narrowed  for an approval on narrower terms than asked for, these terms
 * @param channel   the name of the channel that the vote came by; may be empty
 * @param assurance words for how the voter was authenticated, such as {@code mfa}; empty if that is unknown
 */
public record Vote(
        Ref voter,
        Verdict verdict,
        String reason,
        Shown shown,
        Optional<GrantTerms> narrowed,
        String channel,
        Set<String> assurance) {

    /**
     * Checks that everything is there and copies the set.
     *
     * @param voter     as above
     * @param verdict   as above
     * @param reason    as above
     * @param shown     as above
     * @param narrowed  as above
     * @param channel   as above
     * @param assurance as above
     */
    public Vote {
        requireNonNull(voter, "voter");
        requireNonNull(verdict, "verdict");
        requireNonNull(reason, "reason");
        requireNonNull(shown, "shown");
        requireNonNull(narrowed, "narrowed");
        requireNonNull(channel, "channel");
        assurance = Set.copyOf(assurance);
    }

    /**
     * A vote of somebody of whom it is unknown how they were authenticated.
     *
     * @param voter    as above
     * @param verdict  as above
     * @param reason   as above
     * @param shown    as above
     * @param narrowed as above
     * @param channel  as above
     */
    public Vote(Ref voter, Verdict verdict, String reason, Shown shown, Optional<GrantTerms> narrowed, String channel) {
        this(voter, verdict, reason, shown, narrowed, channel, Set.of());
    }

    /**
     * Approves what the request shows, on the terms that it asks for.
     *
     * @param request what the voter was shown
     * @param voter   the voter
     * @return the vote
     */
    public static Vote approve(ApprovalRequest request, Ref voter) {
        return new Vote(voter, Verdict.APPROVE, "", request.shown(), Optional.empty(), "");
    }

    /**
     * Denies what the request shows.
     *
     * @param request what the voter was shown
     * @param voter   the voter
     * @param reason  why; may be empty
     * @return the vote
     */
    public static Vote deny(ApprovalRequest request, Ref voter, String reason) {
        return new Vote(voter, Verdict.DENY, reason, request.shown(), Optional.empty(), "");
    }

    /**
     * Abstains.
     *
     * @param request what the voter was shown
     * @param voter   the voter
     * @return the vote
     */
    public static Vote abstain(ApprovalRequest request, Ref voter) {
        return new Vote(voter, Verdict.ABSTAIN, "", request.shown(), Optional.empty(), "");
    }

    /**
     * A copy on narrower terms.
     *
     * @param terms the terms; within those that the request asks for, or the vote is refused
     * @return the copy
     */
    public Vote narrowedTo(GrantTerms terms) {
        return new Vote(voter, verdict, reason, shown, Optional.of(terms), channel, assurance);
    }

    /**
     * A copy with a reason.
     *
     * @param text the reason
     * @return the copy
     */
    public Vote because(String text) {
        return new Vote(voter, verdict, text, shown, narrowed, channel, assurance);
    }

    /**
     * A copy that came by a channel.
     *
     * @param name the channel's name
     * @return the copy
     */
    public Vote via(String name) {
        return new Vote(voter, verdict, reason, shown, narrowed, name, assurance);
    }

    /**
     * A copy of somebody who was authenticated in these ways.
     *
     * @param words words for them, such as {@code mfa} or {@code phr}
     * @return the copy
     */
    public Vote authenticatedBy(String... words) {
        return new Vote(voter, verdict, reason, shown, narrowed, channel, Set.of(words));
    }
}
