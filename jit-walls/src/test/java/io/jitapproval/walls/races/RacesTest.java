package io.jitapproval.walls.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.test.TestClock;
import io.jitapproval.walls.races.Gated.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("races of the core, gated where they hurt")
class RacesTest {

    /** Four users of a grant of 1 000 uses leave some of them. */
    private static final int USES_EACH = 200;

    private final TestClock clock = new TestClock().handsOn();

    private GuardBuilder firm(GrantStore store) {
        return Jit.guard()
                .people(People.of(People.person("ana"), People.person("mia", "BOSS"), People.person("tom", "BOSS")))
                .audit(AuditSinks.memory(10_000))
                .time(clock)
                .store(store);
    }

    private static PolicySource policy(int people, int uses) {
        return PolicySources.text("races.json", String.format("""
                {"default": "deny", "rules": [
                  {"id": "ask", "actions": ["pay"], "effect": "require-approval",
                   "approval": {"by": {"role": "BOSS"}, "people": %d}, "grant": {"uses": %d}}]}
                """, people, uses));
    }

    private static ApprovalRequest ask(MethodGuard guard) {
        return guard.attempt("pay").by(Subject.user("ana")).submit().orElseThrow();
    }

    private static boolean approve(MethodGuard guard, ApprovalRequest request, String voter) {
        return guard.approvals()
                .vote(request.id(), Vote.approve(request, Ref.user(voter)))
                .counted();
    }

    private static void together(Runnable one, Runnable other) throws Exception {
        CompletableFuture<Void> first = CompletableFuture.runAsync(one, task -> new Thread(task).start());
        CompletableFuture<Void> second = CompletableFuture.runAsync(other, task -> new Thread(task).start());
        first.get(30, TimeUnit.SECONDS);
        second.get(30, TimeUnit.SECONDS);
    }

    private void quorum(Way way) throws Exception {
        Gated store = new Gated(way, GrantStores.memory(clock));
        try (MethodGuard guard = firm(store).policy(policy(2, 1)).build()) {
            ApprovalRequest request = ask(guard);
            store.meet();
            together(() -> approve(guard, request, "mia"), () -> approve(guard, request, "tom"));
            store.pass();
            ApprovalRequest after = guard.approvals().find(request.id()).orElseThrow();
            assertThat(after.votes()).hasSize(2);
            assertThat(after.state()).isEqualTo(State.APPROVED);
        }
    }

    @Test
    @DisplayName("E3, R26: two votes that were both read before either was written reach the quorum")
    void gatedQuorum() throws Exception {
        quorum(Way.LOCKS_FIRST);
    }

    @Test
    @DisplayName("E3, twin: votes counted before the lock are both there, and the request is pending for ever")
    void twinCountsFirst() {
        assertThatThrownBy(() -> quorum(Way.COUNTS_FIRST)).isInstanceOf(AssertionError.class);
    }

    private void update(Way way) throws Exception {
        Gated store = new Gated(way, GrantStores.memory(clock));
        try (MethodGuard guard = firm(store).policy(policy(2, 1)).build()) {
            ApprovalRequest request = ask(guard);
            store.meet();
            together(
                    () -> guard.approvals().say(request.id(), Ref.user("tom"), Note.Kind.COMMENT, "hm"),
                    () -> guard.approvals().say(request.id(), Ref.user("mia"), Note.Kind.QUESTION, "why?"));
            store.pass();
            ApprovalRequest after = guard.approvals().find(request.id()).orElseThrow();
            assertThat(after.notes()).extracting(Note::text).containsExactlyInAnyOrder("hm", "why?");
        }
    }

    @Test
    @DisplayName("R34: of two changes that read the same, neither is lost")
    void noLostUpdate() throws Exception {
        update(Way.LOCKS_FIRST);
    }

    @Test
    @DisplayName("R34, twin: the last writer wins")
    void twinWritesOver() {
        assertThatThrownBy(() -> update(Way.WRITES_OVER)).isInstanceOf(AssertionError.class);
    }

    /** Somebody decides right after a caller has seen that the request is pending, and before that caller is known to wait. */
    private static final class Between extends ForwardingGrantStore {

        private final boolean stale;
        private final AtomicReference<Runnable> decide = new AtomicReference<>();
        private final AtomicReference<ApprovalRequest> seen = new AtomicReference<>();
        private final AtomicReference<Thread> caller = new AtomicReference<>();
        /** The caller's alone. */
        private int changes;

        Between(GrantStore store, boolean stale) {
            super(store);
            this.stale = stale;
        }

        @Override
        public <R> Optional<R> changeRequest(String id, Change<ApprovalRequest, R> change, Journal journal) {
            Optional<R> result = super.changeRequest(id, change, journal);
            // The first change joins the request, the second one sees that it is pending.
            if (Thread.currentThread() == caller.get() && ++changes == 2) {
                seen.set(super.request(id).orElseThrow());
                CompletableFuture.runAsync(decide.get()).join();
            }
            return result;
        }

        @Override
        public Optional<ApprovalRequest> request(String id) {
            ApprovalRequest before = stale && Thread.currentThread() == caller.get() ? seen.getAndSet(null) : null;
            return before == null ? super.request(id) : Optional.of(before);
        }
    }

