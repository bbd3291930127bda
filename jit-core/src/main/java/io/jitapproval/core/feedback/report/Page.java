package io.jitapproval.core.feedback.report;

import io.jitapproval.core.feedback.evidence.Learner.Learnt;
import io.jitapproval.core.feedback.evidence.Suggestion;
import io.jitapproval.core.feedback.insight.Findings;
import io.jitapproval.core.feedback.report.FindingsPart.Sort;
import java.util.ArrayList;
import java.util.List;

/** The document around the parts. */
final class Page {

    private static final int MOST_HISTORIES = 20;

    private final FeedbackReport report;
    private final Style style;
    private final Html html = new Html();
    private final List<Section> sections = new ArrayList<>();

    Page(FeedbackReport report, Style style) {
        this.report = report;
        this.style = style;
    }

    /** A part with its heading. */
    private record Section(String id, String heading, Runnable content) {}

    String write() {
        collect();
        html.doctype().open("html", "lang", "en").open("head").line();
        html.open("meta", "charset", "utf-8").line();
        html.open("meta", "http-equiv", "Content-Security-Policy", "content", style.policy())
                .line();
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        html.open("meta", "name", "referrer", "content", "no-referrer").line();
        html.open("meta", "name", "color-scheme", "content", "light dark").line();
        html.open("link", "rel", "icon", "href", "data:,").line();
        html.tellIn("title", report.title()).line();
        html.style(style).line().close("head").open("body").line();
        html.sayIn("a", "Skip to the report", "class", "skip", "href", "#main").line();
        head();
        contents();
        html.open("main", "id", "main", "tabindex", "-1").line();
        for (Section section : sections) {
            html.open("section", "aria-labelledby", section.id());
            html.sayIn("h2", section.heading(), "id", section.id()).line();
            section.content().run();
            html.close("section").line();
        }
        html.close("main");
        html.open("footer")
                .sayIn(
                        "p",
                        "Nothing here is in force. A person who does not profit from it accepts a suggestion, for a limited time; the"
                                + " machine never loosens policy.");
        html.close("footer", "body", "html").line();
        return html.toString();
    }

    private void collect() {
        report.learnt().ifPresent(learnt -> {
            add("suggestions", "Suggestions", () -> new SuggestionPart(html, learnt).write());
        });
        report.simulation()
                .ifPresent(one -> add("replay", "Replay of a policy", () -> new ReplayPart(html, one).write()));
        report.digest().ifPresent(digest -> add("digest", "The week", () -> new DigestPart(html).write(digest)));
        report.findings().ifPresent(this::findings);
        add("words", "How to read this", this::words);
    }

    private void add(String id, String heading, Runnable content) {
        sections.add(new Section(id, heading, content));
    }

    private void findings(Findings findings) {
        FindingsPart part = new FindingsPart(html, findings);
        add("load", "Waiting time and load", () -> new LoadPart(html, findings.load()).write());
        add("tightening", "Tightening", () -> part.write(Sort.TIGHTENING, "Nothing that could be tighter was found."));
        add("people", "People", () -> {
            html.sayIn(
                    "p",
                    "What is marked “private first” belongs to the person it is about, before anybody else. It is no verdict and has no"
                            + " consequence by itself.",
                    "class",
                    "note private");
            part.write(Sort.PEOPLE, "Nothing was found.");
        });
        add("deviations", "Uses to review", () -> {
            html.sayIn(
                    "p",
                    "The most surprising uses of each week, so many and no more: a budget of attention. Surprising is not wrong.",
                    "class",
                    "note");
            part.write(Sort.DEVIATIONS, "No use stands out.");
        });
        if (!findings.silences().isEmpty()) {
            add("silences", "Not judged", part::silences);
        }
    }

    private void head() {
        html.open("header").tellIn("h1", report.title()).line();
        html.open("p", "class", "asof").say("Data as of ");
        html.sayIn("strong", Told.minute(report.asOf()));
        List<String> histories = report.histories();
        if (!histories.isEmpty()) {
            html.say(histories.size() == 1 ? " · history " : " · histories ");
            for (int i = 0; i < Math.min(MOST_HISTORIES, histories.size()); i++) {
                html.say(i == 0 ? "" : ", ").tellIn("code", histories.get(i));
            }
            if (histories.size() > MOST_HISTORIES) {
                html.say(" and " + Told.count(histories.size() - MOST_HISTORIES) + " more");
            }
        }
        html.close("p").line();
        html.open("dl", "class", "tiles");
        report.learnt().ifPresent(this::tiles);
        report.findings().ifPresent(findings -> {
            if (report.learnt().isEmpty()) {
                html.fact("decisions", Told.count(findings.decisions()));
            }
            html.fact("findings", Told.count(findings.insights().size()));
        });
        report.simulation()
                .ifPresent(simulation -> html.fact(
                        "denials become approvals",
                        Told.count(simulation.flips().denyToApprove())));
        html.close("dl").line();
        report.learnt().ifPresent(this::leftOut);
        html.close("header").line();
    }

    private void tiles(Learnt learnt) {
        long passed = learnt.suggestions().stream().filter(Suggestion::passed).count();
        html.fact("decisions", Told.count(learnt.decisions()));
        html.fact("are evidence", Told.count(learnt.used()));
        html.fact(
                "suggestions",
                passed == 0
                        ? "none"
                        : Told.count(passed) + " of "
                                + Told.count(learnt.suggestions().size()));
        if (passed > 0) {
            html.fact("approvals a week could be saved", Told.tenth(DigestPart.couldSave(learnt)));
        }
    }

    private void contents() {
        html.open("nav", "aria-label", "Contents").open("ul");
        for (Section section : sections) {
            html.open("li")
                    .sayIn("a", section.heading(), "href", "#" + section.id())
                    .close("li");
        }
        html.close("ul", "nav").line();
    }

    private void leftOut(Learnt learnt) {
        html.open("p", "class", "read")
                .say(Told.count(learnt.decisions()) + " decisions were read. " + Told.count(learnt.used())
                        + " are evidence of what people would say: people approved " + Told.count(learnt.approved())
                        + " of them"
                        + (learnt.used() > 0
                                ? ", between " + Told.day(learnt.from()) + " and " + Told.day(learnt.to())
                                : "")
                        + ".")
                .close("p")
                .line();
        if (learnt.leftOut().isEmpty()) {
            return;
        }
        html.open("details")
                .sayIn("summary", Told.count(learnt.decisions() - learnt.used()) + " decisions are no evidence: why");
        Table table = new Table(html, "No evidence, by the reason", "Why", "#Decisions");
        learnt.leftOut().forEach((why, times) -> table.row(why, Told.count(times)));
        table.close();
        html.close("details").line();
    }

    private void words() {
        html.open("dl", "class", "words");
        html.fact(
                "wrong",
                "it would be approved without people, and people denied it. It says how far people are agreed with, not what"
                        + " is right.");
        html.fact("let through, coverage", "the share of requests that would not go to people.");
        html.fact(
                "upper bound",
                "so many are wrong at most, with the confidence that is stated, if requests come as they came"
                        + " (Clopper and Pearson, corrected for every threshold tried).");
        html.fact("ε and δ", "the share that may be wrong, and the probability that the bound does not hold.");
        html.fact("held-out", "checked on newer decisions that nothing was learnt from.");
        html.fact("in-sample", "checked on decisions that it was learnt from: too good to be true.");
        html.fact(
                "⟨U+202E⟩, ⏎, … ⟨cut⟩",
                "signs of the record that would not show or would lie, and text that is too long to show.");
        html.close("dl").line();
    }
}
