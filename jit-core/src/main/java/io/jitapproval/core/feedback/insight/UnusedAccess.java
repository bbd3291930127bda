package io.jitapproval.core.feedback.insight;

import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.GrantUse;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import io.jitapproval.core.feedback.stats.Binomial;
import io.jitapproval.core.feedback.stats.Discovery;
import io.jitapproval.core.feedback.stats.Fisher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Subjects who leave more of their grants unused than their peers do. */
final class UnusedAccess implements Detector {

    private static final int FEWEST_PEERS = 3;
    private static final int FEWEST_GRANTS_OF_PEERS = 30;
    private static final int FEWEST_GRANTS = 5;

    private final Frame frame;
    private final Map<String, Tally> subjects = new LinkedHashMap<>();
    private final Map<String, long[]> groups = new LinkedHashMap<>();
    private final Map<String, Tally> found = new LinkedHashMap<>();

    UnusedAccess(Frame frame) {
        this.frame = frame;
    }

    /** One subject. */
    private static final class Tally {
        private final String peers;
        private long granted;
        private long unused;
        private final Traces traces = new Traces();

        Tally(String peers) {
            this.peers = peers;
        }
    }

    /** Null if the grant still runs. */
    private boolean isOver(PastDecision decision) {
        return decision.isApproved()
                && decision.grant()
                        .filter(grant -> !grant.ended().orElse(grant.until()).isAfter(frame.asOf()))
                        .isPresent();
    }

    private static boolean isUnused(PastDecision decision) {
        GrantUse grant = decision.grant().orElseThrow();
        return grant.uses() == 0 && grant.firstUse().isEmpty();
    }

    @Override
    public void see(PastDecision decision) {
        if (!isOver(decision) || !Frame.isNamed(decision)) {
            return;
        }
        String peers = frame.peers(decision);
        Tally tally = subjects.computeIfAbsent(Frame.subject(decision), key -> new Tally(peers));
        long[] group = groups.computeIfAbsent(tally.peers, key -> new long[3]);
        group[0] += tally.granted == 0 ? 1 : 0;
        group[1]++;
        tally.granted++;
        if (isUnused(decision)) {
            group[2]++;
            tally.unused++;
        }
    }

    @Override
    public void conclude() {
        List<String> judged = new ArrayList<>();
        subjects.forEach((subject, tally) -> {
            long[] group = groups.getOrDefault(tally.peers, new long[3]);
            if (!tally.peers.isEmpty()
                    && tally.granted >= FEWEST_GRANTS
                    && group[0] > FEWEST_PEERS
                    && group[1] - tally.granted >= FEWEST_GRANTS_OF_PEERS
                    && frame.wasThere(subject)) {
                judged.add(subject);
            }
        });
        double[] values = judged.stream()
                .map(subjects::get)
                .mapToDouble(tally -> {
                    long[] group = groups.getOrDefault(tally.peers, new long[3]);
                    return Fisher.greater(
                            tally.unused, tally.granted, group[2] - tally.unused, group[1] - tally.granted);
                })
                .toArray();
        boolean[] rejected =
                Discovery.benjaminiHochberg(values, frame.settings().discoveries());
        for (int i = 0; i < rejected.length; i++) {
            if (rejected[i]) {
                found.put(judged.get(i), subjects.get(judged.get(i)));
            }
        }
    }

    @Override
    public void again(PastDecision decision) {
        Tally tally = found.get(Frame.subject(decision));
        if (tally != null && isOver(decision) && isUnused(decision)) {
            tally.traces.add(decision);
        }
    }

    @Override
    public void report(Consumer<Insight> insights, Consumer<Silence> silences) {
        long late =
                subjects.keySet().stream().filter(one -> !frame.wasThere(one)).count();
        if (late > 0) {
            silences.accept(new Silence(
                    Kind.UNUSED_ACCESS,
                    "subjects",
                    late + " subjects were not there for the whole window, and are not judged"));
        }
        double confidence = frame.settings().confidence();
        found.forEach((subject, tally) -> {
            long[] group = groups.getOrDefault(tally.peers, new long[3]);
            long others = group[1] - tally.granted;
            long unused = group[2] - tally.unused;
            double twoSided = (1 + confidence) / 2;
            insights.accept(
                    new Draft(Kind.UNUSED_ACCESS, subject, subject + " leaves more grants unused than their peers")
                            .why(Say.of(tally.unused, tally.granted) + " grants of " + subject
                                    + " were never used; among " + (group[0] - 1)
                                    + " peers (" + tally.peers + ") " + Say.of(unused, others) + " ("
                                    + Say.share((double) unused / others) + ").")
                            .number("granted", tally.granted)
                            .number("unused", tally.unused)
                            .number("peers", group[0] - 1)
                            .number("grantedToPeers", others)
                            .number("unusedByPeers", unused)
                            .number("unusedAtLeast", Binomial.lower(tally.unused, tally.granted, twoSided))
                            .number("unusedAtMost", Binomial.upper(tally.unused, tally.granted, twoSided))
                            .number("p", Fisher.greater(tally.unused, tally.granted, unused, others))
                            .bound(Say.confidence(confidence) + " they leave "
                                    + Say.share(Binomial.lower(tally.unused, tally.granted, twoSided)) + " to "
                                    + Say.share(Binomial.upper(tally.unused, tally.granted, twoSided))
                                    + " unused (exact); at most "
                                    + Say.share(frame.settings().discoveries())
                                    + " of such findings are false")
                            .traces(tally.traces)
                            .severity(Severity.MEDIUM)
                            .asOf(frame.asOf()));
        });
    }
}
