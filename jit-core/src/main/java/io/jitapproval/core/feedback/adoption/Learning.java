package io.jitapproval.core.feedback.adoption;

import io.jitapproval.Decision;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.core.Proposal;
import io.jitapproval.core.Proposal.Model;
import io.jitapproval.core.feedback.DecisionHistory;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.evidence.Certificate.How;
import io.jitapproval.core.feedback.evidence.EvidenceModel;
import io.jitapproval.core.feedback.evidence.Learner;
import io.jitapproval.core.feedback.evidence.Learner.Learnt;
import io.jitapproval.core.feedback.evidence.Suggestion;
import io.jitapproval.core.feedback.history.Histories;
import io.jitapproval.core.feedback.insight.InsightSettings;
import io.jitapproval.core.feedback.insight.Insights;
import io.jitapproval.core.feedback.insight.RubberStamps;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.JsonLayout;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes proposals out of histories. */
public final class Learning {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("'m'yyyyMMdd").withZone(ZoneOffset.UTC);

    private final Standing standing;
    private final GrantStore store;

    /** With the application's own policy as what closes requests. */
    public Learning(Standing standing, GrantStore store) {
        this.standing = standing;
        this.store = store;
    }

    public List<Proposal> learn(List<Path> files, double maxWrong, double confidence) {
        return learn(Histories.of(files), maxWrong, confidence);
    }

    List<Proposal> learn(DecisionHistory history, double maxWrong, double confidence) {
        Policy policy = standing.base();
        RubberStamps stamps = Insights.find(history, Optional.of(policy), InsightSettings.DEFAULT)
                .rubberStamps();
        Learnt learnt = Learner.learn(
                history,
                new Learner.Settings(
                        maxWrong,
                        confidence,
                        How.SPLIT,
                        DAY.format(store.now()),
                        Optional.of(policy),
                        stamps::excludes));
        List<Reach> reaches = learnt.suggestions().stream()
                .map(each -> new Reach(each, learnt))
                .toList();
        history.each(decision -> reaches.forEach(reach -> reach.add(decision)));
        return reaches.stream().map(reach -> reach.proposal(learnt)).toList();
    }

    /** What one suggestion would have approved. */
    private static final class Reach {

        private final Suggestion suggestion;
        private final List<String> rules;
        private final @Nullable Policy alone;
        private final AttributeLookup lookup;
        private final Optional<EvidenceModel> model;
        private final Set<Ref> beneficiaries = new HashSet<>();
        private int all;
        private int approved;
        private int denied;
        private double waited;

        Reach(Suggestion suggestion, Learnt learnt) {
            this.suggestion = suggestion;
            this.rules = suggestion.rules().stream()
                    .map(rule -> JsonLayout.line(sorted(rule)))
                    .toList();
            this.model = suggestion.form() == Suggestion.Form.SCORE ? learnt.model() : Optional.empty();
            this.lookup = model.map(each -> new AttributeLookup(List.of(each))).orElse(AttributeLookup.NONE);
            this.alone = rules.isEmpty()
                    ? null
                    : Policy.parse(new PolicyText(
                            "suggestion.json",
                            "{\"default\": \"deny\", \"rules\": [" + String.join(", ", rules) + "]}"));
        }

        /** The same text for the same rule, whatever the order of its maps. */
        private static Object sorted(Object value) {
            if (value instanceof Map<?, ?> map) {
                Map<String, Object> sorted = new TreeMap<>();
                map.forEach((key, each) -> sorted.put(String.valueOf(key), sorted(each)));
                return sorted;
            }
            return value instanceof List<?> list
                    ? list.stream().map(Reach::sorted).toList()
                    : value;
        }

        void add(PastDecision decision) {
            Policy rulesAlone = alone;
            if (rulesAlone == null || !decision.request().action().name().equals(suggestion.action())) {
                return;
            }
            all++;
            AttributeLookup fresh =
                    model.map(each -> new AttributeLookup(List.of(each))).orElse(lookup);
            if (!(rulesAlone.evaluate(decision.request(), decision.opened(), fresh) instanceof Decision.Permit)) {
                return;
            }
            beneficiaries.add(decision.request().subject().ref());
            decision.request().actors().stream().map(Subject::ref).forEach(beneficiaries::add);
            if (decision.isLabelled()) {
                approved += decision.isApproved() ? 1 : 0;
                denied += decision.isApproved() ? 0 : 1;
                waited += decision.decided()
                        .map(at -> (double) java.time.Duration.between(decision.opened(), at)
                                .toSeconds())
                        .orElse(0.0);
            }
        }

        Proposal proposal(Learnt learnt) {
            String run = suggestion.form() + " " + learnt.from() + " " + learnt.to() + " " + learnt.used() + " "
                    + learnt.approved() + " " + suggestion.certificate().maxWrong() + " "
                    + suggestion.certificate().confidence();
            return new Proposal(
                    suggestion.id(),
                    suggestion.action(),
                    suggestion.title(),
                    rules,
                    suggestion.passed(),
                    suggestion.certificate().maxWrong(),
                    suggestion.certificate().confidence(),
                    suggestion.certificate().checked(),
                    suggestion.certificate().covered(),
                    suggestion.certificate().wrong(),
                    suggestion.certificate().bound(),
                    run,
                    suggestion.expires(),
                    beneficiaries,
                    suggestion.why(),
                    suggestion.against(),
                    suggestion.refusals(),
                    "of " + all + " past requests it approves " + (approved + denied)
                            + " that people decided, of which they denied "
                            + denied + " (in part those it was learnt from), and saves "
                            + Math.round(waited / 3600) + " hours of waiting",
                    model.map(each -> new Model(each.modelName(), each.sha256(), each.json())));
        }
    }
}
