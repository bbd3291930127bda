package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.MIA;
import static io.jitapproval.walls.rules.Firm.ask;
import static io.jitapproval.walls.rules.Firm.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.Attempt;
import io.jitapproval.Continuation;
import io.jitapproval.Grant;
import io.jitapproval.GrantTerms;
import io.jitapproval.JitApprovalException;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.Reason;
import io.jitapproval.Replay;
import io.jitapproval.RequestHandle;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Resource;
import io.jitapproval.Sensitive;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.JitAssert;
import io.jitapproval.spi.AsyncReturnType;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.ReplayExecutor;
import io.jitapproval.spi.ReplayedCall;
import io.jitapproval.spi.StoreEntry;
import io.jitapproval.test.TestClock;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("REPLAY: a kept call runs once when it is approved, without its caller")
@SuppressWarnings("try") // guards are closed by hand, in the middle
class ReplayTest {

    private static final String BOSSES = ask("boss", "\"by\": {\"role\": \"FINANCE\"}, \"people\": 1");
    private static final String FIVE_USES =
            ask("boss", "\"by\": {\"role\": \"FINANCE\"}, \"people\": 1", "\"grant\": {\"uses\": 5}");

    private static Firm firm(ReplayExecutor executor, String... rules) {
        return new Firm(builder -> builder.replay("pay", executor), rules);
    }

    private static Reason refusal(Runnable call) {
        try {
            call.run();
        } catch (JitApprovalException refused) {
            return refused.reason();
        }
        throw new AssertionError("not refused");
    }

    @Test
    @DisplayName("it runs on approval, once, inside the guard; its result is fetched by the request's id")
    void runsOnApproval() {
        List<ReplayedCall> ran = new CopyOnWriteArrayList<>();
        ReplayExecutor executor = call -> {
            JitAssert.inside("pay");
            ran.add(call);
            return Map.of("receipt", new BigDecimal("5.00"), "lines", List.of(1, 2));
        };
        try (Firm firm = firm(executor, BOSSES)) {
            RequestHandle handle = firm.pay().replay();
            assertThat(firm.pay().replay().id()).isEqualTo(handle.id());
            assertThat(firm.pending().replay()).isTrue();
            assertThat(handle.replay().orElseThrow().state()).isEqualTo(Replay.State.WAITING);
            assertThat(ran).isEmpty();
            firm.approvedBy(MIA);

            Replay done = Firm.settled(firm.guard.request(handle.id()));
            assertThat(done.state()).isEqualTo(Replay.State.DONE);
            assertThat(done.result()).contains(Map.of("receipt", new BigDecimal("5.00"), "lines", List.of(1L, 2L)));
            assertThat(ran).singleElement().satisfies(call -> {
                assertThat(call.id()).isEqualTo(handle.id());
                assertThat(call.subject().id()).isEqualTo("ana");
                assertThat(call.arguments()).containsExactly(Map.entry("amount", 5L));
            });
            assertThat(firm.records(Kind.USE_BEGUN)).hasSize(1);
            assertThat(firm.records(Kind.USE_ENDED)).hasSize(1);
            assertThat(firm.records(Kind.REQUESTED).get(0).details()).containsKey("kept");
        }
    }

