package io.jitapproval.core.feedback.insight;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Voice;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import io.jitapproval.core.feedback.stats.Fisher;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests of peers for the same action on the same resource that people approved and denied. What separates the answers best, if anything
 * does, is the rule that is missing.
 */
final class Contradictions implements Detector {

    private static final int FEWEST_OF_EACH = 3;
    private static final double SMALLEST_SHARE = 0.1;
    private static final int MOST_GROUPS = 100;
    private static final int MOST_VALUES = 200;

    private final Frame frame;
    private final Counts approved = new Counts();
    private final Counts denied = new Counts();
    private final Map<Long, Group> found = new LinkedHashMap<>();
    private final Map<Long, Integer> mixed = new HashMap<>();

    Contradictions(Frame frame) {
        this.frame = frame;
    }

    /** Requests that are equal. */
    private static final class Group {
        private final Traces traces = new Traces();
        private final Map<String, Map<String, int[]>> values = new TreeMap<>();
        private String name = "";
        private String rule = "";
        private int approved;
        private int denied;

        void value(String path, @Nullable Object value, boolean isApproved) {
            if (value instanceof String || value instanceof Boolean || value instanceof Number) {
                Map<String, int[]> counts = values.computeIfAbsent(path, key -> new LinkedHashMap<>());
                String text = value instanceof String words ? Say.quoted(words) : value.toString();
                if (counts.size() < MOST_VALUES || counts.containsKey(text)) {
                    counts.computeIfAbsent(text, key -> new int[2])[isApproved ? 0 : 1]++;
                }
            }
        }
    }

    /** What separates the answers. */
    private record Cut(String path, String value, int approved, int denied, double p) {

        int n() {
            return approved + denied;
        }

        double denials() {
            return (double) denied / n();
        }
    }

    @Override
    public void see(PastDecision decision) {
        if (decision.isLabelled()) {
            long key = frame.equal(decision);
            (decision.isApproved() ? approved : denied).add(key);
            int less = Math.min(approved.get(key), denied.get(key));
            if (less >= FEWEST_OF_EACH) {
                mixed.put(key, less);
            }
        }
    }

    @Override
    public void conclude() {
        mixed.entrySet().stream()
                .filter(entry -> entry.getValue()
                        >= SMALLEST_SHARE * (approved.get(entry.getKey()) + denied.get(entry.getKey())))
                .sorted(Map.Entry.<Long, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_GROUPS)
                .forEach(entry -> found.put(entry.getKey(), new Group()));
    }

    @Override
    public void again(PastDecision decision) {
        Group group = decision.isLabelled() && !found.isEmpty() ? found.get(frame.equal(decision)) : null;
        if (group == null) {
            return;
        }
        boolean isApproved = decision.isApproved();
        EvaluationRequest request = decision.request();
        String peers = frame.peers(decision);
        group.name =
                request.action().name() + " on " + request.resource().ref() + (peers.isEmpty() ? "" : " by " + peers);
        group.rule = decision.rules().size() == 1 ? decision.rules().get(0) : group.rule;
        if (isApproved ? group.approved < Insight.MOST_TRACES / 2 : group.denied < Insight.MOST_TRACES / 2) {
            group.traces.add(decision);
        }
        group.approved += isApproved ? 1 : 0;
        group.denied += isApproved ? 0 : 1;
        BiConsumer<String, @Nullable Object> value = (path, one) -> group.value(path, one, isApproved);
        request.subject().properties().forEach((name, one) -> value.accept("subject." + name, one));
        request.action().properties().forEach((name, one) -> value.accept("action." + name, one));
        request.resource().properties().forEach((name, one) -> value.accept("resource." + name, one));
        request.context().forEach((name, one) -> value.accept("context." + name, one));
        ZonedDateTime at = decision.opened().atZone(frame.settings().zone());
        value.accept("the hour", at.getHour());
        value.accept("the weekday", at.getDayOfWeek().toString());
        value.accept("whether a reason was given", !decision.reason().isBlank());
        for (Voice voice : decision.voices()) {
            value.accept("who answers", voice.person().toString());
        }
    }

    @Override
    public void report(Consumer<Insight> insights, Consumer<Silence> silences) {
        for (Group group : found.values()) {
            insights.accept(finding(group, separates(group)));
        }
    }

    /** The likeliest of all single values, if it is unlikely even after all that were tried (Bonferroni); null if none is. */
    private @Nullable Cut separates(Group group) {
        List<Cut> cuts = new ArrayList<>();
        group.values.forEach((path, values) -> values.forEach((value, with) -> {
            int n = with[0] + with[1];
            if (n >= 2 && n < group.approved + group.denied) {
                double p = Fisher.unequal(
                        with[1],
                        n,
                        Math.max(0, group.denied - with[1]),
                        Math.max(0, group.approved - with[0]) + Math.max(0, group.denied - with[1]));
                cuts.add(new Cut(path, value, with[0], with[1], p));
            }
        }));
        return cuts.stream()
                .min(Comparator.comparingDouble(Cut::p).thenComparing(Cut::denials, Comparator.reverseOrder()))
                .filter(cut -> cut.p() * cuts.size() <= 1 - frame.settings().confidence())
                .orElse(null);
    }

    private Insight finding(Group group, @Nullable Cut cut) {
        int n = group.approved + group.denied;
        Draft draft = new Draft(
                        Kind.CONTRADICTION,
                        group.name,
                        "Equal requests for " + group.name + " are answered differently")
                .number("approved", group.approved)
                .number("denied", group.denied)
                .traces(group.traces)
                .severity(Severity.MEDIUM);
        String seen = group.approved + " were approved and " + group.denied + " denied.";
        if (cut == null) {
            return draft.why(seen + " No single attribute in the record separates them.")
                    .asOf(frame.asOf());
        }
        int with = cut.n();
        draft.why(seen + " What separates them best is " + cut.path() + ": denied were " + Say.of(cut.denied(), with)
                        + " where it is " + cut.value() + ", and " + Say.of(group.denied - cut.denied(), n - with)
                        + " elsewhere. A rule may be missing.")
                .number("with", with)
                .number("deniedWith", cut.denied())
                .number("p", cut.p())
                .bound("exact test, p = " + String.format(Locale.ROOT, "%.2g", cut.p())
                        + " before the correction for all values tried");
        boolean isAttribute = cut.path().contains(".");
        boolean deniedMore = (long) cut.denied() * n > (long) group.denied * with;
        return (isAttribute && deniedMore
                        ? draft.change(
                                "", "when", "{" + Say.quoted(cut.path()) + ": {\"equals\": " + cut.value() + "}}")
                        : draft)
                .asOf(frame.asOf());
    }
}
