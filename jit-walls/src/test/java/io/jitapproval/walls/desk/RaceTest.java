package io.jitapproval.walls.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits;
import io.jitapproval.Grant;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.spi.Journal;
import io.jitapproval.test.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 8: real threads on one grant and one request")
class RaceTest {

    private static final int THREADS = 64;
    private static final int ROUNDS = 10_000;
    private static final String POLICY = """
            {"default": "deny", "rules": [
              {"id": "ask", "actions": ["payment.refund"], "effect": "require-approval",
               "approval": {"by": {"role": "FINANCE"}}, "grant": {"uses": 1}},
              {"id": "two", "actions": ["payment.void"], "effect": "require-approval",
               "approval": {"by": {"role": "FINANCE"}, "people": 2}}]}
            """;

    @Test
    @DisplayName("wall 8, R32: 64 threads on one single-use grant begin exactly one use, 10 000 rounds")
    void oneUse() throws Exception {
        race(UnaryOperator.identity(), ROUNDS);
    }

    @Test
    @DisplayName("broken twin: a store that reads, then writes, lets a second use begin")
    void readThenWrite() {
        assertThatThrownBy(() -> race(ReadThenWrite::new, ROUNDS)).isInstanceOf(AssertionError.class);
    }

    private static void race(UnaryOperator<GrantStore> breaking, int rounds) throws Exception {
        TestClock clock = new TestClock();
        Begun begun = new Begun();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (MethodGuard guard = guard(clock, breaking.apply(GrantStores.memory(clock)), begun)) {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            for (int round = 0; round < rounds; round++) {
                String order = "o" + round;
                approve(guard, order, "payment.refund", "mia");
                AtomicInteger ran = new AtomicInteger();
                begun.uses.set(0);
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    all.add(threads.submit(() -> {
                        start.await();
                        call(guard, order, ran);
                        return null;
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
                assertThat(ran).as("round %s", round).hasValue(1);
                assertThat(begun.uses).as("uses on record in round %s", round).hasValue(1);
                for (ApprovalRequest left : guard.approvals().pending()) {
                    guard.approvals().withdraw(left.id(), left.subject());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static MethodGuard guard(TestClock clock, GrantStore store, InlineAuditSink sink) {
        return Jit.guard()
                .policy(PolicySources.text("race.json", POLICY))
                .people(People.of(
                        People.person("ana"), People.person("mia", "FINANCE"), People.person("tom", "FINANCE")))
                .store(store)
                .audit(sink)
                .time(clock)
                .askingLimits(AskingLimits.NONE)
                .build();
    }

    private static ApprovalRequest approve(MethodGuard guard, String order, String action, String... voters) {
        ApprovalRequest request = guard.attempt(action)
                .by(Subject.user("ana"))
                .on(Resource.of("order", order))
                .submit()
                .orElseThrow();
        for (String voter : voters) {
            assertThat(guard.approvals()
                            .vote(request.id(), Vote.approve(request, Ref.user(voter)))
                            .counted())
                    .isTrue();
        }
        return request;
    }

    private static void call(MethodGuard guard, String order, AtomicInteger ran) {
        try {
            guard.attempt("payment.refund")
                    .by(Subject.user("ana"))
                    .on(Resource.of("order", order))
                    .run(ran::incrementAndGet);
        } catch (ApprovalPendingException lost) {
            assertThat(lost.request().state()).isEqualTo(ApprovalRequest.State.PENDING);
        } catch (JitApprovalException refused) {
            throw new AssertionError("refused for another reason", refused);
        }
    }

    @Test
    @DisplayName("R25: an approval and a denial at once end in one order, and it is that of the record")
    void approveAndDeny() throws Exception {
        TestClock clock = new TestClock();
        Begun record = new Begun();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (MethodGuard guard = guard(clock, GrantStores.memory(clock), record)) {
            for (int round = 0; round < 2_000; round++) {
                ApprovalRequest request = approve(guard, "o" + round, "payment.refund");
                record.kinds.clear();
                CyclicBarrier start = new CyclicBarrier(2);
                Future<VoteReceipt> yes =
                        threads.submit(() -> vote(guard, start, request, Vote.approve(request, Ref.user("mia"))));
                Future<VoteReceipt> no =
                        threads.submit(() -> vote(guard, start, request, Vote.deny(request, Ref.user("tom"), "no")));
                boolean approved = yes.get().counted();
                assertThat(no.get().counted()).isNotEqualTo(approved);
                ApprovalRequest end = guard.approvals().find(request.id()).orElseThrow();
                assertThat(end.outcome()).contains(approved ? Reason.APPROVED : Reason.APPROVAL_DENIED);
                assertThat(record.kinds.stream().filter(kind -> kind == Kind.DECIDED))
                        .hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("R26, E3: two votes at once that reach the quorum together are not lost")
    void quorumTogether() throws Exception {
        TestClock clock = new TestClock();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (MethodGuard guard = guard(clock, GrantStores.memory(clock), new Begun())) {
            for (int round = 0; round < 2_000; round++) {
                ApprovalRequest request = approve(guard, "o" + round, "payment.void");
                CyclicBarrier start = new CyclicBarrier(2);
                Future<VoteReceipt> one =
                        threads.submit(() -> vote(guard, start, request, Vote.approve(request, Ref.user("mia"))));
                Future<VoteReceipt> other =
                        threads.submit(() -> vote(guard, start, request, Vote.approve(request, Ref.user("tom"))));
                one.get();
                other.get();
                assertThat(guard.approvals().find(request.id()).orElseThrow().state())
                        .isEqualTo(ApprovalRequest.State.APPROVED);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static VoteReceipt vote(MethodGuard guard, CyclicBarrier start, ApprovalRequest request, Vote vote)
            throws InterruptedException, BrokenBarrierException {
        start.await();
        return guard.approvals().vote(request.id(), vote);
    }

    /** Counts what begins, and keeps the kinds of one round. */
    private static final class Begun implements InlineAuditSink {

        final AtomicInteger uses = new AtomicInteger();
        final List<Kind> kinds = new CopyOnWriteArrayList<>();

        @Override
        public void append(List<AuditRecord> records) {
            for (AuditRecord record : records) {
                if (record.kind() == Kind.USE_BEGUN) {
                    uses.incrementAndGet();
                } else if (record.kind() == Kind.DECIDED) {
                    kinds.add(record.kind());
                }
            }
        }
    }

    /** Changes grants without a lock: reads, lets others read as well, then writes. */
    private static final class ReadThenWrite extends ForwardingGrantStore {

        private final GrantStore store;
        private final Map<String, Grant> written = new ConcurrentHashMap<>();

        ReadThenWrite(GrantStore store) {
            super(store);
            this.store = store;
        }

        @Override
        public <R> Optional<R> changeGrant(String grantId, Change<Grant, R> change, Journal journal) {
            Grant current = grant(grantId).orElseThrow();
            Step<Grant, R> step = change.apply(current, store.now());
            for (int i = 0; i < 1_000; i++) {
                Thread.onSpinWait();
            }
            journal.append(step.records());
            Grant next = step.next();
            if (next != null) {
                written.put(grantId, next);
            }
            return Optional.of(step.result());
        }

        @Override
        public Optional<Grant> grant(String grantId) {
            return Optional.ofNullable(written.get(grantId)).or(() -> store.grant(grantId));
        }

        @Override
        public List<Grant> activeGrants(Ref subject, String action) {
            return store.activeGrants(subject, action).stream()
                    .map(grant -> written.getOrDefault(grant.id(), grant))
                    .filter(grant -> grant.state() == Grant.State.ACTIVE)
                    .toList();
        }
    }
}
