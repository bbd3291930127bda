package io.jitapproval.core.feedback.insight;

import io.jitapproval.core.feedback.stats.Discovery;
import io.jitapproval.core.feedback.stats.Fisher;
import io.jitapproval.core.feedback.stats.Fisher.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What speaks for somebody approving without looking, against others on comparable requests. Each p-value is exact and given its stratum;
 * where the effect is too small to matter it is 1.
 *
 * @param votes           how many votes on requests that others answer, too
 * @param denied          how many of them denied
 * @param expectedDenials how many would be, if they denied as others do
 * @param timed           of how many it is known how long they took
 * @param fast            how many of these took less than reading takes
 * @param fastOfOthers    the share of others' on comparable requests
 * @param run             the longest run of approvals
 * @param late            how many votes came late in a batch
 * @param deniedLate      how many of them denied
 * @param undone          how many approvals were undone or contradicted
 * @param expectedUndone  how many would be, if theirs were as others'
 * @param lenient         p-value: they deny less than others
 * @param hasty           p-value: they are faster than reading more often than others
 * @param drift           p-value: they deny less late in a batch than early
 * @param reversed        p-value: their approvals are undone more often than others'
 */
record Signals(
        long votes,
        long denied,
        double expectedDenials,
        long timed,
        long fast,
        double fastOfOthers,
        int run,
        long late,
        long deniedLate,
        long undone,
        double expectedUndone,
        double lenient,
        double hasty,
        double drift,
        double reversed) {

    private static final int FEWEST = 50;
    private static final int LATE = 10;
    private static final double HALF = 0.5;
    private static final double FAST_SHARE = 0.25;
    private static final double MORE = 1.5;

    /** The p-value of at least two signals. */
    double p() {
        return Discovery.atLeastTwo(lenient, hasty, drift, reversed);
    }

    /** Null if there is too little to compare. */
    static @Nullable Signals of(Votes person, Votes.Totals all) {
        int bins = all.votes.length;
        Votes.Totals own = new Votes.Totals(bins);
        own.add(person);
        List<Table> denials = new ArrayList<>();
        List<Table> speed = new ArrayList<>();
        List<Table> undoing = new ArrayList<>();
        double[] denialsOfOthers = new double[bins];
        long others = 0;
        double expectedDenials = 0;
        double expectedFast = 0;
        double expectedUndone = 0;
        for (int bin = 0; bin < bins; bin++) {
            long m = all.votes[bin] - own.votes[bin];
            if (own.votes[bin] == 0 || m == 0) {
                continue;
            }
            others += m;
            Table denial = new Table(own.denied[bin], own.votes[bin], all.denied[bin] - own.denied[bin], m);
            denials.add(denial);
            denialsOfOthers[bin] = share(denial);
            expectedDenials += denial.n() * share(denial);
            Table quick = new Table(
                    own.fast[bin], own.timed[bin], all.fast[bin] - own.fast[bin], all.timed[bin] - own.timed[bin]);
            if (quick.n() > 0 && quick.m() > 0) {
                speed.add(quick);
                expectedFast += quick.n() * share(quick);
            }
            Table wrong = new Table(
                    own.undone[bin],
                    own.votes[bin] - own.denied[bin],
                    all.undone[bin] - own.undone[bin],
                    m - denial.others());
            if (wrong.n() > 0 && wrong.m() > 0) {
                undoing.add(wrong);
                expectedUndone += wrong.n() * share(wrong);
            }
        }
        long votes = sumN(denials);
        if (votes < FEWEST || others < FEWEST) {
            return null;
        }
        long denied = sum(denials);
        long timed = sumN(speed);
        long fast = sum(speed);
        long undone = sum(undoing);
        Course course = Course.of(person.inOrder(), bins, denialsOfOthers);
        double lenient =
                denied <= HALF * expectedDenials ? Math.min(1, 2 * Math.min(Fisher.less(denials), course.pRun)) : 1;
        double hasty =
                fast >= FAST_SHARE * timed && fast >= MORE * expectedFast && fast > 0 ? Fisher.greater(speed) : 1;
        double drift = course.pDrift();
        double reversed = undone >= MORE * expectedUndone && undone >= 2 ? Fisher.greater(undoing) : 1;
        return new Signals(
                votes,
                denied,
                expectedDenials,
                timed,
                fast,
                timed == 0 ? 0 : expectedFast / timed,
                course.run,
                course.late(),
                course.deniedLate(),
                undone,
                expectedUndone,
                lenient,
                hasty,
                drift,
                reversed);
    }

    private static double share(Table table) {
        return table.m() == 0 ? 0 : (double) table.others() / table.m();
    }

    private static long sum(List<Table> tables) {
        return tables.stream().mapToLong(Table::some).sum();
    }

    private static long sumN(List<Table> tables) {
        return tables.stream().mapToLong(Table::n).sum();
    }

    /** How votes follow one another. */
    private static final class Course {
        private final long[] late;
        private final long[] deniedLate;
        private final long[] early;
        private final long[] deniedEarly;
        private int run;
        private double pRun = 1;

        private Course(int bins) {
            late = new long[bins];
            deniedLate = new long[bins];
            early = new long[bins];
            deniedEarly = new long[bins];
        }

        static Course of(long[] votes, int bins, double[] denialsOfOthers) {
            Course course = new Course(bins);
            int length = 0;
            int position = 0;
            double log = 0;
            double least = 0;
            for (int i = 0; i < votes.length; i++) {
                long vote = votes[i];
                int bin = Votes.bin(vote);
                boolean together = i > 0
                        && Votes.second(vote) - Votes.second(votes[i - 1]) < RubberStampDetector.PAUSE.toSeconds();
                position = together ? position + 1 : 1;
                boolean isLate = position > LATE;
                (isLate ? course.late : course.early)[bin]++;
                if (Votes.isApproved(vote)) {
                    length++;
                    log += Math.log1p(-Math.min(denialsOfOthers[bin], 0.999));
                } else {
                    (isLate ? course.deniedLate : course.deniedEarly)[bin]++;
                    length = 0;
                    log = 0;
                }
                course.run = Math.max(course.run, length);
                least = Math.min(least, log);
            }
            // A run can begin at any vote.
            course.pRun = Math.min(1, votes.length * Math.exp(least));
            return course;
        }

        long late() {
            return Arrays.stream(late).sum();
        }

        long deniedLate() {
            return Arrays.stream(deniedLate).sum();
        }

        double pDrift() {
            List<Table> tables = new ArrayList<>();
            double expected = 0;
            for (int bin = 0; bin < late.length; bin++) {
                if (late[bin] > 0 && early[bin] > 0) {
                    Table table = new Table(deniedLate[bin], late[bin], deniedEarly[bin], early[bin]);
                    tables.add(table);
                    expected += table.n() * share(table);
                }
            }
            return !tables.isEmpty() && sum(tables) <= HALF * expected ? Fisher.less(tables) : 1;
        }
    }

    String words(Duration floor) {
        StringBuilder words = new StringBuilder("On comparable requests: denied " + denied + " of " + votes
                + ", where others would have denied " + String.format(Locale.ROOT, "%.1f", expectedDenials)
                + "; longest run of approvals " + run + ".");
        if (timed > 0) {
            words.append(" ")
                    .append(Say.of(fast, timed))
                    .append(" answers took less than ")
                    .append(Say.duration(floor))
                    .append(", of others' ")
                    .append(Say.share(fastOfOthers))
                    .append(".");
        }
        if (late > 0) {
            words.append(" Late in a batch they denied ")
                    .append(Say.of(deniedLate, late))
                    .append(".");
        }
        if (undone > 0) {
            words.append(" Undone or contradicted were ")
                    .append(undone)
                    .append(" of their approvals, where others would have had ")
                    .append(String.format(Locale.ROOT, "%.1f", expectedUndone))
                    .append(".");
        }
        return words.toString();
    }

    static String text(double p) {
        return String.format(Locale.ROOT, "%.2g", p);
    }
}
