package io.jitapproval.walls.feedback;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits;
import io.jitapproval.Attempt;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.FiledSuggestion;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.core.Proposal;
import io.jitapproval.core.SuggestionDesk;
import io.jitapproval.core.SuggestionSettings;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Person;
import io.jitapproval.test.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A guard with a desk for suggestions: {@code ana} pays, {@code mia} and {@code tom} are asked, {@code olga} and {@code otto} own policy. */
final class Bureau implements AutoCloseable {

    static final Ref MIA = Ref.user("mia");
    static final Ref ANA = Ref.user("ana");
    static final Subject OLGA = Subject.user("olga");
    static final Subject OTTO = Subject.user("otto");
    static final String ID = "rules:pay";

    static final String ASKS =
            "{\"id\": \"asks\", \"actions\": [\"pay\"], \"effect\": \"require-approval\", \"approval\": {\"by\": {\"role\": \"FINANCE\"}}}";
    static final String OWNERS =
            "{\"id\": \"owners\", \"actions\": [\"jit.suggestion.*\"], \"when\": {\"subject.roles\": {\"contains\": \"OWNER\"}}, \"effect\": \"allow\"}";
    static final SuggestionSettings SETTINGS =
            SuggestionSettings.DEFAULT.withShadowDecisions(3).withLookEvery(Duration.ZERO);

    final TestClock clock;
    final GrantStore store;
    final MemoryAuditSink records = AuditSinks.memory(100_000);
    final MethodGuard guard;

    /** The amounts of what was asked, by what ties a call together. */
    final Map<String, Integer> amounts = new LinkedHashMap<>();

    Bureau(
            TestClock clock,
            GrantStore store,
            SuggestionSettings settings,
            UnaryOperator<GuardBuilder> more,
            String... rules) {
        this(clock, store, settings, more, new byte[32], rules);
    }

    Bureau(
            TestClock clock,
            GrantStore store,
            SuggestionSettings settings,
            UnaryOperator<GuardBuilder> more,
            byte[] key,
            String... rules) {
        this.clock = clock;
        this.store = store;
        this.guard = more.apply(Jit.guard()
                        .time(clock)
                        .store(store)
                        .people(People.of(staff()))
                        .audit(records)
                        .commitmentKey(key)
                        .askingLimits(AskingLimits.NONE)
                        .suggestions(settings)
                        .policy(PolicySources.text(
                                "bureau.json",
                                "{\"default\": \"deny\", \"rules\": [" + String.join(", ", rules) + "]}")))
                .build();
    }

    static Bureau of(SuggestionSettings settings, String... rules) {
        TestClock clock = new TestClock();
        return new Bureau(clock, GrantStores.memory(clock), settings, UnaryOperator.identity(), rules);
    }

    static Bureau plain() {
        return of(SETTINGS, ASKS, OWNERS);
    }

    private static Map<Person, List<Ref>> staff() {
        Map<Person, List<Ref>> staff = new LinkedHashMap<>();
        Map<String, Set<String>> roles = Map.of(
                "ana", Set.of("OWNER"),
                "mia", Set.of("FINANCE"),
                "tom", Set.of("FINANCE"),
                "olga", Set.of("OWNER"),
                "otto", Set.of("OWNER"));
        for (String id : List.of("ana", "mia", "tom", "olga", "otto")) {
            staff.put(new Person(id, id, roles.get(id), Set.of()), List.of(Ref.user(id), new Ref("slack", "U-" + id)));
        }
        return staff;
    }

    static String rule(String id, String more) {
        return "{\"id\": \"" + id + "\", \"actions\": [\"pay\"], \"effect\": \"auto-approve\"" + more + "}";
    }

    static final String SMALL = rule("small", ", \"when\": {\"action.amount\": {\"atMost\": 1000000}}");

    /** A proposal that passed; what differs is said by the other. */
    static Proposal proposal(int covered, double bound, String run, Set<Ref> beneficiaries, String... rules) {
        return new Proposal(
                ID,
                "pay",
                "auto-approve small payments",
                List.of(rules),
                true,
                0.02,
                0.95,
                covered * 2,
                covered,
                1,
                bound,
                run,
                TestClock.START.plus(Duration.ofDays(85)),
                beneficiaries,
                List.of("people approve them"),
                List.of(),
                List.of(),
                "of 400 past requests it approves 300",
                Optional.empty());
    }

    static Proposal proposal() {
        return proposal(300, 0.015, "run-1", Set.of(ANA), SMALL);
    }

    SuggestionDesk desk() {
        return guard.suggestions();
    }

    FiledSuggestion filed() {
        return desk().find(ID).orElseThrow();
    }

    Attempt pay(int amount) {
        return guard.attempt("pay").by(Subject.user("ana")).with("amount", amount);
    }

    ApprovalRequest asked(int amount) {
        ApprovalRequest request = pay(amount).submit().orElseThrow();
        amounts.put(request.matchKey(), amount);
        return request;
    }

    /** Makes the request, and lets people answer if they are asked; says whether they were. */
    boolean asks(int amount, boolean approve) {
        ApprovalRequest request = asked(amount);
        if (request.state() != ApprovalRequest.State.PENDING) {
            return false;
        }
        vote(request, approve);
        return true;
    }

    void vote(ApprovalRequest request, boolean approve) {
        ApprovalRequest now = guard.approvals().find(request.id()).orElseThrow();
        guard.approvals().vote(now.id(), approve ? Vote.approve(now, MIA) : Vote.deny(now, MIA, "no"));
    }

    /** Brings the proposal into the shadow, and lets people agree three times. */
    void shadowed() {
        check(desk().propose(proposal()));
        check(desk().shadow(ID, OLGA.ref(), "let us see"));
        for (int i = 0; i < 3; i++) {
            asks(900_000 + i, true);
        }
        desk().look();
    }

    void inForce() {
        shadowed();
        check(desk().accept(ID, OLGA, "good"));
    }

    private static void check(SuggestionDesk.Answer answer) {
        if (!answer.isDone()) {
            throw new AssertionError(answer.toString());
        }
    }

    List<String> moves() {
        return records.records().stream()
                .filter(record -> record.kind() == Kind.SUGGESTION)
                .map(record -> String.valueOf(record.details().get("what")))
                .toList();
    }

    List<AuditRecord> records(Kind kind) {
        return records.records().stream()
                .filter(record -> record.kind() == kind)
                .toList();
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        guard.close();
    }
}
