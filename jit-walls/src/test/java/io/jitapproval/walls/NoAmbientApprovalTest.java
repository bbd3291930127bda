package io.jitapproval.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits;
import io.jitapproval.GuardedRun;
import io.jitapproval.JitGuard;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.Jit;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.InlineAuditSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 3, R07: an approval belongs to one call, never to a thread")
class NoAmbientApprovalTest {

    private static final int TASKS = 100_000;
    private static final int THREADS = 4;
    private static final int EACH_APPROVED = 50;
    private static final int KINDS = 500;

    private static final String POLICY = """
            {"default": "deny", "rules": [{"id": "ask", "actions": ["work.*"], "effect": "require-approval",
              "approval": {"by": {"role": "BOSS"}, "people": 1, "decideWithin": "P1D"}, "grant": {"within": "P1D", "useWithin": "P1D"}}]}
            """;

    /** Lets approved calls run. */
    private interface Gate extends AutoCloseable {

        void approve(String action, int argument);

        /** Says whether it ran. */
        boolean run(String action, int argument, GuardedRun<RuntimeException> body);

        @Override
        default void close() {}
    }

    private static final class Ours implements Gate {

        private final JitGuard guard = Jit.guard()
                .policy(PolicySources.text("ambient.json", POLICY))
                .people(People.of(People.person("mia", "BOSS"), People.person("ana")))
                .time(new HandTime())
                .audit((InlineAuditSink) records -> {})
                .askingLimits(AskingLimits.NONE)
                .build();

        @Override
        public void approve(String action, int argument) {
            ApprovalRequest request = guard.attempt(action)
                    .by(Subject.of("service", "ana" + argument))
                    .with("argument", argument)
                    .submit()
                    .orElseThrow();
            assertThat(guard.approvals()
                            .vote(request.id(), Vote.approve(request, Ref.user("mia")))
                            .counted())
                    .isTrue();
        }

        @Override
        public boolean run(String action, int argument, GuardedRun<RuntimeException> body) {
            try {
                guard.attempt(action)
                        .by(Subject.of("service", "ana" + argument))
                        .with("argument", argument)
                        .run(body);
                return true;
            } catch (ApprovalPendingException notYet) {
                return false;
            }
        }

        @Override
        public void close() {
            guard.close();
        }
    }

    /** The twin: an approval is a flag that travels with the thread, and to its children. */
    private static final class Ambient implements Gate {

        private final InheritableThreadLocal<String> approved = new InheritableThreadLocal<>();
        private final Ours real = new Ours();

        @Override
        public void approve(String action, int argument) {
            real.approve(action, argument);
        }

        @Override
        public boolean run(String action, int argument, GuardedRun<RuntimeException> body) {
            if (action.equals(approved.get())) {
                body.run();
                return true;
            }
            return real.run(action, argument, () -> {
                approved.set(action);
                body.run();
            });
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private static void check(Gate gate, int tasks) throws Exception {
        AtomicInteger admitted = new AtomicInteger();
        AtomicLong stolen = new AtomicLong();
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try (gate) {
            for (int task = 0; task < tasks; task += EACH_APPROVED) {
                gate.approve("work.pay", task);
            }
            List<Future<?>> done = new ArrayList<>();
            for (int task = 0; task < tasks; task++) {
                int number = task;
                done.add(pool.submit(() -> {
                    if (number % EACH_APPROVED == 0) {
                        boolean ran = gate.run("work.pay", number, () -> tryOthers(gate, number, stolen));
                        admitted.addAndGet(ran ? 1 : 0);
                    }
                    tryOthers(gate, number, stolen);
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(stolen).as("calls that ran on the approval of another").hasValue(0);
        assertThat(admitted).hasValue(tasks / EACH_APPROVED);
    }

    /** The same action with another argument, and another action with the same one. */
    private static void tryOthers(Gate gate, int number, AtomicLong stolen) {
        gate.run("work.pay", -1 - number % KINDS, stolen::incrementAndGet);
        if (number % EACH_APPROVED == 0) {
            gate.run("work.close", number % KINDS, stolen::incrementAndGet);
        }
    }

    @Test
    @DisplayName("wall 3, R07: 100 000 tasks on four threads, and each runs on its own approval or not at all")
    void pooledThreads() throws Exception {
        check(new Ours(), TASKS);
    }

    @Test
    @DisplayName("wall 3, R07, twin: a flag on the thread")
    void twin() {
        assertThatThrownBy(() -> check(new Ambient(), 500)).isInstanceOf(AssertionError.class);
    }
}
