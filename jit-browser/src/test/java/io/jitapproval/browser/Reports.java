package io.jitapproval.browser;

import io.jitapproval.Ref;
import io.jitapproval.core.feedback.DecisionHistory;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.evidence.Certificate;
import io.jitapproval.core.feedback.evidence.Certificate.How;
import io.jitapproval.core.feedback.evidence.Learner;
import io.jitapproval.core.feedback.evidence.Learner.Learnt;
import io.jitapproval.core.feedback.evidence.Suggestion;
import io.jitapproval.core.feedback.evidence.Suggestion.Form;
import io.jitapproval.core.feedback.insight.Findings;
import io.jitapproval.core.feedback.insight.Insight;
import io.jitapproval.core.feedback.insight.Insight.Audience;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import io.jitapproval.core.feedback.insight.InsightSettings;
import io.jitapproval.core.feedback.insight.Insights;
import io.jitapproval.core.feedback.insight.Load;
import io.jitapproval.core.feedback.insight.RubberStamps;
import io.jitapproval.core.feedback.insight.Silence;
import io.jitapproval.core.feedback.replay.Simulation;
import io.jitapproval.core.feedback.replay.Simulation.Agreement;
import io.jitapproval.core.feedback.replay.Simulation.Denial;
import io.jitapproval.core.feedback.replay.Simulation.Flips;
import io.jitapproval.core.feedback.replay.Simulation.Samples;
import io.jitapproval.core.feedback.replay.Simulation.Saved;
import io.jitapproval.core.feedback.replay.Simulation.Slice;
import io.jitapproval.core.feedback.replay.Simulation.Weighted;
import io.jitapproval.core.feedback.report.Digest;
import io.jitapproval.core.feedback.report.Digest.Expiring;
import io.jitapproval.core.feedback.report.FeedbackReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Reports to look at. */
final class Reports {

    static final Instant AS_OF = Desk.END;
    static final String HOSTILE =
            "</style></title><script>document.pwned=1</script><img src=http://127.0.0.1:9/x onerror=\"document.pwned=1\">"
                    + " \u202Eevil\u202C \u0007\u001B[31m \u200Bzero ⟨cut⟩ ' \" & <b style=color:red>";

    private Reports() {}

    /** All there is, of a desk that was learnt from. */
    static FeedbackReport rich() {
        Desk desk = new Desk(12_000);
        Findings findings = Insights.find(desk, Optional.empty(), InsightSettings.DEFAULT);
        Learnt learnt =
                Learner.learn(desk, settings(decision -> findings.rubberStamps().excludes(decision)));
        return FeedbackReport.of("Refund desk: what the record supports", AS_OF)
                .history(desk.name())
                .learnt(learnt)
                .findings(findings)
                .simulation(simulation("r-4tz", 3))
                .digest(new Digest(
                        AS_OF.minus(Duration.ofDays(7)),
                        AS_OF,
                        214,
                        Duration.ofHours(61),
                        23,
                        1,
                        OptionalDouble.of(0.0193),
                        0.95,
                        List.of("learnt-desk-refund-create-2"),
                        List.of(new Expiring("evidence-desk-refund-create", AS_OF.plus(Duration.ofDays(9))))))
                .build();
    }

    private static Learner.Settings settings(java.util.function.Predicate<PastDecision> stamped) {
        return new Learner.Settings(0.02, 0.95, How.SPLIT, "desk", Optional.empty(), stamped);
    }

    /** A history that is too short, so that there is nothing to suggest. */
    static FeedbackReport nothing() {
        Desk desk = new Desk(18);
        DecisionHistory none = new DecisionHistory() {
            @Override
            public void each(Consumer<PastDecision> each) {}

            @Override
            public String name() {
                return "empty.jsonl";
            }
        };
        return FeedbackReport.of("Nothing yet", AS_OF)
                .history(desk.name())
                .learnt(Learner.learn(desk, settings(decision -> false)))
                .findings(Insights.find(none, Optional.empty(), InsightSettings.DEFAULT))
                .build();
    }

    /** Each text of it says something that a page must not do; some are very long. */
    static FeedbackReport hostile() {
        String text = HOSTILE + "x".repeat(100_000);
        return made(text, 4, 8, 5, 20);
    }

    /** As much as anybody would want to read. */
    static FeedbackReport large() {
        return made("01JCX7Q4", 100, 500, 12, 20);
    }

    /** More of everything than can be shown. */
    static FeedbackReport endless() {
        return made("many", 700, 3_000, 6_000, 20);
    }

    private static FeedbackReport made(String text, int suggestions, int findings, int rows, int traces) {
        List<Suggestion> all = IntStream.range(0, suggestions)
                .mapToObj(i -> suggestion(text, i, i % 3 != 2))
                .toList();
        Learnt learnt = new Learnt(
                Optional.empty(),
                all,
                90_000,
                80_000,
                75_000,
                Map.of(text, 10_000),
                AS_OF.minus(Duration.ofDays(90)),
                AS_OF);
        return FeedbackReport.of(text, AS_OF)
                .history(text)
                .learnt(learnt)
                .findings(findings(text, findings, rows, traces))
                .simulation(simulation(text, rows))
                .digest(new Digest(
                        AS_OF.minus(Duration.ofDays(7)),
                        AS_OF,
                        14,
                        Duration.ofHours(3),
                        9,
                        1,
                        OptionalDouble.empty(),
                        0.95,
                        List.of(text),
                        List.of(new Expiring(text, AS_OF))))
                .build();
    }

