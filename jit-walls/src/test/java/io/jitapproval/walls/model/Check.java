package io.jitapproval.walls.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.walls.desk.Fold;
import io.jitapproval.walls.model.Bench.Done;
import io.jitapproval.walls.model.Moves.Turnout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The one property: after every deed the engine says, and is, what the model allows. */
final class Check {

    /** What happened, over all histories: deeds and what became of them, and faults that struck. */
    private static final Map<String, Integer> TALLY = new TreeMap<>();

    private Check() {}

    /** {@return how often what happened in this process} */
    static String tally() {
        return TALLY.toString();
    }

    private static void count(Act act, Fault fault, Done done) {
        String outcome = done.outcome()
                .replaceAll("#[0-9]+ ?", "")
                .replaceAll("[0-9]+(, )?", "n")
                .replace("nn", "n")
                .strip();
        TALLY.merge(act.getClass().getSimpleName() + " " + outcome, 1, Integer::sum);
        if (done.hit() != Fault.Hit.NOT || fault.lasts()) {
            TALLY.merge("fault " + fault.kind() + " " + done.hit(), 1, Integer::sum);
        }
    }

    static void agrees(History history, Twin twin) {
        List<String> story = new ArrayList<>(List.of(history.plan().toString()));
        Moves model = twin.model();
        try (Bench bench = new Bench(history.plan(), twin)) {
            List<World> worlds = List.of(new World(history.plan()));
            for (Deed deed : history.deeds()) {
                Act act = deed.in(worlds.get(0));
                Done done = bench.perform(act, deed.fault());
                List<String> seen = bench.view();
                count(act, deed.fault(), done);
                story.add(act + (deed.fault().equals(Fault.NONE) ? "" : " while " + deed.fault() + " " + done.hit())
                        + " -> " + done.outcome());
                List<Turnout> allowed = worlds.stream()
                        .flatMap(world -> model.allowed(world, act, deed.fault(), done.hit()).stream())
                        .toList();
                worlds = allowed.stream()
                        .filter(turnout -> turnout.outcome().equals(done.outcome()))
                        .map(Turnout::world)
                        .filter(world -> world.view().equals(seen))
                        .toList();
                if (worlds.isEmpty()) {
                    throw new AssertionError(told(story, done, seen, allowed));
                }
            }
            folded(bench, story);
        }
    }

    /** In the end the record alone says what the store says. */
    private static void folded(Bench bench, List<String> story) {
        Fold fold = Fold.of(bench.records.records());
        for (String id : bench.ids()) {
            ApprovalRequest request = bench.truth.request(id).orElseThrow();
            String as = "the record of " + request + " after\n  " + String.join("\n  ", story);
            assertThat(fold.state(id)).as(as).isEqualTo(request.state().word());
            assertThat(fold.votes(id)).as(as).isEqualTo(request.votes().size());
            request.grantId().flatMap(bench.truth::grant).ifPresent(grant -> {
                assertThat(fold.uses(grant.id())).as(as).isEqualTo(grant.uses());
                assertThat(fold.hasEnded(grant.id()))
                        .as(as)
                        .isEqualTo(grant.state() != Grant.State.ACTIVE && grant.state() != Grant.State.EXHAUSTED);
            });
        }
    }

    private static String told(List<String> story, Done done, List<String> seen, List<Turnout> allowed) {
        return "the engine does not do what the model does\n  " + String.join("\n  ", story) + "\nengine: "
                + done.outcome() + "\n  " + String.join("\n  ", seen) + "\nmodel:  "
                + allowed.stream()
                        .map(turnout -> turnout.outcome() + "\n  "
                                + String.join("\n  ", turnout.world().view()))
                        .distinct()
                        .collect(Collectors.joining("\nor      "));
    }
}
