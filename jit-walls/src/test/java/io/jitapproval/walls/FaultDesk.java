package io.jitapproval.walls;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits;
import io.jitapproval.Attempt;
import io.jitapproval.Grant;
import io.jitapproval.GuardedCall;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Ref;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.ArgumentCodec;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.InlineAuditSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A guard all of whose parts can fail, and one action behind it. What is true is read behind the parts that fail. */
final class FaultDesk implements AutoCloseable {

    static final String DONE = "done";

    static final String POLICY = """
            {"default": "deny", "rules": [
              {"id": "risky", "actions": ["*"], "effect": "deny", "when": {"subject.risk": {"moreThan": 50}}},
              {"id": "free", "actions": ["work.free"], "effect": "allow",
               "obligations": [{"id": "tell"}]},
              {"id": "never", "actions": ["work.never"], "effect": "deny",
               "obligations": [{"id": "tell"}]},
              {"id": "ask", "actions": ["work.asked", "work.ruled"], "effect": "require-approval",
               "approval": {"by": {"role": "BOSS"}, "people": 1}, "obligations": [{"id": "tell"}]},
              {"id": "robot", "actions": ["work.ruled"], "effect": "auto-approve"}]}
            """;

    private static final Duration WAIT = Duration.ofMinutes(10);
    private static final Ref MIA = Ref.user("mia");

    /** A class that only its codec knows, and that can change. */
    static final class Money {
        long cents;

        Money(long cents) {
            this.cents = cents;
        }
    }

    private record MoneyCodec() implements ArgumentCodec<Money> {

        @Override
        public Class<Money> type() {
            return Money.class;
        }

        @Override
        public Money copy(Money value) {
            return new Money(value.cents);
        }

        @Override
        public Object toPlain(Money value) {
            return value.cents;
        }
    }

    interface Work {

        @RequiresJitApproval(action = "work.asked", resource = "order/{order}")
        String act(String order, Money sum);

        @RequiresJitApproval(action = "work.asked", resource = "order/{order}")
        CompletionStage<String> actLater(String order, Money sum);
    }

    /** How a call ended: one of the two is there. */
    record Ending(Optional<Object> result, Optional<Throwable> thrown) {}

    /** How the host calls the guard; a twin does it badly. */
    interface Caller {

        Object call(Attempt attempt, GuardedCall<String, Exception> action) throws Exception;
    }

    static final Caller CAREFUL = Attempt::call;

    /** Keeps what really was recorded. */
    private static final class Truth implements InlineAuditSink {

        private final MemoryAuditSink all = AuditSinks.memory(10_000);
        private final Semaphore endsTold = new Semaphore(0);

        @Override
        public void append(List<AuditRecord> records) {
            all.append(records);
            for (AuditRecord record : records) {
                if (record.kind().word().startsWith("notif")
                        && "ended".equals(record.details().get("notice"))) {
                    endsTold.release();
                }
            }
        }
    }

    final AtomicInteger ran = new AtomicInteger();
    final AtomicInteger unrecorded = new AtomicInteger();
    final Faults faults = new Faults(() -> ran.get() > 0);
    final HandTime time = new HandTime();
    final GrantStore store = GrantStores.memory(time);
    final MethodGuard guard;

    private final Truth truth = new Truth();
    private final Caller caller;
    private final Work proxy;

    FaultDesk(boolean queued, Caller caller, UnaryOperator<AuditSink> around) {
        this(queued, caller, around, AskingLimits.DEFAULT);
    }

    FaultDesk(boolean queued, Caller caller, UnaryOperator<AuditSink> around, AskingLimits limits) {
        this.caller = caller;
        AuditSink sink = queued ? new FaultyParts.Sink(faults, truth) : new FaultyParts.InlineSink(faults, truth);
        guard = builder(around.apply(sink)).askingLimits(limits).build();
        proxy = guard.protect(Work.class, new Worker());
    }

    private GuardBuilder builder(AuditSink sink) {
        return Jit.guard()
                .policy(new FaultyParts.Document(faults, PolicySources.text("faults.json", POLICY)))
                .audit(sink)
                .auditTimeLimit(Duration.ofSeconds(20))
                .store(new FaultyParts.Store(faults, store))
                .time(new FaultyParts.Time(faults, time))
                .people(new FaultyParts.Directory(
                        faults, People.of(People.person("mia", "BOSS"), People.person("ana", "CLERK"))))
                .subject(new FaultyParts.Subjects(faults, Subject.user("ana"), List.of(Subject.of("agent", "bot"))))
                .attributes(new FaultyParts.Attributes(
                        faults,
                        (attribute, request) -> attribute.equals("subject.risk")
                                ? Optional.of(new AttributeResolver.Dated(1, Instant.EPOCH))
                                : Optional.empty()))
                .codec(new FaultyParts.Codec<>(faults, new MoneyCodec()))
                .obligation("tell", new FaultyParts.Teller(faults))
                .preview("work.asked", new FaultyParts.Preview(faults))
                .channel(new FaultyParts.Pager(faults));
    }

