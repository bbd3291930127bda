package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an approval created: a narrow, short permission. It is active and then exactly one of exhausted, expired, revoked
 * or returned. All its limits are half-open: at the very instant of its end it no longer covers anything.
 *
 * @param id          its unguessable id
 * @param requestId   the approval request that created it
 * @param state       its state, as far as it has been written down; see {@link #stateAt(Instant)}
 * @param subject     who may act
 * @param actors      who may act for the subject
 * @param action      the action's name
 * @param resource    on what
 * @param terms       scope, length, uses and clock
 * @param requirement what the approval met: policy that asks for more than this at the time of use is not covered
 * @param policy      the version of the policy under which it was given
 * @param binding     the binding of the request that created it
 * @param matchKey    how the guard recognises the approved call; not for showing
 * @param approvedBy  the canonical ids of the people who approved; empty for an automatic one
 * @param automatic   the rules that approved in people's place; empty if people did
 * @param grantedAt   when it was given
 * @param notBefore   the first instant at which it may be used
 * @param useBy       from this instant on its first use cannot begin any more
 * @param expiresAt   from this instant on no use can begin; empty until the first use where the clock is {@link
 *                    GrantClock#FIRST_USE}
 * @param uses        how many uses have begun
 * @param open        the uses that have begun and not ended
 * @param voided      whether it was voided together with others; then it is revoked, although its state may not say so yet
 */
public record Grant(
        String id,
        String requestId,
        State state,
        Ref subject,
        List<Ref> actors,
        String action,
        Ref resource,
        GrantTerms terms,
        Requirement requirement,
        String policy,
        String binding,
        String matchKey,
        List<String> approvedBy,
        List<String> automatic,
        Instant grantedAt,
        Instant notBefore,
        Instant useBy,
        Optional<Instant> expiresAt,
        int uses,
        List<Use> open,
        boolean voided) {

    /** The states of a grant. */
    public enum State {
        /** It may be used. */
        ACTIVE,
        /** Every use has begun. */
        EXHAUSTED,
        /** Its time is over, or it was not used in time. */
        EXPIRED,
        /** Somebody took it away. */
        REVOKED,
        /** Its holder gave it back. */
        RETURNED;

        /** {@return the state as a lower-case word} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One running of the action under the grant.
     *
     * @param number  which use it is, from 1
     * @param begunAt when it began
     */
    public record Use(int number, Instant begunAt) {

        /**
         * Checks that everything is there.
         *
         * @param number  as above
         * @param begunAt as above
         */
        public Use {
            requireNonNull(begunAt, "begunAt");
        }
    }

    /**
     * Checks that everything is there and copies the lists.
     *
     * @param id          as above
     * @param requestId   as above
     * @param state       as above
     * @param subject     as above
     * @param actors      as above
     * @param action      as above
     * @param resource    as above
     * @param terms       as above
     * @param requirement as above
     * @param policy      as above
     * @param binding     as above
     * @param matchKey    as above
     * @param approvedBy  as above
     * @param automatic   as above
     * @param grantedAt   as above
     * @param notBefore   as above
     * @param useBy       as above
     * @param expiresAt   as above
     * @param uses        as above
     * @param open        as above
     * @param voided      as above
     * @throws IllegalArgumentException if more uses have begun than the terms allow
     */
    public Grant {
        Text.requireNotBlank(id, "id");
        Text.requireNotBlank(requestId, "requestId");
        requireNonNull(state, "state");
        requireNonNull(subject, "subject");
        actors = List.copyOf(actors);
        Text.requireNotBlank(action, "action");
        requireNonNull(resource, "resource");
        requireNonNull(terms, "terms");
        requireNonNull(requirement, "requirement");
        requireNonNull(policy, "policy");
        Text.requireNotBlank(binding, "binding");
        Text.requireNotBlank(matchKey, "matchKey");
        approvedBy = List.copyOf(approvedBy);
        automatic = List.copyOf(automatic);
        requireNonNull(grantedAt, "grantedAt");
        requireNonNull(notBefore, "notBefore");
        requireNonNull(useBy, "useBy");
        requireNonNull(expiresAt, "expiresAt");
        if (uses < 0 || uses > terms.uses()) {
            throw new IllegalArgumentException("grant.uses must be within 0 and " + terms.uses() + ", but was " + uses);
        }
        open = List.copyOf(open);
    }

    /**
     * The state at an instant: an active grant has expired when its time is over or its use-by passed unused, and is revoked when it was
     * voided, whether or not anybody wrote that down yet.
     *
     * @param now the instant
     * @return the state
     */
    public State stateAt(Instant now) {
        if (state != State.ACTIVE) {
            return state;
        }
        if (voided) {
            return State.REVOKED;
        }
        return now.isBefore(lastsUntil()) ? State.ACTIVE : State.EXPIRED;
    }

    /** {@return the instant from which on no use can begin, as far as it is known now} */
    public Instant lastsUntil() {
        Instant end = expiresAt.orElse(Instant.MAX);
        return uses == 0 && useBy.isBefore(end) ? useBy : end;
    }

    /** {@return how many uses may still begin} */
    public int usesLeft() {
        return terms.uses() - uses;
    }

    /**
     * A copy in which one more use has begun.
     *
     * @param now when it began
     * @return the copy; exhausted if that was the last use
     * @throws IllegalStateException if no use can begin at that instant
     */
    public Grant begun(Instant now) {
        if (stateAt(now) != State.ACTIVE || now.isBefore(notBefore)) {
            throw new IllegalStateException(
                    "grant " + id + " cannot be used: " + stateAt(now).word());
        }
        Optional<Instant> end = expiresAt.isPresent() ? expiresAt : Optional.of(now.plus(terms.within()));
        List<Use> more;
        Use use = new Use(uses + 1, now);
        if (open.isEmpty()) {
            more = List.of(use);
        } else {
            more = new ArrayList<>(open);
            more.add(use);
        }
        return copy(uses + 1 == terms.uses() ? State.EXHAUSTED : State.ACTIVE, end, uses + 1, more);
    }

    /**
     * A copy in which a use has ended.
     *
     * @param number the use's number
     * @return the copy
     * @throws IllegalStateException if there is no such open use
     */
    public Grant useEnded(int number) {
        if (open.size() == 1 && open.get(0).number() == number) {
            return copy(state, expiresAt, uses, List.of());
        }
        List<Use> rest = open.stream().filter(use -> use.number() != number).toList();
        if (rest.size() == open.size()) {
            throw new IllegalStateException("use " + number + " of grant " + id + " is not open");
        }
        return copy(state, expiresAt, uses, rest);
    }

    /**
     * A copy that ended without being used up.
     *
     * @param end expired, revoked or returned
     * @return the copy
     * @throws IllegalStateException if it ended before
     */
    public Grant ended(State end) {
        if (state != State.ACTIVE || end == State.ACTIVE || end == State.EXHAUSTED) {
            throw new IllegalStateException("grant " + id + " cannot go from " + state + " to " + end);
        }
        return copy(end, expiresAt, uses, open);
    }

    /** {@return a copy that was voided together with others} */
    public Grant withVoided() {
        return new Grant(
                id,
                requestId,
                state,
                subject,
                actors,
                action,
                resource,
                terms,
                requirement,
                policy,
                binding,
                matchKey,
                approvedBy,
                automatic,
                grantedAt,
                notBefore,
                useBy,
                expiresAt,
                uses,
                open,
                true);
    }

    private Grant copy(State newState, Optional<Instant> newExpiry, int newUses, List<Use> newOpen) {
        return new Grant(
                id,
                requestId,
                newState,
                subject,
                actors,
                action,
                resource,
                terms,
                requirement,
                policy,
                binding,
                matchKey,
                approvedBy,
                automatic,
                grantedAt,
                notBefore,
                useBy,
                newExpiry,
                newUses,
                newOpen,
                voided);
    }

    /** {@return id, state, action, resource and subject} */
    @Override
    public String toString() {
        return "grant " + id + " " + state.word() + ": " + action + " on " + resource + " for " + subject + ", " + uses
                + " of " + terms.uses() + " used";
    }
}
