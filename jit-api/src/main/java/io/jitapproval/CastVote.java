package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A vote that was counted.
 *
 * @param person    the canonical id of the person who voted
 * @param voter     the identity under which they voted
 * @param as        which of the request's selectors named the person when they voted; not empty
 * @param standsFor the canonical id of the person in whose place they voted; empty if in their own right
 * @param verdict   the answer
 * @param reason    why; may be empty
 * @param narrowed  the narrower terms, if any
 * @param channel   the channel's name; may be empty
 * @param assurance words for how the voter was authenticated; may be empty
 * @param at        when
 */
public record CastVote(
        String person,
        Ref voter,
        Set<ApproverSelector> as,
        Optional<String> standsFor,
        Verdict verdict,
        String reason,
        Optional<GrantTerms> narrowed,
        String channel,
        Set<String> assurance,
        Instant at) {

    /**
     * Checks that everything is there and copies the sets.
     *
     * @param person    as above
     * @param voter     as above
     * @param as        as above
     * @param standsFor as above
     * @param verdict   as above
     * @param reason    as above
     * @param narrowed  as above
     * @param channel   as above
     * @param assurance as above
     * @param at        as above
     */
    public CastVote {
        requireNonNull(person, "person");
        requireNonNull(voter, "voter");
        as = Set.copyOf(as);
        requireNonNull(standsFor, "standsFor");
        requireNonNull(verdict, "verdict");
        requireNonNull(reason, "reason");
        requireNonNull(narrowed, "narrowed");
        requireNonNull(channel, "channel");
        assurance = Set.copyOf(assurance);
        requireNonNull(at, "at");
    }
}
