package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Verdict;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What follows from a change of a request, whatever the change: the cool-down after a denial, and a flag on votes that came too fast. */
public final class Aftermath {

    /** The kind of entry that cool-downs are; the key is the match key of the denied call. */
    public static final String COOL_DOWN = "cool-down";

    /** An approval in less time than this is flagged: nobody reads that fast. */
    public static final Duration QUICK = Duration.ofSeconds(2);

    private Aftermath() {}

    /**
     * The change with what follows from it, in the same step.
     *
     * @param change the change
     * @param <R>    what it results in
     * @return the change
     */
    public static <R> Change<ApprovalRequest, R> of(Change<ApprovalRequest, R> change) {
        return (request, now) -> {
            Step<ApprovalRequest, R> step = flagged(change.apply(request, now), request, now);
            ApprovalRequest next = step.next();
            if (next == null || request.state() != State.PENDING || next.state() != State.DENIED) {
                return step;
            }
            Duration coolDown = request.requirement().course().coolDown();
            Instant until = deniedAt(next, now).plus(coolDown);
            if (!now.isBefore(until)) {
                return step;
            }
            List<StoreEntry> entries = new ArrayList<>(step.entries());
            entries.add(new StoreEntry(COOL_DOWN, request.matchKey(), Map.of("request", request.id()), until));
            return step.keeping(entries);
        };
    }

    /** Time denies at the decide-by, whenever that is written down. */
    private static Instant deniedAt(ApprovalRequest denied, Instant now) {
        return denied.outcome().filter(Reason.DENIED_BY_TIMEOUT::equals).isPresent() ? denied.decideBy() : now;
    }

    private static <R> Step<ApprovalRequest, R> flagged(
            Step<ApprovalRequest, R> step, ApprovalRequest request, Instant now) {
        if (!now.isBefore(shownSince(request).plus(QUICK))
                || step.records().stream().noneMatch(Aftermath::isApproval)) {
            return step;
        }
        return new Step<>(
                step.next(),
                step.grant(),
                step.records().stream()
                        .map(record -> isApproval(record) ? quick(record) : record)
                        .toList(),
                step.messages(),
                step.entries(),
                step.result());
    }

    /** Since when what is voted on has been there to read: it may have changed, and a later stage is asked later. */
    private static Instant shownSince(ApprovalRequest request) {
        Instant since = request.progress().openedAt();
        for (Note note : request.notes()) {
            boolean changes = note.kind() == Note.Kind.CHANGE || note.kind() == Note.Kind.INFORMATION;
            since = changes && note.at().isAfter(since) ? note.at() : since;
        }
        return since;
    }

    private static boolean isApproval(AuditRecord record) {
        return record.kind() == Kind.VOTED
                && Verdict.APPROVE.word().equals(record.details().get("verdict"));
    }

    private static AuditRecord quick(AuditRecord record) {
        Map<String, Object> details = new LinkedHashMap<>(record.details());
        details.put("quick", true);
        return new AuditRecord(
                record.time(),
                record.kind(),
                record.subject(),
                record.actors(),
                record.action(),
                record.resource(),
                record.arguments(),
                record.requestId(),
                record.grantId(),
                record.use(),
                record.by(),
                record.reason(),
                record.rules(),
                record.policy(),
                record.binding(),
                details);
    }
}
