package io.jitapproval.walls.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.ApprovalNotice.Kind;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.test.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 11: what is under way is not overtaken")
class OvertakingTest {

    private static final String POLICY = """
            {"default": "deny", "rules": [
              {"id": "ask", "actions": ["pay"], "effect": "require-approval",
               "approval": {"by": {"role": "BOSS"}, "people": 1}}]}
            """;

    private final TestClock clock = new TestClock();
    private final List<Kind> arrived = new CopyOnWriteArrayList<>();

    /** Two guards, as of two processes; the first one's channel takes its time with the question. */
    private void check(UnaryOperator<GrantStore> around) throws Exception {
        GrantStore store = GrantStores.memory(clock);
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean tried = new AtomicBoolean();
        try (MethodGuard here = guard(store, notice -> {
                    sending.countDown();
                    assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
                });
                MethodGuard there = guard(new Telling(around.apply(store), tried), notice -> {})) {
            CompletableFuture<ApprovalRequest> asked = CompletableFuture.supplyAsync(
                    () -> here.attempt("pay").by(Subject.user("ana")).submit().orElseThrow());
            assertThat(sending.await(20, TimeUnit.SECONDS)).isTrue();
            ApprovalRequest pending = there.approvals().pending().get(0);
            assertThat(there.approvals()
                            .vote(pending.id(), Vote.approve(pending, Ref.user("mia")))
                            .counted())
                    .isTrue();
            Post.await(
                    "the other guard's attempt",
                    () -> tried.get() && (isUnderWay(store, pending) || arrived.contains(Kind.ENDED)));
            go.countDown();
            asked.get(20, TimeUnit.SECONDS);
            Post.await("the end", () -> arrived.size() == 2);
            assertThat(arrived).containsExactly(Kind.ASKED, Kind.ENDED);
        } finally {
            go.countDown();
        }
    }

    private boolean isUnderWay(GrantStore store, ApprovalRequest request) {
        return store.messages(request.id()).get(0).underWay(clock.instant());
    }

    private MethodGuard guard(GrantStore store, Carrying first) {
        return Jit.guard()
                .policy(PolicySources.text("overtaking.json", POLICY))
                .people(People.of(People.person("ana"), People.person("mia", "BOSS")))
                .audit(AuditSinks.memory(1_000))
                .time(clock)
                .store(store)
                .channelTimeLimit(Duration.ofSeconds(30))
                .channel(new ApprovalChannel() {
                    @Override
                    public String name() {
                        return "chat";
                    }

                    @Override
                    public void deliver(ApprovalNotice notice) throws Exception {
                        first.carry(notice);
                        arrived.add(notice.kind());
                    }
                })
                .build();
    }

    private interface Carrying {
        void carry(ApprovalNotice notice) throws Exception;
    }

    @Test
    @DisplayName("wall 11: the end, decided elsewhere, comes after the question that another guard is just sending")
    void inOrder() throws Exception {
        check(UnaryOperator.identity());
    }

    @Test
    @DisplayName("wall 11, twin: who takes a question that is under way for one that waits sends the end before it")
    void twinThatOvertakes() {
        assertThatThrownBy(() -> check(Forgetting::new)).isInstanceOf(AssertionError.class);
    }

    /** Says when a message was to be changed. */
    private static final class Telling extends ForwardingGrantStore {

        private final AtomicBoolean tried;

        Telling(GrantStore store, AtomicBoolean tried) {
            super(store);
            this.tried = tried;
        }

        @Override
        public <R> Optional<R> changeMessage(String id, Change<OutboxMessage, R> change, Journal journal) {
            Optional<R> result = super.changeMessage(id, change, journal);
            tried.set(true);
            return result;
        }
    }

    /** Does not see that an attempt is under way. */
    private static final class Forgetting extends ForwardingGrantStore {

        Forgetting(GrantStore store) {
            super(store);
        }

        @Override
        public <R> Optional<R> changeMessage(String id, Change<OutboxMessage, R> change, Journal journal) {
            return super.changeMessage(
                    id,
                    (message, now) -> change.apply(
                            message.underWay(now) ? message.failed("unknown", Optional.of(message.due())) : message,
                            now),
                    journal);
        }
    }
}
