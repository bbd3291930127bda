package io.jitapproval.cli;

import io.jitapproval.core.feedback.replay.Simulation;
import io.jitapproval.core.feedback.replay.Simulation.Agreement;
import io.jitapproval.core.feedback.replay.Simulation.Denial;
import io.jitapproval.core.feedback.replay.Simulation.Flips;
import io.jitapproval.core.feedback.replay.Simulation.Saved;
import io.jitapproval.core.feedback.replay.Simulation.Slice;
import io.jitapproval.core.feedback.replay.Simulation.Weighted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What comes of a simulation as plain values; {@code docs/simulate.md} says what each field means. */
final class SimulationJson {

    private static final int DIGITS = 6;

    private SimulationJson() {}

    static Map<String, @Nullable Object> of(Simulation simulation) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("policy", simulation.policy());
        json.put("fragment", simulation.fragment());
        json.put("history", simulation.history());
        json.put("from", simulation.from().map(Object::toString).orElse(null));
        json.put("to", simulation.to().map(Object::toString).orElse(null));
        json.put("decisions", number(simulation.decisions()));
        json.put("evaluable", number(simulation.evaluable()));
        agreement(json, simulation.people());
        json.put("confidence", number(simulation.confidence()));
        json.put("flips", flips(simulation.flips()));
        json.put(
                "denyToApprove",
                simulation.denyToApprove().stream().map(SimulationJson::denial).toList());
        json.put("denyToApproveUnlisted", number(simulation.unlisted()));
        json.put("saved", saved(simulation.saved()));
        json.put("byAction", slices(simulation.byAction()));
        json.put("byResourceType", slices(simulation.byResourceType()));
        json.put("byMonth", slices(simulation.byMonth()));
        json.put("worst", simulation.worst().map(SimulationJson::slice).orElse(null));
        json.put("learntFrom", simulation.samples().map(Simulation.Samples::why).orElse(null));
        json.put(
                "inSample",
                simulation.samples().map(each -> slice(each.inSample())).orElse(null));
        json.put(
                "outOfSample",
                simulation.samples().map(each -> slice(each.outOfSample())).orElse(null));
        Map<String, @Nullable Object> unevaluable = new LinkedHashMap<>();
        simulation.unevaluable().forEach((why, count) -> unevaluable.put(why, number(count)));
        json.put("unevaluable", unevaluable);
        json.put("weighted", weighted(simulation.weighted()));
        return json;
    }

    private static void agreement(Map<String, @Nullable Object> json, Agreement people) {
        json.put("byPeople", number(people.byPeople()));
        json.put("coverage", number(people.coverage()));
        json.put("covered", number(people.covered()));
        json.put("wrongApprovals", number(people.wrongApprovals()));
        json.put("laterWrong", number(people.laterWrong()));
        json.put("wrongRate", number(people.wrongRate()));
        json.put("wrongBound", number(people.wrongBound()));
    }

    private static Map<String, Object> flips(Flips flips) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("peopleToAuto", number(flips.peopleToAuto()));
        json.put("autoToPeople", number(flips.autoToPeople()));
        json.put("denyToApprove", number(flips.denyToApprove()));
        json.put("denyToPeople", number(flips.denyToPeople()));
        json.put("approveToDeny", number(flips.approveToDeny()));
        json.put("unchanged", number(flips.unchanged()));
        json.put("stillPeople", number(flips.stillPeople()));
        json.put("stillAutomatic", number(flips.stillAutomatic()));
        json.put("stillDenied", number(flips.stillDenied()));
        return json;
    }

    private static Map<String, Object> denial(Denial denial) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", denial.id());
        json.put("origin", denial.origin());
        json.put("opened", denial.opened().toString());
        json.put("subject", denial.subject().toString());
        json.put("action", denial.action());
        json.put("resource", denial.resource().toString());
        json.put("route", denial.route().name().toLowerCase(Locale.ROOT));
        json.put("decidedBy", denial.decidedBy().stream().map(Object::toString).toList());
        json.put("rules", denial.rules());
        json.put("why", denial.why());
        json.put("inSample", denial.inSample());
        return json;
    }

    private static Map<String, @Nullable Object> saved(Saved saved) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("approvals", number(saved.approvals()));
        json.put("perWeek", number(saved.perWeek()));
        json.put("waitingSeconds", seconds(saved.waiting()));
        json.put("medianWaitSeconds", saved.medianWait().map(SimulationJson::seconds).orElse(null));
        json.put("timed", number(saved.timed()));
        return json;
    }

    private static List<Map<String, @Nullable Object>> slices(List<Slice> slices) {
        return slices.stream().map(SimulationJson::slice).toList();
    }

    private static Map<String, @Nullable Object> slice(Slice slice) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", slice.name());
        json.put("evaluable", number(slice.evaluable()));
        agreement(json, slice.people());
        json.put("flips", flips(slice.flips()));
        return json;
    }

    private static Map<String, Object> weighted(Weighted weighted) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sampled", number(weighted.sampled()));
        json.put("unusable", number(weighted.unusable()));
        json.put("byPeople", number(weighted.byPeople()));
        json.put("coverage", number(weighted.coverage()));
        json.put("covered", number(weighted.covered()));
        json.put("wrongApprovals", number(weighted.wrongApprovals()));
        json.put("wrongRate", number(weighted.wrongRate()));
        json.put("effective", number(weighted.effective()));
        return json;
    }

    private static BigDecimal number(long number) {
        return BigDecimal.valueOf(number);
    }

    private static BigDecimal number(double number) {
        return plain(BigDecimal.valueOf(number).setScale(DIGITS, RoundingMode.HALF_EVEN));
    }

    private static BigDecimal seconds(Duration duration) {
        return plain(BigDecimal.valueOf(duration.toMillis(), 3));
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
