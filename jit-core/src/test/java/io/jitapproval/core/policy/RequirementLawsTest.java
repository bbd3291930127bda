package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApproverSelector;
import io.jitapproval.BreakGlass;
import io.jitapproval.Course;
import io.jitapproval.Demand;
import io.jitapproval.Escalation;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.VoteTerms;
import io.jitapproval.Way;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

@Label("design §3: requirements of several rules merge into one that asks for all of them")
class RequirementLawsTest {

    @Provide
    Arbitrary<Requirement> requirements() {
        Arbitrary<ApproverSelector> selectors = Combinators.combine(
                        Arbitraries.of(ApproverSelector.Kind.values()), Arbitraries.of("x", "y"))
                .as(ApproverSelector::new);
        Arbitrary<Stage> stages = Combinators.combine(
                        selectors.set().ofMinSize(1).ofMaxSize(2),
                        Arbitraries.integers().between(1, 3))
                .as(Stage::new);
        Arbitrary<Duration> durations = Arbitraries.integers().between(1, 3).map(Duration::ofMinutes);
        Arbitrary<GrantTerms> terms = Combinators.combine(
                        Arbitraries.of(GrantScope.values()),
                        durations,
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(GrantClock.values()))
                .as(GrantTerms::new);
        Arbitrary<Demand> demands = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of("a+", "b+", "c+")
                                .map(pattern -> new Demand.Form(pattern, "hint"))
                                .set()
                                .ofMaxSize(2))
                .as(Demand::new);
        Arbitrary<Optional<Set<String>>> words =
                Arbitraries.of("p", "q", "r").set().ofMaxSize(3).optional();
        Arbitrary<VoteTerms> votes = Combinators.combine(
                        words,
                        words,
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(VoteTerms::new);
        Arbitrary<Set<ApproverSelector>> whom = Arbitraries.of("A", "B", "C")
                .map(name -> new ApproverSelector(ApproverSelector.Kind.ROLE, name))
                .set()
                .ofMinSize(1)
                .ofMaxSize(2);
        Arbitrary<Course> courses = Combinators.combine(
                        Arbitraries.of(Course.AtDecideBy.class),
                        durations.optional(),
                        Arbitraries.integers().between(1, 4),
                        whom,
                        durations)
                .as(Course::new);
        Arbitrary<Set<Way>> ways = Combinators.combine(
                        whom, Arbitraries.integers().between(1, 3))
                .as(Way::new)
                .set()
                .ofMinSize(1)
                .ofMaxSize(2);
        Arbitrary<Duration> short1 = Arbitraries.of(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofHours(1));
        Arbitrary<Optional<BreakGlass>> glass = Combinators.combine(ways, whom, short1, ways, short1)
                .as(BreakGlass::new)
                .optional();
        Arbitrary<Set<Escalation>> escalations = Combinators.combine(short1, whom, Arbitraries.of(true, false))
                .as((after, by, replaces) -> new Escalation(after, by, replaces, Set.of()))
                .set()
                .ofMaxSize(2);
        Arbitrary<Stage> staged = Combinators.combine(
                        ways, Arbitraries.integers().between(1, 2), escalations)
                .as(Stage::new);
        return Combinators.combine(
                        Arbitraries.oneOf(stages, staged).set().ofMaxSize(3),
                        durations,
                        durations,
                        terms,
                        demands,
                        demands,
                        Combinators.combine(votes, courses, glass).as(Tuple::of),
                        Arbitraries.of(true, false))
                .as((all, decide, use, grant, reason, ticket, more, closed) -> new Requirement(
                        all, decide, use, grant, reason, ticket, more.get1(), more.get2(), more.get3(), closed));
    }

    @Label("design §3: merging is associative, commutative and idempotent, and only grows")
    @Property(tries = 1000)
    void laws(
            @ForAll("requirements") Requirement a,
            @ForAll("requirements") Requirement b,
            @ForAll("requirements") Requirement c) {
        check(Requirement::merge, a, b, c);
        Requirement both = a.merge(b);
        assertThat(both.grant().isWithin(a.grant())).isTrue();
        assertThat(both.merge(a)).isEqualTo(both);
        checkTogether(Requirement::merge, a, b);
    }

