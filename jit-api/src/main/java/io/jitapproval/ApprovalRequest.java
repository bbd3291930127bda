package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A question to people: one value for its whole life. It is pending and then exactly one of approved, denied, expired,
 * cancelled or failed, and never anything else after that.
 *
 * <p>Everything it shows was taken from the frozen copy of the call's arguments; sensitive values are hidden.
 *
 * @param id           its unguessable id
 * @param state        its state, as far as it has been written down; see {@link #stateAt(Instant)}
 * @param version      which version of its content this is, from 1: more information or a change by the requester makes the next
 * @param digest       a digest over everything that approvers are shown of it, and its version
 * @param subject      who wants to act
 * @param actors       who acts for the subject; none of them may approve
 * @param action       the action's name
 * @param resource     on what
 * @param arguments    the arguments, in order
 * @param reason       why the requester wants it; may be empty
 * @param ticket       the ticket that the requester names; may be empty
 * @param preview      what the application says the action would do; empty if it says nothing
 * @param requirement  what an approval needs and may give
 * @param rules        the ids of the rules that ask
 * @param because      what those rules say to people; may be empty
 * @param policy       the version of the policy that asks
 * @param barred       the canonical ids of people who may not vote although they are no requesters: the owners of the rules that ask, where those
 *                    rules say so
 * @param binding      what ties votes, grant and uses to exactly this call: a digest over its frozen bytes and this
 *                    request's id
 * @param matchKey     how the guard recognises the same call again; not for showing
 * @param key          the caller's own key for it, under which nothing else can be asked
 * @param bundle       the bundle that it belongs to
 * @param ancestry     the grants that it wants to go on after: the one that it extends, then the one that this extended, and so on; empty if
 *                     it extends none
 * @param replay       whether the call is kept and runs at once when it is approved, without its caller
 * @param asked        the names of the people who were told, as far as they are known
 * @param eligible     how many people may decide, told or not
 * @param callers      how many calls wait for it or asked for it
 * @param createdAt    when it was asked
 * @param startsAt     when the grant is to begin; empty for at once
 * @param decideBy     from this instant on nobody can decide any more
 * @param progress     how far it has come
 * @param votes        the votes that count so far, in the order in which they were cast
 * @param notes        what was said about it, in order
 * @param messages     the highest number that a message about it has
 * @param outcome      why it ended as it did; empty while it is pending
 * @param decidedAt    when it ended; empty while it is pending
 * @param grantId      the grant that its approval created
 */
public record ApprovalRequest(
        String id,
        State state,
        int version,
        String digest,
        Ref subject,
        List<Ref> actors,
        String action,
        Ref resource,
        List<ShownArgument> arguments,
        String reason,
        String ticket,
        List<PreviewLine> preview,
        Requirement requirement,
        List<String> rules,
        String because,
        String policy,
        Set<String> barred,
        String binding,
        String matchKey,
        Optional<String> key,
        Optional<String> bundle,
        List<String> ancestry,
        boolean replay,
        List<String> asked,
        int eligible,
        int callers,
        Instant createdAt,
        Optional<Instant> startsAt,
        Instant decideBy,
        Progress progress,
        List<CastVote> votes,
        List<Note> notes,
        int messages,
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
     * Checks that everything is there and copies the collections.
     *
     * @param id           as above
     * @param state        as above
     * @param version      as above
     * @param digest       as above
     * @param subject      as above
     * @param actors       as above
     * @param action       as above
     * @param resource     as above
     * @param arguments    as above
     * @param reason       as above
     * @param ticket       as above
     * @param preview      as above
     * @param requirement  as above
     * @param rules        as above
     * @param because      as above
     * @param policy       as above
     * @param barred       as above
     * @param binding      as above
     * @param matchKey     as above
     * @param key          as above
     * @param bundle       as above
     * @param ancestry     as above
     * @param replay       as above
     * @param asked        as above
     * @param eligible     as above
     * @param callers      as above
     * @param createdAt    as above
     * @param startsAt     as above
     * @param decideBy     as above
     * @param progress     as above
     * @param votes        as above
     * @param notes        as above
     * @param messages     as above
     * @param outcome      as above
     * @param decidedAt    as above
     * @param grantId      as above
     */
    public ApprovalRequest {
        Text.requireNotBlank(id, "id");
        requireNonNull(state, "state");
        Text.requireNotBlank(digest, "digest");
        requireNonNull(subject, "subject");
        actors = List.copyOf(actors);
        Text.requireNotBlank(action, "action");
        requireNonNull(resource, "resource");
        arguments = List.copyOf(arguments);
        requireNonNull(reason, "reason");
        requireNonNull(ticket, "ticket");
        preview = List.copyOf(preview);
        requireNonNull(requirement, "requirement");
        rules = List.copyOf(rules);
        requireNonNull(because, "because");
        requireNonNull(policy, "policy");
        barred = Collections.unmodifiableSet(new TreeSet<>(barred));
        Text.requireNotBlank(binding, "binding");
        Text.requireNotBlank(matchKey, "matchKey");
        requireNonNull(key, "key");
        requireNonNull(bundle, "bundle");
        ancestry = List.copyOf(ancestry);
        asked = List.copyOf(asked);
        requireNonNull(createdAt, "createdAt");
        requireNonNull(startsAt, "startsAt");
        requireNonNull(decideBy, "decideBy");
        requireNonNull(progress, "progress");
        votes = List.copyOf(votes);
        notes = List.copyOf(notes);
        requireNonNull(outcome, "outcome");
        requireNonNull(decidedAt, "decidedAt");
        requireNonNull(grantId, "grantId");
    }

    /**
     * The state at an instant: a pending request has expired from its decide-by on, whether or not anybody wrote that
     * down yet. Where policy says {@link Course.AtDecideBy#ESCALATE}, its time runs once more before that.
     *
     * @param now the instant
     * @return the state; for a request whose time is over as policy says, expired or denied
     */
    public State stateAt(Instant now) {
        if (state != State.PENDING || now.isBefore(lastsUntil())) {
            return state;
        }
        return requirement.course().atDecideBy() == Course.AtDecideBy.DENY ? State.DENIED : State.EXPIRED;
    }

    /** {@return the instant from which on nobody can decide any more, with the second run of its time if there is one to come} */
    public Instant lastsUntil() {
        boolean oneMore = requirement.course().atDecideBy() == Course.AtDecideBy.ESCALATE && !progress.extended();
        return oneMore ? decideBy.plus(requirement.decideWithin()) : decideBy;
    }

    /** {@return the grant that it wants to go on after; empty if it extends none} */
    public Optional<String> extendsGrant() {
        return ancestry.isEmpty() ? Optional.empty() : Optional.of(ancestry.get(0));
    }

    /** {@return what a vote on this version has to name} */
    public Shown shown() {
        return new Shown(version, digest);
    }

    /** {@return the subject and those who act for it} */
    public List<Ref> requesters() {
        List<Ref> all = new ArrayList<>();
        all.add(subject);
        all.addAll(actors);
        return all;
    }

    /**
     * A copy that ended.
     *
     * @param end   the state in which it ended; not pending
     * @param why   why
     * @param at    when
     * @param grant the grant that was created, if any
     * @return the copy
     * @throws IllegalStateException if it ended before
     */
    public ApprovalRequest ended(State end, Reason why, Instant at, Optional<String> grant) {
        if (state != State.PENDING || end == State.PENDING) {
            throw new IllegalStateException("request " + id + " cannot go from " + state + " to " + end);
        }
        return with(copy -> copy.state(end)
                .outcome(Optional.of(why))
                .decidedAt(Optional.of(at))
                .grantId(grant));
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
        List<CastVote> more = new ArrayList<>(votes);
        more.add(vote);
        return with(copy -> copy.votes(more));
    }

    /**
     * A copy with some changes.
     *
     * @param changes makes them
     * @return the copy
     */
    public ApprovalRequest with(Consumer<ApprovalRequestBuilder> changes) {
        ApprovalRequestBuilder builder = new ApprovalRequestBuilder(this);
        changes.accept(builder);
        return builder.build();
    }

    /** {@return id, state, action, resource and subject} */
    @Override
    public String toString() {
        return "request " + id + " " + state.word() + ": " + action + " on " + resource + " by " + subject;
    }
}
