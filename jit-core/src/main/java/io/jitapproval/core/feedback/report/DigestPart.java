package io.jitapproval.core.feedback.report;

import io.jitapproval.core.feedback.evidence.Learner.Learnt;
import io.jitapproval.core.feedback.evidence.Suggestion;
import java.util.LinkedHashMap;
import java.util.Map;

/** The week in a few numbers. */
final class DigestPart {

    private final Html html;

    DigestPart(Html html) {
        this.html = html;
    }

    void write(Digest digest) {
        html.sayIn("p", "From " + Told.minute(digest.from()) + " to " + Told.minute(digest.to()) + ".")
                .line();
        html.open("dl", "class", "figures");
        html.fact("approvals saved", Told.count(digest.saved()));
        html.fact("waiting saved", Told.duration(digest.waitSaved()));
        html.fact("audited by people", Told.count(digest.audited()));
        html.fact("of these denied", Told.count(digest.disagreed()));
        digest.bound()
                .ifPresent(bound -> html.fact(
                        "at " + Told.level(digest.confidence()) + " confidence at most", Told.percent(bound)));
        html.close("dl").line();
        html.sayIn("h3", "Suspended, waiting for a person");
        if (digest.suspended().isEmpty()) {
            html.sayIn("p", "None.", "class", "quiet");
        } else {
            html.codes(digest.suspended());
        }
        html.sayIn("h3", "Ending soon");
        if (digest.expiring().isEmpty()) {
            html.sayIn("p", "None.", "class", "quiet");
            return;
        }
        Table table = new Table(html, "Rules that end soon", "Rule", "Ends");
        digest.expiring().forEach(rule -> table.row(rule.rule(), Told.minute(rule.at())));
        table.close();
    }

    /** How many approvals a week are saved if all that is suggested is accepted; two forms for one action are one. */
    static double couldSave(Learnt learnt) {
        Map<String, Double> byAction = new LinkedHashMap<>();
        for (Suggestion suggestion : learnt.suggestions()) {
            if (suggestion.passed()) {
                byAction.merge(suggestion.action(), suggestion.evidence().perWeek(), Math::max);
            }
        }
        return byAction.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
