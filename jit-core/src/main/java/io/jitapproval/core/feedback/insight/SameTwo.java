package io.jitapproval.core.feedback.insight;

import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Voice;
import io.jitapproval.core.feedback.insight.Insight.Audience;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import io.jitapproval.core.feedback.stats.Discovery;
import io.jitapproval.core.feedback.stats.Fisher;
import io.jitapproval.core.feedback.stats.Fisher.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A requester whose requests one person approves far more often than that person approves others' for the same actions. Silent where most
 * requesters have such a person: then it is how the house works, such as asking the line manager.
 */
final class SameTwo implements Detector {

    private static final int FEWEST = 10;
    private static final double USUAL = 0.2;

    private final Frame frame;
    private final Counts counts = new Counts();
    private final Map<String, Set<String>> actions = new HashMap<>();
    private final Map<String, Pair> pairs = new LinkedHashMap<>();

    SameTwo(Frame frame) {
        this.frame = frame;
    }

    /** A requester and an approver. */
    private static final class Pair {
        private final String requester;
        private final String approver;
        private final Traces traces = new Traces();
        private long approved;
        private long requests;
        private double expected;
        private double p = 1;

        Pair(String requester, String approver) {
            this.requester = requester;
            this.approver = approver;
        }
    }

    private static boolean counts(PastDecision decision) {
        return decision.isLabelled() && decision.isApproved() && Frame.isNamed(decision);
    }

    @Override
    public void see(PastDecision decision) {
        if (!counts(decision)) {
            return;
        }
        String subject = Frame.subject(decision);
        String action = decision.request().action().name();
        actions.computeIfAbsent(subject, key -> new TreeSet<>()).add(action);
        counts.add(Counts.key("n", action));
        counts.add(Counts.key("n", subject, action));
        for (Voice voice : decision.voices()) {
            if (voice.approved() && Frame.isNamed(voice.person())) {
                String approver = voice.person().toString();
                counts.add(Counts.key("a", approver, action));
                counts.add(Counts.key("p", subject, approver, action));
                if (counts.add(Counts.key("p", subject, approver)) + 1 == FEWEST) {
                    pairs.put(subject + "\n" + approver, new Pair(subject, approver));
                }
            }
        }
    }

    @Override
    public void conclude() {
        pairs.values().forEach(this::judge);
        List<Pair> all = new ArrayList<>(pairs.values());
        boolean[] rejected = Discovery.benjaminiHochberg(
                all.stream().mapToDouble(pair -> pair.p).toArray(),
                frame.settings().discoveries());
        for (int i = 0; i < rejected.length; i++) {
            if (!rejected[i]) {
                pairs.remove(all.get(i).requester + "\n" + all.get(i).approver);
            }
        }
    }

    private void judge(Pair pair) {
        List<Table> tables = new ArrayList<>();
        for (String action : actions.getOrDefault(pair.requester, Set.of())) {
            long some = counts.get(Counts.key("p", pair.requester, pair.approver, action));
            long n = counts.get(Counts.key("n", pair.requester, action));
            Table table = new Table(
                    some,
                    n,
                    counts.get(Counts.key("a", pair.approver, action)) - some,
                    counts.get(Counts.key("n", action)) - n);
            pair.approved += some;
            pair.requests += n;
            if (table.m() > 0) {
                tables.add(table);
                pair.expected += table.n() * (double) table.others() / table.m();
            }
        }
        if (!tables.isEmpty() && 2 * pair.approved >= pair.requests && pair.approved >= 2 * pair.expected) {
            pair.p = Fisher.greater(tables);
        }
    }

    @Override
    public void again(PastDecision decision) {
        if (counts(decision) && !pairs.isEmpty()) {
            for (Voice voice : decision.voices()) {
                Pair pair = voice.approved() ? pairs.get(Frame.subject(decision) + "\n" + voice.person()) : null;
                if (pair != null) {
                    pair.traces.add(decision);
                }
            }
        }
    }

    @Override
    public void report(Consumer<Insight> insights, Consumer<Silence> silences) {
        Set<String> requesters = new HashSet<>();
        pairs.values().forEach(pair -> requesters.add(pair.requester));
        if (requesters.size() > 2 && requesters.size() > USUAL * actions.size()) {
            silences.accept(
                    new Silence(
                            Kind.SAME_TWO,
                            "requesters",
                            Say.of(requesters.size(), actions.size())
                                    + " requesters have one person who approves most of their requests: that is how it is done here"));
            return;
        }
        for (Pair pair : pairs.values()) {
            int back = counts.get(Counts.key("p", pair.approver, pair.requester));
            insights.accept(new Draft(
                            Kind.SAME_TWO,
                            pair.requester + " by " + pair.approver,
                            pair.approver + " approves most requests of " + pair.requester)
                    .why(pair.approver + " approved " + Say.of(pair.approved, pair.requests) + " approved requests of "
                            + pair.requester + "; if it were as for others' requests for the same actions, about "
                            + Math.round(pair.expected) + "."
                            + (back == 0 ? "" : " The other way round there are " + back + "."))
                    .number("approved", pair.approved)
                    .number("requests", pair.requests)
                    .number("expected", pair.expected)
                    .number("theOtherWayRound", back)
                    .number("p", pair.p)
                    .bound("p = " + Signals.text(pair.p) + " (exact by action, false discoveries controlled)")
                    .traces(pair.traces)
                    .severity(back >= FEWEST ? Severity.HIGH : Severity.MEDIUM)
                    .audience(Audience.REVIEWERS)
                    .asOf(frame.asOf()));
        }
    }
}
