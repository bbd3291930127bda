package io.jitapproval.cli;

import io.jitapproval.core.document.Words;
import io.jitapproval.core.feedback.replay.Simulation;
import io.jitapproval.core.feedback.replay.Simulation.Agreement;
import io.jitapproval.core.feedback.replay.Simulation.Denial;
import io.jitapproval.core.feedback.replay.Simulation.Flips;
import io.jitapproval.core.feedback.replay.Simulation.Saved;
import io.jitapproval.core.feedback.replay.Simulation.Slice;
import io.jitapproval.core.feedback.replay.Simulation.Weighted;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** What comes of a simulation as an owner reads it: flips first. */
final class SimulationText {

    private static final int WIDEST = 60;
    private static final int VERSION = 12;
    private static final int MOST_ROWS = 30;
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

    private final StringBuilder text = new StringBuilder();
    private final Simulation simulation;

    private SimulationText(Simulation simulation) {
        this.simulation = simulation;
    }

    static String of(Simulation simulation) {
        return new SimulationText(simulation).all();
    }

    private String all() {
        line("policy " + simulation.policy().substring(0, VERSION)
                + (simulation.fragment() ? ", a fragment: what none of its rules permits stays as it was decided" : ""));
        line("over " + clean(simulation.history()) + ": " + HistoryText.count(simulation.decisions(), "decision")
                + simulation.from().map(from -> " from " + from).orElse("")
                + simulation.to().map(to -> " to " + to).orElse(""));
        flips(simulation.flips());
        people();
        saved(simulation.saved());
        denials();
        slices("action", simulation.byAction());
        slices("type of resource", simulation.byResourceType());
        slices("month", simulation.byMonth());
        unevaluable();
        return text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void flips(Flips flips) {
        line("");
        line("what would become of " + HistoryText.count(simulation.evaluable(), "decision"));
        List<List<String>> rows = new ArrayList<>();
        flip(rows, flips.denyToApprove(), "deny -> approve", "was denied; now permitted");
        flip(rows, flips.peopleToAuto(), "people -> automatic", "people were asked; now nobody is");
        flip(rows, flips.denyToPeople(), "deny -> people", "policy denied; now people are asked");
        flip(rows, flips.autoToPeople(), "automatic -> people", "nobody was asked; now people are");
        flip(rows, flips.approveToDeny(), "approve -> deny", "was approved; now denied");
        flip(
                rows,
                flips.unchanged(),
                "unchanged",
                flips.stillPeople() + " people are asked, " + flips.stillAutomatic() + " automatic, "
                        + flips.stillDenied() + " denied");
        HistoryText.table(text, rows, 0);
    }

    private static void flip(List<List<String>> rows, long count, String what, String means) {
        rows.add(List.of(String.valueOf(count), what, means));
    }

    private void people() {
        Agreement people = simulation.people();
        line("");
        line("against what people decided");
        if (people.byPeople() == 0) {
            line("  people decided nothing that can be compared");
            return;
        }
        line("  permitted without people: " + people.covered() + " of " + people.byPeople() + " ("
                + percent(people.coverage()) + ")");
        if (people.covered() > 0) {
            line("  people had denied: " + wrong(people));
        }
        if (people.laterWrong() > 0) {
            line("  people had approved, and it was undone or did harm: " + people.laterWrong());
        }
        simulation.worst().ifPresent(worst -> line("  worst part: " + clean(worst.name()) + ", " + wrong(worst.people())));
        simulation.samples().ifPresent(samples -> {
            line("  " + clean(samples.why()) + " says that the policy was learnt from some of them:");
            sample("in-sample, which proves nothing", samples.inSample());
            sample("out of sample", samples.outOfSample());
        });
        weighted(simulation.weighted());
    }

    private void sample(String name, Slice slice) {
        Agreement people = slice.people();
        line("    " + name + ": " + people.covered() + " of " + people.byPeople() + " ("
                + percent(people.coverage()) + ")"
                + (people.covered() == 0 ? "" : "; people had denied " + wrong(people)));
    }

    private void weighted(Weighted weighted) {
        if (weighted.sampled() > 0) {
            line("  weighted, as " + weighted.sampled() + " were asked for by chance: " + percent(weighted.coverage())
                    + " permitted, people had denied " + percent(weighted.wrongRate()) + " of it; worth "
                    + Math.round(weighted.effective()) + " decisions");
        }
        if (weighted.unusable() > 0) {
            line("  left out of the weighted figures, since nobody knows how likely people were asked: "
                    + weighted.unusable());
        }
    }

    private String wrong(Agreement people) {
        return people.wrongApprovals() + " of " + people.covered() + " (" + percent(people.wrongRate()) + "; with "
                + percent(simulation.confidence()) + " confidence at most " + percent(people.wrongBound()) + ")";
    }

    private void saved(Saved saved) {
        if (saved.approvals() == 0) {
            return;
        }
        line("");
        line("saved");
        line("  " + HistoryText.count(saved.approvals(), "approval") + ", "
                + BigDecimal.valueOf(saved.perWeek()).setScale(1, RoundingMode.HALF_UP) + " a week");
        saved.medianWait()
                .ifPresent(median -> line("  " + words(saved.waiting()) + " of waiting in all, " + words(median)
                        + " or less for half of them"));
    }

    private void denials() {
        if (simulation.flips().denyToApprove() == 0) {
            return;
        }
        line("");
        line("denials that would turn into approvals");
        simulation.denyToApprove().forEach(this::denial);
        if (simulation.unlisted() > 0) {
            line("  and " + simulation.unlisted() + " more");
        }
    }

    private void denial(Denial denial) {
        line("  " + clean(denial.id()) + "  " + denial.opened() + "  "
                + clean(denial.action() + " on " + denial.resource() + " by " + denial.subject())
                + "  " + clean(denial.origin()) + (denial.inSample() ? "  in-sample" : ""));
        String who = denial.decidedBy().isEmpty()
                ? denial.route().name().toLowerCase(Locale.ROOT).replace('_', '-')
                : String.join(", ", denial.decidedBy().stream().map(Object::toString).toList());
        line("      denied by " + clean(who) + "; permitted by " + clean(String.join(", ", denial.rules())) + ": "
                + denial.why());
    }

    private void slices(String what, List<Slice> slices) {
        if (slices.size() < 2) {
            return;
        }
        line("");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("by " + what, "decisions", "changed", "by people", "covered", "", "wrong"));
        slices.stream()
                .limit(MOST_ROWS)
                .forEach(slice -> rows.add(List.of(
                        clean(slice.name()),
                        String.valueOf(slice.evaluable()),
                        String.valueOf(slice.flips().changed()),
                        String.valueOf(slice.people().byPeople()),
                        String.valueOf(slice.people().covered()),
                        percent(slice.people().coverage()),
                        String.valueOf(slice.people().wrongApprovals()))));
        HistoryText.table(text, rows, 1);
        if (slices.size() > MOST_ROWS) {
            line("  and " + (slices.size() - MOST_ROWS) + " more");
        }
    }

