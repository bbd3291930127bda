package io.jitapproval.core.approval;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Stage;
import io.jitapproval.Way;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether different people can fill every stage by one of its ways: a maximum matching of people to places in a bipartite graph, by
 * augmenting paths, for one choice of ways after the other. One person fills at most one place, however many roles and groups name
 * them.
 */
public final class Quorum {

    private final List<List<Way>> stages = new ArrayList<>();
    private final List<Set<ApproverSelector>> people;

    private Quorum(Collection<Set<Way>> stages, List<Set<ApproverSelector>> people) {
        stages.forEach(ways -> this.stages.add(List.copyOf(ways)));
        this.people = people;
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
        long fewest = stages.stream()
                .mapToLong(ways -> ways.stream().mapToInt(Way::people).min().orElse(Integer.MAX_VALUE))
                .sum();
        return fewest <= people.size()
                && new Quorum(stages, List.copyOf(people.values())).fill(0, new ArrayList<>(), new ArrayList<>());
    }

    /** Fills the stages from one on, given the places of those before it and who has which. */
    private boolean fill(int stage, List<Way> places, List<Integer> personAt) {
        if (stage == stages.size()) {
            return true;
        }
        for (Way way : stages.get(stage)) {
            List<Way> more = new ArrayList<>(places);
            List<Integer> seated = new ArrayList<>(personAt);
            if (seat(way, more, seated) && fill(stage + 1, more, seated)) {
                return true;
            }
        }
        return false;
    }

    private boolean seat(Way way, List<Way> places, List<Integer> personAt) {
        if (way.people() > people.size() - places.size()) {
            return false;
        }
        for (int i = 0; i < way.people(); i++) {
            places.add(way);
            personAt.add(-1);
            if (!augment(places.size() - 1, places, personAt, new boolean[people.size()])) {
                return false;
            }
        }
        return true;
    }

    private boolean augment(int place, List<Way> places, List<Integer> personAt, boolean[] seen) {
        for (int person = 0; person < people.size(); person++) {
            if (!seen[person] && !Collections.disjoint(places.get(place).by(), people.get(person))) {
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
