package io.jitapproval;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes approval requests: for stores that read them back, and for tests. Whatever is not set is as in a fresh request of which
 * nothing else is known; what a request cannot be without has to be set. Not thread-safe.
 */
public final class ApprovalRequestBuilder {

    private @Nullable String id;
    private ApprovalRequest.State state = ApprovalRequest.State.PENDING;
    private int version = 1;
    private @Nullable String digest;
    private @Nullable Ref subject;
    private List<Ref> actors = List.of();
    private @Nullable String action;
    private Ref resource = Resource.NONE.ref();
    private List<ShownArgument> arguments = List.of();
    private String reason = "";
    private String ticket = "";
    private List<PreviewLine> preview = List.of();
    private @Nullable Requirement requirement;
    private List<String> rules = List.of();
    private String because = "";
    private String policy = "";
    private Set<String> barred = Set.of();
    private @Nullable String binding;
    private @Nullable String matchKey;
    private Optional<String> key = Optional.empty();
    private Optional<String> bundle = Optional.empty();
    private List<String> ancestry = List.of();
    private boolean replay;
    private List<String> asked = List.of();
    private int eligible;
    private int callers = 1;
    private @Nullable Instant createdAt;
    private Optional<Instant> startsAt = Optional.empty();
    private @Nullable Instant decideBy;
    private @Nullable Progress progress;
    private List<CastVote> votes = List.of();
    private List<Note> notes = List.of();
    private int messages;
    private Optional<Reason> outcome = Optional.empty();
    private Optional<Instant> decidedAt = Optional.empty();
    private Optional<String> grantId = Optional.empty();

    /** Begins a request with nothing set. */
    public ApprovalRequestBuilder() {}

    ApprovalRequestBuilder(ApprovalRequest request) {
        this.id = request.id();
        this.state = request.state();
        this.version = request.version();
        this.digest = request.digest();
        this.subject = request.subject();
        this.actors = request.actors();
        this.action = request.action();
        this.resource = request.resource();
        this.arguments = request.arguments();
        this.reason = request.reason();
        this.ticket = request.ticket();
        this.preview = request.preview();
        this.requirement = request.requirement();
        this.rules = request.rules();
        this.because = request.because();
        this.policy = request.policy();
        this.barred = request.barred();
        this.binding = request.binding();
        this.matchKey = request.matchKey();
        this.key = request.key();
        this.bundle = request.bundle();
        this.ancestry = request.ancestry();
        this.replay = request.replay();
        this.asked = request.asked();
        this.eligible = request.eligible();
        this.callers = request.callers();
        this.createdAt = request.createdAt();
        this.startsAt = request.startsAt();
        this.decideBy = request.decideBy();
        this.progress = request.progress();
        this.votes = request.votes();
        this.notes = request.notes();
        this.messages = request.messages();
        this.outcome = request.outcome();
        this.decidedAt = request.decidedAt();
        this.grantId = request.grantId();
    }

