package io.jitapproval.core.feedback.evidence;

import io.jitapproval.core.feedback.evidence.Certificate.How;
import io.jitapproval.core.feedback.evidence.Certifier.Ranked;
import io.jitapproval.core.feedback.evidence.Certifier.Verdict;
import io.jitapproval.core.feedback.evidence.Suggestion.Form;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is suggested of one action by its score. */
final class ScoreSuggestion {

    private static final int SCALE = 6;
    /** The part of the error that is kept for thresholds that tolerate nothing new, should the others let through too much of it. */
    private static final double STRICT = 0.1;

    private final Rows rows;
    private final Encoding encoding;
    private final Learner.Sample sample;
    private final Learner.Settings settings;
    private final Tolerance tolerance;
    private final Certifier certifier;

    ScoreSuggestion(
            Rows rows, Encoding encoding, Learner.Sample sample, Learner.Settings settings, Tolerance tolerance) {
        this.rows = rows;
        this.encoding = encoding;
        this.sample = sample;
        this.settings = settings;
        this.tolerance = tolerance;
        this.certifier = new Certifier(settings.maxWrong());
    }

    /**
     * What passed, or did not.
     *
     * @param families  how many families of thresholds were tried, as the error had to be shared among them
     * @param tolerated the columns whose values may be unknown, a bit each
     * @param novel     what was found of requests with such a value
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Found(
            int action,
            int families,
            int[] members,
            double[] scores,
            Ranked ranked,
            Verdict verdict,
            int tolerated,
            Optional<Certificate.Stratum> novel) {}

    Found find(int action, double delta) {
        int tolerated = tolerance.columns(action);
        int families = tolerated == 0 ? 1 : 2;
        Found tolerant = find(action, families, tolerated == 0 ? delta : delta * (1 - STRICT), tolerated);
        boolean holds = tolerated != 0
                && tolerant.novel().isPresent()
                && tolerant.novel().get().bound() <= tolerance.most();
        // Else what is unknown goes to people, as it does where the history has too little of it to say anything.
        return holds || tolerated == 0 ? tolerant : find(action, families, delta * STRICT, 0);
    }

    private Found find(int action, int families, double delta, int tolerated) {
        int[] members = sample.members(action);
        double[] scores = tolerance.scores(tolerated);
        Ranked ranked = Ranked.of(scores, sample.yes(), members);
        Verdict verdict = certifier.certify(ranked, Ranked.of(scores, sample.yes(), sample.older(action)), delta);
        Optional<Certificate.Stratum> novel =
                tolerated == 0 || verdict.threshold().isEmpty()
                        ? Optional.empty()
                        : Optional.of(tolerance.novel(
                                members, scores, verdict.threshold().getAsDouble()));
        return new Found(action, families, members, scores, ranked, verdict, tolerated, novel);
    }

    Suggestion write(Found found, EvidenceModel model) {
        Verdict verdict = found.verdict();
        int[] covered = covered(found.members(), found.scores(), verdict);
        Draft draft = new Draft(rows, encoding, sample.yes(), settings, found.action(), Form.SCORE);
        draft.members(covered);
        if (verdict.threshold().isEmpty()) {
            draft.nothing(verdict, found.members().length);
        } else if (certifier.drifts(draft.wrong(covered))) {
            draft.drift();
        }
        Certificate certificate = draft.certificate(
                verdict.of(found.families()),
                found.members().length,
                settings.how() == How.SPLIT ? sample.first() : sample.yes().length);
        if (draft.passes()) {
            draft.rules(List.of(rule(found.action(), verdict.threshold().orElseThrow(), model)));
        }
        draft.why("It scores how often people approved what is like a request, and lets through what scores "
                + (verdict.threshold().isPresent()
                        ? Figures.score(verdict.threshold().getAsDouble())
                        : "enough")
                + " or more.");
        found.novel()
                .ifPresent(part -> draft.why("Values of "
                        + String.join(", ", tolerance.names(found.tolerated()))
                        + " that were never seen are new so often that they were checked by themselves, and have to score better: lets through "
                        + Figures.count(part.covered()) + ", of which people denied " + Figures.count(part.wrong())
                        + ", at most "
                        + Figures.percent(part.bound()) + "."));
        draft.notCovered("requests with a value" + (found.novel().isPresent() ? " of any other attribute" : "")
                + " that was never seen: they go to people");
        return draft.suggestion(certificate, found.novel(), Curve.of(found.ranked(), verdict.level()));
    }

    private static int[] covered(int[] members, double[] scores, Verdict verdict) {
        return verdict.threshold().isEmpty()
                ? new int[0]
                : Arrays.stream(members)
                        .filter(i -> scores[i] >= verdict.threshold().getAsDouble())
                        .toArray();
    }

    private Map<String, Object> rule(int action, double threshold, EvidenceModel model) {
        String root = "evidence." + model.modelName();
        Map<String, Object> when = new LinkedHashMap<>();
        when.put(root + ".model", Map.of("equals", model.sha256()));
        when.put(root + ".novel", Map.of("equals", false));
        when.put(
                root + ".score",
                Map.of("atLeast", BigDecimal.valueOf(threshold).setScale(SCALE, RoundingMode.HALF_EVEN)));
        return Draft.rule(
                model.modelName() + "-" + Draft.slug(encoding.actions.get(action)) + "-score",
                encoding.actions.get(action),
                when);
    }
}
