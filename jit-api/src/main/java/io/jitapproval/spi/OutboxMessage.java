package io.jitapproval.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One message about a request to one channel: first in the outbox, then in the ledger. What it says is rendered when it is
 * delivered, from the request as it stands then.
 *
 * @param id        its id: the request's id, a slash and {@code number}
 * @param requestId the request
 * @param number    its place among the request's messages, from 1, perhaps with gaps; of one request and channel, a message goes out
 *                  only after those before it
 * @param channel   the channel's name
 * @param kind      what it is about
 * @param people    the canonical ids of those whom to tell; may be empty
 * @param state     whether it has been delivered
 * @param attempts  how many times delivery has been tried
 * @param due       when to try next
 * @param handle    what the channel calls its message, so that it can change it later; empty if it never said
 * @param failure   why the latest attempt failed, or what it was overtaken by; empty if neither, and while an attempt is under way
 * @param createdAt when it was put into the outbox
 */
public record OutboxMessage(
        String id,
        String requestId,
        int number,
        String channel,
        ApprovalNotice.Kind kind,
        List<String> people,
        State state,
        int attempts,
        Instant due,
        Optional<String> handle,
        String failure,
        Instant createdAt) {

    /** The states of a message. */
    public enum State {
        /** It waits to be delivered, for the first time or again. */
        WAITING,
        /** The channel took it. */
        DELIVERED,
        /** It was overtaken before it went out: there is nothing to decide any more, or nothing to take back. */
        SUPERSEDED,
        /** It was tried too often, or the channel said that it never will take it. */
        DEAD;

        /** {@return the state as a lower-case word} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks that everything is there and copies the list.
     *
     * @param id        as above
     * @param requestId as above
     * @param number    as above
     * @param channel   as above
     * @param kind      as above
     * @param people    as above
     * @param state     as above
     * @param attempts  as above
     * @param due       as above
     * @param handle    as above
     * @param failure   as above
     * @param createdAt as above
     */
    public OutboxMessage {
        requireNonNull(id, "id");
        requireNonNull(requestId, "requestId");
        requireNonNull(channel, "channel");
        requireNonNull(kind, "kind");
        people = List.copyOf(people);
        requireNonNull(state, "state");
        requireNonNull(due, "due");
        requireNonNull(handle, "handle");
        requireNonNull(failure, "failure");
        requireNonNull(createdAt, "createdAt");
    }

    /**
     * A fresh message.
     *
     * @param requestId as above
     * @param number    as above
     * @param channel   as above
     * @param kind      as above
     * @param people    as above
     * @param now       when it is put into the outbox
     * @return the message, due at once
     */
    public static OutboxMessage of(
            String requestId, int number, String channel, ApprovalNotice.Kind kind, List<String> people, Instant now) {
        return new OutboxMessage(
                requestId + "/" + number,
                requestId,
                number,
                channel,
                kind,
                people,
                State.WAITING,
                0,
                now,
                Optional.empty(),
                "",
                now);
    }

    /**
     * A copy that an attempt to deliver is under way for; if nothing more is heard of it, it is due again later.
     *
     * @param again when it is due again
     * @return the copy
     */
    public OutboxMessage tried(Instant again) {
        return copy(State.WAITING, attempts + 1, again, handle, "");
    }

    /**
     * A copy that is held back; it counts as never tried.
     *
     * @param until when it is due
     * @return the copy
     */
    public OutboxMessage heldBack(Instant until) {
        return copy(state, attempts, until, handle, failure);
    }

    /**
     * A copy for some of its people alone.
     *
     * @param some their canonical ids
     * @return the copy
     */
    public OutboxMessage forSome(List<String> some) {
        return new OutboxMessage(
                id, requestId, number, channel, kind, some, state, attempts, due, handle, failure, createdAt);
    }

    /**
     * The same as a message of its own for the rest of its people. Its number is the next one, so it is right behind this message.
     *
     * @param rest  their canonical ids
     * @param until when it is due
     * @return the message
     */
    public OutboxMessage forRest(List<String> rest, Instant until) {
        return of(requestId, number + 1, channel, kind, rest, createdAt).heldBack(until);
    }

    /**
     * A copy that the channel took.
     *
     * @param as what the channel calls its message
     * @return the copy
     */
    public OutboxMessage delivered(Optional<String> as) {
        return copy(State.DELIVERED, attempts, due, as, "");
    }

    /**
     * A copy whose latest attempt failed.
     *
     * @param why   why
     * @param again when it is due again; empty if never
     * @return the copy
     */
    public OutboxMessage failed(String why, Optional<Instant> again) {
        return copy(again.isPresent() ? State.WAITING : State.DEAD, attempts, again.orElse(due), handle, why);
    }

    /**
     * A copy that need not go out any more.
     *
     * @param why what it was overtaken by
     * @return the copy
     */
    public OutboxMessage superseded(String why) {
        return copy(State.SUPERSEDED, attempts, due, handle, why);
    }

    /**
     * A copy that is tried anew, as if it never had been.
     *
     * @param at when it is due
     * @return the copy
     */
    public OutboxMessage anew(Instant at) {
        return copy(State.WAITING, 0, at, handle, failure);
    }

    /**
     * Whether an attempt to deliver is under way: one has begun, nothing has been heard of it, and it is not given up yet.
     *
     * @param now the instant
     * @return true if one is
     */
    public boolean underWay(Instant now) {
        return state == State.WAITING && attempts > 0 && failure.isEmpty() && due.isAfter(now);
    }

    private OutboxMessage copy(State newState, int tries, Instant next, Optional<String> as, String why) {
        return new OutboxMessage(
                id, requestId, number, channel, kind, people, newState, tries, next, as, why, createdAt);
    }
}
