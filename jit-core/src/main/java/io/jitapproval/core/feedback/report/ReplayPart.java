package io.jitapproval.core.feedback.report;

import io.jitapproval.core.feedback.replay.Simulation;
import io.jitapproval.core.feedback.replay.Simulation.Agreement;
import io.jitapproval.core.feedback.replay.Simulation.Denial;
import io.jitapproval.core.feedback.replay.Simulation.Flips;
import io.jitapproval.core.feedback.replay.Simulation.Samples;
import io.jitapproval.core.feedback.replay.Simulation.Slice;
import io.jitapproval.core.feedback.replay.Simulation.Weighted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a proposed policy would have answered: what changes first, and every denial that would turn into an approval. */
final class ReplayPart {

    private static final int MOST_DENIALS = 1_000;
    private static final int MOST_SLICES = 100;

    private final Html html;
    private final Simulation simulation;

    ReplayPart(Html html, Simulation simulation) {
        this.html = html;
        this.simulation = simulation;
    }

    void write() {
        html.open("p")
                .say("Policy ")
                .tellIn("code", simulation.policy())
                .say(" over ")
                .tell(simulation.history());
        simulation.from().ifPresent(from -> html.say(", from " + Told.day(from)));
        simulation.to().ifPresent(to -> html.say(" to " + Told.day(to)));
        html.say(simulation.fragment() ? "; what none of its rules speaks of stays as it was decided." : ".")
                .close("p")
                .line();
        simulation.samples().ifPresent(this::inSample);
        Agreement people = simulation.people();
        html.open("dl", "class", "figures");
        html.fact("let through", Told.percent(people.coverage()));
        html.fact("wrong", Told.percent(people.wrongRate()));
        html.fact("wrong, at most", Told.percent(people.wrongBound()));
        html.fact("approvals saved a week", Told.tenth(simulation.saved().perWeek()));
        simulation.saved().medianWait().ifPresent(wait -> html.fact("median wait of those", Told.duration(wait)));
        html.close("dl").line();
        html.open("p")
                .say("Of " + Told.count(simulation.decisions()) + " decisions " + Told.count(simulation.evaluable())
                        + " can be evaluated; people made " + Told.count(people.byPeople())
                        + " of them. It would let through "
                        + Told.count(people.covered()) + " of these, of which people had denied "
                        + Told.count(people.wrongApprovals())
                        + (people.laterWrong() > 0
                                ? " and " + Told.count(people.laterWrong()) + " went wrong later"
                                : "")
                        + "; with " + Told.level(simulation.confidence()) + " confidence at most "
                        + Told.percent(people.wrongBound()) + " are wrong.")
                .close("p")
                .line();
        flips();
        denials();
        slices();
        weighted(simulation.weighted());
        unevaluable();
    }

    private void inSample(Samples samples) {
        html.open("div", "class", "warning").open("p").sayIn("strong", "In-sample. ");
        html.say("This policy was learnt from " + Told.count(samples.inSample().evaluable())
                + " of these decisions, on which any policy looks better than it is: ");
        html.tell(samples.why()).close("p");
        Table table = slices("Learnt from, and not");
        slice(table, samples.inSample());
        slice(table, samples.outOfSample());
        table.close();
        html.close("div").line();
    }

    private void flips() {
        Flips flips = simulation.flips();
        html.sayIn("h3", "What would change").line();
        Table table =
                new Table(html, "Decisions by what would become of them", "Change", "#Decisions", "What it means");
        flip(table, "denied → approved", flips.denyToApprove(), "each is listed below");
        flip(table, "approved → denied", flips.approveToDeny(), "what was permitted or approved would be denied");
        flip(table, "people → automatic", flips.peopleToAuto(), "people would not be asked any more");
        flip(table, "automatic → people", flips.autoToPeople(), "people would be asked from now on");
        flip(table, "denied → people", flips.denyToPeople(), "people would be asked where policy denied");
        flip(table, "people, as before", flips.stillPeople(), "no change");
        flip(table, "automatic, as before", flips.stillAutomatic(), "no change");
        flip(table, "denied, as before", flips.stillDenied(), "no change");
        table.close();
    }

    private static void flip(Table table, String change, long times, String meaning) {
        table.row(change, Told.count(times), meaning);
    }

