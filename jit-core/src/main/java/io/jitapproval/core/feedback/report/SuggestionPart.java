package io.jitapproval.core.feedback.report;

import io.jitapproval.core.feedback.evidence.Certificate;
import io.jitapproval.core.feedback.evidence.Certificate.How;
import io.jitapproval.core.feedback.evidence.Learner.Learnt;
import io.jitapproval.core.feedback.evidence.Suggestion;
import io.jitapproval.core.feedback.evidence.Suggestion.Form;
import io.jitapproval.core.feedback.evidence.Suggestion.Support;
import io.jitapproval.core.policy.JsonLayout;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What could be approved without people, a card each; and where nothing could, why not. */
final class SuggestionPart {

    /** All pictures and tables of curves together have so many points, if there are many suggestions. */
    private static final int ALL_POINTS = 2_000;

    private static final int FEWEST_POINTS = 10;
    /** All rules together are so long. */
    private static final int ALL_TEXT = 300_000;

    private static final int FEWEST_TEXT = 2_000;
    private static final int MOST_CARDS = 300;
    private static final int LONGEST_LINE = 600;

    private final Html html;
    private final Learnt learnt;
    private final int points;
    private final int text;

    SuggestionPart(Html html, Learnt learnt) {
        this.html = html;
        this.learnt = learnt;
        int cards = Math.max(1, Math.min(MOST_CARDS, learnt.suggestions().size()));
        this.points = Math.max(FEWEST_POINTS, ALL_POINTS / cards);
        this.text = Math.max(FEWEST_TEXT, ALL_TEXT / cards);
    }

    void write() {
        List<Suggestion> all = learnt.suggestions().stream()
                .sorted(Comparator.comparing(suggestion -> !suggestion.passed()))
                .toList();
        if (all.isEmpty()) {
            nothing();
        }
        all.stream().limit(MOST_CARDS).forEach(this::card);
        if (all.size() > MOST_CARDS) {
            html.sayIn("p", Told.count(all.size() - MOST_CARDS) + " more are not shown here.", "class", "note");
        }
    }

    private void nothing() {
        String id = html.newId("s");
        html.open("article", "class", "card none", "aria-labelledby", id).open("div", "class", "cardhead");
        html.sayIn("p", "No suggestion", "class", "badge quiet");
        html.sayIn("h3", "No suggestion for any action", "id", id).close("div");
        html.sayIn("h4", "Because").open("ul");
        html.sayIn(
                "li",
                learnt.used() == 0
                        ? "No decision of the record is evidence of what people would say."
                        : learnt.approved() == 0
                                ? "People approved none of the " + Told.count(learnt.used())
                                        + " decisions that are evidence."
                                : "Only " + Told.count(learnt.used())
                                        + " decisions are evidence: too few to learn from and to check what was learnt.");
        html.close("ul", "article").line();
    }

    private void card(Suggestion suggestion) {
        String id = html.newId("s");
        html.open("article", "class", suggestion.passed() ? "card" : "card none", "aria-labelledby", id)
                .open("div", "class", "cardhead");
        html.sayIn(
                "p",
                suggestion.passed() ? "Suggested" : "No suggestion",
                "class",
                suggestion.passed() ? "badge good" : "badge quiet");
        html.tellIn("h3", capitalised(suggestion.title()), "id", id);
        html.open("p", "class", "meta")
                .say((suggestion.form() == Form.SCORE ? "One rule on a score" : "Rules that can be read") + " for ")
                .tellIn("code", suggestion.action())
                .say(" · ")
                .tellIn("code", suggestion.id())
                .close("p", "div")
                .line();
        if (!suggestion.passed()) {
            because(suggestion);
        }
        Certificate certificate = suggestion.certificate();
        if (suggestion.passed()) {
            figures(suggestion);
        }
        if (!suggestion.why().isEmpty()) {
            html.sayIn("h4", "Why").list(suggestion.why(), LONGEST_LINE);
        }
        if (!suggestion.curve().isEmpty()) {
            html.sayIn("h4", "Risk and coverage");
            new Curve(html, suggestion, points).write();
        }
        html.open("div", "class", "columns");
        if (suggestion.evidence().decisions() > 0) {
            support(suggestion.evidence());
        }
        proof(certificate, suggestion);
        html.close("div").line();
        against(suggestion);
        if (!suggestion.notCovered().isEmpty()) {
            html.sayIn("h4", "What it will not cover").list(suggestion.notCovered(), LONGEST_LINE);
        }
        if (!certificate.notes().isEmpty()) {
            html.sayIn("h4", "What was not checked").list(certificate.notes(), LONGEST_LINE);
        }
        if (suggestion.passed()) {
            html.open("p", "class", "expiry").say("Expires on ");
            html.sayIn("strong", Told.day(suggestion.expires()));
            html.say(", unless a person who does not profit from it renews it.")
                    .close("p")
                    .line();
        }
        rules(suggestion, id);
        html.close("article").line();
    }

