package io.jitapproval.walls;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.AskingLimits;
import io.jitapproval.Attempt;
import io.jitapproval.Continuation;
import io.jitapproval.Explanation;
import io.jitapproval.JitApprovalException;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Refusal;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.Jit;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.core.binding.ArgumentFreezer;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.InlineAuditSink;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A counter where one argument is handed over, approved and acted on. Ours and broken ones stand behind the same glass. */
interface Counter extends AutoCloseable {

    /** When, within one call, something else may happen. */
    enum Moment {
        RESOLVING,
        DECIDING,
        ASKING,
        WAITING,
        RECORDING
    }

    /** Somebody approves the action with this very argument. */
    void approve(Object argument);

    /**
     * Calls the action.
     *
     * @param seen what the action does with what it gets
     * @throws JitApprovalException if it does not run
     */
    void call(Object argument, Consumer<Object> seen);

    /** As {@link #call}, but asks and waits; while it waits, the request is approved. */
    default void askAndCall(Object argument, Consumer<Object> seen) {
        throw new UnsupportedOperationException("only guards wait");
    }

    /** Forgets what is still pending. */
    default void tidy() {}

    /** What happens at a moment of the next call. */
    default void at(Moment moment, Runnable something) {}

    @Override
    default void close() {}

    /** The library's guard. */
    abstract class Guarded implements Counter {

        private static final String POLICY = """
                {"default": "deny", "rules": [
                  {"id": "ask", "actions": ["count"], "effect": "require-approval",
                   "approval": {"by": {"role": "BOSS"}, "people": 1}, "grant": {"uses": %d}},
                  {"id": "risky", "actions": ["count"], "effect": "deny", "when": {"subject.risk": {"moreThan": 50}}}]}
                """;

        final HandTime time = new HandTime();
        final JitGuard guard;
        private final Map<Moment, Runnable> hooks = new EnumMap<>(Moment.class);
        private volatile boolean hooked;

        Guarded(int uses) {
            guard = Jit.guard()
                    .askingLimits(AskingLimits.NONE)
                    .policy(PolicySources.text("counter.json", POLICY.formatted(uses)))
                    .audit(new Sink())
                    .time(time)
                    .store(GrantStores.memory(time))
                    .people(People.of(People.person("mia", "BOSS"), People.person("ana")))
                    .subject(() -> {
                        happen(Moment.RESOLVING);
                        return Optional.of(Subject.user("ana"));
                    })
                    .attributes((attribute, request) -> {
                        happen(Moment.DECIDING);
                        return Optional.of(1);
                    })
                    .channel(new Teller())
                    .build();
            time.meanwhile(() -> {
                happen(Moment.WAITING);
                approvePending();
            });
        }

        private final class Sink implements InlineAuditSink {

            @Override
            public void append(List<AuditRecord> records) {
                if (records.stream().anyMatch(record -> record.kind() == AuditRecord.Kind.USE_BEGUN)) {
                    happen(Moment.RECORDING);
                }
            }
        }

        private final class Teller implements ApprovalChannel {

            @Override
            public String name() {
                return "teller";
            }

            @Override
            public void deliver(ApprovalNotice notice) {
                if (notice.kind() == ApprovalNotice.Kind.ASKED) {
                    happen(Moment.ASKING);
                }
            }
        }

        private synchronized void happen(Moment moment) {
            Runnable hook = hooked ? hooks.remove(moment) : null;
            if (hook != null) {
                hook.run();
            }
        }

        @Override
        public synchronized void at(Moment moment, Runnable something) {
            hooks.put(moment, something);
        }

        @Override
        public void approve(Object argument) {
            try {
                go(argument, Optional.empty(), seen -> {});
                throw new IllegalStateException("ran before it was approved");
            } catch (ApprovalPendingException pending) {
                approvePending();
            }
        }

        void approvePending() {
            guard.approvals()
                    .pending()
                    .forEach(request -> guard.approvals().vote(request.id(), Vote.approve(request, Ref.user("mia"))));
        }