    private static Suggestion suggestion(String text, int index, boolean passed) {
        Certificate certificate = new Certificate(
                How.CROSSFIT,
                text,
                0.02,
                0.95,
                40,
                0.99875,
                80_000,
                80_000,
                passed ? 56_000 : 0,
                passed ? 700 : 0,
                passed ? 0.0134 : 1,
                passed ? 0 : 1_234,
                Optional.of(new Certificate.Stratum(text, 1_200, 31, 0.0348)),
                List.of(text));
        List<Suggestion.Point> curve = IntStream.rangeClosed(1, 50)
                .mapToObj(i ->
                        new Suggestion.Point(i / 50.0, i * i / 60_000.0, i * i / 60_000.0 + 0.3 / i, 8.0 - i / 8.0))
                .toList();
        List<Map<String, Object>> rules = List.of(Map.of(
                "id",
                "learnt-" + index,
                "actions",
                List.of(text),
                "when",
                Map.of(
                        "all",
                        IntStream.range(0, 40)
                                .mapToObj(i -> Map.of("subject.department", Map.of("equals", text)))
                                .toList())));
        return new Suggestion(
                "score:" + text + index,
                index % 2 == 0 ? Form.SCORE : Form.RULES,
                text + index,
                passed,
                "auto-approve 70.0 % of " + text,
                passed ? rules : List.of(),
                certificate,
                Optional.empty(),
                new Suggestion.Support(
                        56_000,
                        55_300,
                        430,
                        12,
                        88,
                        AS_OF.minus(Duration.ofDays(90)),
                        AS_OF,
                        4_355.2,
                        OptionalDouble.of(1_320)),
                List.of("for " + text, "unless " + text, "Held-out check: " + text),
                passed ? IntStream.range(0, 20).mapToObj(i -> text + i).toList() : List.of(),
                List.of(text),
                passed ? List.of() : List.of(text, "no part of it is wrong less often than 2.00 %"),
                curve,
                AS_OF.plus(Duration.ofDays(90)));
    }

    private static Findings findings(String text, int size, int people, int traces) {
        Kind[] kinds = Kind.values();
        List<Insight> insights = IntStream.range(0, size)
                .mapToObj(i -> new Insight(
                        kinds[i % kinds.length],
                        "i-0123456789" + i,
                        text,
                        "Finding " + i + " on " + text,
                        "What was seen: 12 of 214 for " + text,
                        Map.of("approved", 202, "denied" + text, 12, "p", 0.00003),
                        "with 95 % confidence at most 4.1 % " + text,
                        IntStream.range(0, traces)
                                .mapToObj(t -> new Insight.Trace(text + t, "desk.jsonl:" + t))
                                .toList(),
                        Optional.of(new Insight.Change(i % 2 == 0 ? text : "", "grant.within", "\"PT30M\" " + text)),
                        List.of(Severity.values()).get(i % 4),
                        List.of(Audience.values()).get(i % 3),
                        AS_OF))
                .toList();
        List<Load.Person> persons = IntStream.range(0, people)
                .mapToObj(i -> new Load.Person(
                        Ref.user(text.length() > 200 ? "p" + i : text + i),
                        100,
                        97,
                        Optional.of(Duration.ofSeconds(40)),
                        Optional.empty(),
                        12))
                .toList();
        List<Load.Hour> hours = IntStream.range(0, 24)
                .mapToObj(i -> new Load.Hour(
                        i, i * 7L, i * 6L, i == 3 ? Optional.empty() : Optional.of(Duration.ofMinutes(i)), Double.NaN))
                .toList();
        List<Silence> silences = IntStream.range(0, people)
                .mapToObj(i -> new Silence(Kind.UNUSED_RULE, text, text))
                .toList();
        return new Findings(
                text,
                AS_OF.minus(Duration.ofDays(90)),
                AS_OF,
                90_000,
                insights,
                silences,
                RubberStamps.NONE,
                new Load(4_000, Optional.of(Duration.ofMinutes(22)), Optional.of(Duration.ofHours(4)), persons, hours));
    }

    private static Simulation simulation(String text, int denials) {
        Flips flips = new Flips(5_391, 0, denials, 0, 0, 2_960, 0, 214);
        Agreement people = new Agreement(8_565, 5_394, denials, 0, 0.0021);
        Slice slice = new Slice("refund.create", 6_900, flips, people);
        List<Denial> listed = new ArrayList<>();
        for (int i = 0; i < denials; i++) {
            listed.add(new Denial(
                    text + i,
                    "refund-desk.jsonl:" + (4_000 + 17 * i),
                    AS_OF.minus(Duration.ofHours(30L + i)),
                    Ref.user("agent-1" + i % 90),
                    "refund.create",
                    new Ref("shop", "shop-eu"),
                    Route.PEOPLE,
                    List.of(Ref.user("ines")),
                    List.of("evidence-desk-refund-create"),
                    "evidence.desk.score is 4.81, at least 3.27",
                    i == 0));
        }
        return new Simulation(
                "sha256:5d1f0c…",
                true,
                text.length() > 200 ? text : "refund-desk.jsonl",
                Optional.of(AS_OF.minus(Duration.ofDays(91))),
                Optional.of(AS_OF),
                8_565,
                8_560,
                0.95,
                people,
                flips,
                listed,
                0,
                new Saved(5_391, 414.7, Duration.ofHours(1_840), Optional.of(Duration.ofMinutes(18)), 5_391),
                List.of(
                        slice,
                        new Slice(
                                "customers.export",
                                1_660,
                                new Flips(0, 0, 0, 0, 0, 1_500, 0, 160),
                                new Agreement(1_660, 0, 0, 0, 1))),
                List.of(slice),
                List.of(slice),
                Optional.of(slice),
                Optional.of(new Samples("its model was made from decisions up to 2026-10-24", slice, slice)),
                Map.of("the record does not hold an attribute that a rule looks at", 5L),
                new Weighted(0, 0, 8_565, 5_394, denials, 5_394));
    }
}