    private static String capitalised(String title) {
        return title.isEmpty() ? title : Character.toUpperCase(title.charAt(0)) + title.substring(1);
    }

    private void because(Suggestion suggestion) {
        html.open("div", "class", "because").sayIn("h4", "No suggestion, because");
        html.list(suggestion.refusals(), LONGEST_LINE);
        long needed = suggestion.certificate().needed();
        if (needed > 0) {
            html.open("p").say("Decisions still needed: about ");
            html.sayIn("strong", Told.count(needed))
                    .say(", if they come as these did.")
                    .close("p");
        }
        html.close("div").line();
    }

    private void figures(Suggestion suggestion) {
        Certificate certificate = suggestion.certificate();
        html.open("dl", "class", "figures");
        html.fact("let through", Told.percent(certificate.coverage()));
        html.fact("wrong, at most", Told.percent(certificate.bound()));
        html.fact("allowed (ε)", Told.level(certificate.maxWrong()));
        html.fact("approvals saved a week", Told.tenth(suggestion.evidence().perWeek()));
        suggestion.evidence().medianWait().ifPresent(wait -> html.fact("median wait of those", Told.duration(wait)));
        html.close("dl").line();
    }

    private void support(Support support) {
        html.open("div").sayIn("h4", "Evidence").open("dl", "class", "facts");
        html.fact("requests like it", Told.count(support.decisions()));
        html.fact("approved by people", Told.count(support.approved()));
        html.fact("denied by people", Told.count(support.decisions() - support.approved()));
        html.fact("by subjects", support.subjects() == 0 ? "not named" : Told.count(support.subjects()));
        html.fact("decided by people", support.deciders() == 0 ? "not named" : Told.count(support.deciders()));
        html.fact("on days", Told.count(support.days()));
        html.fact("between", Told.day(support.from()) + " and " + Told.day(support.to()));
        html.close("dl", "div").line();
    }

    private void proof(Certificate certificate, Suggestion suggestion) {
        html.open("div")
                .sayIn(
                        "h4",
                        (certificate.how() == How.SPLIT ? "Held-out check" : "Check on all, by what the others say")
                                + (suggestion.passed() ? "" : ": the best that was tried"))
                .open("dl", "class", "facts");
        html.fact("learnt from", Told.count(certificate.learnt()));
        html.fact("checked on (n)", Told.count(certificate.checked()));
        html.fact("let through of those", Told.count(certificate.covered()));
        html.fact("of these denied by people", Told.count(certificate.wrong()));
        html.fact("confidence (1 − δ)", Told.level(certificate.confidence()));
        html.fact("thresholds tried", Told.count(certificate.thresholds()));
        html.fact("level of each test", Told.level(certificate.level()));
        html.fact("upper bound", Told.percent(certificate.bound()));
        certificate.worst().ifPresent(worst -> stratum("worst part", worst));
        suggestion.novel().ifPresent(novel -> stratum("never seen before", novel));
        html.close("dl", "div").line();
    }

    private void stratum(String term, Certificate.Stratum stratum) {
        html.open("div").sayIn("dt", term).open("dd").tell(stratum.name());
        html.say(": " + Told.count(stratum.wrong()) + " of " + Told.count(stratum.covered()) + ", at most "
                + Told.percent(stratum.bound()));
        html.close("dd", "div").line();
    }

    private void against(Suggestion suggestion) {
        if (suggestion.against().isEmpty() && !suggestion.passed()) {
            return;
        }
        html.sayIn("h4", "Counter-examples");
        int more = suggestion.certificate().wrong() - suggestion.against().size();
        if (suggestion.against().isEmpty()) {
            html.sayIn(
                    "p",
                    more > 0
                            ? Told.count(more) + " are not listed."
                            : "None: people denied nothing of what it would have let through.");
            return;
        }
        html.sayIn(
                "p",
                "Let through, and denied by people"
                        + (more > 0 ? "; " + Told.count(more) + " more are not listed:" : ":"));
        html.codes(suggestion.against());
    }

    private void rules(Suggestion suggestion, String card) {
        if (suggestion.rules().isEmpty()) {
            return;
        }
        int size = suggestion.rules().size();
        String id = html.newId("r");
        html.open("details")
                .sayIn(
                        "summary",
                        size == 1 ? "The rule as text" : "The " + Told.count(size) + " rules as text",
                        "id",
                        id);
        html.open("div", "class", "scroll", "role", "group", "tabindex", "0", "aria-labelledby", id + " " + card)
                .open("pre")
                .open("code");
        Lines.write(html, JsonLayout.of(Map.of("rules", suggestion.rules()), line -> {}), text);
        html.close("code", "pre", "div", "details").line();
    }
}
