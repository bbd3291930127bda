package io.jitapproval.walls.attacks;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Attempt;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
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
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.TimeSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A guard over the action {@code pay}, with {@code ana} who pays and {@code mia} of finance who approves. */
final class Bank implements AutoCloseable {

    static final Ref MIA = Ref.user("mia");
    static final Subject ANA = Subject.user("ana");
    static final PeopleDirectory STAFF = People.of(People.person("ana"), People.person("mia", "FINANCE"));

    final MemoryAuditSink records = AuditSinks.memory(10_000);
    final MethodGuard guard;

    /** With the staff as it is. */
    Bank(TimeSource time, String... rules) {
        this(time, STAFF, builder -> {}, rules);
    }

    Bank(TimeSource time, PeopleDirectory people, Consumer<GuardBuilder> more, String... rules) {
        this(time, people, UnaryOperator.identity(), more, rules);
    }

    /** With a sink that a test may break. */
    Bank(
            TimeSource time,
            PeopleDirectory people,
            UnaryOperator<InlineAuditSink> breakSink,
            Consumer<GuardBuilder> more,
            String... rules) {
        GuardBuilder builder = Jit.guard()
                .time(time)
                .people(people)
                .audit(breakSink.apply(records))
                .policy(PolicySources.text(
                        "bank.json", "{\"default\": \"deny\", \"rules\": [" + String.join(", ", rules) + "]}"));
        more.accept(builder);
        guard = builder.build();
    }

    /** A rule over {@code pay}; what is added begins with a field's name. */
    static String rule(String id, String effect, String... more) {
        return "{\"id\": \"" + id + "\", \"actions\": [\"pay\"], \"effect\": \"" + effect + "\""
                + Stream.of(more).map(field -> ", " + field).collect(Collectors.joining()) + "}";
    }

    /** A rule that asks one person of finance. */
    static String ask(String id, String... more) {
        return rule(
                id,
                "require-approval",
                Stream.concat(
                                Stream.of("\"approval\": {\"by\": {\"role\": \"FINANCE\"}, \"people\": 1}"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    static String when(String attribute, String value) {
        return "\"when\": {\"" + attribute + "\": {\"equals\": \"" + value + "\"}}";
    }

    Attempt pay(int amount) {
        return guard.attempt("pay").by(ANA).with("amount", amount);
    }

    /** The one request that waits. */
    ApprovalRequest pending() {
        List<ApprovalRequest> pending = guard.approvals().pending();
        if (pending.size() != 1) {
            throw new AssertionError("not one request waits, but " + pending);
        }
        return pending.get(0);
    }

    /** Somebody approves the one request that waits. */
    Reason approvedBy(Ref voter) {
        ApprovalRequest request = pending();
        return guard.approvals()
                .vote(request.id(), Vote.approve(request, voter))
                .reason();
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
}
