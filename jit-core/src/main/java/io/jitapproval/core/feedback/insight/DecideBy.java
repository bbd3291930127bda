package io.jitapproval.core.feedback.insight;

import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import io.jitapproval.core.feedback.stats.Binomial;
import io.jitapproval.core.feedback.stats.OrderStatistic;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Rules whose requests expire too often, or wait much longer than anybody takes to answer. */
final class DecideBy implements Detector {

    /** More than this share expired is too much. */
    private static final double TOO_MANY = 0.1;
    /** An end later than this many times what people take helps nobody. */
    private static final int TOO_LATE = 4;

    private final Frame frame;
    private final Map<String, Tally> byRule = new LinkedHashMap<>();

    DecideBy(Frame frame) {
        this.frame = frame;
    }

    /** One rule, or several that asked together. */
    private static final class Tally {
        private final boolean single;
        private final Longs waits = new Longs();
        private final Traces expired = new Traces();
        private final Traces decided = new Traces();
        private int expirations;
        private long allowed;

        Tally(boolean single) {
            this.single = single;
        }
    }

    @Override
    public void see(PastDecision decision) {
        boolean isExpired = decision.result() == Result.EXPIRED;
        if ((decision.route() != Route.PEOPLE && decision.route() != Route.AUDIT)
                || decision.rules().isEmpty()
                || !(isExpired || (decision.isLabelled() && decision.decided().isPresent()))) {
            return;
        }
        Tally tally = byRule.computeIfAbsent(
                String.join(" + ", decision.rules()),
                key -> new Tally(decision.rules().size() == 1));
        decision.decideBy()
                .ifPresent(by -> tally.allowed = Math.max(
                        tally.allowed, Duration.between(decision.opened(), by).toMillis()));
        tally.waits.add(
                isExpired
                        ? Long.MAX_VALUE
                        : Math.max(
                                0,
                                Duration.between(
                                                decision.opened(),
                                                decision.decided().orElseThrow())
                                        .toMillis()));
        tally.expirations += isExpired ? 1 : 0;
        (isExpired ? tally.expired : tally.decided).add(decision);
    }

    @Override
    public void report(Consumer<Insight> insights, Consumer<Silence> silences) {
        byRule.forEach((rule, tally) -> {
            long allowed = frame.rule(rule)
                    .flatMap(view -> view.requirement())
                    .map(asked -> asked.decideWithin().toMillis())
                    .orElse(tally.allowed);
            double confidence = frame.settings().confidence();
            int n = tally.waits.size();
            double least = Binomial.lower(tally.expirations, n, confidence);
            if (least > TOO_MANY) {
                insights.accept(tooShort(rule, tally, allowed, least));
                return;
            }
            OptionalInt rank = OrderStatistic.upper(n, GrantLengths.QUANTILE, confidence);
            if (rank.isPresent() && allowed > 0) {
                long[] waits = tally.waits.sorted();
                long need = waits[rank.getAsInt() - 1];
                if (need < allowed / TOO_LATE) {
                    Duration proposed = Say.round(Duration.ofMillis(Math.max(need, 1) * 2));
                    insights.accept(tooLong(rule, tally, allowed, rank.getAsInt(), proposed, waits));
                }
            }
        });
    }

    private Insight tooShort(String rule, Tally tally, long allowed, double least) {
        int n = tally.waits.size();
        return new Draft(Kind.DECIDE_BY_TOO_SHORT, "rule " + rule, "Requests of rule " + rule + " expire")
                .why(Say.of(tally.expirations, n) + " requests expired before anybody answered; they could wait "
                        + Say.duration(Duration.ofMillis(allowed)) + ". Ask more people, or give them longer.")
                .number("requests", n)
                .number("expired", tally.expirations)
                .number("expiredAtLeast", least)
                .number("decideWithinSeconds", allowed / 1000)
                .bound(Say.confidence(frame.settings().confidence()) + " at least " + Say.share(least) + " expire")
                .traces(tally.expired)
                .severity(Severity.MEDIUM)
                .asOf(frame.asOf());
    }

    private Insight tooLong(String rule, Tally tally, long allowed, int rank, Duration proposed, long[] waits) {
        int n = waits.length;
        long missed = Arrays.stream(waits)
                .filter(wait -> wait != Long.MAX_VALUE && wait > proposed.toMillis())
                .count();
        Draft draft = new Draft(
                        Kind.DECIDE_BY_TOO_LONG,
                        "rule " + rule,
                        "Requests of rule " + rule + " may wait much longer than answers take")
                .why("Requests may wait " + Say.duration(Duration.ofMillis(allowed)) + "; with "
                        + Say.duration(proposed) + " " + Say.of(missed, n) + " answers would have come too late. "
                        + tally.expirations + " expired.")
                .number("requests", n)
                .number("expired", tally.expirations)
                .number("missed", missed)
                .number("rank", rank)
                .number("boundSeconds", waits[rank - 1] / 1000)
                .number("decideWithinSeconds", allowed / 1000)
                .number("proposedSeconds", proposed.toSeconds())
                .bound(Say.confidence(frame.settings().confidence()) + " at least " + Say.share(GrantLengths.QUANTILE)
                        + " are answered within " + Say.duration(Duration.ofMillis(waits[rank - 1])) + " (value " + rank
                        + " of " + n + " in order); twice that is proposed")
                .traces(tally.decided)
                .severity(Severity.INFO);
        return (tally.single ? draft.change(rule, "approval.decideWithin", Say.quoted(proposed.toString())) : draft)
                .asOf(frame.asOf());
    }
}
