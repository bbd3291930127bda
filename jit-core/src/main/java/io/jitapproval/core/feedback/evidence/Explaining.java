package io.jitapproval.core.feedback.evidence;

import io.jitapproval.core.feedback.evidence.Certificate.How;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a suggestion says for itself, each number of it out of the record. */
final class Explaining {

    private Explaining() {}

    static List<String> lines(Certificate certificate, Suggestion.Support support, How how) {
        List<String> lines = new ArrayList<>();
        int denied = support.decisions() - support.approved();
        if (support.decisions() > 0) {
            lines.add(Figures.count(support.decisions()) + " requests like it"
                    + (support.subjects() > 0 ? " by " + Figures.count(support.subjects()) + " subjects" : "") + " on "
                    + Figures.count(support.days()) + " days: " + Figures.count(support.approved()) + " approved"
                    + (support.deciders() > 0 ? " by " + Figures.count(support.deciders()) + " people" : "") + ", "
                    + Figures.count(denied) + " denied.");
        }
        lines.add((how == How.SPLIT ? "Held-out check on the newest " : "Check on all ")
                + Figures.count(certificate.checked()) + " decisions"
                + (how == How.SPLIT ? "" : ", each by what was learnt from the others") + ": lets through "
                + Figures.count(certificate.covered()) + ", of which people denied "
                + Figures.count(certificate.wrong())
                + "; with " + percent(certificate.confidence()) + " confidence at most "
                + Figures.percent(certificate.bound()) + " would be approvals that people deny ("
                + certificate.thresholds() + " thresholds tried).");
        certificate
                .worst()
                .ifPresent(worst -> lines.add("Worst part: " + worst.name() + ", "
                        + Figures.count(worst.wrong()) + " of " + Figures.count(worst.covered()) + " wrong, at most "
                        + Figures.percent(worst.bound()) + "."));
        if (support.decisions() > 0) {
            lines.add(String.format(Locale.ROOT, "Would have saved %.1f approvals a week", support.perWeek())
                    + (support.medianWait().isPresent()
                            ? ", which waited "
                                    + Figures.duration(support.medianWait().getAsDouble()) + " at the median."
                            : "."));
        }
        return lines;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%s %%", Column.plainNumber(Math.rint(share * 1e6) / 1e4));
    }
}
