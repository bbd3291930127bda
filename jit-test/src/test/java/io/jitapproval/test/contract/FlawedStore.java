package io.jitapproval.test.contract;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.Ref;
import io.jitapproval.core.GrantStores;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.StoreFullException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** The simplest store there is, with one flaw built in. Without a flaw it keeps the contract. */
final class FlawedStore extends ForwardingGrantStore {

    enum Flaw {
        NONE,
        NO_LOCK,
        CLOCK_BEFORE_LOCK,
        PUBLISHES_BEFORE_JOURNAL,
        SWALLOWS_JOURNAL_FAILURE,
        WRAPS_FAILURES,
        NO_JOURNAL_WITHOUT_CHANGE,
        DROPS_OLDEST_WHEN_FULL,
        GROWS_WITHOUT_LIMIT,
        JOURNALS_WHAT_IT_REFUSES,
        KEY_STAYS_TAKEN,
        JOINS_OVERDUE,
        REPLACES_PENDING,
        GRANT_COMES_LATE,
        NEWEST_FIRST,
        INDEX_BY_SUBJECT_ONLY,
        HIDES_OVERDUE,
        FORGETS_USED_UP_GRANT,
        OWN_CLOCK
    }

    private final Flaw flaw;
    private final InstantSource clock;
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ApprovalRequest> requests = new ConcurrentSkipListMap<>();
    private final Map<String, Grant> grants = new ConcurrentSkipListMap<>();

    FlawedStore(InstantSource clock, int limit, Flaw flaw) {
        super(GrantStores.memory(clock, limit));
        this.clock = clock;
        this.limit = limit;
        this.flaw = flaw;
    }

    private boolean has(Flaw one) {
        return flaw == one;
    }

    @Override
    public ApprovalRequest submit(String matchKey, Function<Instant, Submission> submission, Journal journal) {
        return locked(now -> {
            Optional<ApprovalRequest> waiting = requests.values().stream()
                    .filter(request -> request.matchKey().equals(matchKey))
                    .filter(request -> has(Flaw.KEY_STAYS_TAKEN)
                            || (has(Flaw.JOINS_OVERDUE) ? request.state() : request.stateAt(now.get()))
                                    == ApprovalRequest.State.PENDING)
                    .findFirst();
            if (waiting.isPresent() && !has(Flaw.REPLACES_PENDING)) {
                return waiting.get();
            }
            Submission made = submission.apply(now.get());
            waiting.ifPresent(old -> requests.remove(old.id()));
            write(made.records(), journal, made.request(), made.grant().orElse(null));
            return made.request();
        });
    }

    @Override
    public <R> Optional<R> changeRequest(String requestId, Change<ApprovalRequest, R> change, Journal journal) {
        return locked(now -> {
            ApprovalRequest current = requests.get(requestId);
            if (current == null) {
                return Optional.empty();
            }
            Step<ApprovalRequest, R> step = change.apply(current, now.get());
            if (!has(Flaw.NO_JOURNAL_WITHOUT_CHANGE) || step.next() != null) {
                write(step.records(), journal, step.next(), step.grant());
            }
            return Optional.of(step.result());
        });
    }

    @Override
    public <R> Optional<R> changeGrant(String grantId, Change<Grant, R> change, Journal journal) {
        return locked(now -> {
            Grant current = grants.get(grantId);
            if (current == null) {
                return Optional.empty();
            }
            Step<Grant, R> step = change.apply(current, now.get());
            write(step.records(), journal, null, step.next());
            if (has(Flaw.FORGETS_USED_UP_GRANT) && grants.get(grantId).state() != Grant.State.ACTIVE) {
                grants.remove(grantId);
            }
            return Optional.of(step.result());
        });
    }

    private void write(List<AuditRecord> records, Journal journal, ApprovalRequest request, Grant grant) {
        if (has(Flaw.JOURNALS_WHAT_IT_REFUSES)) {
            journal.append(records);
        }
        if (request != null && !requests.containsKey(request.id()) && isPending(request)) {
            makeRoom(
                    pendingRequests().size(),
                    () -> requests.remove(pendingRequests().get(0).id()));
        }
        if (grant != null && !grants.containsKey(grant.id())) {
            makeRoom(
                    activeGrants().size(),
                    () -> grants.remove(activeGrants().get(0).id()));
        }
        if (has(Flaw.PUBLISHES_BEFORE_JOURNAL)) {
            publish(request, grant);
        }
        try {
            if (!has(Flaw.JOURNALS_WHAT_IT_REFUSES)) {
                journal.append(records);
            }
        } catch (RuntimeException e) {
            if (has(Flaw.WRAPS_FAILURES)) {
                throw new IllegalArgumentException("could not write", e);
            }
            if (!has(Flaw.SWALLOWS_JOURNAL_FAILURE)) {
                throw e;
            }
        }
        publish(request, grant);
    }

    private void publish(ApprovalRequest request, Grant grant) {
        if (has(Flaw.GRANT_COMES_LATE) && request != null && grant != null) {
            requests.put(request.id(), request);
            for (int i = 0; i < 200; i++) {
                Threads.giveWay();
            }
        }
        if (grant != null) {
            grants.put(grant.id(), grant);
        }
        if (request != null) {
            requests.put(request.id(), request);
        }
    }

    private void makeRoom(int held, Runnable dropOldest) {
        if (held < limit || has(Flaw.GROWS_WITHOUT_LIMIT)) {
            return;
        }
        if (!has(Flaw.DROPS_OLDEST_WHEN_FULL)) {
            throw new StoreFullException("full at " + limit);
        }
        dropOldest.run();
    }

    private <R> R locked(Function<Supplier<Instant>, R> work) {
        Instant early = has(Flaw.CLOCK_BEFORE_LOCK) ? now() : null;
        if (has(Flaw.NO_LOCK)) {
            return work.apply(this::now);
        }
        lock.lock();
        try {
            return work.apply(() -> early == null ? now() : early);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isPending(ApprovalRequest request) {
        return request.state() == ApprovalRequest.State.PENDING;
    }

    @Override
    public Optional<ApprovalRequest> request(String requestId) {
        return Optional.ofNullable(requests.get(requestId));
    }

    @Override
    public Optional<Grant> grant(String grantId) {
        return Optional.ofNullable(grants.get(grantId));
    }

    @Override
    public List<ApprovalRequest> pendingRequests() {
        return requests.values().stream()
                .filter(request -> (has(Flaw.HIDES_OVERDUE) ? request.stateAt(now()) : request.state())
                        == ApprovalRequest.State.PENDING)
                .sorted(order(ApprovalRequest::createdAt))
                .toList();
    }

    @Override
    public List<Grant> activeGrants() {
        return grants.values().stream()
                .filter(grant -> (has(Flaw.HIDES_OVERDUE) ? grant.stateAt(now()) : grant.state()) == Grant.State.ACTIVE)
                .sorted(order(Grant::grantedAt))
                .toList();
    }

    @Override
    public List<Grant> activeGrants(Ref subject, String action) {
        return activeGrants().stream()
                .filter(grant -> grant.subject().equals(subject))
                .filter(grant ->
                        has(Flaw.INDEX_BY_SUBJECT_ONLY) || grant.action().equals(action))
                .toList();
    }

    private <T> Comparator<T> order(Function<T, Instant> time) {
        Comparator<T> oldestFirst = Comparator.comparing(time);
        return has(Flaw.NEWEST_FIRST) ? oldestFirst.reversed() : oldestFirst;
    }

    @Override
    public Instant now() {
        return has(Flaw.OWN_CLOCK) ? Instant.now() : clock.instant();
    }
}