    @Test
    @DisplayName("wall 2: every kind of plain value comes back as it was frozen, whatever its original became")
    void exactValues() {
        List<ReplayedCall> ran = new CopyOnWriteArrayList<>();
        Map<String, Object> mutable = new LinkedHashMap<>();
        mutable.put("deep", new ArrayList<>(List.of("a", new BigDecimal("1.10"))));
        mutable.put("none", null);
        try (Firm firm = firm(
                call -> {
                    ran.add(call);
                    return null;
                },
                BOSSES)) {
            Attempt attempt = firm.guard
                    .attempt("pay")
                    .by(Subject.user("ana").with("level", 3))
                    .through(Subject.of("agent", "bot"))
                    .on(new Resource("order", "42", Map.of("size", new BigDecimal("2.0"))))
                    .with("big", BigInteger.ONE.shiftLeft(80))
                    .with("decimal", new BigDecimal("12.50"))
                    .with("real", 0.1)
                    .with("when", Instant.parse("2026-01-01T00:00:00Z"))
                    .with("length", Duration.ofHours(3))
                    .with("yes", true)
                    .with("nothing", null)
                    .with("map", mutable)
                    .withUnbound("text", "é\u202e\"");
            RequestHandle handle = attempt.replay();
            mutable.clear();
            firm.approvedBy(MIA);
            assertThat(Firm.settled(handle).result()).isEmpty();

            ReplayedCall call = ran.get(0);
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("deep", List.of("a", new BigDecimal("1.10")));
            map.put("none", null);
            Map<String, Object> expected = new LinkedHashMap<>();
            expected.put("big", BigInteger.ONE.shiftLeft(80));
            expected.put("decimal", new BigDecimal("12.50"));
            expected.put("real", 0.1);
            expected.put("when", Instant.parse("2026-01-01T00:00:00Z"));
            expected.put("length", Duration.ofHours(3));
            expected.put("yes", true);
            expected.put("nothing", null);
            expected.put("map", map);
            expected.put("text", "é\u202e\"");
            assertThat(call.arguments()).isEqualTo(expected);
            assertThat(List.copyOf(call.arguments().keySet())).isEqualTo(List.copyOf(expected.keySet()));
            assertThat(call.actors()).extracting(Subject::id).containsExactly("bot");
            assertThat(call.resource().properties()).containsEntry("size", new BigDecimal("2.0"));
            assertThat(call.subject().properties()).containsEntry("level", 3L);
        }
    }

    @Test
    @DisplayName("nothing is accepted that cannot be kept: no executor, sensitive arguments, what cannot be frozen")
    void notAccepted() {
        try (Firm firm = new Firm(BOSSES)) {
            assertThat(refusal(() -> firm.pay().replay())).isEqualTo(Reason.REPLAY_UNKNOWN);
        }
        try (Firm firm = firm(call -> null, BOSSES)) {
            assertThat(refusal(() -> firm.pay().withSensitive("pin", "0000").replay()))
                    .isEqualTo(Reason.REPLAY_SENSITIVE);
            assertThat(refusal(() ->
                            firm.pay().with("thread", Thread.currentThread()).replay()))
                    .isEqualTo(Reason.ARGUMENT_UNSUPPORTED);
            assertThat(firm.guard.approvals().pending()).isEmpty();
        }
    }

    @Test
    @DisplayName("what people were asked for as a kept call is not what they were asked for otherwise")
    void asksApart() {
        try (Firm firm = firm(call -> null, BOSSES)) {
            firm.pay().submit();
            firm.pay().replay();
            assertThat(firm.guard.approvals().pending()).hasSize(2);
        }
    }

    @Test
    @DisplayName("it runs at once where policy allows it, a rule answers, or a grant is there; each under an id")
    void runsAtOnce() {
        AtomicInteger ran = new AtomicInteger();
        ReplayExecutor executor = call -> ran.incrementAndGet();
        try (Firm firm = firm(executor, rule("free", "allow"))) {
            Replay done = Firm.settled(firm.pay().replay());
            assertThat(done.result()).contains(1L);
        }
        try (Firm firm = firm(executor, BOSSES, rule("robot", "auto-approve"))) {
            RequestHandle handle = firm.pay().replay();
            assertThat(Firm.settled(handle).result()).contains(2L);
            assertThat(handle.current()).isPresent();
        }
        try (Firm firm = firm(executor, BOSSES)) {
            firm.pay().submit();
            firm.approvedBy(MIA);
            assertThat(Firm.settled(firm.pay().replay()).result()).contains(3L);
            assertThat(firm.guard.approvals().pending()).isEmpty();
        }
        assertThat(ran).hasValue(3);
    }

    @Test
    @DisplayName("wall 7 of the way of a call: policy decides again right before it runs, and a denial is for good")
    void decidesAgain() {
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger risk = new AtomicInteger();
        Consumer<GuardBuilder> more = builder -> builder.replay("pay", call -> ran.incrementAndGet())
                .attributes((attribute, request) ->
                        attribute.equals("subject.risk") ? Optional.of(risk.get()) : Optional.empty());
        try (Firm firm =
                new Firm(more, BOSSES, rule("risky", "deny", "\"when\": {\"subject.risk\": {\"moreThan\": 50}}"))) {
            RequestHandle handle = firm.pay().replay();
            risk.set(99);
            firm.approvedBy(MIA);
            Replay refused = Firm.settled(handle);

            assertThat(refused.state()).isEqualTo(Replay.State.REFUSED);
            assertThat(refused.reason()).contains(Reason.POLICY_DENIED);
            risk.set(0);
            firm.clock.advance(Duration.ofSeconds(30));
            assertThat(handle.replay()).contains(refused);
            assertThat(ran).hasValue(0);
        }
    }

