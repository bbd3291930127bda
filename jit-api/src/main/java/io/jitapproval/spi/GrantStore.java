package io.jitapproval.spi;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.Ref;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps approval requests and grants, the messages about them and a few entries beside them, and changes them one at a time.
 *
 * <p>The rules of what may become what live in the guard, as pure functions. A store contributes atomicity. Each changing
 * method follows the same protocol:
 *
 * <ol>
 *   <li>lock the one request or grant (or the key, for a submission);
 *   <li><em>then</em> read the store's clock, so that nothing that waited for the lock acts on an old instant;
 *   <li>apply the given function to the current value and that instant;
 *   <li>if the function returns a step with a new value, hand the step's records to the journal, <em>then</em> make the new
 *       values visible, all of them or none, a grant no later than the request that created it, messages and entries no later than
 *       what they come with;
 *   <li>unlock, and return the step's result.
 * </ol>
 *
 * If the function or the journal throws, nothing has changed and the same throwable leaves the method. The function may be
 * applied more than once (after a serialization failure, say); the journal is called once for a step that takes effect.
 *
 * <p><b>Threads:</b> thread-safe; two changes of one request or grant never overlap, over all threads and nodes that share
 * the store. <b>Blocking:</b> may block shortly. <b>Throwing:</b> anything thrown denies the guarded call. <b>Absent:</b> an
 * unknown id gives an empty result. <b>Memory:</b> a store that is full refuses a submission with {@link
 * StoreFullException}; it never drops a pending request or an active grant.
 *
 * @see Journal
 */
public interface GrantStore {

