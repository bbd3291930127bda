package io.jitapproval.core.feedback.insight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The most surprising uses of each week, so many and no more. */
final class Budget {

    private static final Comparator<Candidate> LEAST_FIRST = Comparator.comparingDouble(Candidate::surprise)
            .thenComparing(Candidate::subject, Comparator.reverseOrder());

    private final int weekly;
    private final Map<Long, PriorityQueue<Candidate>> weeks = new TreeMap<>(Comparator.reverseOrder());
    private long left;

    Budget(int weekly) {
        this.weekly = weekly;
    }

    /**
     * What may be shown.
     *
     * @param week     the week, counted from the Epoch
     * @param surprise -ln p
     * @param subject  orders what surprises equally
     * @param insight  writes it
     */
    record Candidate(long week, double surprise, String subject, Supplier<Insight> insight) {}

    static long weekOf(long epochDay) {
        return Math.floorDiv(epochDay + 3, 7);
    }

    void offer(Candidate candidate) {
        PriorityQueue<Candidate> week =
                weeks.computeIfAbsent(candidate.week(), key -> new PriorityQueue<>(LEAST_FIRST));
        week.add(candidate);
        if (week.size() > weekly) {
            week.remove();
            left++;
        }
    }

    /** How many were not shown. */
    long left() {
        return left;
    }

    /** The newest week first, in it the most surprising first. */
    List<Insight> insights() {
        List<Insight> insights = new ArrayList<>();
        weeks.values()
                .forEach(week -> week.stream()
                        .sorted(LEAST_FIRST.reversed())
                        .forEach(candidate -> insights.add(candidate.insight().get())));
        return insights;
    }
}
