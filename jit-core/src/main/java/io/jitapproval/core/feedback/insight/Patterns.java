package io.jitapproval.core.feedback.insight;

import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.insight.Budget.Candidate;
import io.jitapproval.core.feedback.insight.Insight.Audience;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import io.jitapproval.core.feedback.stats.Discovery;
import io.jitapproval.core.feedback.stats.Fisher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Uses that are rare among the subject's peers and are not rare elsewhere. Surprise is -ln p, where p is the probability that peers do it as
 * seldom if they are as everybody else; where nobody else ever touched the resource, its type is looked at instead. What is rare everywhere
 * is no surprise, and one's own repetitions do not make it usual.
 */
final class Patterns implements Detector {

    private static final int MOST_SEEN = 50;
    private static final double SELDOM = 0.25;
    private static final double LIKELY = 0.001;

    private final Frame frame;
    private final Budget budget;
    private final Counts counts = new Counts();
    private final Counts tested = new Counts();
    private final List<Rare> rare = new ArrayList<>();
    private boolean hasPeers;
    /** How many different uses there are. */
    private int different;

    Patterns(Frame frame, Budget budget) {
        this.frame = frame;
        this.budget = budget;
    }

    /** By other peers, of all of theirs; by everybody else, of all of theirs. */
    private record Compared(long byPeers, long ofPeers, long elsewhere, long ofElsewhere) {}

    /** A use that may be shown. */
    private record Rare(
            double p, String subject, String title, String seen, Compared counts, Traces traces, long week) {}

    @Override
    public void see(PastDecision decision) {
        String subject = Frame.subject(decision);
        String peers = frame.peers(decision);
        hasPeers |= !peers.isEmpty();
        counts.add(Counts.key("all"));
        counts.add(Counts.key("g", peers));
        counts.add(Counts.key("s", subject));
        String action = decision.request().action().name();
        String type = decision.request().resource().type();
        String id = decision.request().resource().id();
        for (String[] what : new String[][] {{action, type, id}, {action, type, ""}}) {
            counts.add(Counts.key("all", what[0], what[1], what[2]));
            counts.add(Counts.key("g", peers, what[0], what[1], what[2]));
            int before = counts.add(Counts.key("s", subject, what[0], what[1], what[2]));
            different += before == 0 && !what[2].isEmpty() ? 1 : 0;
        }
    }

    @Override
    public void again(PastDecision decision) {
        String peers = frame.peers(decision);
        String subject = Frame.subject(decision);
        String action = decision.request().action().name();
        String type = decision.request().resource().type();
        String id = decision.request().resource().id();
        if (peers.isEmpty() || tested.add(Counts.key("s", subject, action, type, id)) > 0) {
            return;
        }
        Compared seen = compare(subject, peers, action, type, id);
        String what = action + " on " + type + "/" + id;
        if (seen.elsewhere() == 0) {
            seen = compare(subject, peers, action, type, "");
            what = action + " on any " + type;
        }
        double usual = seen.ofElsewhere() == 0 ? 0 : (double) seen.elsewhere() / seen.ofElsewhere() * seen.ofPeers();
        if (seen.byPeers() > MOST_SEEN || seen.byPeers() >= SELDOM * usual) {
            return;
        }
        double p = Fisher.less(seen.byPeers(), seen.ofPeers(), seen.elsewhere(), seen.ofElsewhere());
        if (p <= LIKELY) {
            Traces traces = new Traces();
            traces.add(decision);
            long day = decision.opened()
                    .atZone(frame.settings().zone())
                    .toLocalDate()
                    .toEpochDay();
            rare.add(new Rare(
                    p,
                    subject + " " + action + " on " + type + "/" + id,
                    subject + " did " + what + ", which peers hardly do",
                    what + " was seen " + Say.of(seen.byPeers(), seen.ofPeers()) + " times for others of " + peers
                            + ", and "
                            + Say.of(seen.elsewhere(), seen.ofElsewhere()) + " times elsewhere ("
                            + Say.share((double) seen.elsewhere() / seen.ofElsewhere()) + ").",
                    seen,
                    traces,
                    Budget.weekOf(day)));
        }
    }

    private Compared compare(String subject, String peers, String action, String type, String id) {
        long own = counts.get(Counts.key("s", subject, action, type, id));
        long group = counts.get(Counts.key("g", peers, action, type, id));
        long all = counts.get(Counts.key("all", action, type, id));
        long ofOwn = counts.get(Counts.key("s", subject));
        long ofGroup = counts.get(Counts.key("g", peers));
        long ofAll = counts.get(Counts.key("all"));
        return new Compared(
                Math.max(0, group - own),
                Math.max(Math.max(0, group - own), ofGroup - ofOwn),
                all - group,
                ofAll - ofGroup);
    }

    @Override
    public void report(Consumer<Insight> insights, Consumer<Silence> silences) {
        if (!hasPeers) {
            silences.accept(new Silence(
                    Kind.UNUSUAL_USE,
                    "peers",
                    "no subject has any of " + frame.settings().peers() + ", so that nobody has peers"));
        }
        double[] values = rare.stream().mapToDouble(Rare::p).toArray();
        boolean[] rejected =
                Discovery.benjaminiHochberg(values, different, frame.settings().discoveries());
        for (int i = 0; i < rejected.length; i++) {
            if (rejected[i]) {
                Rare one = rare.get(i);
                double surprise = -Math.log(Math.max(one.p(), 1e-300));
                budget.offer(new Candidate(
                        one.week(),
                        surprise,
                        one.subject(),
                        () -> new Draft(Kind.UNUSUAL_USE, one.subject(), one.title())
                                .why(one.seen())
                                .number("byPeers", one.counts().byPeers())
                                .number("ofPeers", one.counts().ofPeers())
                                .number("elsewhere", one.counts().elsewhere())
                                .number("ofElsewhere", one.counts().ofElsewhere())
                                .number("surprise", surprise)
                                .bound("p = " + Signals.text(one.p()) + " (exact, false discoveries controlled over "
                                        + different + " different uses)")
                                .traces(one.traces())
                                .severity(Severity.MEDIUM)
                                .audience(Audience.REVIEWERS)
                                .asOf(frame.asOf())));
            }
        }
    }
}
