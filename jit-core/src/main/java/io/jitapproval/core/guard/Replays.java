package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Grant;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.GuardedCall;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Replay;
import io.jitapproval.core.binding.KeptValues;
import io.jitapproval.core.binding.UnsupportedArgumentException;
import io.jitapproval.core.guard.LocalCalls.Local;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.ReplayExecutor;
import io.jitapproval.spi.ReplayedCall;
import io.jitapproval.spi.StoreEntry;
import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps calls, and runs each once when it is approved: here, or on another guard that shares the store and can run it. */
final class Replays {

    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 1_000;

    private final GrantStore store;
    private final Journal journal;
    private final TimeSource time;
    private final Executor executor;
    private final Map<String, ReplayExecutor> executors;
    private final boolean shared;
    private final Engine engine;
    private final Modes modes;
    private final Observing observing;
    private final CallFactory calls;
    private final Freezing freezing;
    private final CallRecords records;
    private final Waiters waiters;
    private final Ids ids;
    private final String me;
    private final LocalCalls locals = new LocalCalls();
    private final Set<String> again = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean armed = new AtomicBoolean();
    private volatile boolean closed;

    Replays(
            GuardSettings settings,
            Journal journal,
            Executor executor,
            Engine engine,
            Modes modes,
            Observing observing,
            CallFactory calls,
            Freezing freezing,
            CallRecords records,
            Waiters waiters,
            Ids ids) {
        this.store = settings.store();
        this.journal = journal;
        this.time = settings.time();
        this.executor = executor;
        this.executors = settings.replays();
        this.shared = settings.shared();
        this.engine = engine;
        this.modes = modes;
        this.observing = observing;
        this.calls = calls;
        this.freezing = freezing;
        this.records = records;
        this.waiters = waiters;
        this.ids = ids;
        this.me = ids.unguessable();
    }

    /** Looks for kept calls that another guard left, from now on. */
    void start() {
        if (shared && !executors.isEmpty()) {
            arm();
        }
    }

    /**
     * Has the request that a call may need keep the call.
     *
     * @throws JitApprovalException if it cannot be kept
     */
    void keep(Call call) {
        if (!call.hidden().isEmpty()) {
            throw refused(
                    call,
                    Reason.REPLAY_SENSITIVE,
                    "sensitive: " + String.join(", ", call.hidden()),
                    "What is kept to run later can be read in the store: wait for the approval, or make the call again.");
        }
        try {
            call.wishes = call.wishes.withReplay(KeptCall.text(call));
        } catch (UnsupportedArgumentException e) {
            throw refused(
                    call,
                    Reason.ARGUMENT_UNSUPPORTED,
                    String.valueOf(e.getMessage()),
                    "Pass values that can be kept, or wait for the approval.");
        }
    }

    private JitApprovalException refused(Call call, Reason reason, String detail, String advice) {
        return calls.refuse(call.action(), call.subject, call.resource, reason, detail, advice);
    }

    /** Takes a call to be run by the executor of its action; gives the id under which it is kept. */
    String submit(Call call) {
        if (!executors.containsKey(call.action())) {
            throw refused(
                    call,
                    Reason.REPLAY_UNKNOWN,
                    "no executor for " + call.action(),
                    "Register one with replay(…) on the guard.");
        }
        keep(call);
        Optional<ApprovalRequest> request = modes.enforces(call.action()) ? engine.submit(call) : Optional.empty();
        String id = request.map(ApprovalRequest::id).orElseGet(ids::unguessable);
        if (request.isEmpty()) {
            Failures.guarded(
                    call.action(),
                    phase -> store.changeEntry(
                            ReplayLife.KIND,
                            id,
                            (current, now) -> Step.to(ReplayLife.waiting(id, call, "", now.plus(Replay.KEPT)), true),
                            journal));
        }
        look(id);
        return id;
    }

    /** Takes a call whose action is at hand; the result, if anybody wants it, completes when it has run. */
    void take(
            String id,
            Call call,
            GuardedCall<@Nullable Object, Exception> action,
            @Nullable CompletableFuture<@Nullable Object> result) {
        locals.add(id, call, action, result);
        if (closed) {
            tellClosed();
        }
        look(id);
    }

    /** A request ended, as far as this guard saw it end. */
    void ended(ApprovalRequest request) {
        if (request.replay() && (locals.get(request.id()) != null || executors.containsKey(request.action()))) {
            look(request.id());
        }
    }

