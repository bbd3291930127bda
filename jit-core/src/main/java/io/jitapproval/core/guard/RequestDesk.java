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
import io.jitapproval.core.approval.Telling;
import io.jitapproval.core.approval.Tidings;
import io.jitapproval.core.grant.GrantLife;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Change;
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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where requests end: votes, withdrawals and the decide-by. Wakes waiters and sends what there is to tell whenever one does. */
final class RequestDesk implements Approvals {

    private static final Logger LOG = LoggerFactory.getLogger(RequestDesk.class);
    private static final String WHAT = "approvals";
    private static final Duration ONCE_MORE = Duration.ofSeconds(5);
    /** No request has this id. */
    private static final String RESUMING = "";

    private final GrantStore store;
    private final Journal journal;
    private final PeopleDirectory people;
    private final TimeSource time;
    private final ExecutorService executor;
    private final Tidings tidings;
    private final Dispatcher dispatcher;
    private final Reminders reminders;
    private final Waiters waiters;
    private final Ids ids;
    private final Map<String, Runnable> alarms = new ConcurrentHashMap<>();

    RequestDesk(
            GuardSettings settings,
            Journal journal,
            ExecutorService executor,
            Tidings tidings,
            Dispatcher dispatcher,
            Waiters waiters,
            Ids ids) {
        this.store = settings.store();
        this.journal = journal;
        this.people = settings.people();
        this.time = settings.time();
        this.executor = executor;
        this.tidings = tidings;
        this.dispatcher = dispatcher;
        this.reminders = new Reminders(settings, journal, tidings);
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
            Change<ApprovalRequest, VoteReceipt> voting = Telling.ofTheEnd(
                    RequestLife.vote(vote, voter, electorate, grantId),
                    tidings,
                    (receipt, ended) -> new VoteReceipt(receipt.reason(), Optional.of(ended)));
            VoteReceipt receipt = makingRoom(() -> store.changeRequest(requestId, voting, journal))
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
            Change<ApprovalRequest, Withdrawn> withdrawal = Telling.ofTheEnd(
                    RequestLife.withdraw(by, canonical),
                    tidings,
                    (result, ended) -> new Withdrawn(result.reason(), Optional.of(ended)));
            Optional<Withdrawn> withdrawn = store.changeRequest(requestId, withdrawal, journal);
            withdrawn.flatMap(Withdrawn::request).ifPresent(this::ended);
            return withdrawn.map(Withdrawn::reason).orElse(Reason.UNKNOWN_ID);
        });
    }

    private Electorate electorate(ApprovalRequest request) throws Exception {
        return Electorate.resolve(request.requirement(), RequestLife.requesters(request), people);
    }

    /** Sees to it that what time alone brings about happens in time, and that whoever waits learns of it then. */
    void watch(ApprovalRequest request) {
        alarms.put(request.id(), () -> {});
        arm(request.id(), earliest(request, reminders.next(request)));
    }

    /** Watches what an earlier process has left pending, soon and on another thread. */
    void resume() {
        dispatcher.later(() -> {
            try {
                for (ApprovalRequest request : store.pendingRequests()) {
                    if (!alarms.containsKey(request.id())) {
                        watch(request);
                    }
                }
            } catch (Throwable failure) {
                alarms.put(RESUMING, time.alarm(time.instant().plus(ONCE_MORE), this::resume));
                throw failure;
            }
        });
    }

    private static Instant earliest(ApprovalRequest request, Optional<Instant> reminder) {
        Instant end = request.lastsUntil();
        return reminder.filter(end::isAfter).orElse(end);
    }

    private void arm(String id, Instant at) {
        Runnable alarm = time.alarm(at, () -> {
            try {
                executor.execute(() -> timeHasCome(id));
            } catch (RejectedExecutionException e) {
                timeHasCome(id);
            }
        });
        if (alarms.computeIfPresent(id, (same, before) -> alarm) == null) {
            alarm.run();
        }
    }

    private void timeHasCome(String requestId) {
        Instant soon = time.instant().plus(ONCE_MORE);
        Optional<Instant> next = Optional.of(soon);
        try {
            Optional<ApprovalRequest> pending = expire(requestId).filter(after -> after.state() == State.PENDING);
            next = pending.isEmpty() ? Optional.empty() : Optional.of(reminded(pending.get(), soon));
        } catch (Exception e) {
            Failures.keepInterrupt(e);
            LOG.warn("What time has brought to request {} is not on record yet; it holds all the same", requestId, e);
            waiters.wake(requestId);
        }
        if (alarms.containsKey(requestId)) {
            next.ifPresent(at -> arm(requestId, at));
        }
    }

    private Instant reminded(ApprovalRequest request, Instant soon) throws Exception {
        Instant next = earliest(request, reminders.remind(request));
        dispatcher.kick();
        return next.isAfter(time.instant()) ? next : soon;
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
        Optional<ApprovalRequest> after = store.changeRequest(
                requestId, Telling.ofTheEnd(RequestLife.expire(), tidings, (before, ended) -> ended), journal);
        after.filter(request -> request.state() != State.PENDING).ifPresent(this::ended);
        return after;
    }

    /** For each request that this guard sees to have ended; a second time does no harm. */
    void ended(ApprovalRequest request) {
        Runnable alarm = alarms.remove(request.id());
        if (alarm != null) {
            alarm.run();
        }
        dispatcher.ended(request.id());
        waiters.wake(request.id());
    }

    void close() {
        alarms.values().forEach(Runnable::run);
        alarms.clear();
    }
}
