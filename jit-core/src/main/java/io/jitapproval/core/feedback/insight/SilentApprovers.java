package io.jitapproval.core.feedback.insight;

import io.jitapproval.Ref;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.PastDecision.Voice;
import io.jitapproval.core.feedback.insight.Insight.Audience;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import io.jitapproval.core.feedback.stats.Binomial;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who is asked and never answers. Requests that were decided sooner than half of all are left out: nobody else had the time. A group answers
 * when anybody does, since the record does not say who its members are.
 */
final class SilentApprovers implements Detector {

    private static final double RARELY = 0.05;

    private final Frame frame;
    private final Map<Ref, Tally> asked = new LinkedHashMap<>();
    private final Set<Ref> voters = new HashSet<>();

    SilentApprovers(Frame frame) {
        this.frame = frame;
    }

    /** One of those who were asked. */
    private static final class Tally {
        private long asked;
        private long own;
        private long anybody;
        private long expired;
        private final Traces traces = new Traces();
    }

    @Override
    public void see(PastDecision decision) {
        for (Voice voice : decision.voices()) {
            voters.add(voice.person());
        }
        if ((decision.route() != Route.PEOPLE && decision.route() != Route.AUDIT) || !hadTime(decision)) {
            return;
        }
        for (Ref one : decision.asked()) {
            Tally tally = asked.computeIfAbsent(one, key -> new Tally());
            tally.asked++;
            tally.anybody += decision.voices().isEmpty() ? 0 : 1;
            tally.expired += decision.result() == Result.EXPIRED ? 1 : 0;
            if (decision.voices().stream().anyMatch(voice -> voice.person().equals(one))) {
                tally.own++;
            } else {
                tally.traces.add(decision);
            }
        }
    }

    private boolean hadTime(PastDecision decision) {
        return switch (decision.result()) {
            case EXPIRED -> true;
            case APPROVED, DENIED ->
                decision.decided()
                        .filter(decided ->
                                Duration.between(decision.opened(), decided).compareTo(frame.medianWait()) >= 0)
                        .isPresent();
            default -> false;
        };
    }

    @Override
    public void report(Consumer<Insight> insights, Consumer<Silence> silences) {
        double confidence = frame.settings().confidence();
        long needed = Binomial.needed(RARELY, 1 - confidence);
        asked.forEach((one, tally) -> {
            boolean person = one.type().equals("user") || voters.contains(one);
            if ((person ? tally.own : tally.anybody) > 0) {
                return;
            }
            if (tally.asked < needed) {
                silences.accept(new Silence(
                        Kind.SILENT_APPROVER,
                        one.toString(),
                        "answered none of " + tally.asked + ", and it takes " + needed + " to say anything"));
                return;
            }
            insights.accept(new Draft(Kind.SILENT_APPROVER, one.toString(), one + " is asked and never answers")
                    .why((person ? one + " answered" : "Anybody of " + one + ", or beside it, answered") + " 0 of "
                            + tally.asked
                            + " requests that stayed open for " + Say.duration(frame.medianWait()) + " or more; "
                            + tally.expired + " of them expired.")
                    .number("asked", tally.asked)
                    .number("answered", 0)
                    .number("expired", tally.expired)
                    .number("answeredAtMost", Binomial.ruleOfThree(tally.asked, confidence))
                    .bound(Say.confidence(confidence) + " they answer less than "
                            + Say.share(Binomial.ruleOfThree(tally.asked, confidence)) + " (rule of three)")
                    .traces(tally.traces)
                    .severity(person ? Severity.LOW : Severity.HIGH)
                    .audience(person ? Audience.PRIVATE_FIRST : Audience.OWNERS)
                    .asOf(frame.asOf()));
        });
    }
}
