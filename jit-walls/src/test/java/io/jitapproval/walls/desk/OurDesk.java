package io.jitapproval.walls.desk;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalCancelledException;
import io.jitapproval.ApprovalExpiredException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApproverSelector;
import io.jitapproval.Attempt;
import io.jitapproval.GrantTerms;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.test.TestClock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The desk that the library builds. */
final class OurDesk implements Desk, AutoCloseable {

    static final int RECORDS = 5_000_000;

    final TestClock clock = new TestClock();
    final MemoryAuditSink records = AuditSinks.memory(RECORDS);
    final GrantStore store;
    final MethodGuard guard;

    private final Directory people;
    private final AtomicInteger ran = new AtomicInteger();
    private String lastRequest = "";

    OurDesk(Rules rules, Member... members) {
        this(rules, UnaryOperator.identity(), UnaryOperator.identity(), members);
    }

    /** With a store and a sink that a test may break. */
    OurDesk(Rules rules, UnaryOperator<GrantStore> breakStore, UnaryOperator<AuditSink> breakSink, Member... members) {
        people = new Directory(members);
        store = breakStore.apply(GrantStores.memory(clock));
        guard = Jit.guard()
                .policy(PolicySources.text("desk.json", policy(rules)))
                .people(people)
                .store(store)
                .audit(breakSink.apply(records))
                .time(clock)
                .build();
    }

    private static String policy(Rules rules) {
        return """
                {"default": "deny", "rules": [
                  {"id": "ask", "actions": ["payment.*"], "effect": "require-approval",
                   "approval": {"by": {"role": "FINANCE"}, "people": %d, "decideWithin": "%s"},
                   "grant": {"within": "%s", "uses": %d, "scope": "%s", "useWithin": "%s", "from": "%s"}}]}
                """.formatted(
                        rules.people(),
                        rules.decideWithin(),
                        rules.terms().within(),
                        rules.terms().uses(),
                        rules.terms().scope().word(),
                        rules.useWithin(),
                        rules.terms().clock().word());
    }

    private Attempt attempt(Call call) {
        Attempt attempt =
                guard.attempt(call.action()).by(Subject.user(call.subject())).on(Resource.of("order", call.order()));
        call.arguments().forEach(attempt::with);
        return attempt;
    }

    @Override
    public Outcome call(Call call) {
        try {
            attempt(call).run(ran::incrementAndGet);
            return Outcome.RAN;
        } catch (ApprovalPendingException pending) {
            lastRequest = pending.request().id();
            return Outcome.PENDING;
        } catch (JitApprovalException refused) {
            return outcome(refused);
        }
    }

    private static Outcome outcome(JitApprovalException refused) {
        if (refused instanceof ActionDeniedException) {
            return refused.reason() == Reason.APPROVAL_UNREACHABLE ? Outcome.UNREACHABLE : Outcome.DENIED;
        }
        if (refused instanceof ApprovalExpiredException) {
            return Outcome.EXPIRED;
        }
        if (refused instanceof ApprovalCancelledException) {
            return Outcome.CANCELLED;
        }
        throw refused;
    }

    @Override
    public String lastRequest() {
        return lastRequest;
    }

    @Override
    public boolean vote(String request, String voter, Verdict verdict, Optional<GrantTerms> narrowed) {
        ApprovalRequest shown = guard.approvals().find(request).orElseThrow();
        Vote vote = new Vote(identity(voter), verdict, "", shown.shown(), narrowed, "test");
        return guard.approvals().vote(request, vote).counted();
    }

    private static Ref identity(String voter) {
        return voter.contains("/") ? Ref.parse(voter) : Ref.user(voter);
    }

    @Override
    public Outcome waiting(Call call, Consumer<String> meanwhile) {
        CompletableFuture<Outcome> end = attempt(call)
                .waitAtMost(Duration.ofDays(1))
                .callAsync(() -> {
                    ran.incrementAndGet();
                    return CompletableFuture.completedStage(Outcome.RAN);
                })
                .exceptionally(refused -> outcome((JitApprovalException) refused))
                .toCompletableFuture();
        meanwhile.accept(guard.approvals().pending().get(0).id());
        return end.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public boolean withdraw(String request, String by) {
        return guard.approvals().withdraw(request, identity(by)) == Reason.APPROVAL_CANCELLED;
    }

    @Override
    public boolean revokeGrantOf(String request) {
        return guard.grants().revoke(grantOf(request), Ref.user("root"), "test") == Reason.REVOKED;
    }

    @Override
    public boolean returnGrantOf(String request, String holder) {
        return guard.grants().giveBack(grantOf(request), identity(holder)) == Reason.GIVEN_BACK;
    }

    String grantOf(String request) {
        return guard.approvals().find(request).orElseThrow().grantId().orElseThrow();
    }

    @Override
    public void takeRole(String person, String role) {
        people.takeRole(person, role);
    }

    @Override
    public void advance(Duration time) {
        clock.advance(time);
    }

    @Override
    public int ran() {
        return ran.get();
    }

    @Override
    public void close() {
        guard.close();
    }

    /** A directory whose people can lose roles. */
    private static final class Directory implements PeopleDirectory {

        private final Map<Ref, String> identities = new ConcurrentHashMap<>();
        private final Map<String, Set<String>> roles = new ConcurrentHashMap<>();

        Directory(Member... members) {
            for (Member member : members) {
                roles.put(member.id(), new HashSet<>(member.roles()));
                identities.put(Ref.user(member.id()), member.id());
                member.aliases().forEach(alias -> identities.put(Ref.parse(alias), member.id()));
            }
        }

        void takeRole(String person, String role) {
            roles.get(person).remove(role);
        }

        @Override
        public Optional<Person> find(Ref identity) {
            return Optional.ofNullable(identities.get(identity)).map(this::person);
        }

        private Person person(String id) {
            return new Person(id, id, Set.copyOf(roles.get(id)), Set.of());
        }

        @Override
        public Collection<Person> named(ApproverSelector selector) {
            return List.copyOf(roles.keySet()).stream()
                    .filter(id -> roles.get(id).contains(selector.name()))
                    .sorted()
                    .map(this::person)
                    .toList();
        }
    }
}