    private String waits(boolean stale) throws Exception {
        Between store = new Between(GrantStores.memory(clock), stale);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (MethodGuard guard = firm(store).policy(policy(1, 1)).build()) {
            ApprovalRequest request = ask(guard);
            AtomicBoolean decided = new AtomicBoolean();
            store.decide.set(() -> decided.set(approve(guard, request, "mia")));
            Future<String> ran = threads.submit(() -> {
                store.caller.set(Thread.currentThread());
                return guard.attempt("pay")
                        .by(Subject.user("ana"))
                        .waitAtMost(Duration.ofMinutes(30))
                        .call(() -> "ran");
            });
            String answer = ran.get(stale ? 1 : 20, TimeUnit.SECONDS);
            assertThat(decided).isTrue();
            return answer;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("R42: a decision between the look and the wait is not missed, without any time passing")
    void noLostWakeUp() throws Exception {
        assertThat(waits(false)).isEqualTo("ran");
    }

    @Test
    @DisplayName("R42, twin: who does not look again once they are known to wait sleeps on")
    void twinSleepsOn() {
        assertThatThrownBy(() -> waits(true)).isInstanceOf(TimeoutException.class);
    }

    /** A policy that can be exchanged. */
    private static final class Exchanged implements PolicySource {

        private final AtomicReference<PolicySource> now;

        Exchanged(PolicySource first) {
            this.now = new AtomicReference<>(first);
        }

        @Override
        public List<PolicyText> load() throws Exception {
            return now.get().load();
        }

        @Override
        public boolean mayChange() {
            return true;
        }
    }

    private void policyChanges(boolean seen) throws Exception {
        Exchanged source = new Exchanged(policy(1, 1_000));
        try (MethodGuard guard = firm(GrantStores.memory(clock))
                .policy(source)
                .reloadPolicyEvery(Duration.ofHours(1))
                .build()) {
            ApprovalRequest request = ask(guard);
            AtomicInteger begun = new AtomicInteger();
            AtomicBoolean stop = new AtomicBoolean();
            assertThat(approve(guard, request, "mia")).isTrue();
            List<Thread> users = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                users.add(new Thread(() -> {
                    for (int n = 0; n < USES_EACH && !stop.get(); n++) {
                        use(guard, begun);
                    }
                }));
            }
            users.forEach(Thread::start);
            source.now.set(policy(2, 1));
            if (seen) {
                guard.reloadPolicy();
            }
            stop.set(true);
            for (Thread user : users) {
                user.join(20_000);
            }
            int before = begun.get();
            assertThatThrownBy(
                            () -> guard.attempt("pay").by(Subject.user("ana")).run(begun::incrementAndGet))
                    .isInstanceOf(JitApprovalException.class);
            assertThat(begun).hasValue(before);
        }
    }

    private static void use(MethodGuard guard, AtomicInteger begun) {
        try {
            guard.attempt("pay").by(Subject.user("ana")).run(begun::incrementAndGet);
        } catch (JitApprovalException refused) {
            assertThat(refused.reason()).isNotNull();
        }
    }

    @Test
    @DisplayName("R29: a stricter policy counts for what was approved under the one before, as soon as it is in force")
    void policyChanges() throws Exception {
        policyChanges(true);
    }

    @Test
    @DisplayName("R29, twin: a guard that keeps the policy of its start goes on by the old approval")
    void twinKeepsThePolicy() {
        assertThatThrownBy(() -> policyChanges(false)).isInstanceOf(AssertionError.class);
    }

    /** Whatever the requester says of the request, by whatever name, it says nothing about how it was decided. */
    private static Map<String, Object> claims() {
        return Map.of(
                "state",
                "APPROVED",
                "votes",
                2,
                "approvedBy",
                "mia",
                "grantId",
                "g1",
                "outcome",
                "approved",
                "id",
                "mia");
    }

    @Test
    @DisplayName("R33: what the requester says by the names of our own fields decides nothing")
    void noMassAssignment() {
        try (MethodGuard guard =
                firm(GrantStores.memory(clock)).policy(policy(1, 1)).build()) {
            var attempt = guard.attempt("pay").by(new Subject("user", "ana", claims()));
            claims().forEach(attempt::with);
            claims().forEach(attempt::inContext);
            ApprovalRequest request = attempt.submit().orElseThrow();

            assertThat(request.state()).isEqualTo(State.PENDING);
            assertThat(request.votes()).isEmpty();
            assertThat(request.grantId()).isEmpty();
            assertThat(request.outcome()).isEmpty();
            assertThat(guard.grants().active()).isEmpty();
            assertThat(guard.approvals()
                            .vote(request.id(), Vote.approve(request, Ref.user("ana")))
                            .reason())
                    .isEqualTo(Reason.SEPARATION_OF_DUTIES);
        }
    }

    @Test
    @DisplayName("R33: an approver changes nothing but the vote: no vote brings a request, a state or a grant with it")
    void votesAreVotes() {
        assertThat(Vote.class.getRecordComponents())
                .extracting(component -> component.getName())
                .containsExactlyInAnyOrder("voter", "verdict", "reason", "shown", "narrowed", "channel", "assurance");
    }

    @Test
    @DisplayName("R33, twin: a desk that copies every field that it is given is approved by its requester")
    void twinCopiesAll() {
        ApprovalRequest[] copied = new ApprovalRequest[1];
        try (MethodGuard guard =
                firm(GrantStores.memory(clock)).policy(policy(1, 1)).build()) {
            copied[0] = ask(guard).with(copy -> copy.state(State.valueOf(String.valueOf(claims().get("state")))));
        }
        assertThatThrownBy(() -> assertThat(copied[0].state()).isEqualTo(State.PENDING))
                .isInstanceOf(AssertionError.class);
    }
}
