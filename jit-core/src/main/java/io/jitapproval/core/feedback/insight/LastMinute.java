package io.jitapproval.core.feedback.insight;

import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.GrantUse;
import io.jitapproval.core.feedback.insight.Budget.Candidate;
import io.jitapproval.core.feedback.insight.Insight.Audience;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import io.jitapproval.core.feedback.stats.Binomial;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Grants that lay unused until just before they ended, where hardly any other grant of the action does. */
final class LastMinute implements Detector {

    private static final double AT_THE_END = 0.05;
    private static final double SELDOM = 0.01;
    private static final Duration SHORT = Duration.ofMinutes(10);

    private final Frame frame;
    private final Budget budget;
    private final Map<String, long[]> byAction = new HashMap<>();

    LastMinute(Frame frame, Budget budget) {
        this.frame = frame;
        this.budget = budget;
    }

    private static boolean isTimed(PastDecision decision) {
        return decision.grant()
                .filter(grant -> grant.firstUse().isPresent())
                .filter(grant -> Duration.between(grant.from(), grant.until()).compareTo(SHORT) >= 0)
                .isPresent();
    }

    private static boolean isLate(GrantUse grant) {
        long length = Duration.between(grant.from(), grant.until()).toMillis();
        long first =
                Duration.between(grant.from(), grant.firstUse().orElseThrow()).toMillis();
        return first >= length * (1 - AT_THE_END);
    }

    @Override
    public void see(PastDecision decision) {
        if (isTimed(decision)) {
            long[] counts = byAction.computeIfAbsent(decision.request().action().name(), key -> new long[2]);
            counts[0] += isLate(decision.grant().orElseThrow()) ? 1 : 0;
            counts[1]++;
        }
    }

    @Override
    public void again(PastDecision decision) {
        if (!isTimed(decision) || !isLate(decision.grant().orElseThrow())) {
            return;
        }
        String action = decision.request().action().name();
        long[] counts = byAction.getOrDefault(action, new long[2]);
        double most = Binomial.upper(counts[0], counts[1], frame.settings().confidence());
        if (most > SELDOM) {
            return;
        }
        GrantUse grant = decision.grant().orElseThrow();
        long left =
                Duration.between(grant.firstUse().orElseThrow(), grant.until()).toSeconds();
        long length = Duration.between(grant.from(), grant.until()).toSeconds();
        Insight.Trace trace = new Insight.Trace(decision.id(), decision.origin());
        String subject = Frame.subject(decision) + " " + decision.id();
        String who = Frame.subject(decision);
        long day =
                decision.opened().atZone(frame.settings().zone()).toLocalDate().toEpochDay();
        budget.offer(new Candidate(
                Budget.weekOf(day),
                -Math.log(most),
                subject,
                () -> new Draft(Kind.LAST_MINUTE, subject, who + " first used a grant just before it ended")
                        .why("The grant for " + action + " lasted " + Say.duration(Duration.ofSeconds(length))
                                + " and was first used "
                                + Say.duration(Duration.ofSeconds(Math.max(0, left))) + " before its end; so were "
                                + Say.of(counts[0], counts[1]) + " grants for it.")
                        .number("lengthSeconds", length)
                        .number("leftSeconds", left)
                        .number("late", counts[0])
                        .number("used", counts[1])
                        .bound(Say.confidence(frame.settings().confidence()) + " at most " + Say.share(most)
                                + " of its grants are used so late")
                        .trace(trace)
                        .severity(Severity.LOW)
                        .audience(Audience.REVIEWERS)
                        .asOf(frame.asOf())));
    }

    @Override
    public void report(Consumer<Insight> insights, Consumer<Silence> silences) {
        // Offered to the budget.
    }
}
