package io.jitapproval.core.grant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests and grants in memory. What is alive is held in maps and counted against a limit; what has ended goes to a
 * cache of the same size that may forget it.
 */
public final class MemoryGrantStore implements GrantStore {

    private static final int STRIPES = 64;

    private final InstantSource clock;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);
    private final int limit;
    private final Semaphore requestRoom;
    private final Semaphore grantRoom;
    private final ReentrantLock[] keyLocks = new ReentrantLock[STRIPES];

    private final Map<String, Cell<ApprovalRequest>> pending = new ConcurrentHashMap<>();
    private final Map<String, Cell<ApprovalRequest>> pendingByKey = new ConcurrentHashMap<>();
    private final Map<String, Cell<Grant>> live = new ConcurrentHashMap<>();
    private final Map<Holder, List<Cell<Grant>>> liveByHolder = new ConcurrentHashMap<>();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final MemoryEntries entries;
    private final ReentrantReadWriteLock voiding = new ReentrantReadWriteLock();
    private final Map<Voiding, Long> voidings = new ConcurrentHashMap<>();
    private final AtomicLong births = new AtomicLong();
    private final Cache<String, Cell<ApprovalRequest>> endedRequests;
    private final Cache<String, Cell<Grant>> endedGrants;

    /**
     * An empty store.
     *
     * @param clock the clock by which requests and grants live
     * @param limit how many pending requests, and how many active grants, it holds at most
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
        this.endedRequests = Caffeine.newBuilder()
                .maximumSize(limit)
                .evictionListener((@Nullable String id, @Nullable Cell<ApprovalRequest> cell, RemovalCause cause) -> {
                    if (id != null) {
                        outbox.forget(id);
                    }
                })
                .build();
        this.endedGrants = Caffeine.newBuilder().maximumSize(limit).build();
    }

    @Override
    public ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal) {
        ReentrantLock keyLock = keyLocks[(key.hashCode() & 0x7fffffff) % STRIPES];
        keyLock.lock();
        try {
            Cell<ApprovalRequest> waiting = pendingByKey.get(key);
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
            return create(key, submission.apply(tick()), journal);
        } finally {
            keyLock.unlock();
        }
    }

    private ApprovalRequest create(String key, Submission made, Journal journal) {
        ApprovalRequest request = made.request();
        boolean waits = request.state() == ApprovalRequest.State.PENDING;
        Grant grant = made.grant().orElse(null);
        if (waits) {
            reserve(requestRoom, "pending requests");
        }
        try {
            if (grant != null) {
                reserve(grantRoom, "active grants");
            }
            try {
                entries.makeRoom(made.entries(), tick());
                journal.append(made.records());
            } catch (Throwable failure) {
                release(grant != null, grantRoom);
                throw failure;
            }
        } catch (Throwable failure) {
            release(waits, requestRoom);
            throw failure;
        }
        entries.put(made.entries());
        if (grant != null) {
            publish(grant);
        }
        Cell<ApprovalRequest> cell = new Cell<>(request, key, 0);
        if (waits) {
            pending.put(request.id(), cell);
            pendingByKey.put(key, cell);
        } else {
            endedRequests.put(request.id(), cell);
        }
        outbox.add(made.messages());
        return request;
    }

    @Override
    public <R> Optional<R> changeRequest(String requestId, Change<ApprovalRequest, R> change, Journal journal) {
        Cell<ApprovalRequest> cell = cell(requestId, pending, endedRequests);
        if (cell == null) {
            return Optional.empty();
        }
        cell.lock.lock();
        try {
            ApprovalRequest current = cell.value;
            Step<ApprovalRequest, R> step = change.apply(current, tick());
            Grant grant = step.grant();
            if (grant != null) {
                reserve(grantRoom, "active grants");
            }
            try {
                entries.makeRoom(step.entries(), tick());
                journal.append(step.records());
            } catch (Throwable failure) {
                release(grant != null, grantRoom);
                throw failure;
            }
            entries.put(step.entries());
            if (grant != null) {
                publish(grant);
            }
            ApprovalRequest next = step.next();
            if (next != null) {
                cell.value = next;
                if (current.state() == ApprovalRequest.State.PENDING && next.state() != ApprovalRequest.State.PENDING) {
                    endedRequests.put(requestId, cell);
                    pending.remove(requestId);
                    pendingByKey.remove(cell.key, cell);
                    requestRoom.release();
                }
            }
            outbox.add(step.messages());
            return Optional.of(step.result());
        } finally {
            cell.lock.unlock();
        }
    }

    @Override
    public <R> Optional<R> changeGrant(String grantId, Change<Grant, R> change, Journal journal) {
        Cell<Grant> cell = cell(grantId, live, endedGrants);
        if (cell == null) {
            return Optional.empty();
        }
        voiding.readLock().lock();
        cell.lock.lock();
        try {
            Grant current = shown(cell);
            Step<Grant, R> step = change.apply(current, tick());
            entries.makeRoom(step.entries(), tick());
            journal.append(step.records());
            entries.put(step.entries());
            Grant next = step.next();
            if (next != null) {
                cell.value = next;
                if (current.state() == Grant.State.ACTIVE && next.state() != Grant.State.ACTIVE) {
                    forgetHolder(next, cell);
                    grantRoom.release();
                }
                if (next.state() != Grant.State.ACTIVE && next.open().isEmpty()) {
                    endedGrants.put(grantId, cell);
                    live.remove(grantId);
                }
            }
            outbox.add(step.messages());
            return Optional.of(step.result());
        } finally {
            cell.lock.unlock();
            voiding.readLock().unlock();
        }
    }

    @Override
    public void voidGrants(Voiding which, Function<Instant, List<AuditRecord>> records, Journal journal) {
        voiding.writeLock().lock();
        try {
            journal.append(records.apply(tick()));
            long oldest =
                    live.values().stream().mapToLong(cell -> cell.born).min().orElse(Long.MAX_VALUE);
            voidings.values().removeIf(until -> until < oldest);
            voidings.put(which, births.get());
        } finally {
            voiding.writeLock().unlock();
        }
    }

    /** The grant as it stands, with what voided it. */
    private Grant shown(Cell<Grant> cell) {
        Grant grant = cell.value;
        return !voidings.isEmpty() && isVoided(grant, cell.born) ? grant.withVoided() : grant;
    }

    private boolean isVoided(Grant grant, long born) {
        return !grant.voided()
                && voidings.entrySet().stream()
                        .anyMatch(entry ->
                                born <= entry.getValue() && entry.getKey().fits(grant));
    }

    @Override
    public Optional<ApprovalRequest> request(String requestId) {
        return value(cell(requestId, pending, endedRequests));
    }

    @Override
    public Optional<Grant> grant(String grantId) {
        return Optional.ofNullable(cell(grantId, live, endedGrants)).map(this::shown);
    }

    @Override
    public List<ApprovalRequest> pendingRequests() {
        return pending.values().stream()
                .map(cell -> cell.value)
                .filter(request -> request.state() == ApprovalRequest.State.PENDING)
                .sorted(Comparator.comparing(ApprovalRequest::createdAt))
                .toList();
    }

    @Override
    public List<Grant> activeGrants() {
        return live.values().stream()
                .map(this::shown)
                .filter(MemoryGrantStore::isActive)
                .sorted(Comparator.comparing(Grant::grantedAt))
                .toList();
    }

    @Override
    public List<Grant> activeGrants(Ref subject, String action) {
        List<Cell<Grant>> cells = liveByHolder.get(new Holder(subject, action));
        if (cells == null) {
            return List.of();
        }
        if (cells.size() == 1) {
            Grant only = shown(cells.get(0));
            return isActive(only) ? List.of(only) : List.of();
        }
        List<Grant> grants = new ArrayList<>(cells.size());
        for (Cell<Grant> cell : cells) {
            Grant grant = shown(cell);
            if (isActive(grant)) {
                grants.add(grant);
            }
        }
        return grants;
    }

    @Override
    public <R> R changeEntry(String kind, String key, EntryChange<R> change, Journal journal) {
        return entries.change(kind, key, change, this::tick, journal);
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
        return outbox.change(messageId, change, this::tick, journal);
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

    private static boolean isActive(Grant grant) {
        return grant.state() == Grant.State.ACTIVE && !grant.voided();
    }

    private void publish(Grant grant) {
        Cell<Grant> cell = new Cell<>(grant, "", births.incrementAndGet());
        live.put(grant.id(), cell);
        liveByHolder.merge(new Holder(grant.subject(), grant.action()), List.of(cell), (before, one) -> {
            List<Cell<Grant>> more = new ArrayList<>(before);
            more.addAll(one);
            return List.copyOf(more);
        });
    }

    private void forgetHolder(Grant grant, Cell<Grant> cell) {
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

    private static void release(boolean reserved, Semaphore room) {
        if (reserved) {
            room.release();
        }
    }

    private static <T> @Nullable Cell<T> cell(String id, Map<String, Cell<T>> alive, Cache<String, Cell<T>> ended) {
        Cell<T> cell = alive.get(id);
        return cell != null ? cell : ended.getIfPresent(id);
    }

    private static <T> Optional<T> value(@Nullable Cell<T> cell) {
        return cell == null ? Optional.empty() : Optional.of(cell.value);
    }

    private record Holder(Ref subject, String action) {}

    /** One stored value under its own lock. */
    private static final class Cell<T> {

        final ReentrantLock lock = new ReentrantLock();
        final String key;
        final long born;
        volatile T value;

        Cell(T value, String key, long born) {
            this.value = value;
            this.key = key;
            this.born = born;
        }
    }
}