    private void denials() {
        html.sayIn("h3", "Denials that would turn into approvals").line();
        List<Denial> denials = simulation.denyToApprove();
        if (denials.isEmpty() && simulation.unlisted() == 0) {
            html.sayIn("p", "None: nothing that was denied would be approved.", "class", "quiet")
                    .line();
            return;
        }
        Table table = new Table(
                html,
                "Denied, and would be approved",
                "Decision",
                "Asked",
                "Who",
                "What",
                "Denied by",
                "Permitted by",
                "Stands in");
        denials.stream()
                .limit(MOST_DENIALS)
                .forEach(denial -> table.row(
                        denial.id() + (denial.inSample() ? " (in-sample)" : ""),
                        Told.minute(denial.opened()),
                        denial.subject().toString(),
                        denial.action() + " on " + denial.resource(),
                        denial.decidedBy().isEmpty()
                                ? Told.words(denial.route().name().replace('_', '-'))
                                : denial.decidedBy().stream()
                                        .map(Object::toString)
                                        .collect(Collectors.joining(", ")),
                        permitted(denial),
                        denial.origin()));
        table.close();
        long more = simulation.unlisted() + Math.max(0, denials.size() - MOST_DENIALS);
        if (more > 0) {
            html.sayIn("p", Told.count(more) + " more are not listed here.", "class", "note")
                    .line();
        }
    }

    private static String permitted(Denial denial) {
        String rules = String.join(", ", denial.rules());
        if (rules.isBlank() && denial.why().isBlank()) {
            return "–";
        }
        return rules.isBlank() || denial.why().isBlank() ? rules + denial.why() : rules + ": " + denial.why();
    }

    private void slices() {
        html.sayIn("h3", "By part").line();
        simulation.worst().ifPresent(worst -> {
            html.open("p").say("Worst part: ").tellIn("strong", worst.name());
            html.say(", " + Told.count(worst.people().wrongApprovals()) + " of "
                            + Told.count(worst.people().covered()) + " wrong, at most "
                            + Told.percent(worst.people().wrongBound()) + ".")
                    .close("p");
        });
        all("By action", simulation.byAction());
        all("By type of resource", simulation.byResourceType());
        all("By month", simulation.byMonth());
    }

    private void all(String caption, List<Slice> slices) {
        if (slices.isEmpty()) {
            return;
        }
        Table table = slices(caption);
        slices.stream().limit(MOST_SLICES).forEach(slice -> slice(table, slice));
        table.close();
        if (slices.size() > MOST_SLICES) {
            html.sayIn("p", Told.count(slices.size() - MOST_SLICES) + " more are not shown.", "class", "note")
                    .line();
        }
    }

    private Table slices(String caption) {
        return new Table(
                html,
                caption,
                "Part",
                "#Decisions",
                "#Changed",
                "#By people",
                "#Let through",
                "#Wrong",
                "#Wrong at most");
    }

    private static void slice(Table table, Slice slice) {
        Agreement people = slice.people();
        List<String> cells = new ArrayList<>();
        cells.add(slice.name());
        cells.add(Told.count(slice.evaluable()));
        cells.add(Told.count(slice.flips().changed()));
        cells.add(Told.count(people.byPeople()));
        cells.add(Told.percent(people.coverage()));
        cells.add(Told.count(people.wrongApprovals()));
        cells.add(people.covered() == 0 ? "–" : Told.percent(people.wrongBound()));
        table.row("", cells);
    }

    private void weighted(Weighted weighted) {
        if (weighted.sampled() == 0) {
            return;
        }
        html.open("p")
                .say("People were asked for only a part of " + Told.count(weighted.sampled())
                        + " decisions. With these standing for the others, " + Told.percent(weighted.coverage())
                        + " would be let through, of which " + Told.percent(weighted.wrongRate())
                        + " are wrong; as much is known as by "
                        + Told.count(Math.round(weighted.effective())) + " decisions.")
                .close("p")
                .line();
    }

    private void unevaluable() {
        if (simulation.unevaluable().isEmpty()) {
            return;
        }
        html.sayIn("h3", "What could not be evaluated").line();
        Table table = new Table(html, "Not evaluated, by the reason", "Why", "#Decisions");
        simulation.unevaluable().forEach((why, times) -> table.row(why, Told.count(times)));
        table.close();
    }
}
