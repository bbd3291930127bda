package io.jitapproval.core.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.ApprovalRequestBuilder;
import io.jitapproval.ApproverSelector;
import io.jitapproval.ApproverSelector.Kind;
import io.jitapproval.Course;
import io.jitapproval.Course.AtDecideBy;
import io.jitapproval.Escalation;
import io.jitapproval.GrantTerms;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.VoteTerms;
import io.jitapproval.Way;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Wall 7: what happens to a request by itself holds at every instant, whether or not anybody wrote it down in time. */
class RequestLifePropertiesTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Map<String, Set<String>> ROLES = new TreeMap<>(
            Map.of("a", Set.of("A"), "b", Set.of("A", "B"), "c", Set.of("B"), "d", Set.of("C"), "e", Set.of("B", "C")));

    private static final PeopleDirectory PEOPLE = new PeopleDirectory() {

        @Override
        public Optional<Person> find(Ref identity) {
            return Optional.ofNullable(ROLES.get(identity.id()))
                    .map(roles -> new Person(identity.id(), identity.id(), roles, Set.of()));
        }

        @Override
        public Collection<Person> named(ApproverSelector selector) {
            return ROLES.keySet().stream()
                    .filter(id -> ROLES.get(id).contains(selector.name()))
                    .map(id -> new Person(id, id, ROLES.get(id), Set.of()))
                    .toList();
        }
    };

    /** Somebody votes, or takes back, so many minutes after the asking. */
    record Deed(int minute, int who, Verdict verdict, boolean back) {}

    private static ApproverSelector role(String name) {
        return new ApproverSelector(Kind.ROLE, name);
    }

    @Provide
    Arbitrary<Requirement> requirements() {
        Arbitrary<Set<ApproverSelector>> by = Arbitraries.of("A", "B", "C")
                .map(RequestLifePropertiesTest::role)
                .set()
                .ofMinSize(1)
                .ofMaxSize(2);
        Arbitrary<Escalation> escalation = Combinators.combine(
                        Arbitraries.integers().between(1, 90), by, Arbitraries.of(true, false))
                .as((after, who, replaces) -> new Escalation(Duration.ofMinutes(after), who, replaces, Set.of()));
        Arbitrary<Stage> stage = Combinators.combine(
                        Combinators.combine(by, Arbitraries.integers().between(1, 2))
                                .as(Way::new)
                                .set()
                                .ofMinSize(1)
                                .ofMaxSize(2),
                        Arbitraries.integers().between(1, 3),
                        escalation.set().ofMaxSize(2))
                .as(Stage::new);
        return Combinators.combine(
                        stage.set().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of(AtDecideBy.values()),
                        Arbitraries.integers().between(1, 2))
                .as((stages, end, denials) -> new Requirement(
                        stages,
                        Duration.ofMinutes(60),
                        Duration.ofMinutes(15),
                        GrantTerms.DEFAULT,
                        io.jitapproval.Demand.OPTIONAL,
                        io.jitapproval.Demand.OPTIONAL,
                        new VoteTerms(Optional.empty(), Optional.empty(), denials, false, false),
                        new Course(end, Optional.empty(), 10, Set.of(), Duration.ZERO),
                        Optional.empty(),
                        false));
    }

    @Provide
    Arbitrary<List<Deed>> deeds() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 130),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.frequency(
                                net.jqwik.api.Tuple.of(8, Verdict.APPROVE),
                                net.jqwik.api.Tuple.of(1, Verdict.DENY),
                                net.jqwik.api.Tuple.of(1, Verdict.ABSTAIN)),
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(5, false), net.jqwik.api.Tuple.of(1, true)))
                .as(Deed::new)
                .list()
                .ofMaxSize(8)
                .map(all -> all.stream()
                        .sorted(java.util.Comparator.comparing(Deed::minute))
                        .toList());
    }

    /** What time does to a request. */
    @FunctionalInterface
    private interface Time {
        ApprovalRequest upTo(ApprovalRequest request, Instant now, Circle circle);
    }

    private static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    private static ApprovalRequest begun(Requirement required, Circle circle) {
        ApprovalRequest request = Content.sealed(new ApprovalRequestBuilder()
                .id("r1")
                .digest("unsealed")
                .subject(Ref.user("ana"))
                .action("pay")
                .requirement(required)
                .binding("b")
                .matchKey("m")
                .createdAt(START)
                .decideBy(START.plus(required.decideWithin()))
                .build());
        return RequestLife.asked(request, Map.of(), circle).request();
    }

    private static Circle circle(Requirement required) {
        try {
            return new Circle(Electorate.resolve(required, List.of(new Ref("agent", "x")), PEOPLE), Tidings.NONE);
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static ApprovalRequest caughtUp(ApprovalRequest request, Instant now, Circle circle) {
        return RequestLife.catchUp(circle).apply(request, now).result();
    }

    private static ApprovalRequest act(ApprovalRequest request, Deed deed, Circle circle) {
        String who = List.copyOf(ROLES.keySet()).get(deed.who());
        Optional<Person> person = Optional.of(new Person(who, who, ROLES.get(who), Set.of()));
        Vote vote = new Vote(Ref.user(who), deed.verdict(), "", request.shown(), Optional.empty(), "");
        Step<ApprovalRequest, ?> step = deed.back()
                ? RequestLife.takeBack(Ref.user(who), person, circle).apply(request, at(deed.minute()))
                : RequestLife.vote(vote, person, circle, "g1").apply(request, at(deed.minute()));
        ApprovalRequest next = step.next() == null ? request : step.next();
        assertThat(step.records().stream()
                        .filter(record -> record.kind() == AuditRecord.Kind.DECIDED)
                        .count())
                .as("one record of one end")
                .isEqualTo(request.state() == State.PENDING && next.state() != State.PENDING ? 1 : 0);
        return next;
    }

    /** The same deeds on a request that somebody looks after each minute, and on one that nobody does. */
    private static void check(Requirement required, List<Deed> deeds, Time tended) {
        Circle circle = circle(required);
        ApprovalRequest lazy = begun(required, circle);
        ApprovalRequest eager = lazy;
        List<Deed> left = new ArrayList<>(deeds);
        for (int minute = 0; minute <= 131; minute++) {
            Instant now = at(minute);
            eager = tended.upTo(eager, now, circle);
            while (!left.isEmpty() && left.get(0).minute() == minute) {
                Deed deed = left.remove(0);
                lazy = act(lazy, deed, circle);
                eager = act(eager, deed, circle);
            }
            ApprovalRequest then = caughtUp(lazy, now, circle);
            assertThat(lazy.stateAt(now)).as("state at minute %d", minute).isEqualTo(then.state());
            assertThat(eager.stateAt(now)).isEqualTo(then.state());
            assertThat(eager.state()).as("what was due was written").isEqualTo(then.state());
            assertThat(eager.votes()).isEqualTo(then.votes());
            assertThat(eager.outcome()).isEqualTo(then.outcome());
            if (then.state() == State.PENDING) {
                assertThat(eager.progress()).isEqualTo(then.progress());
                assertThat(eager.decideBy()).isEqualTo(then.decideBy());
                assertThat(RequestLife.nextMoment(then))
                        .hasValueSatisfying(next -> assertThat(next).isAfter(now));
            }
            for (String who : ROLES.keySet()) {
                Person person = new Person(who, who, ROLES.get(who), Set.of());
                assertThat(RequestLife.mayVote(eager, person, circle.electorate(), now))
                        .as("%s may vote at minute %d", who, minute)
                        .isEqualTo(RequestLife.mayVote(lazy, person, circle.electorate(), now));
            }
        }
        assertThat(eager.state()).isNotEqualTo(State.PENDING);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    @Label(
            "wall 7: caught up each minute or only when somebody acts, it is the same request at every instant, as stateAt says")
    void lazyIsEager(@ForAll("requirements") Requirement required, @ForAll("deeds") List<Deed> deeds) {
        check(required, deeds, RequestLifePropertiesTest::caughtUp);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    @Label(
            "walls 4 and 9: approved means that different people fill each stage by whom it ever named; nothing else approves")
    void approvedIsFilled(@ForAll("requirements") Requirement required, @ForAll("deeds") List<Deed> deeds) {
        Circle circle = circle(required);
        ApprovalRequest request = begun(required, circle);
        for (Deed deed : deeds) {
            request = act(request, deed, circle);
        }
        if (request.state() == State.APPROVED) {
            Map<String, Set<ApproverSelector>> yes = new TreeMap<>();
            request.votes().stream()
                    .filter(vote -> vote.verdict() == Verdict.APPROVE)
                    .forEach(vote -> yes.put(vote.person(), vote.as()));
            List<Set<Way>> widest = required.stages().stream()
                    .map(RequestLifePropertiesTest::widest)
                    .toList();
            assertThat(Quorum.filled(widest, yes)).isTrue();
        }
        long denials = request.votes().stream()
                .filter(vote -> vote.verdict() == Verdict.DENY)
                .count();
        boolean byTimeout =
                request.outcome().filter(why -> why.code().equals("JIT-218")).isPresent();
        assertThat(request.state() == State.DENIED && !byTimeout)
                .isEqualTo(denials >= required.votes().denials());
    }

    private static Set<Way> widest(Stage stage) {
        Set<Way> ways = new java.util.HashSet<>();
        for (Way way : stage.ways()) {
            Set<ApproverSelector> by = new java.util.HashSet<>(way.by());
            stage.escalations().forEach(escalation -> by.addAll(escalation.by()));
            ways.add(new Way(by, way.people()));
        }
        return ways;
    }

    @Example
    @Label("broken twin: a request that only a timer moves on, and the timer is late")
    void lateTimer() {
        Stage stage = new Stage(
                Set.of(new Way(Set.of(role("A")), 1)),
                1,
                Set.of(new Escalation(Duration.ofMinutes(10), Set.of(role("C")), false, Set.of())));
        Requirement required = new Requirement(
                Set.of(stage), Duration.ofMinutes(60), Duration.ofMinutes(15), GrantTerms.DEFAULT, false, false);
        List<Deed> deeds = List.of(new Deed(15, 3, Verdict.APPROVE, false));
        check(required, deeds, RequestLifePropertiesTest::caughtUp);
        Time late = (request, now, circle) -> caughtUp(
                request, now.minus(Duration.ofMinutes(30)).isBefore(START) ? START : now.minusSeconds(1800), circle);
        assertThatThrownBy(() -> check(required, deeds, late)).isInstanceOf(AssertionError.class);
    }
}
