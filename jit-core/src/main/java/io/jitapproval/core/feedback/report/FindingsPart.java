package io.jitapproval.core.feedback.report;

import io.jitapproval.core.feedback.insight.Findings;
import io.jitapproval.core.feedback.insight.Insight;
import io.jitapproval.core.feedback.insight.Insight.Audience;
import io.jitapproval.core.feedback.insight.Insight.Change;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import io.jitapproval.core.feedback.insight.Insight.Trace;
import io.jitapproval.core.feedback.insight.Silence;
import java.util.List;
import java.util.Map;

/** Findings on rules, people and uses, and what was not judged. */
final class FindingsPart {

    /** More of one sort are counted and not shown. */
    private static final int MOST = 500;

    private static final int MOST_SILENCES = 200;
    private static final int LONGEST_LINE = 600;

    /** The three sorts. */
    enum Sort {
        /** What a policy could be tighter in, or clearer. */
        TIGHTENING,
        /** How people answer. */
        PEOPLE,
        /** Uses that somebody should look at. */
        DEVIATIONS;

        /** What a person should see first is told among people, whatever it is. */
        static Sort of(Insight insight) {
            return insight.audience() == Audience.PRIVATE_FIRST ? PEOPLE : of(insight.kind());
        }

        private static Sort of(Kind kind) {
            return switch (kind) {
                case UNUSED_RULE,
                        GRANT_TOO_LONG,
                        TOO_MANY_USES,
                        UNUSED_ACCESS,
                        PEOPLE_WOULD_DENY,
                        CONTRADICTION,
                        SILENT_APPROVER,
                        DECIDE_BY_TOO_SHORT,
                        DECIDE_BY_TOO_LONG -> TIGHTENING;
                case RUBBER_STAMP, BOTTLENECK -> PEOPLE;
                case UNUSUAL_USE, BURST, OFF_HOURS, LAST_MINUTE, SAME_TWO -> DEVIATIONS;
            };
        }
    }

    private final Html html;
    private final Findings findings;

    FindingsPart(Html html, Findings findings) {
        this.html = html;
        this.findings = findings;
    }

    void write(Sort sort, String nothing) {
        List<Insight> some = findings.insights().stream()
                .filter(insight -> Sort.of(insight) == sort)
                .toList();
        if (some.isEmpty()) {
            html.sayIn("p", nothing, "class", "quiet").line();
            return;
        }
        html.open("div", "class", "findings");
        some.stream().limit(MOST).forEach(this::card);
        html.close("div").line();
        if (some.size() > MOST) {
            html.sayIn(
                    "p",
                    Told.count(some.size() - MOST) + " more, which matter no more than these, are not shown.",
                    "class",
                    "note");
        }
    }

    private void card(Insight insight) {
        String id = html.newId("f");
        html.open("article", "class", "finding", "aria-labelledby", id).open("p", "class", "badges");
        html.sayIn("span", word(insight.severity()), "class", "badge " + look(insight.severity()));
        if (insight.audience() == Audience.PRIVATE_FIRST) {
            html.say(" ").sayIn("span", "private first", "class", "badge private");
        }
        html.say(" ").sayIn("span", Told.words(insight.kind().word()), "class", "kind");
        html.close("p").tellIn("h3", insight.title(), "id", id);
        html.open("p").tell(insight.why(), LONGEST_LINE).close("p");
        if (!insight.bound().isBlank()) {
            html.open("p", "class", "bound").tell(insight.bound()).close("p");
        }
        insight.change().ifPresent(this::change);
        details(insight);
        html.close("article").line();
    }

    private void change(Change change) {
        html.open("p", "class", "change").say("Would mend it: ");
        if (change.rule().isBlank()) {
            html.say("a new rule with ");
        } else {
            html.say("rule ").tellIn("code", change.rule()).say(", ");
        }
        html.tellIn("code", change.field())
                .say(" = ")
                .tellIn("code", change.value())
                .close("p");
    }

    private void details(Insight insight) {
        if (insight.evidence().isEmpty() && insight.traces().isEmpty()) {
            return;
        }
        int decisions = insight.traces().size();
        html.open("details").open("summary").say("Evidence");
        if (decisions > 0) {
            html.say(decisions == 1 ? ", one decision" : ", " + decisions + " decisions");
        }
        html.close("summary");
        if (!insight.evidence().isEmpty()) {
            html.open("dl", "class", "facts");
            for (Map.Entry<String, Number> number : insight.evidence().entrySet()) {
                html.open("div").open("dt").tell(Told.words(number.getKey())).close("dt");
                html.sayIn("dd", Told.number(number.getValue())).close("div");
            }
            html.close("dl");
        }
        if (decisions > 0) {
            html.open("ul", "class", "codes");
            for (Trace trace : insight.traces()) {
                html.open("li")
                        .tellIn("code", trace.id())
                        .say(" ")
                        .tellIn("span", trace.origin())
                        .close("li");
            }
            html.close("ul");
        }
        html.sayIn("p", insight.id(), "class", "meta").close("details");
    }

    void silences() {
        Table table = new Table(html, "Not judged", "What", "Of what", "Why not");
        findings.silences().stream().limit(MOST_SILENCES).forEach(silence -> row(table, silence));
        table.close();
        if (findings.silences().size() > MOST_SILENCES) {
            html.sayIn(
                    "p",
                    Told.count(findings.silences().size() - MOST_SILENCES) + " more are not shown.",
                    "class",
                    "note");
        }
    }

    private static void row(Table table, Silence silence) {
        table.row(Told.words(silence.kind().word()), silence.subject(), silence.why());
    }

    static String word(Severity severity) {
        return switch (severity) {
            case INFO -> "good to know";
            case LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH -> "high";
        };
    }

    private static String look(Severity severity) {
        return switch (severity) {
            case INFO, LOW -> "quiet";
            case MEDIUM -> "warn";
            case HIGH -> "bad";
        };
    }
}
