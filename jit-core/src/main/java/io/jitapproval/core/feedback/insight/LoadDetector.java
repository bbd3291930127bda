package io.jitapproval.core.feedback.insight;

import io.jitapproval.Ref;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.PastDecision.Voice;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import io.jitapproval.core.feedback.stats.Binomial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Who answers how much, how long requests wait, and for whom. */
final class LoadDetector implements Detector {

    private static final int HOURS = 24;
    /** Waiting less than this is nobody's trouble. */
    private static final Duration LONG = Duration.ofMinutes(30);

    private final Frame frame;
    private final Map<Ref, Person> people = new LinkedHashMap<>();
    private final Map<String, Action> actions = new TreeMap<>();
    private final Longs waits = new Longs();
    private final long[] opened = new long[HOURS];
    private final long[] votes = new long[HOURS];
    private final long[] queue = new long[HOURS];
    private final long[] queueKnown = new long[HOURS];
    private final Longs[] waitsByHour = new Longs[HOURS];
    private long requests;

    LoadDetector(Frame frame) {
        this.frame = frame;
        for (int hour = 0; hour < HOURS; hour++) {
            waitsByHour[hour] = new Longs();
        }
    }

    private static final class Person {
        private final Longs took = new Longs();
        private final Longs hours = new Longs();
        private int votes;
        private int approved;
    }

    private static final class Action {
        private final Map<Ref, int[]> last = new HashMap<>();
        private final Longs waits = new Longs();
        private final Traces traces = new Traces();
        private boolean hasOthers;
    }

    @Override
    public void see(PastDecision decision) {
        if (decision.route() != Route.PEOPLE && decision.route() != Route.AUDIT) {
            return;
        }
        requests++;
        int hour = hour(decision.opened());
        opened[hour]++;
        OptionalInt depth = decision.queueDepth();
        if (depth.isPresent()) {
            queue[hour] += depth.getAsInt();
            queueKnown[hour]++;
        }
        for (Voice voice : decision.voices()) {
            votes[hour(voice.at())]++;
            Person person = people.computeIfAbsent(voice.person(), key -> new Person());
            person.votes++;
            person.approved += voice.approved() ? 1 : 0;
            person.hours.add(Math.floorDiv(voice.at().getEpochSecond(), 3600));
            Duration took = voice.took().orElse(Duration.between(decision.opened(), voice.at()));
            if (!took.isNegative()) {
                person.took.add(took.toMillis());
            }
        }
        if (decision.isLabelled() && decision.decided().isPresent()) {
            long wait = Math.max(
                    0,
                    Duration.between(decision.opened(), decision.decided().get())
                            .toMillis());
            waits.add(wait);
            waitsByHour[hour].add(wait);
            last(decision, wait);
        }
    }

    private void last(PastDecision decision, long wait) {
        List<Voice> voices = decision.voices();
        if (voices.isEmpty()) {
            return;
        }
        Ref last = voices.get(voices.size() - 1).person();
        Action action = actions.computeIfAbsent(decision.request().action().name(), key -> new Action());
        action.last.computeIfAbsent(last, key -> new int[1])[0]++;
        action.waits.add(wait);
        action.hasOthers |= decision.asked().stream().anyMatch(one -> !one.equals(last));
        if (wait >= LONG.toMillis()) {
            action.traces.add(decision);
        }
    }

    private int hour(Instant at) {
        return at.atZone(frame.settings().zone()).getHour();
    }

    Load result() {
        long[] all = waits.sorted();
        List<Load.Person> persons = new ArrayList<>();
        people.forEach((who, person) -> {
            long[] took = person.took.sorted();
            persons.add(new Load.Person(
                    who,
                    person.votes,
                    person.approved,
                    Longs.quantile(took, 0.5),
                    Longs.quantile(took, 0.9),
                    longestRepeat(person.hours.sorted())));
        });
        persons.sort(Comparator.comparingInt(Load.Person::votes)
                .reversed()
                .thenComparing(person -> person.person().toString()));
        List<Load.Hour> hours = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            hours.add(new Load.Hour(
                    hour,
                    opened[hour],
                    votes[hour],
                    Longs.quantile(waitsByHour[hour].sorted(), 0.5),
                    queueKnown[hour] == 0 ? Double.NaN : (double) queue[hour] / queueKnown[hour]));
        }
        return new Load(requests, Longs.quantile(all, 0.5), Longs.quantile(all, 0.9), persons, hours);
    }

    private static int longestRepeat(long[] sorted) {
        int most = 0;
        int length = 0;
        for (int i = 0; i < sorted.length; i++) {
            length = i > 0 && sorted[i] == sorted[i - 1] ? length + 1 : 1;
            most = Math.max(most, length);
        }
        return most;
    }

    @Override
    public void report(Consumer<Insight> insights, Consumer<Silence> silences) {
        actions.forEach((name, action) -> {
            int n = action.waits.size();
            Map.Entry<Ref, int[]> first = action.last.entrySet().stream()
                    .max(Comparator.<Map.Entry<Ref, int[]>>comparingInt(entry -> entry.getValue()[0])
                            .thenComparing(entry -> entry.getKey().toString()))
                    .orElseThrow();
            long[] sorted = action.waits.sorted();
            Optional<Duration> median = Longs.quantile(sorted, 0.5);
            double confidence = frame.settings().confidence();
            double least = Binomial.lower(first.getValue()[0], n, confidence);
            if (least > 0.5
                    && (action.hasOthers || action.last.size() > 1)
                    && median.filter(wait -> wait.compareTo(LONG) >= 0).isPresent()) {
                insights.accept(new Draft(
                                Kind.BOTTLENECK,
                                name + " by " + first.getKey(),
                                "Requests for " + name + " wait for " + first.getKey())
                        .why(first.getKey() + " decided " + Say.of(first.getValue()[0], n)
                                + " requests, though others were asked or could answer, too; half of them waited "
                                + Say.duration(median.get()) + " or longer, one in ten "
                                + Say.duration(Longs.quantile(sorted, 0.9).orElseThrow()) + " or longer.")
                        .number("requests", n)
                        .number("decidedByThem", first.getValue()[0])
                        .number("decidedByThemAtLeast", least)
                        .number("deciders", action.last.size())
                        .number("medianWaitSeconds", median.get().toSeconds())
                        .bound(Say.confidence(confidence) + " they decide at least " + Say.share(least))
                        .traces(action.traces)
                        .severity(Severity.LOW)
                        .asOf(frame.asOf()));
            }
        });
    }
}
