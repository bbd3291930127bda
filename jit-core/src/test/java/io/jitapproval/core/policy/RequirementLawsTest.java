package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApproverSelector;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.function.BinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

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
        return Combinators.combine(
                        stages.set().ofMaxSize(3),
                        durations,
                        durations,
                        terms,
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(Requirement::new);
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
