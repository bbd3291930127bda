package io.jitapproval.core.feedback.insight;

import static java.util.Objects.requireNonNull;

import io.jitapproval.core.feedback.DecisionHistory;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.core.policy.PolicyView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a history says about rules, people and uses. A pure function of its arguments: three readings of the history, no clock, no
 * random choice.
 */
public final class Insights {

    private Insights() {}

    /**
     * Finds with a policy's rules, comparing requests of the same action and a like share of approvals.
     *
     * @param history  the decisions
     * @param policy   the policy in force; empty where there is none to compare with
     * @param settings what to look at
     * @return the findings
     * @throws io.jitapproval.JitConfigurationException if the history cannot be read
     */
    public static Findings find(DecisionHistory history, Optional<Policy> policy, InsightSettings settings) {
        return find(history, policy, settings, null);
    }

    /**
     * Finds, comparing requests of the same action and a like score.
     *
     * @param history  the decisions
     * @param policy   the policy in force; empty where there is none to compare with
     * @param settings what to look at
     * @param score    how easy a request is to approve, in [0, 1], such as a scorecard's probability; null for the share of approvals of its action and
     *                 type of resource. Must not look at who decided or how
     * @return the findings
     * @throws io.jitapproval.JitConfigurationException if the history cannot be read
     */
    public static Findings find(
            DecisionHistory history,
            Optional<Policy> policy,
            InsightSettings settings,
            @Nullable ToDoubleFunction<PastDecision> score) {
        requireNonNull(history, "history");
        PolicyView view = policy.map(PolicyView::new).orElse(null);
        Frame frame = new Frame(requireNonNull(settings, "settings"), view, score);
        history.each(frame::survey);
        frame.surveyed();
        RubberStampDetector stamps = new RubberStampDetector(frame);
        LoadDetector load = new LoadDetector(frame);
        List<Detector> detectors = List.of(
                new UnusedRules(frame),
                new GrantLengths(frame),
                new UnusedAccess(frame),
                new Overruled(frame),
                new Contradictions(frame),
                new SilentApprovers(frame),
                new DecideBy(frame),
                stamps,
                load,
                new Deviations(frame),
                new SameTwo(frame));
        long[] decisions = new long[1];
        if (!frame.isEmpty()) {
            history.each(decision -> {
                if (frame.isInside(decision)) {
                    decisions[0]++;
                    detectors.forEach(detector -> detector.see(decision));
                }
            });
            detectors.forEach(Detector::conclude);
            history.each(decision -> {
                if (frame.isInside(decision)) {
                    detectors.forEach(detector -> detector.again(decision));
                }
            });
        }
        List<Insight> insights = new ArrayList<>();
        List<Silence> silences = new ArrayList<>();
        if (decisions[0] > 0) {
            detectors.forEach(detector -> detector.report(insights::add, silences::add));
        }
        insights.sort(Comparator.comparing(Insight::severity).reversed());
        return new Findings(
                history.name(),
                frame.isEmpty() ? Instant.EPOCH : frame.from(),
                frame.isEmpty() ? Instant.EPOCH : frame.asOf(),
                decisions[0],
                insights,
                silences,
                stamps.result(),
                load.result());
    }
}
