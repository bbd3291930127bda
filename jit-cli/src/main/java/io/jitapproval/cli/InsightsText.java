package io.jitapproval.cli;

import io.jitapproval.core.document.Words;
import io.jitapproval.core.feedback.insight.Findings;
import io.jitapproval.core.feedback.insight.Insight;
import io.jitapproval.core.feedback.insight.Insight.Audience;
import io.jitapproval.core.feedback.insight.Load;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Findings as people and programs read them. What comes out of a history cannot disturb the terminal. */
final class InsightsText {

    private static final int WIDEST = 1000;
    private static final int MOST_TRACES = 3;

    private InsightsText() {}

    static String text(Findings findings) {
        StringBuilder text = new StringBuilder(
                clean(findings.history()) + ": " + findings.decisions() + " decisions from " + findings.from() + " to "
                        + findings.asOf() + ", " + findings.insights().size() + " findings\n");
        for (Insight insight : findings.insights()) {
            text.append('\n')
                    .append(word(insight.severity()))
                    .append("  ")
                    .append(insight.kind().word())
                    .append("  ")
                    .append(insight.id())
                    .append(insight.audience() == Audience.PRIVATE_FIRST ? "  (private: for them first)" : "")
                    .append('\n');
            line(text, clean(insight.title()));
            line(text, clean(insight.why()));
            line(text, clean(insight.bound()));
            insight.change()
                    .ifPresent(change -> line(
                            text,
                            "To do: " + (change.rule().isEmpty() ? "a new rule" : "rule " + clean(change.rule())) + ", "
                                    + change.field() + ": " + clean(change.value())));
            if (!insight.traces().isEmpty()) {
                line(text, "Such as " + traces(insight));
            }
        }
        if (!findings.silences().isEmpty()) {
            text.append("\nnot judged\n");
            findings.silences()
                    .forEach(silence -> line(
                            text,
                            silence.kind().word() + "  " + clean(silence.subject()) + ": " + clean(silence.why())));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        if (!line.isEmpty()) {
            text.append("  ").append(line).append('\n');
        }
    }

    private static String traces(Insight insight) {
        List<String> some = insight.traces().stream()
                .limit(MOST_TRACES)
                .map(trace -> clean(trace.id()) + " (" + clean(trace.origin()) + ")")
                .toList();
        int more = insight.traces().size() - some.size();
        return String.join(", ", some) + (more == 0 ? "" : " and " + more + " more");
    }

    private static String clean(String text) {
        return Words.clean(text, WIDEST);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Map<String, @Nullable Object> plain(Findings findings) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("history", findings.history());
        plain.put("from", findings.from());
        plain.put("asOf", findings.asOf());
        plain.put("decisions", number(findings.decisions()));
        plain.put(
                "insights",
                findings.insights().stream().map(InsightsText::plain).toList());
        List<Object> silences = new ArrayList<>();
        findings.silences().forEach(silence -> {
            Map<String, @Nullable Object> one = ordered("kind", silence.kind().word(), "subject", silence.subject());
            one.put("why", silence.why());
            silences.add(one);
        });
        plain.put("notJudged", silences);
        plain.put(
                "notEvidence",
                findings.rubberStamps().excluded().stream()
                        .map(Object::toString)
                        .sorted()
                        .toList());
        plain.put("load", plain(findings.load()));
        return plain;
    }

    private static Map<String, @Nullable Object> plain(Insight insight) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("kind", insight.kind().word());
        plain.put("id", insight.id());
        plain.put("subject", insight.subject());
        plain.put("severity", word(insight.severity()));
        plain.put("audience", word(insight.audience()));
        plain.put("title", insight.title());
        plain.put("why", insight.why());
        Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
        insight.evidence().forEach((name, value) -> evidence.put(name, number(value)));
        plain.put("evidence", evidence);
        plain.put("bound", insight.bound());
        insight.change().ifPresent(change -> {
            Map<String, @Nullable Object> one = ordered("rule", change.rule(), "field", change.field());
            one.put("value", change.value());
            plain.put("change", one);
        });
        plain.put(
                "traces",
                insight.traces().stream()
                        .map(trace -> ordered("id", trace.id(), "origin", trace.origin()))
                        .toList());
        return plain;
    }

    private static Map<String, @Nullable Object> plain(Load load) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("requests", number(load.requests()));
        seconds(plain, "medianWaitSeconds", load.medianWait());
        seconds(plain, "p90WaitSeconds", load.p90Wait());
        List<Object> people = new ArrayList<>();
        for (Load.Person person : load.people()) {
            Map<String, @Nullable Object> one = ordered("person", person.person(), "votes", person.votes());
            one.put("approved", person.approved());
            seconds(one, "medianSeconds", person.median());
            seconds(one, "p90Seconds", person.p90());
            one.put("busiestHour", person.busiestHour());
            people.add(one);
        }
        plain.put("people", people);
        List<Object> hours = new ArrayList<>();
        for (Load.Hour hour : load.hours()) {
            Map<String, @Nullable Object> one = ordered("hour", hour.hour(), "opened", number(hour.opened()));
            one.put("votes", number(hour.votes()));
            seconds(one, "medianWaitSeconds", hour.medianWait());
            if (!Double.isNaN(hour.meanQueue())) {
                one.put("meanQueue", number(hour.meanQueue()));
            }
            hours.add(one);
        }
        plain.put("hours", hours);
        return plain;
    }

    private static Map<String, @Nullable Object> ordered(
            String first, Object one, String second, @Nullable Object other) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put(first, one);
        map.put(second, other);
        return map;
    }

    private static void seconds(Map<String, @Nullable Object> plain, String name, Optional<Duration> value) {
        value.ifPresent(duration -> plain.put(name, number(duration.toMillis() / 1000.0)));
    }

    /** Six digits; null for what is no number. */
    private static @Nullable Object number(Number value) {
        if (value instanceof Double real) {
            return Double.isFinite(real) ? new BigDecimal(real, new MathContext(6)).stripTrailingZeros() : null;
        }
        return BigDecimal.valueOf(value.longValue());
    }
}
