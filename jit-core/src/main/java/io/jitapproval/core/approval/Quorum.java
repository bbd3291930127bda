package io.jitapproval.core.approval;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Stage;
import io.jitapproval.Way;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether different people can fill every stage by one of its ways: a maximum matching of people to places in a bipartite graph, by
 * augmenting paths, for one choice of ways after the other. One person fills at most one place, however many roles and groups name
 * them.
 */
public final class Quorum {

    private final List<List<Places>> stages;
    private final int people;

    private Quorum(List<List<Places>> stages, int people) {
        this.stages = stages;
        this.people = people;
    }

    /** The places of one way: how many, and whom of the people they fit. */
    record Places(int number, BitSet fits) {

        static <P> Places of(int number, List<P> people, Predicate<P> fits) {
            BitSet which = new BitSet(people.size());
            for (int i = 0; i < people.size(); i++) {
                which.set(i, fits.test(people.get(i)));
            }
            return new Places(number, which);
        }
    }

    /**
     * Tests a set of people against stages as they are at first.
     *
     * @param stages the stages to fill
     * @param people for each person's canonical id, the selectors that name the person
     * @return whether every stage can be filled
     */
    public static boolean filled(Set<Stage> stages, Map<String, Set<ApproverSelector>> people) {
        return filled(stages.stream().map(Stage::ways).toList(), people);
    }

    /**
     * Tests a set of people.
     *
     * @param stages for each stage the ways to fill it
     * @param people for each person's canonical id, the selectors that name the person
     * @return whether every stage can be filled
     */
    public static boolean filled(Collection<Set<Way>> stages, Map<String, Set<ApproverSelector>> people) {
        List<Set<ApproverSelector>> named = List.copyOf(people.values());
        List<List<Places>> places = new ArrayList<>();
        for (Set<Way> ways : stages) {
            places.add(ways.stream()
                    .map(way -> Places.of(way.people(), named, who -> !Collections.disjoint(way.by(), who)))
                    .toList());
        }
        return filled(places, named.size());
    }

    /** Tests a number of people against the ways of stages. */
    static boolean filled(List<List<Places>> stages, int people) {
        long fewest = stages.stream()
                .mapToLong(ways -> ways.stream().mapToInt(Places::number).min().orElse(Integer.MAX_VALUE))
                .sum();
        return fewest <= people && new Quorum(stages, people).fill(0, new ArrayList<>(), new ArrayList<>());
    }

    /** Fills the stages from one on, given the places of those before it and who has which. */
    private boolean fill(int stage, List<Places> places, List<Integer> personAt) {
        if (stage == stages.size()) {
            return true;
        }
        for (Places way : stages.get(stage)) {
            List<Places> more = new ArrayList<>(places);
            List<Integer> seated = new ArrayList<>(personAt);
            if (seat(way, more, seated) && fill(stage + 1, more, seated)) {
                return true;
            }
        }
        return false;
    }

    private boolean seat(Places way, List<Places> places, List<Integer> personAt) {
        if (way.number() > people - places.size()) {
            return false;
        }
        for (int i = 0; i < way.number(); i++) {
            places.add(way);
            personAt.add(-1);
            if (!augment(places.size() - 1, places, personAt, new boolean[people])) {
                return false;
            }
        }
        return true;
    }

    private static boolean augment(int place, List<Places> places, List<Integer> personAt, boolean[] seen) {
        for (int person = 0; person < seen.length; person++) {
            if (!seen[person] && places.get(place).fits().get(person)) {
                seen[person] = true;
                int other = personAt.indexOf(person);
                if (other < 0 || augment(other, places, personAt, seen)) {
                    personAt.set(place, person);
                    return true;
                }
            }
        }
        return false;
    }
}
