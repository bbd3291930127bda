package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Reason;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.EntryChange;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How calls come together at one request. Pure functions. */
public final class Joining {

    /** The kind of the entries that say to which content a caller's key belongs. */
    public static final String KEY = "key";

    private static final String CONTENT = "content";

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