    private void unevaluable() {
        if (simulation.unevaluable().isEmpty()) {
            return;
        }
        line("");
        line("cannot be evaluated: " + (simulation.decisions() - simulation.evaluable()));
        List<List<String>> rows = new ArrayList<>();
        simulation.unevaluable().forEach((why, count) -> rows.add(List.of(String.valueOf(count), clean(why))));
        HistoryText.table(text, rows, 0);
    }

    private static String clean(String value) {
        return Words.clean(value, 4 * WIDEST);
    }

    /** To two digits, and never "0 %" or "100 %" of what is only nearly so. */
    private static String percent(double share) {
        BigDecimal percent = BigDecimal.valueOf(share).multiply(BigDecimal.valueOf(100));
        BigDecimal rounded =
                share > 0.1 ? percent.setScale(1, RoundingMode.HALF_UP) : percent.round(TWO_DIGITS);
        if (share < 1 && rounded.compareTo(BigDecimal.valueOf(100)) == 0) {
            rounded = BigDecimal.valueOf(999, 1);
        }
        BigDecimal plain = rounded.stripTrailingZeros();
        return (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString() + " %";
    }

    /** The two largest units. */
    private static String words(Duration duration) {
        StringJoiner words = new StringJoiner(" ").setEmptyValue("less than 1 s");
        long[] parts = {
            duration.toDaysPart(), duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart()
        };
        String[] units = {" d", " h", " min", " s"};
        int shown = 0;
        for (int i = 0; i < parts.length && shown < 2; i++) {
            if (parts[i] > 0) {
                words.add(parts[i] + units[i]);
                shown++;
            } else if (shown > 0) {
                break;
            }
        }
        return words.toString();
    }
}
