package io.jitapproval.core.feedback.insight;

import io.jitapproval.Ref;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Voice;
import io.jitapproval.core.feedback.insight.Insight.Audience;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import io.jitapproval.core.feedback.stats.Discovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * People whose approvals seem to be given without looking. Only where at least two of four signals speak against them, each within comparable
 * requests, is anything said, and of all that is said few are wrong by chance. One signal alone, such as speed, says nothing.
 */
final class RubberStampDetector implements Detector {

    /** The pause after which a new batch begins. */
    static final Duration PAUSE = Duration.ofMinutes(5);

    private final Frame frame;
    private final Map<String, Integer> bins = new HashMap<>();
    private final Map<Ref, Votes> people = new LinkedHashMap<>();
    private final Map<Ref, Signals> found = new LinkedHashMap<>();
    private final Map<Ref, Traces> traces = new HashMap<>();
    private int judged;

    RubberStampDetector(Frame frame) {
        this.frame = frame;
    }

    @Override
    public void see(PastDecision decision) {
        if (!decision.isLabelled() || decision.voices().isEmpty()) {
            return;
        }
        int bin = bins.computeIfAbsent(frame.bin(decision), key -> bins.size());
        for (Voice voice : decision.voices()) {
            if (Frame.isNamed(voice.person())) {
                people.computeIfAbsent(voice.person(), key -> new Votes())
                        .add(
                                voice.at().getEpochSecond(),
                                bin,
                                voice.approved(),
                                voice.took().isPresent(),
                                isFast(voice),
                                voice.approved() && isUndone(decision, voice));
            }
        }
    }

    private boolean isFast(Voice voice) {
        return voice.took()
                .filter(took -> took.compareTo(frame.settings().readingFloor()) < 0)
                .isPresent();
    }

    /** Whether what they approved turned out wrong, or others who looked said no. */
    private boolean isUndone(PastDecision decision, Voice voice) {
        return decision.outcome() == Outcome.REVERSED
                || decision.outcome() == Outcome.INCIDENT
                || frame.wasDeniedInAudit(decision)
                || decision.voices().stream()
                        .anyMatch(other -> !other.approved() && !other.person().equals(voice.person()));
    }

    @Override
    public void conclude() {
        Votes.Totals all = new Votes.Totals(bins.size());
        people.values().forEach(all::add);
        List<Ref> order = new ArrayList<>();
        List<Signals> signals = new ArrayList<>();
        people.forEach((person, votes) -> {
            Signals against = Signals.of(votes, all);
            if (against != null) {
                order.add(person);
                signals.add(against);
            }
        });
        judged = order.size();
        double[] values = signals.stream().mapToDouble(Signals::p).toArray();
        boolean[] rejected =
                Discovery.benjaminiHochberg(values, frame.settings().discoveries());
        for (int i = 0; i < rejected.length; i++) {
            if (rejected[i]) {
                found.put(order.get(i), signals.get(i));
            }
        }
    }

    @Override
    public void again(PastDecision decision) {
        if (found.isEmpty() || !decision.isLabelled()) {
            return;
        }
        Set<Ref> once = new HashSet<>();
        for (Voice voice : decision.voices()) {
            if (found.containsKey(voice.person())
                    && voice.approved()
                    && (isFast(voice) || isUndone(decision, voice))
                    && once.add(voice.person())) {
                traces.computeIfAbsent(voice.person(), key -> new Traces()).add(decision);
            }
        }
    }

    RubberStamps result() {
        return new RubberStamps(found.keySet());
    }

    @Override
    public void report(Consumer<Insight> insights, Consumer<Silence> silences) {
        if (judged < people.size()) {
            silences.accept(new Silence(
                    Kind.RUBBER_STAMP,
                    "deciders",
                    Say.of((long) people.size() - judged, people.size())
                            + " people have too few votes, or too few others who answer comparable requests"));
        }
        found.forEach((person, signals) -> insights.accept(new Draft(
                        Kind.RUBBER_STAMP,
                        person.toString(),
                        "Approvals of " + person + " may be given without looking")
                .why(signals.words(frame.settings().readingFloor())
                        + " Shown to them first; nothing follows from it but that their approvals are not learnt from.")
                .number("votes", signals.votes())
                .number("denied", signals.denied())
                .number("deniedIfLikeOthers", signals.expectedDenials())
                .number("timed", signals.timed())
                .number("fast", signals.fast())
                .number("fastShareOfOthers", signals.fastOfOthers())
                .number("longestRunOfApprovals", signals.run())
                .number("lateInBatch", signals.late())
                .number("deniedLate", signals.deniedLate())
                .number("undone", signals.undone())
                .number("undoneIfLikeOthers", signals.expectedUndone())
                .number("pLenient", signals.lenient())
                .number("pHasty", signals.hasty())
                .number("pDrift", signals.drift())
                .number("pUndone", signals.reversed())
                .number("judged", judged)
                .number("p", signals.p())
                .bound("at least two of four signals: p = " + Signals.text(signals.p())
                        + " (partial conjunction); among "
                        + judged + " people at most "
                        + Say.share(frame.settings().discoveries())
                        + " of such findings are false (Benjamini-Hochberg)")
                .traces(traces.getOrDefault(person, new Traces()))
                .severity(Severity.MEDIUM)
                .audience(Audience.PRIVATE_FIRST)
                .asOf(frame.asOf())));
    }
}