    private void look(String id) {
        if (closed) {
            return;
        }
        try {
            executor.execute(() -> runIfDue(id));
        } catch (RuntimeException busy) {
            later(id);
        }
    }

    private void later(String id) {
        again.add(id);
        arm();
    }

    private void arm() {
        if (!closed && armed.compareAndSet(false, true)) {
            time.alarm(time.instant().plus(PAUSE), () -> {
                try {
                    executor.execute(this::sweep);
                } catch (RuntimeException busy) {
                    armed.set(false);
                    arm();
                }
            });
        }
    }

    /** Disarmed before it takes what waits: whatever is added from then on arms anew. */
    private void sweep() {
        armed.set(false);
        List<String> due = new ArrayList<>();
        again.removeIf(due::add);
        if (shared && !executors.isEmpty()) {
            try {
                store.entries(ReplayLife.KIND).stream()
                        .filter(entry -> ReplayLife.waits(entry) && executors.containsKey(ReplayLife.action(entry)))
                        .filter(entry -> isDue(ReplayLife.request(entry)))
                        .limit(AT_ONCE)
                        .forEach(entry -> due.add(entry.key()));
            } catch (Throwable failure) {
                Failures.keepInterrupt(failure);
                LOG.warn("Cannot look for kept calls that are approved; trying again", failure);
            }
            arm();
        }
        due.stream().distinct().forEach(this::look);
    }

    private boolean isDue(String requestId) {
        return requestId.isEmpty()
                || store.request(requestId)
                        .filter(request -> request.state() == State.APPROVED)
                        .isPresent();
    }

