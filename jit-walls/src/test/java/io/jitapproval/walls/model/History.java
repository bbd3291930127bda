package io.jitapproval.walls.model;

import io.jitapproval.Course.AtDecideBy;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.walls.model.Deed.What;
import io.jitapproval.walls.model.Plan.Choice;
import io.jitapproval.walls.model.Plan.Give;
import io.jitapproval.walls.model.Plan.Later;
import io.jitapproval.walls.model.Plan.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** A plan, and what happens under it. */
record History(Plan plan, List<Deed> deeds) {

    static final int LONGEST = 40;

    static Arbitrary<History> all() {
        return Combinators.combine(plans(), deed().list().ofMinSize(1).ofMaxSize(LONGEST))
                .as(History::new);
    }

    private static Arbitrary<Deed> deed() {
        Arbitrary<What> what = Arbitraries.frequency(
                Tuple.of(14, What.CALL),
                Tuple.of(15, What.VOTE),
                Tuple.of(7, What.PASS),
                Tuple.of(3, What.SUBMIT),
                Tuple.of(2, What.TAKE_BACK),
                Tuple.of(1, What.WITHDRAW),
                Tuple.of(2, What.CHANGE),
                Tuple.of(1, What.INFORM),
                Tuple.of(2, What.STAND_IN),
                Tuple.of(1, What.GIVE_BACK),
                Tuple.of(1, What.REVOKE),
                Tuple.of(1, What.REVOKE_MANY),
                Tuple.of(2, What.ROLES),
                Tuple.of(1, What.LOOK));
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 999).withoutEdgeCases();
        return Combinators.combine(what, number, number, number, fault()).as(Deed::new);
    }

    private static Arbitrary<Fault> fault() {
        return Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.just(Fault.NONE)),
                Tuple.of(
                        1,
                        Combinators.combine(
                                        Arbitraries.of(Fault.Kind.class).filter(kind -> kind != Fault.Kind.NONE),
                                        Arbitraries.integers().between(1, 8).withoutEdgeCases())
                                .as(Fault::new)));
    }

    private static Arbitrary<Set<String>> names() {
        return Arbitraries.of(Staff.NAMES).set().ofMinSize(1).ofMaxSize(2);
    }

    private static Arbitrary<Plan> plans() {
        Arbitrary<Choice> way =
                Combinators.combine(names(), Arbitraries.of(1, 1, 1, 2)).as(Choice::new);
        Arbitrary<Later> later = Combinators.combine(Arbitraries.of(10, 20, 70), names(), Arbitraries.of(false, true))
                .as(Later::new);
        Arbitrary<Phase> phase = Combinators.combine(
                        Arbitraries.of(1, 1, 2),
                        way.list().ofMinSize(1).ofMaxSize(2),
                        later.list().ofMaxSize(2))
                .as(Phase::new);
        Arbitrary<Give> give = Combinators.combine(
                        Arbitraries.of(GrantScope.class),
                        Arbitraries.of(10, 20),
                        Arbitraries.of(1, 2, 3),
                        Arbitraries.of(GrantClock.class),
                        Arbitraries.of(15, 30))
                .as(Give::new);
        return Combinators.combine(
                        Arbitraries.of(1, 1, 2, 3)
                                .flatMap(number -> phase.list().ofSize(number)),
                        Arbitraries.of(30, 60),
                        Arbitraries.of(AtDecideBy.EXPIRE, AtDecideBy.DENY, AtDecideBy.ESCALATE),
                        Arbitraries.of(1, 1, 2),
                        Arbitraries.of(0, 5),
                        Arbitraries.of(false, false, true),
                        give,
                        Arbitraries.of(false, false, false, true))
                .as((phases, decide, end, denials, coolDown, recheck, given, channel) ->
                        new Plan(tidy(phases), decide, end, denials, coolDown, recheck, given, channel));
    }

    /** Steps without a gap, and nothing twice: a policy must not say that. */
    private static List<Phase> tidy(List<Phase> phases) {
        boolean gap = phases.stream().noneMatch(phase -> phase.step() == 1);
        Set<Object> seen = new HashSet<>();
        List<Phase> tidy = new ArrayList<>();
        for (Phase phase : phases) {
            int step = gap ? 1 : phase.step();
            Set<Object> people = new HashSet<>();
            List<Choice> ways =
                    phase.ways().stream().filter(way -> people.add(way.by())).toList();
            Set<Object> times = new HashSet<>();
            List<Later> later = phase.later().stream()
                    .filter(each -> times.add(each.after()))
                    .toList();
            if (seen.add(List.of(step, people))) {
                tidy.add(new Phase(step, ways, later));
            }
        }
        return tidy;
    }

    @Override
    public String toString() {
        return plan + deeds.stream().map(deed -> "\n  " + deed).collect(Collectors.joining());
    }
}
