package io.jitapproval.walls.later;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Continuation;
import io.jitapproval.Ref;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.Jit;
import io.jitapproval.core.JitAssert;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.AsyncReturnType;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.InlineAuditSink;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A guard, its till, and what it recorded. */
final class Shop implements AutoCloseable {

    static final ThreadLocal<Subject> CALLER = new ThreadLocal<>();

    private static final String POLICY = """
            {"default": "deny", "rules": [
              {"id": "free", "actions": ["free"], "effect": "allow"},
              {"id": "ask", "actions": ["pay", "wait"], "effect": "require-approval",
               "approval": {"by": {"role": "FINANCE"}}, "grant": {"uses": 1}}]}
            """;

    /** A lazy type: each beginning is a run of its own. */
    @FunctionalInterface
    interface Promise<T> {

        CompletableFuture<T> begin();
    }

    interface Till {

        @RequiresJitApproval(action = "free")
        Promise<String> free(String[] bills);

        @RequiresJitApproval(action = "pay")
        Promise<String> pay(String[] bills);

        @RequiresJitApproval(action = "wait", continuation = Continuation.WAIT, waitAtMost = "PT1H")
        Promise<String> payLater(String[] bills);
    }

    static final class Cash implements Till {

        final List<String> taken = new CopyOnWriteArrayList<>();
        CompletableFuture<String> held = CompletableFuture.completedFuture("");

        Promise<String> take(String[] bills) {
            return () -> {
                String all = String.join(" ", bills);
                taken.add(all);
                bills[0] = "torn";
                return held.thenApply(nothing -> all);
            };
        }

        @Override
        public Promise<String> free(String[] bills) {
            JitAssert.inside("free");
            return take(bills);
        }

        @Override
        public Promise<String> pay(String[] bills) {
            return take(bills);
        }

        @Override
        public Promise<String> payLater(String[] bills) {
            return take(bills);
        }
    }

    final List<AuditRecord> records = new CopyOnWriteArrayList<>();
    final Cash cash = new Cash();
    final MethodGuard guard;
    Runnable atBegin = () -> {};
    Till till;

    Shop(AsyncReturnType type) {
        guard = Jit.guard()
                .policy(PolicySources.text("till.json", POLICY))
                .subject(() -> Optional.ofNullable(CALLER.get()))
                .people(People.of(People.person("ana"), People.person("mia", "FINANCE")))
                .audit((InlineAuditSink) this::record)
                .returnType(type)
                .build();
        till = guard.protect(Till.class, cash);
        CALLER.set(Subject.user("ana"));
    }

    private void record(List<AuditRecord> more) {
        records.addAll(more);
        if (more.stream().anyMatch(record -> record.kind() == Kind.USE_BEGUN)) {
            atBegin.run();
        }
    }

    void approve() {
        ApprovalRequest request = guard.approvals().pending().get(0);
        guard.approvals().vote(request.id(), Vote.approve(request, Ref.user("mia")));
    }

    List<Object> ends() {
        return records.stream()
                .filter(record -> record.kind() == Kind.USE_ENDED)
                .map(record -> record.details().get("outcome"))
                .toList();
    }

    @Override
    public void close() {
        guard.close();
    }

    static Throwable failure(CompletableFuture<?> result) {
        return catchThrowable(() -> result.get(30, TimeUnit.SECONDS)).getCause();
    }

    static String[] bills(String... bills) {
        return bills.clone();
    }
}
