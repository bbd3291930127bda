package io.jitapproval.core.grant;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.Ref;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.StoreEntry;
import io.jitapproval.spi.StoreFullException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests and grants in memory. What is alive is held in maps and counted against a limit; of what has ended, the latest ones
 * are kept, as many again, those longest of which messages still wait.
 *
 * <p>Locks are taken in this order: the gate, which a voiding closes to every change; the key of a submission; the request, grant or
 * message that changes; entries; the outbox.
 */
public final class MemoryGrantStore implements GrantStore {

    private static final int STRIPES = 64;

    private final InstantSource clock;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);
    private final AtomicLong serial = new AtomicLong();
    private final int limit;
    private final Semaphore requestRoom;
    private final Semaphore grantRoom;
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final ReentrantLock[] keyLocks = new ReentrantLock[STRIPES];

    private final Map<String, MemoryCell<ApprovalRequest>> pending = new ConcurrentHashMap<>();
    private final Set<MemoryCell<ApprovalRequest>> pendingInOrder =
            new ConcurrentSkipListSet<>(MemoryCell.OLDEST_FIRST);
    private final Map<String, MemoryCell<ApprovalRequest>> pendingByKey = new ConcurrentHashMap<>();
    private final Map<String, MemoryCell<Grant>> live = new ConcurrentHashMap<>();
    private final Set<MemoryCell<Grant>> liveInOrder = new ConcurrentSkipListSet<>(MemoryCell.OLDEST_FIRST);
    private final Map<Holder, List<MemoryCell<Grant>>> liveByHolder = new ConcurrentHashMap<>();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final MemoryEntries entries;
    private final MemoryEnded<MemoryCell<ApprovalRequest>> endedRequests;
    private final MemoryEnded<MemoryCell<Grant>> endedGrants;

    /**
     * An empty store.
     *
     * @param clock the clock by which requests and grants live
     * @param limit how many pending requests, how many active grants, and how many entries of a kind, it holds at most
     */
    public MemoryGrantStore(InstantSource clock, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, but was " + limit);
        }
        this.clock = clock;
        this.limit = limit;
        this.requestRoom = new Semaphore(limit);
        this.grantRoom = new Semaphore(limit);
        for (int i = 0; i < STRIPES; i++) {
            keyLocks[i] = new ReentrantLock();
        }
        this.entries = new MemoryEntries(limit, STRIPES);
        this.endedRequests = new MemoryEnded<>(limit, outbox::waits, outbox::forget);
        this.endedGrants = new MemoryEnded<>(limit, id -> false, id -> {});
    }

    @Override
    public ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal) {
        return changing(keyLocks[(key.hashCode() & 0x7fffffff) % STRIPES], () -> {
            MemoryCell<ApprovalRequest> waiting = pendingByKey.get(key);
            if (waiting != null) {
                waiting.lock.lock();
                try {
                    ApprovalRequest request = waiting.value;
                    if (request.stateAt(tick()) == ApprovalRequest.State.PENDING) {
                        return request;
                    }
                } finally {
                    waiting.lock.unlock();
                }
            }
            Instant now = tick();
            return create(key, submission.apply(now), now, journal);
        });
    }

    private ApprovalRequest create(String key, Submission made, Instant now, Journal journal) {
        ApprovalRequest request = made.request();
        boolean waits = isPending(request);
        MemoryCell<ApprovalRequest> cell =
                new MemoryCell<>(request, key, request.createdAt(), serial.incrementAndGet());
        if (waits) {
            reserve(requestRoom, "pending requests");
        }
        boolean taken = false;
        try {
            takeEffect(Effect.of(made), now, journal, () -> {
                if (waits) {
                    pending.put(request.id(), cell);
                    pendingInOrder.add(cell);
                    pendingByKey.put(key, cell);
                } else {
                    endedRequests.put(request.id(), cell);
                }
            });
            taken = true;
        } finally {
            if (!taken && waits) {
                requestRoom.release();
            }
        }
        endedRequests.trim();
        return request;
    }

    @Override
    public <R> Optional<R> changeRequest(String requestId, Change<ApprovalRequest, R> change, Journal journal) {
        MemoryCell<ApprovalRequest> cell = requestCell(requestId);
        if (cell == null) {
            return Optional.empty();
        }
        R result = changing(cell.lock, () -> {
            Instant now = tick();
            ApprovalRequest current = cell.value;
            Step<ApprovalRequest, R> step = change.apply(current, now);
            ApprovalRequest next = step.next();
            takeEffect(Effect.of(step), now, journal, () -> {
                if (next != null) {
                    cell.value = next;
                    if (isPending(current) && !isPending(next)) {
                        end(requestId, cell);
                    }
                }
            });
            return step.result();
        });
        endedRequests.trim();
        if (requestCell(requestId) == null) {
            outbox.forget(requestId);
        }
        return Optional.of(result);
    }

    private void end(String requestId, MemoryCell<ApprovalRequest> cell) {
        endedRequests.put(requestId, cell);
        pending.remove(requestId);
        pendingInOrder.remove(cell);
        pendingByKey.remove(cell.key, cell);
        requestRoom.release();
    }

    @Override
    public <R> Optional<R> changeGrant(String grantId, Change<Grant, R> change, Journal journal) {
        MemoryCell<Grant> cell = grantCell(grantId);
        if (cell == null) {
            return Optional.empty();
        }
        R result = changing(cell.lock, () -> {
            Instant now = tick();
            Grant current = cell.value;
            Step<Grant, R> step = change.apply(current, now);
            Grant next = step.next();
            takeEffect(Effect.of(step), now, journal, () -> {
                if (next != null) {
                    cell.value = next;
                    if (isActive(current) && !isActive(next)) {
                        forgetHolder(next, cell);
                        grantRoom.release();
                    }
                    if (!isActive(next) && next.open().isEmpty()) {
                        endedGrants.put(grantId, cell);
                        live.remove(grantId);
                        liveInOrder.remove(cell);
                    }
                }
            });
            return step.result();
        });
        endedGrants.trim();
        return Optional.of(result);
    }

    @Override
    public void voidGrants(Voiding which, Function<Instant, List<AuditRecord>> records, Journal journal) {
        if (gate.getReadHoldCount() > 0) {
            throw new IllegalStateException(
                    "grants are taken away from within another change of this thread, such as by an"
                            + " audit sink in its append: do that on another thread, after the change");
        }
        gate.writeLock().lock();
        try {
            Instant now = tick();
            journal.append(records.apply(now));
            for (MemoryCell<Grant> cell : live.values()) {
                Grant grant = cell.value;
                if (grant.stateAt(now) == Grant.State.ACTIVE && which.fits(grant)) {
                    cell.value = grant.withVoided();
                }
            }
        } finally {
            gate.writeLock().unlock();
        }
    }

    @Override
    public Optional<ApprovalRequest> request(String requestId) {
        return Optional.ofNullable(requestCell(requestId)).map(cell -> cell.value);
    }

    @Override
    public Optional<Grant> grant(String grantId) {
        return Optional.ofNullable(grantCell(grantId)).map(cell -> cell.value);
    }

    @Override
    public List<ApprovalRequest> pendingRequests() {
        List<ApprovalRequest> requests = new ArrayList<>();
        for (MemoryCell<ApprovalRequest> cell : pendingInOrder) {
            ApprovalRequest request = cell.value;
            if (isPending(request)) {
                requests.add(request);
            }
        }
        return Collections.unmodifiableList(requests);
    }

    @Override
    public List<Grant> activeGrants() {
        return grants(liveInOrder, false);
    }

    @Override
    public List<Grant> activeGrants(Ref subject, String action) {
        return grants(liveByHolder.getOrDefault(new Holder(subject, action), List.of()), false);
    }

    @Override
    public List<Grant> voidedGrants() {
        return grants(liveInOrder, true);
    }

    private static List<Grant> grants(Iterable<MemoryCell<Grant>> cells, boolean voided) {
        List<Grant> grants = new ArrayList<>(1);
        for (MemoryCell<Grant> cell : cells) {
            Grant grant = cell.value;
            if (isActive(grant) && grant.voided() == voided) {
                grants.add(grant);
            }
        }
        return Collections.unmodifiableList(grants);
    }

    @Override
    public <R> R changeEntry(String kind, String key, EntryChange<R> change, Journal journal) {
        return passing(() -> entries.change(
                kind,
                key,
                change,
                this::tick,
                (step, all, now) -> takeEffect(Effect.of(step, all), now, journal, () -> {})));
    }

    @Override
    public List<StoreEntry> entries(String kind) {
        return entries.list(kind, tick());
    }

    @Override
    public List<OutboxMessage> dueMessages(int atMost) {
        return outbox.due(tick(), atMost);
    }

    @Override
    public Optional<Instant> nextMessageDue() {
        return outbox.nextDue();
    }

    @Override
    public List<OutboxMessage> messages(String requestId) {
        return outbox.of(requestId);
    }

    @Override
    public List<OutboxMessage> deadMessages() {
        return outbox.dead();
    }

    @Override
    public <R> Optional<R> changeMessage(String messageId, Change<OutboxMessage, R> change, Journal journal) {
        return passing(() -> outbox.change(
                messageId, change, this::tick, (step, now, show) -> takeEffect(Effect.of(step), now, journal, show)));
    }

    @Override
    public Instant now() {
        return tick();
    }

    /** The clock, which for this store never steps back: what has expired stays so. */
    private Instant tick() {
        Instant now = clock.instant();
        return latest.accumulateAndGet(now, (before, read) -> before.isAfter(read) ? before : read);
    }

    private <R> R changing(ReentrantLock lock, Supplier<R> change) {
        return passing(() -> {
            lock.lock();
            try {
                return change.get();
            } finally {
                lock.unlock();
            }
        });
    }

    private <R> R passing(Supplier<R> change) {
        gate.readLock().lock();
        try {
            return change.get();
        } finally {
            gate.readLock().unlock();
        }
    }

    /** What comes of a step besides the new value. */
    private record Effect(
            @Nullable Grant grant, List<AuditRecord> records, List<OutboxMessage> messages, List<StoreEntry> entries) {

        static Effect of(Submission made) {
            return new Effect(made.grant().orElse(null), made.records(), made.messages(), made.entries());
        }

        static Effect of(Step<?, ?> step) {
            return of(step, step.entries());
        }

        static Effect of(Step<?, ?> step, List<StoreEntry> entries) {
            return new Effect(step.grant(), step.records(), step.messages(), entries);
        }
    }

    /** All of a step or, if there is no room or the journal throws, nothing. */
    private void takeEffect(Effect effect, Instant now, Journal journal, Runnable show) {
        Grant grant = effect.grant();
        if (grant != null) {
            reserve(grantRoom, "active grants");
        }
        boolean taken = false;
        try (MemoryEntries.Hold kept = entries.hold(effect.entries(), now)) {
            journal.append(effect.records());
            kept.put();
            if (grant != null) {
                publish(grant);
            }
            outbox.add(effect.messages(), show);
            taken = true;
        } finally {
            if (!taken && grant != null) {
                grantRoom.release();
            }
        }
    }

    private static boolean isPending(ApprovalRequest request) {
        return request.state() == ApprovalRequest.State.PENDING;
    }

    private static boolean isActive(Grant grant) {
        return grant.state() == Grant.State.ACTIVE;
    }

    private void publish(Grant grant) {
        MemoryCell<Grant> cell = new MemoryCell<>(grant, "", grant.grantedAt(), serial.incrementAndGet());
        live.put(grant.id(), cell);
        liveInOrder.add(cell);
        liveByHolder.merge(new Holder(grant.subject(), grant.action()), List.of(cell), (before, one) -> {
            List<MemoryCell<Grant>> more = new ArrayList<>(before.size() + 1);
            more.addAll(before);
            more.addAll(one);
            return more;
        });
    }

    private void forgetHolder(Grant grant, MemoryCell<Grant> cell) {
        liveByHolder.computeIfPresent(new Holder(grant.subject(), grant.action()), (holder, before) -> {
            if (before.size() == 1 && before.get(0) == cell) {
                return null;
            }
            return before.stream().filter(other -> other != cell).toList();
        });
    }

    private void reserve(Semaphore room, String what) {
        if (!room.tryAcquire()) {
            throw new StoreFullException("the memory store holds " + limit + " " + what + ", which is its limit");
        }
    }

    private @Nullable MemoryCell<ApprovalRequest> requestCell(String id) {
        MemoryCell<ApprovalRequest> cell = pending.get(id);
        return cell != null ? cell : endedRequests.get(id);
    }

    private @Nullable MemoryCell<Grant> grantCell(String id) {
        MemoryCell<Grant> cell = live.get(id);
        return cell != null ? cell : endedGrants.get(id);
    }

    private record Holder(Ref subject, String action) {}
}
