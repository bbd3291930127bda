package io.jitapproval.core.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApproverSelector;
import io.jitapproval.ApproverSelector.Kind;
import io.jitapproval.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Wall 4, R23: different people fill the places, and whether they can is found out whatever the order. */
class QuorumTest {

    private static final List<ApproverSelector> SELECTORS =
            List.of(role("A"), role("B"), role("C"), new ApproverSelector(Kind.GROUP, "G"));

    private static ApproverSelector role(String name) {
        return new ApproverSelector(Kind.ROLE, name);
    }

    @Provide
    Arbitrary<Set<Stage>> stages() {
        Arbitrary<Set<ApproverSelector>> by =
                Arbitraries.of(SELECTORS).set().ofMinSize(1).ofMaxSize(2);
        return Combinators.combine(by, Arbitraries.integers().between(1, 2))
                .as(Stage::new)
                .set()
                .ofMaxSize(3)
                .filter(stages -> stages.stream().mapToInt(Stage::people).sum() <= 4);
    }

    @Provide
    Arbitrary<Map<String, Set<ApproverSelector>>> people() {
        return Arbitraries.of(SELECTORS).set().list().ofMaxSize(6).map(sets -> {
            Map<String, Set<ApproverSelector>> people = new LinkedHashMap<>();
            sets.forEach(set -> people.put("p" + people.size(), set));
            return people;
        });
    }

    @Property(tries = 2_000)
    @Label("wall 4, R23: up to six people in up to four places, as brute force finds it")
    void bruteForce(@ForAll("stages") Set<Stage> stages, @ForAll("people") Map<String, Set<ApproverSelector>> people) {
        check(Quorum::filled, stages, people);
    }

    @Example
    @Label("broken twin: giving each person the first free place misses a matching, or counts a person twice")
    void greedy() {
        Set<Stage> stages = Set.of(new Stage(Set.of(role("A"), role("B")), 1), new Stage(Set.of(role("A")), 1));
        Map<String, Set<ApproverSelector>> people = new LinkedHashMap<>();
        people.put("only-b", Set.of(role("B")));
        people.put("a-and-b", Set.of(role("A"), role("B")));
        check(Quorum::filled, stages, people);
        Set<Stage> both = Set.of(new Stage(Set.of(role("A")), 1), new Stage(Set.of(role("B")), 1));
        Map<String, Set<ApproverSelector>> one = Map.of("a-and-b", Set.of(role("A"), role("B")));
        check(Quorum::filled, both, one);
        assertThatThrownBy(() -> check(QuorumTest::perStage, both, one)).isInstanceOf(AssertionError.class);
    }

    /** Counts, for each stage by itself, who could fill it: as several products do. */
    private static boolean perStage(Set<Stage> stages, Map<String, Set<ApproverSelector>> people) {
        return stages.stream()
                .allMatch(stage -> people.values().stream()
                                .filter(person -> !Collections.disjoint(person, stage.by()))
                                .count()
                        >= stage.people());
    }

    private static void check(
            BiPredicate<Set<Stage>, Map<String, Set<ApproverSelector>>> filled,
            Set<Stage> stages,
            Map<String, Set<ApproverSelector>> people) {
        List<Set<ApproverSelector>> places = new ArrayList<>();
        stages.forEach(stage -> places.addAll(Collections.nCopies(stage.people(), stage.by())));
        assertThat(filled.test(stages, people)).isEqualTo(anyWay(places, List.copyOf(people.values())));
    }

    private static boolean anyWay(List<Set<ApproverSelector>> places, List<Set<ApproverSelector>> people) {
        if (places.isEmpty()) {
            return true;
        }
        for (int i = 0; i < people.size(); i++) {
            if (!Collections.disjoint(places.get(0), people.get(i))) {
                List<Set<ApproverSelector>> rest = new ArrayList<>(people);
                rest.remove(i);
                if (anyWay(places.subList(1, places.size()), rest)) {
                    return true;
                }
            }
        }
        return false;
    }
}
