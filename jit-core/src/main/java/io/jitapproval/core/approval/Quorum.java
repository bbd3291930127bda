package io.jitapproval.core.approval;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether different people can fill every place of every stage: a maximum matching of people to places in a bipartite graph,
 * by augmenting paths. One person fills at most one place, however many roles and groups name them.
 */
public final class Quorum {

    private static final int EMPTY = -1;

    private final List<Set<ApproverSelector>> places = new ArrayList<>();
    private final List<Set<ApproverSelector>> people;
    private final int[] personAt;

    private Quorum(Set<Stage> stages, List<Set<ApproverSelector>> people) {
        for (Stage stage : stages) {
            for (int i = 0; i < stage.people(); i++) {
                places.add(stage.by());
            }
        }
        this.people = people;
        this.personAt = new int[places.size()];
        Arrays.fill(personAt, EMPTY);
    }

    /**
     * Tests a set of people.
     *
     * @param stages the stages to fill
     * @param people for each person's canonical id, the selectors that name the person
     * @return whether every place can be filled
     */
    public static boolean filled(Set<Stage> stages, Map<String, Set<ApproverSelector>> people) {
        int needed = stages.stream().mapToInt(Stage::people).sum();
        return needed <= people.size() && new Quorum(stages, List.copyOf(people.values())).fillAll();
    }

    private boolean fillAll() {
        for (int place = 0; place < places.size(); place++) {
            if (!fill(place, new boolean[people.size()])) {
                return false;
            }
        }
        return true;
    }

    private boolean fill(int place, boolean[] seen) {
        for (int person = 0; person < people.size(); person++) {
            if (!seen[person] && !Collections.disjoint(places.get(place), people.get(person))) {
                seen[person] = true;
                int other = placeOf(person);
                if (other == EMPTY || fill(other, seen)) {
                    personAt[place] = person;
                    return true;
                }
            }
        }
        return false;
    }

    private int placeOf(int person) {
        for (int place = 0; place < personAt.length; place++) {
            if (personAt[place] == person) {
                return place;
            }
        }
        return EMPTY;
    }
}