    @Test
    @DisplayName("wall 9: denied, withdrawn and expired requests refuse their kept call with their own reasons")
    void endsWithItsRequest() {
        try (Firm firm = firm(call -> 1, BOSSES)) {
            RequestHandle withdrawn = firm.pay().replay();
            withdrawn.withdraw(io.jitapproval.Ref.user("ana"));
            RequestHandle expired = firm.pay().replay();
            firm.clock.set(firm.pending().decideBy());

            assertThat(Firm.settled(withdrawn).reason()).contains(Reason.APPROVAL_CANCELLED);
            assertThat(Firm.settled(expired).reason()).contains(Reason.APPROVAL_EXPIRED);
        }
    }

    @Test
    @DisplayName("a failure is the outcome; only its class is kept, and it is not run again")
    void failureIsKept() {
        AtomicInteger ran = new AtomicInteger();
        try (Firm firm = firm(
                call -> {
                    ran.incrementAndGet();
                    throw new IllegalStateException("IBAN DE02 1234");
                },
                FIVE_USES)) {
            RequestHandle handle = firm.pay().replay();
            firm.approvedBy(MIA);
            Replay failed = Firm.settled(handle);

            assertThat(failed.state()).isEqualTo(Replay.State.FAILED);
            assertThat(failed.failure()).isEqualTo(IllegalStateException.class.getName());
            assertThat(failed.toString()).doesNotContain("IBAN");
            firm.clock.advance(Duration.ofSeconds(30));
            assertThat(ran).hasValue(1);
        }
    }

    /** Several guards, as of several processes, on one store; what each of them ran. */
    private static final class Processes implements AutoCloseable {

        final TestClock clock = new TestClock().handsOn();
        final AtomicInteger ran = new AtomicInteger();
        final List<Firm> firms = new ArrayList<>();

        Processes(int count, UnaryOperator<GrantStore> around) {
            GrantStore store = GrantStores.memory(clock);
            for (int i = 0; i < count; i++) {
                firms.add(new Firm(
                        clock,
                        builder -> builder.store(around.apply(store)).replay("pay", call -> ran.incrementAndGet()),
                        FIVE_USES));
            }
        }

        @Override
        public void close() {
            firms.forEach(Firm::close);
        }
    }

    private static void checkOneRuns(UnaryOperator<GrantStore> around) {
        for (int round = 0; round < 20; round++) {
            try (Processes processes = new Processes(4, around)) {
                RequestHandle handle = processes.firms.get(0).pay().replay();
                // Everybody hears of it at the same moment, as far as that can be had.
                processes.firms.get(1).approvedBy(MIA);
                processes.clock.advance(Duration.ofSeconds(5));
                Firm.settled(handle);
                processes.clock.advance(Duration.ofSeconds(5));
                processes.firms.forEach(firm -> Firm.settled(firm.guard.request(handle.id())));
                processes.firms.forEach(Firm::close);
                assertThat(processes.ran).hasValue(1);
                assertThat(processes.firms.stream()
                                .mapToInt(firm -> firm.records(Kind.USE_BEGUN).size())
                                .sum())
                        .isEqualTo(1);
            }
        }
    }

    /** Lets every claim through, as a store without compare-and-set would. */
    private static final class NoCompareAndSet extends ForwardingGrantStore {

        private final Map<String, StoreEntry> first = Collections.synchronizedMap(new LinkedHashMap<>());

        NoCompareAndSet(GrantStore store) {
            super(store);
        }

        @Override
        public <R> R changeEntry(String kind, String key, EntryChange<R> change, Journal journal) {
            return super.changeEntry(
                    kind,
                    key,
                    (current, now) -> {
                        current.ifPresent(entry -> first.putIfAbsent(key, entry));
                        return change.apply(Optional.ofNullable(first.get(key)), now);
                    },
                    journal);
        }