    private final class Worker implements Work {

        @Override
        public String act(String order, Money sum) {
            return FaultDesk.this.act();
        }

        @Override
        public CompletionStage<String> actLater(String order, Money sum) {
            return CompletableFuture.completedFuture(FaultDesk.this.act());
        }
    }

    private String act() {
        ran.incrementAndGet();
        if (begun() < ran.get()) {
            unrecorded.incrementAndGet();
        }
        return DONE;
    }

    private Attempt attempt(String action) {
        return guard.attempt(action)
                .on(Resource.of("order", "7"))
                .with("sum", new Money(5))
                .key(action);
    }

    /** Makes the call of a scenario and waits for its end. */
    Ending go(Scenario scenario) {
        time.meanwhile(() -> faults.voting(this::approveAll));
        try {
            return ended(
                    switch (scenario) {
                        case ALLOWED -> caller.call(attempt("work.free"), this::act);
                        case DENIED -> caller.call(attempt("work.never"), this::act);
                        case RULED -> caller.call(attempt("work.ruled"), this::act);
                        case COVERED, ASKED -> caller.call(attempt("work.asked"), this::act);
                        case WAITING -> caller.call(attempt("work.asked").waitAtMost(WAIT), this::act);
                        case STAGE_ALLOWED -> later(attempt("work.free"));
                        case STAGE_COVERED -> later(attempt("work.asked"));
                        case STAGE_WAITING -> waitingStage();
                        case PROXY -> proxy.act("7", new Money(5));
                        case PROXY_STAGE -> joined(proxy.actLater("7", new Money(5)));
                    });
        } catch (Throwable thrown) {
            return new Ending(Optional.empty(), Optional.of(thrown));
        }
    }

    private static Ending ended(Object result) {
        return new Ending(Optional.of(result), Optional.empty());
    }

    private Object later(Attempt attempt) throws Throwable {
        return joined(attempt.callAsync(() -> CompletableFuture.completedFuture(act())));
    }

    private Object waitingStage() throws Throwable {
        CompletionStage<String> stage =
                attempt("work.asked").waitAtMost(WAIT).callAsync(() -> CompletableFuture.completedFuture(act()));
        CompletableFuture<String> future = stage.toCompletableFuture();
        if (!future.isDone()) {
            faults.voting(() -> {
                if (!approveAll()) {
                    time.moveTo(time.instant().plus(WAIT));
                }
            });
        }
        return joined(future);
    }

    /** Waits as long as a correct guard never needs. */
    private static Object joined(CompletionStage<String> stage) throws Throwable {
        boolean interrupted = Thread.interrupted();
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException failed) {
            throw failed.getCause();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A vote that fails is the voter's business, but it has to say so. */
    private boolean approveAll() {
        boolean all = true;
        for (ApprovalRequest request : store.pendingRequests()) {
            try {
                guard.approvals().vote(request.id(), Vote.approve(request, MIA));
            } catch (JitApprovalException told) {
                all = false;
                forgetInterrupt();
            }
        }
        return all;
    }

    @SuppressWarnings("CheckReturnValue")
    private static void forgetInterrupt() {
        Thread.interrupted();
    }

    /** Gives the approval that a covered call needs. */
    void prepare(Scenario scenario) {
        if (scenario.needsGrant()) {
            go(scenario);
            approveAll();
            awaitEndTold();
        }
    }

    private void awaitEndTold() {
        try {
            if (!truth.endsTold.tryAcquire(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the end was not told");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<AuditRecord> records() {
        return truth.all.records();
    }

    long begun() {
        return count(AuditRecord.Kind.USE_BEGUN);
    }

    long count(AuditRecord.Kind kind) {
        return records().stream().filter(record -> record.kind() == kind).count();
    }

    /** How many uses of grants are spent. */
    int spent() {
        return records().stream()
                .map(AuditRecord::grantId)
                .flatMap(Optional::stream)
                .distinct()
                .map(store::grant)
                .flatMap(Optional::stream)
                .mapToInt(Grant::uses)
                .sum();
    }

    /** How many uses of grants have begun on record. */
    long spentOnRecord() {
        return records().stream()
                .filter(record -> record.kind() == AuditRecord.Kind.USE_BEGUN
                        && record.grantId().isPresent())
                .count();
    }

    Map<String, Integer> census(Scenario scenario) {
        faults.count();
        Ending ending = go(scenario);
        if (ending.result().isPresent() != scenario.runs()) {
            throw new AssertionError(scenario + " without any fault ended with " + ending);
        }
        return faults.counted();
    }

    @Override
    public void close() {
        guard.close();
    }
}