        @Override
        public void tidy() {
            guard.approvals().pending().forEach(request -> guard.approvals().withdraw(request.id(), Ref.user("ana")));
        }

        @Override
        public void call(Object argument, Consumer<Object> seen) {
            hooked = true;
            try {
                go(argument, Optional.empty(), seen);
            } finally {
                hooked = false;
                hooks.clear();
            }
        }

        @Override
        public void askAndCall(Object argument, Consumer<Object> seen) {
            hooked = true;
            try {
                go(argument, Optional.of(Duration.ofMinutes(1)), seen);
            } finally {
                hooked = false;
                hooks.clear();
            }
        }

        abstract void go(Object argument, Optional<Duration> wait, Consumer<Object> seen);

        @Override
        public void close() {
            guard.close();
        }
    }

    /** Without an annotation: the action uses the caller's own object. */
    final class Programmatic extends Guarded {

        Programmatic(int uses) {
            super(uses);
        }

        @Override
        void go(Object argument, Optional<Duration> wait, Consumer<Object> seen) {
            Attempt attempt = guard.attempt("count").with("argument", argument);
            wait.ifPresent(attempt::waitAtMost);
            attempt.run(() -> seen.accept(argument));
        }
    }

    /** With an annotation: the method gets copies. */
    final class Annotated extends Guarded {

        interface Machine {

            @RequiresJitApproval(action = "count")
            void count(Object argument);

            @RequiresJitApproval(action = "count", continuation = Continuation.WAIT, waitAtMost = "PT1M")
            void countLater(Object argument);
        }

        private volatile Consumer<Object> seen = unused -> {};
        private final Machine machine = guard.protect(Machine.class, new Mechanism());

        private final class Mechanism implements Machine {

            @Override
            public void count(Object argument) {
                seen.accept(argument);
            }

            @Override
            public void countLater(Object argument) {
                seen.accept(argument);
            }
        }

        Annotated(int uses) {
            super(uses);
        }

        @Override
        void go(Object argument, Optional<Duration> wait, Consumer<Object> sees) {
            seen = sees;
            if (wait.isPresent()) {
                machine.countLater(argument);
            } else {
                machine.count(argument);
            }
        }
    }

    /** The twin that takes the digest once: what was approved is remembered by the object. */
    final class DigestOnce implements Counter {

        private final IdentityHashMap<Object, String> digests = new IdentityHashMap<>();
        private final Set<String> approved = new HashSet<>();

        private String digest(Object argument) {
            return digests.computeIfAbsent(argument, DigestOnce::bytes);
        }

        static String bytes(Object argument) {
            return Arrays.toString(ArgumentFreezer.standard().canonical(argument));
        }

        @Override
        public void approve(Object argument) {
            approved.add(digest(argument));
        }

        @Override
        public void call(Object argument, Consumer<Object> seen) {
            if (!approved.contains(digest(argument))) {
                throw refused();
            }
            seen.accept(argument);
        }
    }

    /** The twin that checks well and then hands over the caller's object. */
    final class PassedThrough implements Counter {

        private final Set<String> approved = new HashSet<>();
        private Runnable meanwhile = () -> {};

        @Override
        public void approve(Object argument) {
            approved.add(DigestOnce.bytes(argument));
        }

        @Override
        public void at(Moment moment, Runnable something) {
            meanwhile = something;
        }

        @Override
        public void call(Object argument, Consumer<Object> seen) {
            if (!approved.contains(DigestOnce.bytes(argument))) {
                throw refused();
            }
            meanwhile.run();
            seen.accept(argument);
        }
    }

    private static JitApprovalException refused() {
        return new ActionDeniedException(new Refusal(
                Reason.APPROVAL_REQUIRED,
                "count",
                "ana",
                "none",
                Optional.empty(),
                List.of(),
                "",
                "",
                "",
                Explanation.NONE));
    }
}