        @Override
        public List<StoreEntry> entries(String kind) {
            return super.entries(kind).stream()
                    .map(entry -> first.getOrDefault(entry.key(), entry))
                    .toList();
        }
    }

    @Test
    @DisplayName(
            "wall 8: of four guards on one store exactly one runs it, on real threads, although its grant has five uses")
    void oneRuns() {
        checkOneRuns(store -> store);
    }

    @Test
    @DisplayName("wall 8, twin: a store that lets every claim through")
    void twinWithoutCompareAndSet() {
        assertThatThrownBy(() -> checkOneRuns(NoCompareAndSet::new)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("a guard that starts later, or only looks, picks up what was approved when its process was gone")
    void pickedUpElsewhere() {
        TestClock clock = new TestClock().handsOn();
        GrantStore store = GrantStores.memory(clock);
        AtomicInteger ran = new AtomicInteger();
        String id;
        try (Firm asking = new Firm(
                clock,
                builder -> builder.store(new Unclosed(store)).replay("pay", call -> {
                    throw new AssertionError("its process is gone");
                }),
                BOSSES)) {
            id = asking.pay().replay().id();
        }
        try (Firm voting = new Firm(clock, builder -> builder.store(new Unclosed(store)), BOSSES)) {
            voting.approvedBy(MIA);
            assertThat(voting.guard.request(id).replay().orElseThrow().state()).isEqualTo(Replay.State.WAITING);
        }
        try (Firm later =
                new Firm(clock, builder -> builder.store(store).replay("pay", call -> ran.incrementAndGet()), BOSSES)) {
            clock.advance(Duration.ofSeconds(5));
            assertThat(Firm.settled(later.guard.request(id)).result()).contains(1L);
        }
    }

    /** Its store goes on when the guard is closed. */
    private static class Unclosed extends ForwardingGrantStore {

        Unclosed(GrantStore store) {
            super(store);
        }

        @Override
        public void close() {
            // another guard uses it
        }
    }

    /** Shows what has begun as what waits. */
    private static final class Forgetful extends Unclosed {

        Forgetful(GrantStore store) {
            super(store);
        }

        private static StoreEntry forgotten(StoreEntry entry) {
            Map<String, String> data = new LinkedHashMap<>(entry.data());
            data.replace("state", "running", "waiting");
            return new StoreEntry(entry.kind(), entry.key(), data, entry.until());
        }

        @Override
        public <R> R changeEntry(String kind, String key, EntryChange<R> change, Journal journal) {
            return super.changeEntry(
                    kind, key, (current, now) -> change.apply(current.map(Forgetful::forgotten), now), journal);
        }

        @Override
        public List<StoreEntry> entries(String kind) {
            return super.entries(kind).stream().map(Forgetful::forgotten).toList();
        }
    }

    /** Tells when a guard has looked for kept calls. */
    private static final class Looking extends Unclosed {

        private final AtomicInteger looks = new AtomicInteger();

        Looking(GrantStore store) {
            super(store);
        }

        @Override
        public List<StoreEntry> entries(String kind) {
            List<StoreEntry> entries = super.entries(kind);
            looks.incrementAndGet();
            return entries;
        }

        /** Lets time pass until it has looked once more. */
        void lookAgain(TestClock clock) {
            int before = looks.get();
            while (looks.get() == before) {
                clock.advance(Duration.ofSeconds(5));
                for (int spins = 0; spins < 100_000 && looks.get() == before; spins++) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    /** A process that dies in the middle: from a moment on nothing of it reaches the store. */
    private static final class Dying extends Unclosed {

        final AtomicBoolean dead = new AtomicBoolean();

        Dying(GrantStore store) {
            super(store);
        }

        @Override
        public <R> Optional<R> changeGrant(String grantId, Change<Grant, R> change, Journal journal) {
            if (dead.get()) {
                throw new IllegalStateException("the process is gone");
            }
            return super.changeGrant(grantId, change, journal);
        }
    }

    private static void checkNeverAgain(UnaryOperator<GrantStore> around) {
        TestClock clock = new TestClock().handsOn();
        GrantStore store = GrantStores.memory(clock);
        Dying dying = new Dying(store);
        AtomicInteger ran = new AtomicInteger();
        ReplayExecutor executor = call -> {
            dying.dead.set(true);
            return ran.incrementAndGet();
        };
        Looking looking = new Looking(around.apply(store));
        try (Firm first = new Firm(clock, builder -> builder.store(dying).replay("pay", executor), FIVE_USES);
                Firm second = new Firm(clock, builder -> builder.store(looking).replay("pay", executor), FIVE_USES)) {
            String id = first.pay().replay().id();
            first.approvedBy(MIA);
            while (ran.get() == 0) {
                Thread.onSpinWait();
            }
            first.close();
            for (int i = 0; i < 20 && ran.get() == 1; i++) {
                looking.lookAgain(clock);
            }
            second.guard.close();
            assertThat(ran).hasValue(1);
            assertThat(store.entries("replay"))
                    .filteredOn(entry -> entry.key().equals(id))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.data()).containsEntry("state", "running"));
        }
    }

    @Test
    @DisplayName(
            "R33, at most once: a crash in the middle leaves it running, which is indeterminate, and nobody runs it again")
    void crashLeavesItRunning() {
        checkNeverAgain(Unclosed::new);
    }

    @Test
    @DisplayName("R33, twin: a store that forgets that it has begun")
    void twinThatForgets() {
        assertThatThrownBy(() -> checkNeverAgain(Forgetful::new)).isInstanceOf(AssertionError.class);
    }

    interface Payments {

        @RequiresJitApproval(action = "pay", continuation = Continuation.REPLAY)
        String pay(List<String> names);

        @RequiresJitApproval(action = "pay", continuation = Continuation.REPLAY)
        CompletionStage<String> payLater(List<String> names);
    }

    interface Pins {

        @RequiresJitApproval(action = "pay", continuation = Continuation.REPLAY)
        void change(@Sensitive String pin);
    }

    private static final class Clerk implements Payments {

        final List<List<String>> paid = new CopyOnWriteArrayList<>();

        @Override
        public String pay(List<String> names) {
            paid.add(names);
            return "paid " + names;
        }

        @Override
        public CompletionStage<String> payLater(List<String> names) {
            return CompletableFuture.completedFuture(pay(names));
        }
    }

    private static Firm withSubject(String... rules) {
        return new Firm(builder -> builder.subject(() -> Optional.of(Subject.user("ana"))), rules);
    }

    @Test
    @DisplayName("an annotated method runs itself on approval, with the copies that were approved")
    void annotatedMethod() {
        Clerk clerk = new Clerk();
        try (Firm firm = withSubject(BOSSES)) {
            Payments payments = firm.guard.protect(Payments.class, clerk);
            List<String> names = new ArrayList<>(List.of("tom"));
            ApprovalPendingException pending = catchPending(() -> payments.pay(names));
            names.set(0, "mallory");
            assertThat(pending).hasMessageContaining("do not make it again");
            firm.approvedBy(MIA);

            assertThat(Firm.settled(firm.guard.request(pending.request().id())).result())
                    .contains("paid [tom]");
            assertThat(clerk.paid).containsExactly(List.of("tom"));
        }
    }

    private static ApprovalPendingException catchPending(Runnable call) {
        try {
            call.run();
        } catch (ApprovalPendingException pending) {
            return pending;
        }
        throw new AssertionError("not pending");
    }

    @Test
    @DisplayName(
            "a method that returns a stage gets one that completes when the call ran, or fails with why it never will")
    void annotatedStage() throws Exception {
        Clerk clerk = new Clerk();
        try (Firm firm = withSubject(BOSSES)) {
            Payments payments = firm.guard.protect(Payments.class, clerk);
            CompletableFuture<String> first = payments.payLater(List.of("tom")).toCompletableFuture();
            CompletableFuture<String> same = payments.payLater(List.of("tom")).toCompletableFuture();
            assertThat(first).isNotDone();
            firm.approvedBy(MIA);
            assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("paid [tom]");
            assertThat(same.get(10, TimeUnit.SECONDS)).isEqualTo("paid [tom]");
            assertThat(clerk.paid).hasSize(1);

            CompletableFuture<String> refused =
                    payments.payLater(List.of("ada")).toCompletableFuture();
            ApprovalRequest request = firm.pending();
            firm.vote(io.jitapproval.Vote.deny(request, MIA, "no"));
            assertThatThrownBy(() -> refused.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            ActionDeniedException.class,
                            denied -> assertThat(denied.reason()).isEqualTo(Reason.APPROVAL_DENIED));
        }
    }

    @Test
    @DisplayName(
            "an annotated method that a rule answers runs on the caller's thread, once, also with a grant of many uses")
    void annotatedAtOnce() {
        Clerk clerk = new Clerk();
        try (Firm firm = new Firm(
                builder -> builder.subject(() -> Optional.of(Subject.user("ana")))
                        .replay("pay", call -> clerk.pay(List.of("again"))),
                FIVE_USES,
                rule("robot", "auto-approve"))) {
            assertThat(firm.guard.protect(Payments.class, clerk).pay(List.of("tom")))
                    .isEqualTo("paid [tom]");
            firm.clock.advance(Duration.ofSeconds(30));
            assertThat(clerk.paid).hasSize(1);
        }
    }

    interface Streams {

        @RequiresJitApproval(action = "pay", continuation = Continuation.REPLAY)
        Supplier<String> pay(List<String> names);
    }

    @Test
    @DisplayName("wall 6: what runs when its caller wants it cannot be kept to run once, and stops the start")
    void lazyStopsTheStart() {
        AsyncReturnType lazy = (method, type) -> type == Supplier.class
                ? Optional.<AsyncReturnType.Bridge>of(invocation -> (Supplier<String>) () -> "")
                : Optional.empty();
        try (Firm firm = new Firm(builder -> builder.returnType(lazy), BOSSES)) {
            Streams streams = names -> () -> "paid";
            assertThatThrownBy(() -> firm.guard.protect(Streams.class, streams))
                    .isInstanceOfSatisfying(
                            JitConfigurationException.class,
                            refused -> assertThat(refused.problems())
                                    .extracting(problem -> problem.code())
                                    .containsExactly("JIT-A037"));
        }
    }

    @Test
    @DisplayName("wall 2: a kept call runs with no more than was approved")
    void runsWithWhatWasApproved() {
        List<Object> paid = new CopyOnWriteArrayList<>();
        ReplayExecutor executor = call ->
                paid.add(Optional.ofNullable(call.arguments().get("amount")).orElseThrow());
        try (Firm firm = new Firm(builder -> builder.replay("pay", executor), BOSSES)) {
            RequestHandle handle = firm.guard
                    .attempt("pay")
                    .by(Subject.user("ana"))
                    .withCeiling("amount", 500)
                    .replay();
            ApprovalRequest request = firm.pending();
            GrantTerms terms = request.requirement().grant();
            firm.vote(Vote.approve(request, MIA).narrowedTo(terms.withCeiling("amount", BigDecimal.valueOf(300))));

            assertThat(Firm.settled(handle).state()).isEqualTo(Replay.State.DONE);
            assertThat(paid).containsExactly(300L);
        }
    }

    @Test
    @DisplayName("wall 2: a request whose call is kept cannot be changed")
    void keptIsNotChanged() {
        try (Firm firm = new Firm(builder -> builder.replay("pay", call -> "ran"), BOSSES)) {
            RequestHandle handle = firm.pay().replay();
            Attempt other = firm.guard
                    .attempt("pay")
                    .by(Subject.user("ana"))
                    .with("amount", 6)
                    .changing(handle.id());
            assertThatThrownBy(other::submit)
                    .isInstanceOfSatisfying(
                            ActionDeniedException.class,
                            denied -> assertThat(denied.reason()).isEqualTo(Reason.CHANGE_UNFIT));
        }
    }

    @Test
    @DisplayName("wall 13: a sensitive parameter stops the start")
    void sensitiveStopsTheStart() {
        try (Firm firm = new Firm(BOSSES)) {
            Pins pins = pin -> {};
            assertThatThrownBy(() -> firm.guard.protect(Pins.class, pins))
                    .isInstanceOfSatisfying(
                            JitConfigurationException.class,
                            refused -> assertThat(refused.problems())
                                    .extracting(problem -> problem.code())
                                    .contains("JIT-A036"));
        }
    }
}