    @Label("what both demand is demanded, and a vote counts only where it counts under both")
    @Example
    void brokenTwinsOfTheNewPartsAreFound() {
        BinaryOperator<Requirement> dropsForms =
                (a, b) -> with(a.merge(b), a.reason(), a.merge(b).votes());
        BinaryOperator<Requirement> uniteVotes =
                (a, b) -> with(a.merge(b), a.reason().merge(b.reason()), united(a, b));
        BinaryOperator<Requirement> emptyIsAny = (a, b) -> {
            VoteTerms votes = a.merge(b).votes();
            return with(a.merge(b), a.merge(b).reason(), votes.unreachable() ? VoteTerms.ANY : votes);
        };
        Requirement one = with(some(new Random(1)), form("a+"), by("p", "q"));
        Requirement other = with(some(new Random(1)), form("b+"), by("q", "r"));
        Requirement apart = with(some(new Random(1)), form("b+"), by("x", "y"));
        checkTogether(Requirement::merge, one, other);
        checkTogether(Requirement::merge, one, apart);
        assertThatThrownBy(() -> checkTogether(dropsForms, one, other)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> checkTogether(uniteVotes, one, other)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> checkTogether(emptyIsAny, one, apart)).isInstanceOf(AssertionError.class);
        assertThat(one.merge(apart).votes().unreachable()).isTrue();
    }

    private static Demand form(String pattern) {
        return new Demand(true, Set.of(new Demand.Form(pattern, "hint")));
    }

    private static VoteTerms by(String... channels) {
        return new VoteTerms(Optional.of(Set.of(channels)), Optional.empty());
    }

    private static VoteTerms united(Requirement a, Requirement b) {
        Set<String> all = new TreeSet<>(a.votes().channels().orElseThrow());
        all.addAll(b.votes().channels().orElseThrow());
        return new VoteTerms(Optional.of(all), Optional.empty());
    }

    private static Requirement with(Requirement plain, Demand reason, VoteTerms votes) {
        return new Requirement(
                plain.stages(),
                plain.decideWithin(),
                plain.useWithin(),
                plain.grant(),
                reason,
                plain.ticket(),
                votes,
                plain.course(),
                plain.breakGlass(),
                plain.closedToMachines());
    }

    /** Whoever meets the merged requirement meets both. */
    private static void checkTogether(BinaryOperator<Requirement> merge, Requirement a, Requirement b) {
        Requirement both = merge.apply(a, b);
        for (Requirement each : List.of(a, b)) {
            assertThat(both.reason().forms()).containsAll(each.reason().forms());
            assertThat(both.ticket().forms()).containsAll(each.ticket().forms());
            assertThat(both.reason().required() || !each.reason().required()).isTrue();
            assertThat(both.ticket().required() || !each.ticket().required()).isTrue();
            for (String word : List.of("", "p", "q", "r", "x", "y")) {
                if (both.votes().allowsChannel(word)) {
                    assertThat(each.votes().allowsChannel(word)).isTrue();
                }
                if (both.votes().allowsAssurance(Set.of(word))) {
                    assertThat(each.votes().allowsAssurance(Set.of(word))).isTrue();
                }
            }
        }
    }

    @Label("the law is sharp: it fails on a merge that keeps the times of the first")
    @Example
    void brokenTwinIsFound() {
        BinaryOperator<Requirement> broken = (a, b) -> new Requirement(
                a.merge(b).stages(),
                a.decideWithin(),
                a.useWithin(),
                a.grant(),
                a.reasonRequired(),
                a.closedToMachines());
        Random random = new Random(1);
        assertThatThrownBy(() -> check(broken, some(random), some(random), some(random)))
                .isInstanceOf(AssertionError.class);
    }

    private static Requirement some(Random random) {
        return new Requirement(
                Set.of(),
                Duration.ofSeconds(1 + random.nextInt(1000)),
                Duration.ofMinutes(1),
                GrantTerms.DEFAULT,
                false,
                false);
    }

    private static void check(BinaryOperator<Requirement> merge, Requirement a, Requirement b, Requirement c) {
        assertThat(merge.apply(merge.apply(a, b), c)).isEqualTo(merge.apply(a, merge.apply(b, c)));
        assertThat(merge.apply(a, b)).isEqualTo(merge.apply(b, a));
        assertThat(merge.apply(a, a)).isEqualTo(a);
    }
}
