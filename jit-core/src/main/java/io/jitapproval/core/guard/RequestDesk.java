package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Approvals;
import io.jitapproval.ApproverSelector;
import io.jitapproval.CastVote;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.StandIn;
import io.jitapproval.StandIns;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.core.approval.Aftermath;
import io.jitapproval.core.approval.Circle;
import io.jitapproval.core.approval.Electorate;
import io.jitapproval.core.approval.Joining;
import io.jitapproval.core.approval.RequestLife;
import io.jitapproval.core.approval.RequestLife.Cast;
import io.jitapproval.core.approval.RequestLife.Changed;
import io.jitapproval.core.approval.RequestLife.Withdrawn;
import io.jitapproval.core.approval.Tidings;
import io.jitapproval.core.grant.GrantLife;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where requests move on: votes, notes, withdrawals, and what time brings. Wakes waiters and sends what there is to tell. */
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
    private final Dispatcher dispatcher;
    private final Reminders reminders;
    private final Waiters waiters;
    private final Ids ids;
    private final Tidings tidings;
    private final StandInDesk standIns;
    private final Room room;
    private final Map<String, Runnable> alarms = new ConcurrentHashMap<>();
    private volatile Consumer<ApprovalRequest> onEnd = request -> {};

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
        this.dispatcher = dispatcher;
        this.reminders = new Reminders(settings, journal, tidings, this::voters);
        this.waiters = waiters;
        this.ids = ids;
        this.tidings = tidings;
        this.standIns = new StandInDesk(settings, journal);
        this.room = new Room(store, journal, this::expire);
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
            phase.enter(Reason.STORE_UNAVAILABLE);
            List<StandIn> away = standIns.list();
            Instant now = store.now();
            phase.enter(Reason.PEOPLE_UNAVAILABLE);
            PeopleDirectory asked = new Remembering(people);
            List<ApprovalRequest> waiting = new ArrayList<>();
            for (ApprovalRequest request : all) {
                if (!RequestLife.requesters(request).contains(approver)
                        && RequestLife.mayVote(request, person.get(), Electorate.resolve(request, away, asked), now)) {
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
            phase.enter(Reason.PEOPLE_UNAVAILABLE);
            Optional<Person> voter = people.find(vote.voter());
            String grantId = ids.unguessable();
            Cast cast = changing(requestId, phase, circle -> RequestLife.vote(vote, voter, circle, grantId))
                    .orElseGet(() -> new Cast(new VoteReceipt(Reason.UNKNOWN_ID, Optional.empty()), Optional.empty()));
            cast.receipt().request().ifPresent(this::movedOn);
            return cast.revokes().isPresent() ? revoked(cast, vote) : cast.receipt();
        });
    }

    /** A denial after the approval takes away what it gave, as long as there is something left of it. */
    private VoteReceipt revoked(Cast cast, Vote vote) {
        ApprovalRequest request = cast.receipt().request().orElseThrow();
        Reason reason = store.changeGrant(
                        cast.revokes().orElseThrow(), GrantLife.revoke(vote.voter(), vote.reason()), journal)
                .orElse(Reason.NOT_PENDING);
        if (reason != Reason.REVOKED) {
            journal.append(List.of(RequestLife.tooLate(vote, request, reason, store.now())));
        }
        return new VoteReceipt(reason, Optional.of(request));
    }

    @Override
    public VoteReceipt takeBack(String requestId, Ref voter) {
        return Failures.guarded(WHAT, phase -> {
            phase.enter(Reason.PEOPLE_UNAVAILABLE);
            Optional<Person> person = people.find(voter);
            VoteReceipt receipt = changing(requestId, phase, circle -> RequestLife.takeBack(voter, person, circle))
                    .orElseGet(() -> new VoteReceipt(Reason.UNKNOWN_ID, Optional.empty()));
            receipt.request().ifPresent(this::movedOn);
            return receipt;
        });
    }

    @Override
    public Reason say(String requestId, Ref by, Note.Kind kind, String text) {
        if (kind == Note.Kind.CHANGE) {
            throw new IllegalArgumentException(
                    "a request is changed by attempt(…).changing(…).submit(), not by a note");
        }
        return Failures.guarded(WHAT, phase -> {
            phase.enter(Reason.PEOPLE_UNAVAILABLE);
            Optional<Person> person = people.find(by);
            Canonical canonical = canonical(requestId, by, phase);
            Reason said = changing(
                            requestId, phase, circle -> RequestLife.say(kind, text, by, person, circle, canonical))
                    .orElse(Reason.UNKNOWN_ID);
            dispatcher.kick();
            return said;
        });
    }

    @Override
    public StandIns standIns() {
        return standIns;
    }

    @Override
    public Reason withdraw(String requestId, Ref by) {
        return Failures.guarded(WHAT, phase -> {
            Canonical canonical = canonical(requestId, by, phase);
            Optional<Withdrawn> withdrawn =
                    store.changeRequest(requestId, Aftermath.of(RequestLife.withdraw(by, canonical, tidings)), journal);
            withdrawn.flatMap(Withdrawn::request).ifPresent(this::movedOn);
            return withdrawn.map(Withdrawn::reason).orElse(Reason.UNKNOWN_ID);
        });
    }

    /** The requester wants something else; says what the request is then, or why it is not. */
    Optional<Changed> change(ApprovalRequest wanted, Electorate then, Phase phase) throws Exception {
        Ref by = wanted.subject();
        Canonical canonical = canonical(wanted.id(), by, phase);
        Optional<Changed> changed = changing(
                wanted.id(),
                phase,
                circle -> Joining.foundByContent(
                        RequestLife.change(by, wanted, circle, new Circle(then, tidings), canonical)));
        changed.map(Changed::request).ifPresent(this::movedOn);
        return changed;
    }

    private Canonical canonical(String requestId, Ref by, Phase phase) throws Exception {
        List<Ref> identities = new ArrayList<>(List.of(by));
        phase.enter(Reason.STORE_UNAVAILABLE);
        store.request(requestId).ifPresent(request -> {
            identities.addAll(request.requesters());
            request.notes().forEach(note -> identities.add(note.by()));
        });
        phase.enter(Reason.PEOPLE_UNAVAILABLE);
        Canonical canonical = new Canonical(people).learn(identities);
        phase.enter(Reason.STORE_UNAVAILABLE);
        return canonical;
    }

    /** Changes a request by a change that knows who may vote; finds that out anew if the request asks others meanwhile. */
    private <R> Optional<R> changing(String requestId, Phase phase, Function<Circle, Change<ApprovalRequest, R>> how)
            throws Exception {
        while (true) {
            phase.enter(Reason.STORE_UNAVAILABLE);
            Optional<ApprovalRequest> request = store.request(requestId);
            if (request.isEmpty()) {
                return Optional.empty();
            }
            Circle circle = circle(request.get(), phase);
            Change<ApprovalRequest, R> change = how.apply(circle);
            Optional<Optional<R>> done = makingRoom(() -> store.changeRequest(
                    requestId,
                    (current, now) -> circle.electorate().isFor(current)
                            ? found(Aftermath.of(change).apply(current, now))
                            : Step.nothing(Optional.empty()),
                    journal));
            if (done.isEmpty() || done.get().isPresent()) {
                return done.flatMap(result -> result);
            }
        }
    }

    private static <R> Step<ApprovalRequest, Optional<R>> found(Step<ApprovalRequest, R> step) {
        return new Step<>(
                step.next(), step.grant(), step.records(), step.messages(), step.entries(), Optional.of(step.result()));
    }

    private Circle circle(ApprovalRequest request, Phase phase) throws Exception {
        List<StandIn> away = standIns.list();
        phase.enter(Reason.PEOPLE_UNAVAILABLE);
        Electorate electorate = Electorate.resolve(request, away, people);
        phase.enter(Reason.STORE_UNAVAILABLE);
        return new Circle(electorate, tidings);
    }

    /** {@return who may ever vote on what a requirement asks for} */
    Circle circle(Requirement required, List<Ref> requesters, Set<String> barred) throws Exception {
        return new Circle(Electorate.resolve(required, requesters, barred, standIns.list(), people), tidings);
    }

    /** {@return whether those who approved could approve again now} */
    boolean stillApproved(ApprovalRequest request) throws Exception {
        Set<String> gone = new LinkedHashSet<>();
        for (CastVote vote : request.votes()) {
            // Whoever has a place is looked up with it; a stand-in has none.
            if (vote.standsFor().isPresent()
                    && people.named(new ApproverSelector(ApproverSelector.Kind.PERSON, vote.person()))
                            .isEmpty()) {
                gone.add(vote.person());
            }
        }
        return RequestLife.stillApproved(request, Electorate.resolve(request, List.of(), people), gone);
    }

    private List<Person> voters(ApprovalRequest request) throws Exception {
        return RequestLife.voters(request, Electorate.resolve(request, standIns.list(), people), store.now());
    }

    /** Sees to it that what time alone brings about happens in time, and that whoever waits learns of it then. */
    void watch(ApprovalRequest request) {
        alarms.put(request.id(), () -> {});
        next(request, reminders.next(request)).ifPresent(at -> arm(request.id(), at));
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

    private static Optional<Instant> next(ApprovalRequest request, Optional<Instant> reminder) {
        Optional<Instant> moment = RequestLife.nextMoment(request);
        return moment.map(at -> reminder.filter(at::isAfter).orElse(at));
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
        Instant began = time.instant();
        Instant again = began.plus(ONCE_MORE);
        try {
            Optional<ApprovalRequest> pending = expire(requestId).filter(after -> after.state() == State.PENDING);
            if (pending.isEmpty()) {
                return;
            }
            Instant next = next(pending.get(), reminders.remind(pending.get())).orElse(again);
            dispatcher.kick();
            // What was due already when this began is not due by the store's clock, and is not asked for at once.
            again = next.isAfter(began) ? next : again;
        } catch (Exception e) {
            Failures.keepInterrupt(e);
            LOG.warn("What is due of request {} is not on record yet; it counts all the same", requestId, e);
            waiters.wake(requestId);
        }
        if (alarms.containsKey(requestId)) {
            arm(requestId, again);
        }
    }

    /** Runs a change; if the store is full, once more after what has expired was written down. */
    <R> R makingRoom(Supplier<R> change) {
        return room.making(change);
    }

    /** Writes down what has happened to the request by itself up to now, if anything has; gives the request as it is. */
    Optional<ApprovalRequest> expire(String requestId) {
        Instant now = store.now();
        boolean escalates = store.request(requestId)
                .filter(request -> request.stateAt(now) == State.PENDING)
                .flatMap(RequestLife::nextMoment)
                .filter(due -> !due.isAfter(now))
                .isPresent();
        Optional<ApprovalRequest> after = escalates
                ? Failures.guarded(WHAT, phase -> changing(requestId, phase, RequestLife::catchUp))
                : store.changeRequest(requestId, Aftermath.of(RequestLife.expire(tidings)), journal);
        after.filter(request -> request.state() != State.PENDING).ifPresent(this::ended);
        return after;
    }

    private void movedOn(ApprovalRequest after) {
        Runnable before = alarms.get(after.id());
        if (after.state() != State.PENDING) {
            ended(after);
            return;
        }
        if (before != null) {
            next(after, reminders.next(after)).ifPresent(at -> arm(after.id(), at));
            before.run();
        }
        dispatcher.kick();
    }

    /** For each request that this guard sees to have ended; a second time does no harm. */
    void ended(ApprovalRequest request) {
        Runnable alarm = alarms.remove(request.id());
        if (alarm != null) {
            alarm.run();
        }
        dispatcher.ended(request.id());
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
