package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Reason;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.EntryChange;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.GrantStore.Submission;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How calls come together at one request. Pure functions. */
public final class Joining {

    /** The kind of the entries that say to which content a caller's key belongs. */
    public static final String KEY = "key";

    /** The kind of the entries that say which request is about a content though it was not asked at first under its name. */
    public static final String ELSEWHERE = "asked-elsewhere";

    private static final String CONTENT = "content";
    private static final String REQUEST = "request";

    private Joining() {}

    /**
     * A call joins a request that is still pending.
     *
     * @param details what the record says
     * @return the change; its result is the request afterwards
     */
    public static Change<ApprovalRequest, ApprovalRequest> joined(Map<String, Object> details) {
        return (request, now) -> {
            if (request.stateAt(now) != ApprovalRequest.State.PENDING) {
                return Step.nothing(request);
            }
            ApprovalRequest next = request.with(copy -> copy.callers(request.callers() + 1));
            return Step.to(
                    next,
                    next,
                    RequestRecords.of(Kind.COALESCED, next, now, Optional.empty(), Reason.APPROVAL_PENDING, details));
        };
    }

    /**
     * A key is given to a content, unless another has it.
     *
     * @param name    the key's name in the store
     * @param content what tells the content from any other
     * @param lasts   how long it is kept from now on
     * @return the change; its result says whether the content has the key now
     */
    public static EntryChange<Boolean> claim(String name, String content, Duration lasts) {
        return (current, now) -> {
            if (current.isPresent() && !content.equals(current.get().data().get(CONTENT))) {
                return Step.nothing(false);
            }
            Instant until = now.plus(lasts);
            Instant kept = current.map(StoreEntry::until)
                    .filter(before -> before.isAfter(until))
                    .orElse(until);
            return Step.to(new StoreEntry(KEY, name, Map.of(CONTENT, content), kept), true);
        };
    }

    /**
     * A request that equal calls do not find by its key: they find it by its content.
     *
     * @param made the submission that makes it
     * @return the submission, with the entry that says so
     */
    public static Submission foundByContent(Submission made) {
        List<StoreEntry> entries = new ArrayList<>(made.entries());
        entries.add(byContent(made.request()));
        return new Submission(made.request(), made.grant(), made.records(), made.messages(), entries);
    }

    /**
     * The same for one that a change has made equal to other calls.
     *
     * @param change the change
     * @param <R>    what it results in
     * @return the change
     */
    public static <R> Change<ApprovalRequest, R> foundByContent(Change<ApprovalRequest, R> change) {
        return (request, now) -> {
            Step<ApprovalRequest, R> step = change.apply(request, now);
            ApprovalRequest next = step.next();
            if (next == null
                    || next.state() != ApprovalRequest.State.PENDING
                    || next.matchKey().equals(request.matchKey())) {
                return step;
            }
            List<StoreEntry> entries = new ArrayList<>(step.entries());
            entries.add(byContent(next));
            return step.keeping(entries);
        };
    }

    private static StoreEntry byContent(ApprovalRequest request) {
        String place = place(request.matchKey(), request.key().orElse(""), request.startsAt(), request.ancestry());
        return new StoreEntry(ELSEWHERE, place, Map.of(REQUEST, request.id()), request.lastsUntil());
    }

    /**
     * Where a call looks for a request that is about what it is about.
     *
     * @param matchKey recognises the call
     * @param key      the caller's own key; may be empty
     * @param startsAt when the grant is to begin; empty for at once
     * @param ancestry the grants that it goes on after
     * @return the entry's key
     */
    public static String place(String matchKey, String key, Optional<Instant> startsAt, List<String> ancestry) {
        return matchKey + "/" + startsAt.map(Instant::toString).orElse("") + "/" + String.join(",", ancestry) + "/"
                + key;
    }

    /**
     * Which request an entry names.
     *
     * @param elsewhere the entry
     * @return the request's id
     */
    public static Optional<String> requestOf(StoreEntry elsewhere) {
        return Optional.ofNullable(elsewhere.data().get(REQUEST));
    }

    /**
     * A key is only looked at.
     *
     * @param content what tells the content from any other
     * @return the change, which changes nothing; its result says whether the content could have the key
     */
    public static EntryChange<Boolean> isFree(String content) {
        return (current, now) -> Step.nothing(
                current.isEmpty() || content.equals(current.get().data().get(CONTENT)));
    }
}
