package io.jitapproval.walls.simulation;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.Ref;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.StoreEntry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The store, with a pause before and after each call, and one between the look at the clock and the decision. */
final class SteppedStore extends ForwardingGrantStore {

    private final Conductor conductor;
    private final Locks locks;
    private final Names names;
    private final Map<Thread, Instant> looked = new HashMap<>();
    private final Map<String, String> pendingByKey = new HashMap<>();

    SteppedStore(Conductor conductor, Names names, GrantStore store) {
        super(store);
        this.conductor = conductor;
        this.names = names;
        this.locks = new Locks(conductor);
    }

    private <T> T stepped(String what, String id, Supplier<T> call) {
        conductor.pause(() -> what + " " + names.of(id));
        T result = call.get();
        conductor.pause(() -> what + " " + names.of(id) + " is over");
        return result;
    }

    private <T> T locked(String lock, Supplier<T> call) {
        locks.enter();
        try {
            locks.take(lock);
            return call.get();
        } finally {
            looked.remove(Thread.currentThread());
            locks.leave();
        }
    }

    /** Whether an instant is the one that the store read when the caller's change had its lock; true if there is no such change. */
    boolean isOfThisChange(Instant instant) {
        return looked.getOrDefault(Thread.currentThread(), instant).equals(instant);
    }

    private <T, R> Change<T, R> paused(Change<T, R> change) {
        return (current, now) -> {
            looked.put(Thread.currentThread(), now);
            conductor.pause(() -> "has looked at the clock");
            return holding(change.apply(current, now));
        };
    }

    private <T, R> Step<T, R> holding(Step<T, R> step) {
        hold(step.entries().stream());
        return step;
    }

    private void hold(Stream<StoreEntry> entries) {
        entries.map(entry -> Locks.entry(entry.kind(), entry.key())).sorted().forEach(locks::take);
    }

    @Override
    public ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal) {
        return stepped(
                "submit",
                "",
                () -> locked(Locks.key(key), () -> {
                    String waiting = pendingByKey.get(key);
                    if (waiting != null) {
                        locks.waitFor("request " + waiting);
                    }
                    ApprovalRequest request = super.submit(
                            key,
                            now -> {
                                looked.put(Thread.currentThread(), now);
                                conductor.pause(() -> "has looked at the clock");
                                Submission made = submission.apply(now);
                                hold(made.entries().stream());
                                return made;
                            },
                            journal);
                    pendingByKey.put(key, request.id());
                    return request;
                }));
    }

    @Override
    public <R> Optional<R> changeRequest(String id, Change<ApprovalRequest, R> change, Journal journal) {
        return stepped(
                "change of request",
                id,
                () -> locked("request " + id, () -> super.changeRequest(id, paused(change), journal)));
    }

    @Override
    public <R> Optional<R> changeGrant(String id, Change<Grant, R> change, Journal journal) {
        return stepped(
                "change of grant",
                id,
                () -> locked("grant " + id, () -> super.changeGrant(id, paused(change), journal)));
    }

    @Override
    public <R> Optional<R> changeMessage(String id, Change<OutboxMessage, R> change, Journal journal) {
        return stepped(
                "change of message",
                id,
                () -> locked("message " + id, () -> super.changeMessage(id, paused(change), journal)));
    }

    @Override
    public <R> R changeEntry(String kind, String key, EntryChange<R> change, Journal journal) {
        return stepped(
                "change of entry " + kind,
                "",
                () -> locked(
                        Locks.entry(kind, key),
                        () -> super.changeEntry(
                                kind, key, (current, now) -> holding(change.apply(current, now)), journal)));
    }

    @Override
    public void voidGrants(Voiding which, Function<Instant, List<AuditRecord>> records, Journal journal) {
        stepped("voiding", "", () -> {
            locks.close();
            try {
                super.voidGrants(which, records, journal);
            } finally {
                locks.open();
            }
            return true;
        });
    }

    @Override
    public Optional<ApprovalRequest> request(String id) {
        return stepped("look at request", id, () -> super.request(id));
    }

    @Override
    public Optional<Grant> grant(String id) {
        return stepped("look at grant", id, () -> super.grant(id));
    }

    @Override
    public List<ApprovalRequest> pendingRequests() {
        return stepped("list of pending requests", "", super::pendingRequests);
    }

    @Override
    public List<Grant> activeGrants(Ref subject, String action) {
        return stepped("list of grants", "", () -> super.activeGrants(subject, action));
    }

    @Override
    public List<Grant> voidedGrants() {
        return stepped("list of voided grants", "", super::voidedGrants);
    }

    @Override
    public List<OutboxMessage> dueMessages(int atMost) {
        return stepped("list of due messages", "", () -> super.dueMessages(atMost));
    }

    @Override
    public List<OutboxMessage> messages(String requestId) {
        return stepped("messages of request", requestId, () -> super.messages(requestId));
    }

    @Override
    public Optional<Instant> nextMessageDue() {
        return stepped("next message due", "", super::nextMessageDue);
    }

    @Override
    public Instant now() {
        conductor.pause(() -> "asks the store for the time");
        return super.now();
    }
}
