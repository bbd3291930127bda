package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A question to people: one value for its whole life. It is pending and then exactly one of approved, denied, expired,
 * cancelled or failed, and never anything else after that.
 *
 * <p>Everything it shows was taken from the frozen copy of the call's arguments; sensitive values are hidden.
 *
 * @param id          its unguessable id
 * @param state       its state, as far as it has been written down; see {@link #stateAt(Instant)}
 * @param subject     who wants to act
 * @param actors      who acts for the subject; none of them may approve
 * @param action      the action's name
 * @param resource    on what
 * @param arguments   the arguments, in order
 * @param reason      why the requester wants it; may be empty
 * @param ticket      the ticket that the requester names; may be empty
 * @param requirement what an approval needs and may give
 * @param rules       the ids of the rules that ask
 * @param because     what those rules say to people; may be empty
 * @param policy      the version of the policy that asks
 * @param binding     what ties votes, grant and uses to exactly this call: a digest over its frozen bytes and this
 *                    request's id
 * @param matchKey    how the guard recognises the same call again; not for showing
 * @param asked       the names of the people who may decide, as far as they are known
 * @param createdAt   when it was asked
 * @param decideBy    from this instant on nobody can decide any more
 * @param votes       the votes so far, in the order in which they were counted
 * @param outcome     why it ended as it did; empty while it is pending
 * @param decidedAt   when it ended; empty while it is pending
 * @param grantId     the grant that its approval created
 */
public record ApprovalRequest(
        String id,
        State state,
        Ref subject,
        List<Ref> actors,
        String action,
        Ref resource,
        List<ShownArgument> arguments,
        String reason,
        String ticket,
        Requirement requirement,
        List<String> rules,
        String because,
        String policy,
        String binding,
        String matchKey,
        List<String> asked,
        Instant createdAt,
        Instant decideBy,
        List<CastVote> votes,
        Optional<Reason> outcome,
        Optional<Instant> decidedAt,
        Optional<String> grantId) {

    /** The states of an approval request. */
    public enum State {
        /** People have been asked. */
        PENDING,
        /** Enough people agreed, or a rule did in their place. */
        APPROVED,
        /** Somebody said no. */
        DENIED,
        /** Nobody decided in time. */
        EXPIRED,
        /** The requester withdrew it. */
        CANCELLED,
        /** It could not be decided, for instance because not enough people are left who could. */
        FAILED;

        /** {@return the state as a lower-case word} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks that everything is there and copies the lists.
     *
     * @param id          as above
     * @param state       as above
     * @param subject     as above
     * @param actors      as above
     * @param action      as above
     * @param resource    as above
     * @param arguments   as above
     * @param reason      as above
     * @param ticket      as above
     * @param requirement as above
     * @param rules       as above
     * @param because     as above
     * @param policy      as above
     * @param binding     as above
     * @param matchKey    as above
     * @param asked       as above
     * @param createdAt   as above
     * @param decideBy    as above
     * @param votes       as above
     * @param outcome     as above
     * @param decidedAt   as above
     * @param grantId     as above
     */
    public ApprovalRequest {
        Text.requireNotBlank(id, "id");
        requireNonNull(state, "state");
        requireNonNull(subject, "subject");
        actors = List.copyOf(actors);
        Text.requireNotBlank(action, "action");
        requireNonNull(resource, "resource");
        arguments = List.copyOf(arguments);
        requireNonNull(reason, "reason");
        requireNonNull(ticket, "ticket");
        requireNonNull(requirement, "requirement");
        rules = List.copyOf(rules);
        requireNonNull(because, "because");
        requireNonNull(policy, "policy");
        Text.requireNotBlank(binding, "binding");
        Text.requireNotBlank(matchKey, "matchKey");
        asked = List.copyOf(asked);
        requireNonNull(createdAt, "createdAt");
        requireNonNull(decideBy, "decideBy");
        votes = List.copyOf(votes);
        requireNonNull(outcome, "outcome");
        requireNonNull(decidedAt, "decidedAt");
        requireNonNull(grantId, "grantId");
    }

    /**
     * The state at an instant: a pending request has expired from its decide-by on, whether or not anybody wrote that
     * down yet.
     *
     * @param now the instant
     * @return the state
     */
    public State stateAt(Instant now) {
        return state == State.PENDING && !now.isBefore(decideBy) ? State.EXPIRED : state;
    }

    /**
     * A copy that ended.
     *
     * @param end    the state in which it ended; not pending
     * @param why    why
     * @param at     when
     * @param grant  the grant that was created, if any
     * @return the copy
     * @throws IllegalStateException if it ended before
     */
    public ApprovalRequest ended(State end, Reason why, Instant at, Optional<String> grant) {
        if (state != State.PENDING || end == State.PENDING) {
            throw new IllegalStateException("request " + id + " cannot go from " + state + " to " + end);
        }
        return new ApprovalRequest(
                id,
                end,
                subject,
                actors,
                action,
                resource,
                arguments,
                reason,
                ticket,
                requirement,
                rules,
                because,
                policy,
                binding,
                matchKey,
                asked,
                createdAt,
                decideBy,
                votes,
                Optional.of(why),
                Optional.of(at),
                grant);
    }

    /**
     * A copy with one more vote.
     *
     * @param vote the vote
     * @return the copy
     * @throws IllegalStateException if it is not pending, or the person has voted
     */
    public ApprovalRequest withVote(CastVote vote) {
        if (state != State.PENDING) {
            throw new IllegalStateException("request " + id + " is " + state);
        }
        if (votes.stream().anyMatch(cast -> cast.person().equals(vote.person()))) {
            throw new IllegalStateException(vote.person() + " has voted on request " + id);
        }
        List<CastVote> more = new java.util.ArrayList<>(votes);
        more.add(vote);
        return new ApprovalRequest(
                id,
                state,
                subject,
                actors,
                action,
                resource,
                arguments,
                reason,
                ticket,
                requirement,
                rules,
                because,
                policy,
                binding,
                matchKey,
                asked,
                createdAt,
                decideBy,
                more,
                outcome,
                decidedAt,
                grantId);
    }

    /** {@return id, state, action, resource and subject} */
    @Override
    public String toString() {
        return "request " + id + " " + state.word() + ": " + action + " on " + resource + " by " + subject;
    }
}
