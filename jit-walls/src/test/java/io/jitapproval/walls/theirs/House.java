package io.jitapproval.walls.theirs;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApproverSelector;
import io.jitapproval.ApproverSelector.Kind;
import io.jitapproval.Attempt;
import io.jitapproval.Course;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Resource;
import io.jitapproval.Stage;
import io.jitapproval.Subject;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.VoteTerms;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.PolicySources;
import io.jitapproval.core.approval.Content;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.test.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A guard over the action {@code pay}: {@code ana} pays; {@code mia} and {@code tom} have the role FINANCE, {@code zoe} that and AUDIT,
 * {@code eva} AUDIT, {@code kai} CFO, {@code leo} none. Its requests are made to ask for more than its policy says.
 */
final class House implements AutoCloseable {

    private static final String POLICY = """
            {"default": "deny", "rules": [{"id": "r", "actions": ["pay"], "effect": "require-approval",
              "approval": {"by": {"role": "FINANCE"}, "decideWithin": "PT1H"}, "grant": {"uses": 3}}]}
            """;

    final TestClock clock = new TestClock();
    final MemoryAuditSink records = AuditSinks.memory(100_000);
    final Directory people = new Directory();
    final GrantStore store;
    final MethodGuard guard;
    private String request = "";

    House(UnaryOperator<Requirement> richer) {
        this(richer, Set.of(), (builder, time) -> {});
    }

    House(UnaryOperator<Requirement> richer, Set<String> barred, BiConsumer<GuardBuilder, TestClock> more) {
        store = new Richer(GrantStores.memory(clock), richer, barred);
        GuardBuilder builder = Jit.guard()
                .time(clock)
                .people(people)
                .store(store)
                .audit(records)
                .policy(PolicySources.text("house.json", POLICY));
        more.accept(builder, clock);
        guard = builder.build();
    }

    static ApproverSelector role(String name) {
        return new ApproverSelector(Kind.ROLE, name);
    }

    static UnaryOperator<Requirement> stages(Stage... stages) {
        return required -> required.withStages(Set.of(stages));
    }

    static UnaryOperator<Requirement> course(Course.AtDecideBy end, Stage... stages) {
        return required -> with(
                required.withStages(Set.of(stages)),
                required.votes(),
                new Course(end, Optional.empty(), 10, Set.of(), Duration.ofMinutes(5)));
    }

    static UnaryOperator<Requirement> votes(VoteTerms terms, Stage... stages) {
        return required -> with(required.withStages(Set.of(stages)), terms, required.course());
    }

    private static Requirement with(Requirement required, VoteTerms votes, Course course) {
        return new Requirement(
                required.stages(),
                required.decideWithin(),
                required.useWithin(),
                required.grant(),
                required.reason(),
                required.ticket(),
                votes,
                course,
                required.breakGlass(),
                required.closedToMachines());
    }

    Attempt pay(int amount) {
        return guard.attempt("pay")
                .by(Subject.user("ana"))
                .on(Resource.of("order", "1"))
                .with("amount", amount);
    }

    ApprovalRequest ask() {
        ApprovalRequest made = pay(100).submit().orElseThrow();
        request = made.id();
        return made;
    }

    ApprovalRequest now() {
        return guard.approvals().find(request).orElseThrow();
    }

    VoteReceipt cast(Vote vote) {
        return guard.approvals().vote(request, vote);
    }

    VoteReceipt cast(String who, Verdict verdict) {
        ApprovalRequest shown = now();
        return cast(new Vote(Ref.user(who), verdict, "", shown.shown(), Optional.empty(), ""));
    }

    VoteReceipt approve(String who) {
        return cast(who, Verdict.APPROVE);
    }

    VoteReceipt deny(String who) {
        return cast(who, Verdict.DENY);
    }

    VoteReceipt abstain(String who) {
        return cast(who, Verdict.ABSTAIN);
    }

    List<AuditRecord> of(AuditRecord.Kind kind) {
        return records.records().stream()
                .filter(record -> record.kind() == kind)
                .toList();
    }

    /** Whether a person sees the request among what waits for them. */
    boolean waitsFor(String who) {
        return guard.approvals().waitingFor(Ref.user(who)).stream()
                .anyMatch(waiting -> waiting.id().equals(request));
    }

    @Override
    public void close() {
        guard.close();
    }

    /** Makes what is submitted ask for more. */
    private static final class Richer extends ForwardingGrantStore {

        private final UnaryOperator<Requirement> richer;
        private final Set<String> barred;

        Richer(GrantStore store, UnaryOperator<Requirement> richer, Set<String> barred) {
            super(store);
            this.richer = richer;
            this.barred = barred;
        }

        @Override
        public ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal) {
            return super.submit(
                    key,
                    now -> {
                        Submission made = submission.apply(now);
                        ApprovalRequest rich = Content.sealed(made.request()
                                .with(copy -> copy.requirement(
                                                richer.apply(made.request().requirement()))
                                        .barred(barred)));
                        return new Submission(rich, made.grant(), made.records(), made.messages(), made.entries());
                    },
                    journal);
        }
    }

    /** People whose roles can change. */
    static final class Directory implements PeopleDirectory {

        private final Map<String, Set<String>> roles = new ConcurrentHashMap<>(new TreeMap<>(Map.of(
                "ana", Set.of("SUPPORT"),
                "mia", Set.of("FINANCE"),
                "tom", Set.of("FINANCE"),
                "zoe", Set.of("FINANCE", "AUDIT"),
                "eva", Set.of("AUDIT"),
                "kai", Set.of("CFO"),
                "leo", Set.of())));

        void give(String who, String... now) {
            roles.put(who, Set.of(now));
        }

        @Override
        public Optional<Person> find(Ref identity) {
            return Optional.ofNullable(roles.get(identity.id())).map(held -> person(identity.id()));
        }

        private Person person(String id) {
            return new Person(id, id, roles.getOrDefault(id, Set.of()), Set.of());
        }

        @Override
        public Collection<Person> named(ApproverSelector selector) {
            return roles.keySet().stream()
                    .sorted()
                    .filter(id -> selector.kind() == Kind.PERSON
                            ? id.equals(selector.name())
                            : roles.get(id).contains(selector.name()))
                    .map(this::person)
                    .toList();
        }
    }
}