    private void runIfDue(String id) {
        try {
            CompletableFuture<Void> end = waiters.of(id);
            Optional<ApprovalRequest> request = store.request(id);
            if (request.isPresent() && request.get().stateAt(store.now()) == State.PENDING) {
                watch(id, end);
                return;
            }
            waiters.wake(id);
            Local local = locals.get(id);
            StoreEntry entry = read(id).filter(ReplayLife::waits).orElse(null);
            if (entry == null || (request.isPresent() && request.get().state() != State.APPROVED)) {
                over(id, request);
            } else if (local != null || executors.containsKey(ReplayLife.action(entry))) {
                claimAndRun(id, request.orElse(null), local);
            }
        } catch (Throwable failure) {
            Failures.keepInterrupt(failure);
            LOG.warn("Cannot look whether kept call {} may run; trying again", id, failure);
            later(id);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback looks again
    private void watch(String id, CompletableFuture<Void> end) {
        end.whenComplete((nothing, failure) -> look(id));
    }

    private Optional<StoreEntry> read(String id) {
        return store.changeEntry(ReplayLife.KIND, id, (current, now) -> Step.nothing(current), journal);
    }

    private void claimAndRun(String id, @Nullable ApprovalRequest request, @Nullable Local local) {
        StoreEntry claimed = store.changeEntry(ReplayLife.KIND, id, ReplayLife.claim(me), journal)
                .orElse(null);
        if (claimed == null) {
            over(id, Optional.ofNullable(request));
            return;
        }
        Call call;
        Clearance clearance;
        try {
            call = local != null
                    ? local.call()
                    : KeptCall.restored(ReplayLife.call(claimed), ReplayLife.match(claimed), freezing);
            if (request == null && !ReplayLife.request(claimed).isEmpty()) {
                throw Refusals.denied(call, Reason.UNKNOWN_ID, null, "its request is not kept any more", "Ask anew.");
            }
            if (!ReplayLife.isWhole(claimed, request)) {
                throw Refusals.changed(call);
            }
            clearance = modes.enforces(call.action())
                    ? engine.replay(call, request, id, now -> ReplayLife.running(claimed, now))
                    : observing.replay(call, id, now -> ReplayLife.running(claimed, now));
        } catch (JitApprovalException refused) {
            notNow(id, refused);
            return;
        } catch (Throwable failure) {
            Failures.keepInterrupt(failure);
            LOG.warn("Kept call {} cannot be read and is not run", id, failure);
            store.changeEntry(ReplayLife.KIND, id, ReplayLife.refuse(me, Reason.GUARD_FAILED), journal);
            return;
        }
        run(claimed, call, clearance, local);
    }

    /** What cannot be told now is tried again; what is denied is denied for good. */
    private void notNow(String id, JitApprovalException refused) {
        boolean passes = refused instanceof GuardUnavailableException || refused.reason() == Reason.GRANT_NOT_YET_VALID;
        if (passes) {
            store.changeEntry(ReplayLife.KIND, id, ReplayLife.giveBack(me), journal);
            later(id);
        } else {
            store.changeEntry(ReplayLife.KIND, id, ReplayLife.refuse(me, refused.reason()), journal);
            locals.tell(id, null, refused);
        }
    }

    private void run(StoreEntry claimed, Call call, Clearance clearance, @Nullable Local local) {
        String id = claimed.key();
        JitApprovalException changed = Execution.lastLook(call);
        if (changed != null) {
            records.ended(
                    call, clearance, "not-run", changed, 0, now -> ReplayLife.notRun(claimed, changed.reason(), now));
            locals.tell(id, null, changed);
            return;
        }
        long start = System.nanoTime();
        Object result;
        Inside.enter(call.action());
        try {
            result = local != null ? local.action().call() : execute(KeptCall.forExecutor(id, call));
        } catch (Throwable failure) {
            finish(claimed, call, clearance, start, null, failure);
            return;
        } finally {
            Inside.exit();
        }
        if (result instanceof CompletionStage<?> stage) {
            stage.whenComplete((value, failure) -> finish(claimed, call, clearance, start, value, unwrapped(failure)));
        } else {
            finish(claimed, call, clearance, start, result, null);
        }
    }

    private @Nullable Object execute(ReplayedCall call) throws Exception {
        ReplayExecutor run = executors.get(call.action());
        if (run == null) {
            throw new IllegalStateException("no executor for " + call.action());
        }
        return run.run(call);
    }

    private void finish(
            StoreEntry claimed,
            Call call,
            Clearance clearance,
            long start,
            @Nullable Object result,
            @Nullable Throwable failure) {
        long nanos = System.nanoTime() - start;
        String kept = failure == null ? text(result) : null;
        records.ended(
                call,
                clearance,
                failure == null ? "succeeded" : "failed",
                failure,
                nanos,
                now -> failure == null
                        ? ReplayLife.done(claimed, kept, now)
                        : ReplayLife.failed(claimed, failure, now));
        locals.tell(claimed.key(), result, failure);
    }

    /** The result as it is kept; null if there is none, or none that can be kept. */
    private @Nullable String text(@Nullable Object result) {
        try {
            return result == null
                    ? null
                    : KeptValues.write(
                            freezing.freezer().plain(freezing.freezer().copy(result)));
        } catch (UnsupportedArgumentException e) {
            LOG.info(
                    "The result of a kept call is of a kind that cannot be kept: {}",
                    result.getClass().getName());
            return null;
        }
    }

    /** If it was not and will not be run from here, whoever waits for it learns that. */
    private void over(String id, Optional<ApprovalRequest> request) {
        Local local = locals.get(id);
        if (local == null
                || read(id).filter(entry -> ReplayLife.isOf(entry, me)).isPresent()) {
            return;
        }
        if (request.isPresent() && request.get().state() != State.APPROVED) {
            ApprovalRequest ended = request.get().state() == State.PENDING
                    ? request.get().ended(State.EXPIRED, Reason.APPROVAL_EXPIRED, store.now(), Optional.empty())
                    : request.get();
            locals.tell(id, null, Refusals.ended(local.call(), ended, Reason.APPROVAL_EXPIRED, null));
        } else {
            locals.tell(
                    id,
                    null,
                    Refusals.denied(
                            local.call(),
                            Reason.REPLAYED_ELSEWHERE,
                            null,
                            "kept as " + id,
                            "Fetch what became of it by its id."));
        }
    }

    private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** What became of it. The request is read first: what waits after that has not begun before. */
    Optional<Replay> find(String id) {
        Optional<ApprovalRequest> request = store.request(id);
        Optional<Grant> grant = request.flatMap(ApprovalRequest::grantId).flatMap(store::grant);
        return read(id).map(entry -> ReplayLife.told(entry, request, grant, store.now()));
    }

    void close() {
        closed = true;
        tellClosed();
    }

    private void tellClosed() {
        locals.tellAll(call -> Refusals.unavailable(call, Reason.GUARD_CLOSED, null));
    }
}
