package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Approvals;
import io.jitapproval.Grant;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.core.approval.Electorate;
import io.jitapproval.core.approval.RequestLife;
import io.jitapproval.core.approval.RequestLife.Withdrawn;
import io.jitapproval.core.grant.GrantLife;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.StoreFullException;
import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where requests end: votes, withdrawals and the decide-by. Tells waiters and channels whenever one does. */
final class RequestDesk implements Approvals {

    private static final Logger LOG = LoggerFactory.getLogger(RequestDesk.class);
    private static final String WHAT = "approvals";
    private static final Duration ONCE_MORE = Duration.ofSeconds(5);

    private final GrantStore store;
    private final Journal journal;
    private final PeopleDirectory people;
    private final TimeSource time;
    private final ExecutorService executor;
    private final Notifier notifier;
    private final Waiters waiters;
    private final Ids ids;
    private final Map<String, Runnable> alarms = new ConcurrentHashMap<>();
    private volatile Consumer<ApprovalRequest> onEnd = request -> {};

    RequestDesk(
            GuardSettings settings,
            Journal journal,
            ExecutorService executor,
            Notifier notifier,
            Waiters waiters,
            Ids ids) {
        this.store = settings.store();
        this.journal = journal;
        this.people = settings.people();
        this.time = settings.time();
        this.executor = executor;
        this.notifier = notifier;
        this.waiters = waiters;
        this.ids = ids;
    }

    @Override
    public List<ApprovalRequest> waitingFor(Ref approver) {
        return Failures.guarded(WHAT, phase -> {
            List<ApprovalRequest> all = pending();
            phase.enter(Reason.PEOPLE_UNAVAILABLE);
            Optional<Person> person = people.find(approver);
            if (person.isEmpty()) {
                return List.of();
            }
            List<ApprovalRequest> waiting = new ArrayList<>();
            for (ApprovalRequest request : all) {
                boolean voted = request.votes().stream()
                        .anyMatch(vote -> vote.person().equals(person.get().id()));
                if (!voted
                        && !RequestLife.requesters(request).contains(approver)
                        && !electorate(request).placesOf(person).isEmpty()) {
                    waiting.add(request);
                }
            }
            return waiting;
        });
    }

    @Override
    public List<ApprovalRequest> pending() {
        return Failures.guarded(WHAT, phase -> {
            Instant now = store.now();
            return store.pendingRequests().stream()
                    .filter(request -> request.stateAt(now) == State.PENDING)
                    .toList();
        });
    }

    @Override
    public Optional<ApprovalRequest> find(String requestId) {
        return Failures.guarded(WHAT, phase -> store.request(requestId));
    }

    @Override
    public VoteReceipt vote(String requestId, Vote vote) {
        return Failures.guarded(WHAT, phase -> {
            Optional<ApprovalRequest> request = store.request(requestId);
            if (request.isEmpty()) {
                return new VoteReceipt(Reason.UNKNOWN_ID, Optional.empty());
            }
            phase.enter(Reason.PEOPLE_UNAVAILABLE);
            Optional<Person> voter = people.find(vote.voter());
            Electorate electorate = electorate(request.get());
            phase.enter(Reason.STORE_UNAVAILABLE);
            String grantId = ids.unguessable();
            VoteReceipt receipt = makingRoom(() ->
                            store.changeRequest(requestId, RequestLife.vote(vote, voter, electorate, grantId), journal))
                    .orElseGet(() -> new VoteReceipt(Reason.UNKNOWN_ID, Optional.empty()));
            receipt.request().filter(after -> after.state() != State.PENDING).ifPresent(this::ended);
            return receipt;
        });
    }

    @Override
    public Reason withdraw(String requestId, Ref by) {
        return Failures.guarded(WHAT, phase -> {
            List<Ref> identities = new ArrayList<>(List.of(by));
            store.request(requestId).map(RequestLife::requesters).ifPresent(identities::addAll);
            phase.enter(Reason.PEOPLE_UNAVAILABLE);
            Canonical canonical = new Canonical(people).learn(identities);
            phase.enter(Reason.STORE_UNAVAILABLE);
            Optional<Withdrawn> withdrawn =
                    store.changeRequest(requestId, RequestLife.withdraw(by, canonical), journal);
            withdrawn.flatMap(Withdrawn::request).ifPresent(this::ended);
            return withdrawn.map(Withdrawn::reason).orElse(Reason.UNKNOWN_ID);
        });
    }

    private Electorate electorate(ApprovalRequest request) throws Exception {
        return Electorate.resolve(request.requirement(), RequestLife.requesters(request), people);
    }

    /** Sees to it that the request ends at its decide-by, and that whoever waits learns of it then. */
    void watch(ApprovalRequest request) {
        alarms.put(request.id(), () -> {});
        arm(request.id(), request.decideBy());
    }

    private void arm(String id, Instant at) {
        Runnable alarm = time.alarm(at, () -> {
            try {
                executor.execute(() -> expireQuietly(id));
            } catch (RejectedExecutionException e) {
                expireQuietly(id);
            }
        });
        if (alarms.computeIfPresent(id, (same, before) -> alarm) == null) {
            alarm.run();
        }
    }

    private void expireQuietly(String requestId) {
        boolean open = true;
        try {
            open = expire(requestId)
                    .filter(request -> request.state() == State.PENDING)
                    .isPresent();
        } catch (RuntimeException e) {
            LOG.warn("The end of request {} is not on record yet; it has expired all the same", requestId, e);
            waiters.wake(requestId);
        }
        if (open && alarms.containsKey(requestId)) {
            arm(requestId, time.instant().plus(ONCE_MORE));
        }
    }

    /** Runs a change; if the store is full, once more after what has expired was written down. */
    <R> R makingRoom(Supplier<R> change) {
        try {
            return change.get();
        } catch (StoreFullException full) {
            if (sweep() == 0) {
                throw full;
            }
            return change.get();
        }
    }

    private int sweep() {
        int swept = 0;
        Instant now = store.now();
        for (ApprovalRequest request : store.pendingRequests()) {
            if (request.stateAt(now) == State.EXPIRED) {
                expire(request.id());
                swept++;
            }
        }
        for (Grant grant : store.activeGrants()) {
            if (grant.stateAt(now) == Grant.State.EXPIRED) {
                store.changeGrant(grant.id(), GrantLife.expire(), journal);
                swept++;
            }
        }
        return swept;
    }

    /** Writes down that the request has expired, if it has; gives the request as it is. */
    Optional<ApprovalRequest> expire(String requestId) {
        Optional<ApprovalRequest> after = store.changeRequest(requestId, RequestLife.expire(), journal);
        after.filter(request -> request.state() != State.PENDING).ifPresent(this::ended);
        return after;
    }

    /** Once for each request that ended, as far as this guard saw it end; a second time does no harm. */
    void ended(ApprovalRequest request) {
        Runnable alarm = alarms.remove(request.id());
        if (alarm != null) {
            alarm.run();
            notifier.end(request);
        }
        waiters.wake(request.id());
        onEnd.accept(request);
    }

    /** What else to do with each request that ended, as far as this guard saw it end. */
    void onEnd(Consumer<ApprovalRequest> task) {
        onEnd = task;
    }

    void close() {
        alarms.values().forEach(Runnable::run);
        alarms.clear();
    }
}