    /**
     * Creates a request, unless a request that was submitted under the same key is pending at the store's instant; then that one is left
     * as it is and returned. A submission may bring a grant with it, where a rule answers in people's place.
     *
     * @param key        the key by which equal requests are recognised; not their match key alone
     * @param submission makes the request, and perhaps the grant, for the store's instant; its result is ignored
     * @param journal    takes the submission's records
     * @return the pending request that was there, or the new one
     * @throws StoreFullException if there is no room
     */
    ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal);

    /**
     * Changes a request, and creates a grant with it if the step has one.
     *
     * @param requestId the request's id
     * @param change    what becomes of it
     * @param journal   takes the step's records
     * @param <R>       what the change results in
     * @return the step's result; empty if there is no such request
     */
    <R> Optional<R> changeRequest(String requestId, Change<ApprovalRequest, R> change, Journal journal);

    /**
     * Changes a grant.
     *
     * @param grantId the grant's id
     * @param change  what becomes of it
     * @param journal takes the step's records
     * @param <R>     what the change results in
     * @return the step's result; empty if there is no such grant
     */
    <R> Optional<R> changeGrant(String grantId, Change<Grant, R> change, Journal journal);

    /**
     * Voids grants, at once and for good: every grant that {@linkplain Grant#stateAt is active} at the store's instant and fits, those
     * included that were given at this very instant, but before. What has expired stays expired, written down or not. No grant that is given afterwards is touched, be it at the same instant. From the moment on when this returns,
     * {@link #changeGrant} and {@link #grant} show each of them {@linkplain Grant#voided() voided} and so revoked, and {@link #activeGrants()}
     * shows none of them: a change that runs at the same time, or creates a grant, ends before it or begins after it, in the record as well.
     * {@link #voidedGrants()} has them until somebody writes down that they are revoked, which is a change like any other.
     *
     * @param which   which grants
     * @param records makes the records of it for the store's instant
     * @param journal takes them
     */
    void voidGrants(Voiding which, Function<Instant, List<AuditRecord>> records, Journal journal);

    /**
     * One request.
     *
     * @param requestId its id
     * @return the request; empty if there is none, or it ended and the store no longer keeps it
     */
    Optional<ApprovalRequest> request(String requestId);

    /**
     * One grant.
     *
     * @param grantId its id
     * @return the grant; empty if there is none, or it ended and the store no longer keeps it
     */
    Optional<Grant> grant(String grantId);

    /** {@return the requests whose state is pending, overdue ones included, oldest first} */
    List<ApprovalRequest> pendingRequests();

    /** {@return the grants whose state is active, overdue ones included, oldest first} */
    List<Grant> activeGrants();

    /**
     * The grants of one subject for one action whose state is active, overdue ones included, oldest first.
     *
     * @param subject the subject
     * @param action  the action's name
     * @return the grants
     */
    List<Grant> activeGrants(Ref subject, String action);

    /** {@return the grants that were voided while their state was active, of which nobody has written down yet that they are revoked, oldest first} */
    List<Grant> voidedGrants();

    /**
     * Changes an entry, or creates it. A change that sees none gets an empty current value; a next value takes the place of what was
     * there.
     *
     * @param kind    the entry's kind
     * @param key     the entry's key
     * @param change  what becomes of it
     * @param journal takes the step's records
     * @param <R>     what the change results in
     * @return the step's result
     */
    <R> R changeEntry(String kind, String key, EntryChange<R> change, Journal journal);

    /**
     * The entries of a kind that are still to be kept at the store's instant.
     *
     * @param kind the kind
     * @return the entries, in the order of their keys
     */
    List<StoreEntry> entries(String kind);

    /**
     * Messages that wait and are due at the store's instant, those due first coming first. Of one request and channel only the first that
     * waits is given, so that its messages go out in order.
     *
     * @param atMost how many
     * @return the messages
     */
    List<OutboxMessage> dueMessages(int atMost);

    /** {@return when the next message is due that waits; empty if none does} */
    Optional<Instant> nextMessageDue();

    /**
     * Every message about a request, delivered or not, in order.
     *
     * @param requestId the request's id
     * @return the messages; empty if there are none, or the request ended and the store no longer keeps it
     */
    List<OutboxMessage> messages(String requestId);

    /** {@return the messages that were given up, oldest first; as long as their requests are kept} */
    List<OutboxMessage> deadMessages();

    /**
     * Changes a message.
     *
     * @param messageId the message's id
     * @param change    what becomes of it
     * @param journal   takes the step's records
     * @param <R>       what the change results in
     * @return the step's result; empty if there is no such message
     */
    <R> Optional<R> changeMessage(String messageId, Change<OutboxMessage, R> change, Journal journal);

    /** {@return the store's instant: the only clock by which requests and grants live; it never steps back} */
    Instant now();

    /**
     * Frees what the store holds; called when the guard closes, and harmless to call again. By default does nothing.
     *
     * @throws Exception if it fails; logged
     */
    default void close() throws Exception {}

    /**
     * A pure function of what is stored and of the store's instant.
     *
     * @param <S> the request or the grant
     * @param <R> what the change results in
     */
    @FunctionalInterface
    interface Change<S, R> {

        /**
         * What becomes of it.
         *
         * @param current the current value
         * @param now     the store's instant, read after the lock was taken
         * @return the step
         */
        Step<S, R> apply(S current, Instant now);
    }

    /**
     * A pure function of an entry that may be there and of the store's instant.
     *
     * @param <R> what the change results in
     */
    @FunctionalInterface
    interface EntryChange<R> {

        /**
         * What becomes of it.
         *
         * @param current the entry; empty if there is none, or it need not be kept any more
         * @param now     the store's instant, read after the lock was taken
         * @return the step
         */
        Step<StoreEntry, R> apply(Optional<StoreEntry> current, Instant now);
    }

    /**
     * Which grants are voided.
     *
     * @param subject only those of this subject, or that this one acts for; empty for anybody's
     * @param action  only those for this action; empty for any
     */
    record Voiding(Optional<Ref> subject, Optional<String> action) {

        /** Every grant. */
        public static final Voiding EVERYTHING = new Voiding(Optional.empty(), Optional.empty());

        /**
         * Checks that everything is there.
         *
         * @param subject as above
         * @param action  as above
         */
        public Voiding {
            requireNonNull(subject, "subject");
            requireNonNull(action, "action");
        }

        /**
         * Whether a grant is one of them, whenever it was given.
         *
         * @param grant the grant
         * @return true if it is
         */
        public boolean fits(Grant grant) {
            return action.filter(name -> !name.equals(grant.action())).isEmpty()
                    && subject.filter(who -> !who.equals(grant.subject())
                                    && !grant.actors().contains(who))
                            .isEmpty();
        }
    }

    /**
     * What a change wants to do.
     *
     * @param next     the new value, with the same id; absent if nothing changes
     * @param grant    a grant to create with it
     * @param records  the records of it; may be there although nothing changes
     * @param messages messages to put into the outbox with it
     * @param entries  entries to keep with it, in place of those of the same kind and key
     * @param result   what the caller gets
     * @param <S>      what is changed
     * @param <R>      the type of the result
     */
    record Step<S, R>(
            @Nullable S next,
            @Nullable Grant grant,
            List<AuditRecord> records,
            List<OutboxMessage> messages,
            List<StoreEntry> entries,
            R result) {

        /**
         * Checks that everything is there and copies the lists.
         *
         * @param next     as above
         * @param grant    as above
         * @param records  as above
         * @param messages as above
         * @param entries  as above
         * @param result   as above
         */
        public Step {
            records = List.copyOf(records);
            messages = List.copyOf(messages);
            entries = List.copyOf(entries);
            requireNonNull(result, "result");
        }

        /**
         * A copy that puts messages into the outbox.
         *
         * @param more the messages
         * @return the copy
         */
        public Step<S, R> telling(List<OutboxMessage> more) {
            return new Step<>(next, grant, records, more, entries, result);
        }

        /**
         * A copy that keeps entries.
         *
         * @param more the entries
         * @return the copy
         */
        public Step<S, R> keeping(List<StoreEntry> more) {
            return new Step<>(next, grant, records, messages, more, result);
        }

        /**
         * A step that changes nothing.
         *
         * @param result  what the caller gets
         * @param records records to write all the same
         * @param <S>     the request or the grant
         * @param <R>     the type of the result
         * @return the step
         */
        public static <S, R> Step<S, R> nothing(R result, AuditRecord... records) {
            return new Step<>(null, null, List.of(records), List.of(), List.of(), result);
        }

        /**
         * A step to a new value.
         *
         * @param next    the new value
         * @param result  what the caller gets
         * @param records the records of it
         * @param <S>     the request or the grant
         * @param <R>     the type of the result
         * @return the step
         */
        public static <S, R> Step<S, R> to(S next, R result, AuditRecord... records) {
            return new Step<>(requireNonNull(next, "next"), null, List.of(records), List.of(), List.of(), result);
        }
    }

    /**
     * A request to create.
     *
     * @param request  the request
     * @param grant    the grant that comes with it
     * @param records  the records of both
     * @param messages messages to put into the outbox with it
     * @param entries  entries to keep with it, in place of those of the same kind and key
     */
    record Submission(
            ApprovalRequest request,
            Optional<Grant> grant,
            List<AuditRecord> records,
            List<OutboxMessage> messages,
            List<StoreEntry> entries) {

        /**
         * Checks that everything is there and copies the lists.
         *
         * @param request  as above
         * @param grant    as above
         * @param records  as above
         * @param messages as above
         * @param entries  as above
         */
        public Submission {
            requireNonNull(request, "request");
            requireNonNull(grant, "grant");
            records = List.copyOf(records);
            messages = List.copyOf(messages);
            entries = List.copyOf(entries);
        }

        /**
         * A submission of which nobody is told.
         *
         * @param request as above
         * @param grant   as above
         * @param records as above
         */
        public Submission(ApprovalRequest request, Optional<Grant> grant, List<AuditRecord> records) {
            this(request, grant, records, List.of(), List.of());
        }
    }
}
