package io.jitapproval.walls.rules;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Attempt;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Replay;
import io.jitapproval.RequestHandle;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.Person;
import io.jitapproval.test.TestClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A guard over the action {@code pay}: {@code ana} pays; {@code mia}, {@code tom} and {@code ada} may be asked. */
final class Firm implements AutoCloseable {

    static final Ref MIA = Ref.user("mia");
    static final Ref TOM = Ref.user("tom");

    final TestClock clock;
    final MemoryAuditSink records = AuditSinks.memory(10_000);
    final MethodGuard guard;

    Firm(Consumer<GuardBuilder> more, String... rules) {
        this(new TestClock(), more, rules);
    }

    Firm(TestClock clock, Consumer<GuardBuilder> more, String... rules) {
        this.clock = clock;
        GuardBuilder builder = Jit.guard()
                .time(clock)
                .people(People.of(staff()))
                .audit(records)
                .policy(PolicySources.text(
                        "firm.json", "{\"default\": \"deny\", \"rules\": [" + String.join(", ", rules) + "]}"));
        more.accept(builder);
        guard = builder.build();
    }

    Firm(String... rules) {
        this(builder -> {}, rules);
    }

    private static Map<Person, List<Ref>> staff() {
        Map<Person, List<Ref>> staff = new LinkedHashMap<>();
        for (String id : List.of("ana", "mia", "tom", "ada")) {
            Set<String> roles = id.equals("ana") ? Set.of() : Set.of("FINANCE");
            staff.put(new Person(id, id, roles, Set.of()), List.of(Ref.user(id), new Ref("slack", "U-" + id)));
        }
        return staff;
    }

    /** A rule over {@code pay}; what is added begins with a field's name. */
    static String rule(String id, String effect, String... more) {
        StringBuilder rule =
                new StringBuilder("{\"id\": \"" + id + "\", \"actions\": [\"pay\"], \"effect\": \"" + effect + "\"");
        for (String field : more) {
            rule.append(", ").append(field);
        }
        return rule.append('}').toString();
    }

    /** A rule that asks, by what stands in {@code approval}. */
    static String ask(String id, String approval, String... more) {
        String[] all = new String[more.length + 1];
        all[0] = "\"approval\": {" + approval + "}";
        System.arraycopy(more, 0, all, 1, more.length);
        return rule(id, "require-approval", all);
    }

    Attempt pay() {
        return guard.attempt("pay").by(Subject.user("ana")).with("amount", 5);
    }

    Attempt pay(Map<String, Object> subject, Map<String, Object> resource) {
        return guard.attempt("pay")
                .by(new Subject("user", "ana", subject))
                .on(new Resource("order", "42", resource))
                .with("amount", 5);
    }

    ApprovalRequest pending() {
        List<ApprovalRequest> pending = guard.approvals().pending();
        if (pending.size() != 1) {
            throw new AssertionError("not one request waits, but " + pending);
        }
        return pending.get(0);
    }

    Reason vote(Vote vote) {
        return guard.approvals().vote(pending().id(), vote).reason();
    }

    Reason approvedBy(Ref voter) {
        return vote(Vote.approve(pending(), voter));
    }

    List<AuditRecord> records(Kind kind) {
        return records.records().stream()
                .filter(record -> record.kind() == kind)
                .toList();
    }

    @Override
    public void close() {
        guard.close();
    }

    /** Waits, in real time, until a kept call is in a state that will not change, or for ever in vain. */
    static Replay settled(RequestHandle handle) {
        Replay last = handle.replay().orElseThrow();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (last.state() == Replay.State.WAITING || last.state() == Replay.State.RUNNING) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("still " + last);
            }
            Thread.onSpinWait();
            last = handle.replay().orElseThrow();
        }
        return last;
    }
}