    /**
     * Sets it.
     *
     * @param value its unguessable id
     * @return this
     */
    public ApprovalRequestBuilder id(String value) {
        id = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value its state, as far as it has been written down; see {@link ApprovalRequest#stateAt(Instant)}
     * @return this
     */
    public ApprovalRequestBuilder state(ApprovalRequest.State value) {
        state = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value which version of its content this is, from 1: more information or a change by the requester makes the next
     * @return this
     */
    public ApprovalRequestBuilder version(int value) {
        version = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value a digest over everything that approvers are shown of it, and its version
     * @return this
     */
    public ApprovalRequestBuilder digest(String value) {
        digest = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value who wants to act
     * @return this
     */
    public ApprovalRequestBuilder subject(Ref value) {
        subject = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value who acts for the subject; none of them may approve
     * @return this
     */
    public ApprovalRequestBuilder actors(List<Ref> value) {
        actors = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value the action's name
     * @return this
     */
    public ApprovalRequestBuilder action(String value) {
        action = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value on what
     * @return this
     */
    public ApprovalRequestBuilder resource(Ref value) {
        resource = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value the arguments, in order
     * @return this
     */
    public ApprovalRequestBuilder arguments(List<ShownArgument> value) {
        arguments = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value why the requester wants it; may be empty
     * @return this
     */
    public ApprovalRequestBuilder reason(String value) {
        reason = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value the ticket that the requester names; may be empty
     * @return this
     */
    public ApprovalRequestBuilder ticket(String value) {
        ticket = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value what the application says the action would do; empty if it says nothing
     * @return this
     */
    public ApprovalRequestBuilder preview(List<PreviewLine> value) {
        preview = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value what an approval needs and may give
     * @return this
     */
    public ApprovalRequestBuilder requirement(Requirement value) {
        requirement = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value the ids of the rules that ask
     * @return this
     */
    public ApprovalRequestBuilder rules(List<String> value) {
        rules = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value what those rules say to people; may be empty
     * @return this
     */
    public ApprovalRequestBuilder because(String value) {
        because = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value the version of the policy that asks
     * @return this
     */
    public ApprovalRequestBuilder policy(String value) {
        policy = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value the canonical ids of people who may not vote although they are no requesters: the owners of the rules that ask, where those rules say so
     * @return this
     */
    public ApprovalRequestBuilder barred(Set<String> value) {
        barred = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value what ties votes, grant and uses to exactly this call: a digest over its frozen bytes and this request's id
     * @return this
     */
    public ApprovalRequestBuilder binding(String value) {
        binding = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value how the guard recognises the same call again; not for showing
     * @return this
     */
    public ApprovalRequestBuilder matchKey(String value) {
        matchKey = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value the caller's own key for it, under which nothing else can be asked
     * @return this
     */
    public ApprovalRequestBuilder key(Optional<String> value) {
        key = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value the bundle that it belongs to
     * @return this
     */
    public ApprovalRequestBuilder bundle(Optional<String> value) {
        bundle = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value the grants that it wants to go on after, that which it extends first
     * @return this
     */
    public ApprovalRequestBuilder ancestry(List<String> value) {
        ancestry = value;
        return this;
    }

    /**
     * Whether the call runs at once when it is approved.
     *
     * @param value whether it does; by default it does not
     * @return this
     */
    public ApprovalRequestBuilder replay(boolean value) {
        replay = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value the names of the people who were told, as far as they are known
     * @return this
     */
    public ApprovalRequestBuilder asked(List<String> value) {
        asked = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value how many people may decide, told or not
     * @return this
     */
    public ApprovalRequestBuilder eligible(int value) {
        eligible = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value how many calls wait for it or asked for it
     * @return this
     */
    public ApprovalRequestBuilder callers(int value) {
        callers = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value when it was asked
     * @return this
     */
    public ApprovalRequestBuilder createdAt(Instant value) {
        createdAt = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value when the grant is to begin; empty for at once
     * @return this
     */
    public ApprovalRequestBuilder startsAt(Optional<Instant> value) {
        startsAt = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value from this instant on nobody can decide any more
     * @return this
     */
    public ApprovalRequestBuilder decideBy(Instant value) {
        decideBy = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value how far it has come
     * @return this
     */
    public ApprovalRequestBuilder progress(Progress value) {
        progress = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value the votes that count so far, in the order in which they were cast
     * @return this
     */
    public ApprovalRequestBuilder votes(List<CastVote> value) {
        votes = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value what was said about it, in order
     * @return this
     */
    public ApprovalRequestBuilder notes(List<Note> value) {
        notes = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value the highest number that a message about it has
     * @return this
     */
    public ApprovalRequestBuilder messages(int value) {
        messages = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value why it ended as it did; empty while it is pending
     * @return this
     */
    public ApprovalRequestBuilder outcome(Optional<Reason> value) {
        outcome = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value when it ended; empty while it is pending
     * @return this
     */
    public ApprovalRequestBuilder decidedAt(Optional<Instant> value) {
        decidedAt = value;
        return this;
    }

    /**
     * Sets it.
     *
     * @param value the grant that its approval created
     * @return this
     */
    public ApprovalRequestBuilder grantId(Optional<String> value) {
        grantId = value;
        return this;
    }

    /**
     * Makes the request.
     *
     * @return the request
     * @throws IllegalStateException if something is missing that it cannot be without
     */
    public ApprovalRequest build() {
        return new ApprovalRequest(
                set(id, "id"),
                state,
                version,
                set(digest, "digest"),
                set(subject, "subject"),
                actors,
                set(action, "action"),
                resource,
                arguments,
                reason,
                ticket,
                preview,
                set(requirement, "requirement"),
                rules,
                because,
                policy,
                barred,
                set(binding, "binding"),
                set(matchKey, "matchKey"),
                key,
                bundle,
                ancestry,
                replay,
                asked,
                eligible,
                callers,
                set(createdAt, "createdAt"),
                startsAt,
                set(decideBy, "decideBy"),
                progress == null ? new Progress(1, set(createdAt, "createdAt"), Duration.ZERO, false) : progress,
                votes,
                notes,
                messages,
                outcome,
                decidedAt,
                grantId);
    }

    private static <T> T set(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalStateException("an approval request needs " + name);
        }
        return value;
    }
}
