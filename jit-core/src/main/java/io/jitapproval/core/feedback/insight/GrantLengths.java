package io.jitapproval.core.feedback.insight;

import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.GrantUse;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.stats.OrderStatistic;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Grants that last longer, or have more uses, than nineteen of twenty need. A grant that was still used when it ended, or that somebody
 * revoked, needed at least what it had: it counts as if it needed for ever, and can shorten nothing.
 */
final class GrantLengths implements Detector {

    static final double QUANTILE = 0.95;
    /** A change that saves less is not worth it. */
    private static final double WORTH = 0.75;
    /** Used within this share of its length from its end, a grant was still in use. */
    private static final double AT_THE_END = 0.05;

    private final Frame frame;
    private final Map<String, Tally> byRule = new LinkedHashMap<>();

    GrantLengths(Frame frame) {
        this.frame = frame;
    }

    /** The grants of one rule, or of several that gave them together. */
    private static final class Tally {
        private final boolean single;
        private final Longs used = new Longs();
        private final Longs needed = new Longs();
        private final Longs uses = new Longs();
        private final Longs usesNeeded = new Longs();
        private final Traces traces = new Traces();
        private long longest;
        private int mostUses;
        private int censored;
        private int spent;
        private int unused;

        Tally(boolean single) {
            this.single = single;
        }
    }

    @Override
    public void see(PastDecision decision) {
        if (!decision.isApproved()
                || decision.grant().isEmpty()
                || decision.rules().isEmpty()) {
            return;
        }
        GrantUse grant = decision.grant().get();
        Instant end = grant.ended().orElse(grant.until());
        long length = Duration.between(grant.from(), grant.until()).toMillis();
        if (end.isAfter(frame.asOf()) || length <= 0) {
            return;
        }
        Tally tally = byRule.computeIfAbsent(
                String.join(" + ", decision.rules()),
                key -> new Tally(decision.rules().size() == 1));
        tally.longest = Math.max(tally.longest, length);
        tally.mostUses = Math.max(tally.mostUses, grant.maxUses());
        if (grant.lastUse().isEmpty()) {
            tally.unused++;
            return;
        }
        long used = Math.max(
                0, Duration.between(grant.from(), grant.lastUse().get()).toMillis());
        boolean isCensored = grant.revokedBy().isPresent() || used >= length * (1 - AT_THE_END);
        tally.used.add(used);
        tally.needed.add(isCensored ? Long.MAX_VALUE : used);
        tally.censored += isCensored ? 1 : 0;
        if (grant.maxUses() > 0) {
            boolean isSpent =
                    grant.uses() >= grant.maxUses() || grant.revokedBy().isPresent();
            tally.uses.add(grant.uses());
            tally.usesNeeded.add(isSpent ? Long.MAX_VALUE : grant.uses());
            tally.spent += isSpent ? 1 : 0;
        }
        tally.traces.add(decision);
    }

    @Override
    public void report(Consumer<Insight> insights, Consumer<Silence> silences) {
        byRule.forEach((rule, tally) -> {
            length(rule, tally, insights, silences);
            uses(rule, tally, insights);
        });
    }

    private void length(String rule, Tally tally, Consumer<Insight> insights, Consumer<Silence> silences) {
        String subject = "rule " + rule;
        double confidence = frame.settings().confidence();
        int n = tally.needed.size();
        OptionalInt rank = OrderStatistic.upper(n, QUANTILE, confidence);
        if (rank.isEmpty()) {
            silences.accept(new Silence(
                    Kind.GRANT_TOO_LONG,
                    subject,
                    n + " grants were used, and it takes " + OrderStatistic.needed(QUANTILE, confidence)));
            return;
        }
        long need = tally.needed.sorted()[rank.getAsInt() - 1];
        long current = frame.rule(rule)
                .flatMap(view -> view.requirement())
                .map(asked -> asked.grant().within().toMillis())
                .orElse(tally.longest);
        if (need == Long.MAX_VALUE) {
            silences.accept(new Silence(
                    Kind.GRANT_TOO_LONG,
                    subject,
                    Say.of(tally.censored, n) + " grants were still used when they ended"));
            return;
        }
        Duration proposed = Say.round(Duration.ofMillis(Math.max(need, 1)));
        if (proposed.toMillis() > WORTH * current) {
            return;
        }
        long cut = Arrays.stream(tally.used.sorted())
                .filter(used -> used > proposed.toMillis())
                .count();
        Draft draft = new Draft(
                        Kind.GRANT_TOO_LONG,
                        subject,
                        "Grants of " + subject + " need " + Say.duration(proposed) + ", not "
                                + Say.duration(Duration.ofMillis(current)))
                .why("The last use of " + Say.of(n - cut, n) + " used grants began or ended within "
                        + Say.duration(proposed)
                        + "; a grant of that length would have cut " + Say.of(cut, n) + ". " + tally.censored
                        + " were still used when they ended and were taken to need more; " + tally.unused
                        + " were never used and say nothing.")
                .number("used", n)
                .number("cut", cut)
                .number("stillUsedAtTheEnd", tally.censored)
                .number("neverUsed", tally.unused)
                .number("rank", rank.getAsInt())
                .number("boundSeconds", need / 1000)
                .number("currentSeconds", current / 1000)
                .number("proposedSeconds", proposed.toSeconds())
                .bound(bound(rank.getAsInt(), n, Say.duration(Duration.ofMillis(need))))
                .traces(tally.traces)
                .severity(Insight.Severity.LOW);
        insights.accept((tally.single ? draft.change(rule, "grant.within", Say.quoted(proposed.toString())) : draft)
                .asOf(frame.asOf()));
    }

    private String bound(int rank, int n, String value) {
        return Say.confidence(frame.settings().confidence()) + " at least " + Say.share(QUANTILE)
                + " of such grants need at most " + value + " (value " + rank + " of " + n + " in order)";
    }

    private void uses(String rule, Tally tally, Consumer<Insight> insights) {
        int n = tally.usesNeeded.size();
        OptionalInt rank = OrderStatistic.upper(n, QUANTILE, frame.settings().confidence());
        if (rank.isEmpty()) {
            return;
        }
        long need = tally.usesNeeded.sorted()[rank.getAsInt() - 1];
        int current = frame.rule(rule)
                .flatMap(view -> view.requirement())
                .map(asked -> asked.grant().uses())
                .orElse(tally.mostUses);
        if (need == Long.MAX_VALUE || need < 1 || need > WORTH * current) {
            return;
        }
        long cut =
                Arrays.stream(tally.uses.sorted()).filter(uses -> uses > need).count();
        Draft draft = new Draft(
                        Kind.TOO_MANY_USES,
                        "rule " + rule,
                        "Grants of rule " + rule + " need " + need + " uses, not " + current)
                .why(Say.of(n - cut, n) + " used grants had at most " + need + " uses; so many would have cut "
                        + Say.of(cut, n) + ". " + tally.spent + " were used up or revoked and were taken to need more.")
                .number("used", n)
                .number("cut", cut)
                .number("usedUp", tally.spent)
                .number("rank", rank.getAsInt())
                .number("current", current)
                .number("proposed", need)
                .bound(bound(rank.getAsInt(), n, need + " uses"))
                .traces(tally.traces)
                .severity(Insight.Severity.LOW);
        insights.accept(
                (tally.single ? draft.change(rule, "grant.uses", Long.toString(need)) : draft).asOf(frame.asOf()));
    }
}
