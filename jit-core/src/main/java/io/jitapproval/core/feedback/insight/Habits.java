package io.jitapproval.core.feedback.insight;

import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.insight.Budget.Candidate;
import io.jitapproval.core.feedback.insight.Insight.Audience;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import io.jitapproval.core.feedback.stats.Binomial;
import io.jitapproval.core.feedback.stats.Discovery;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Days with far more uses, and hours at which the subject never is, by the subject's own history. */
final class Habits implements Detector {

    private static final int HOURS = 24;
    private static final int FEWEST_USES = 30;
    private static final int FEWEST_DAYS = 10;
    private static final int LARGE = 10;
    private static final int TIMES = 4;
    /** How many uses of peers weigh as much as one's own. */
    private static final double WEIGHT = 10;
    /** -ln(1/400). */
    private static final double SURPRISING = 6;

    private final Frame frame;
    private final Budget budget;
    private final Map<String, Own> subjects = new LinkedHashMap<>();
    private final Map<String, long[]> groups = new HashMap<>();
    private final Map<String, List<Day>> found = new LinkedHashMap<>();

    Habits(Frame frame, Budget budget) {
        this.frame = frame;
        this.budget = budget;
    }

    /** One subject's uses, as hours since the Epoch in the zone. */
    private static final class Own {
        private final String peers;
        private final Longs hours = new Longs();

        Own(String peers) {
            this.peers = peers;
        }
    }

    /** A day that may be shown, or an hour of it. */
    private static final class Day {
        private final Kind kind;
        private final long day;
        private final int hour;
        private final double p;
        private final long count;
        private final long others;
        private final long days;
        private final Traces traces = new Traces();

        Day(Kind kind, long day, int hour, double p, long count, long others, long days) {
            this.kind = kind;
            this.day = day;
            this.hour = hour;
            this.p = p;
            this.count = count;
            this.others = others;
            this.days = days;
        }

        boolean has(long at) {
            return Math.floorDiv(at, HOURS) == day && (kind == Kind.BURST || Math.floorMod(at, HOURS) == hour);
        }
    }

    private long at(PastDecision decision) {
        ZonedDateTime time = decision.opened().atZone(frame.settings().zone());
        return time.toLocalDate().toEpochDay() * HOURS + time.getHour();
    }

    @Override
    public void see(PastDecision decision) {
        long at = at(decision);
        String peers = frame.peers(decision);
        subjects.computeIfAbsent(Frame.subject(decision), key -> new Own(peers))
                .hours
                .add(at);
        groups.computeIfAbsent(peers, key -> new long[HOURS])[(int) Math.floorMod(at, (long) HOURS)]++;
    }

    @Override
    public void conclude() {
        List<Map.Entry<String, Day>> bursts = new ArrayList<>();
        int judged = 0;
        for (Map.Entry<String, Own> entry : subjects.entrySet()) {
            NavigableMap<Long, List<Integer>> days = days(entry.getValue());
            if (entry.getValue().hours.size() < FEWEST_USES || days.size() < FEWEST_DAYS) {
                continue;
            }
            judged++;
            Day burst = burst(entry.getValue().hours.size(), days);
            if (burst != null) {
                bursts.add(Map.entry(entry.getKey(), burst));
            }
            offHours(entry.getKey(), entry.getValue(), days);
        }
        boolean[] rejected = Discovery.benjaminiHochberg(
                bursts.stream().mapToDouble(entry -> entry.getValue().p).toArray(),
                judged,
                frame.settings().discoveries());
        for (int i = 0; i < rejected.length; i++) {
            if (rejected[i]) {
                add(bursts.get(i).getKey(), bursts.get(i).getValue());
            }
        }
    }

    private void add(String subject, Day day) {
        found.computeIfAbsent(subject, key -> new ArrayList<>()).add(day);
    }

    private static NavigableMap<Long, List<Integer>> days(Own own) {
        NavigableMap<Long, List<Integer>> days = new TreeMap<>();
        for (int i = 0; i < own.hours.size(); i++) {
            long at = own.hours.get(i);
            days.computeIfAbsent(Math.floorDiv(at, HOURS), key -> new ArrayList<>(2))
                    .add((int) Math.floorMod(at, (long) HOURS));
        }
        return days;
    }

    /** The fullest day, if it is far fuller than the others. */
    private static @Nullable Day burst(int total, NavigableMap<Long, List<Integer>> days) {
        Map.Entry<Long, List<Integer>> fullest = days.firstEntry();
        for (Map.Entry<Long, List<Integer>> entry : days.entrySet()) {
            fullest = entry.getValue().size() > fullest.getValue().size() ? entry : fullest;
        }
        int count = fullest.getValue().size();
        int n = days.size();
        double mean = (double) (total - count) / (n - 1);
        if (count < LARGE || count < TIMES * mean) {
            return null;
        }
        double p = Math.min(1, n * Binomial.atLeast(count, total, 1.0 / n));
        return new Day(Kind.BURST, fullest.getKey(), 0, p, count, total - count, n - 1L);
    }

    private void offHours(String subject, Own own, NavigableMap<Long, List<Integer>> days) {
        int[] byHour = new int[HOURS];
        for (List<Integer> hours : days.values()) {
            hours.forEach(hour -> byHour[hour]++);
        }
        long[] group = groups.getOrDefault(own.peers, new long[HOURS]);
        for (Map.Entry<Long, List<Integer>> entry : days.entrySet()) {
            Integer hour = alone(entry.getValue(), byHour);
            int others = own.hours.size() - entry.getValue().size();
            if (hour != null && others >= FEWEST_USES) {
                double p = WEIGHT * shareOfPeers(group, byHour, hour) / (others + WEIGHT);
                if (-Math.log(p) >= SURPRISING) {
                    long count = entry.getValue().stream().filter(hour::equals).count();
                    add(subject, new Day(Kind.OFF_HOURS, entry.getKey(), hour, p, count, others, days.size() - 1L));
                }
            }
        }
    }

    /** The first hour of a day that no other day's uses are near; null if there is none. */
    private static @Nullable Integer alone(List<Integer> day, int[] byHour) {
        for (int hour : day) {
            if (near(byHour, hour)
                    == day.stream().filter(one -> isNear(one, hour)).count()) {
                return hour;
            }
        }
        return null;
    }

    private static boolean isNear(int hour, int other) {
        int apart = Math.abs(hour - other);
        return Math.min(apart, HOURS - apart) <= 1;
    }

    private static long near(int[] byHour, int hour) {
        return byHour[(hour + HOURS - 1) % HOURS] + (long) byHour[hour] + byHour[(hour + 1) % HOURS];
    }

    /** The share of the peers' uses within an hour, the subject's own left out; three of 24 where there are none. */
    private static double shareOfPeers(long[] group, int[] own, int hour) {
        long n = 0;
        for (int i = 0; i < HOURS; i++) {
            n += group[i] - own[i];
        }
        long some = 0;
        for (int step = -1; step <= 1; step++) {
            int at = (hour + HOURS + step) % HOURS;
            some += group[at] - own[at];
        }
        return (some + 3.0 / HOURS) / (n + 1.0);
    }

    @Override
    public void again(PastDecision decision) {
        List<Day> days = found.get(Frame.subject(decision));
        if (days != null) {
            long at = at(decision);
            days.stream().filter(day -> day.has(at)).forEach(day -> day.traces.add(decision));
        }
    }

    @Override
    public void report(Consumer<Insight> insights, Consumer<Silence> silences) {
        found.forEach((subject, days) -> days.forEach(day -> {
            String about = subject + " " + LocalDate.ofEpochDay(day.day);
            double surprise = -Math.log(Math.max(day.p, 1e-300));
            budget.offer(new Candidate(
                    Budget.weekOf(day.day),
                    surprise,
                    about,
                    () -> draft(subject, about, day)
                            .number("surprise", surprise)
                            .traces(day.traces)
                            .severity(day.kind == Kind.BURST ? Severity.MEDIUM : Severity.LOW)
                            .audience(Audience.REVIEWERS)
                            .asOf(frame.asOf())));
        }));
    }

    private Draft draft(String subject, String about, Day day) {
        LocalDate date = LocalDate.ofEpochDay(day.day);
        if (day.kind == Kind.BURST) {
            return new Draft(Kind.BURST, about, subject + " did far more than usual on " + date)
                    .why(day.count + " uses on " + date + "; on their " + day.days + " other days with any, "
                            + day.others + " in all.")
                    .number("uses", day.count)
                    .number("otherDays", day.days)
                    .number("usesOnOtherDays", day.others)
                    .bound("p = " + Signals.text(day.p) + " if their uses fell on their days at random");
        }
        return new Draft(Kind.OFF_HOURS, about, subject + " was there at an unusual hour on " + date)
                .why("Used at " + String.format("%02d", day.hour) + " h ("
                        + frame.settings().zone() + ") on " + date + "; 0 of their " + day.others + " uses on "
                        + day.days + " other days were within an hour of it.")
                .number("uses", day.count)
                .number("hour", day.hour)
                .number("near", 0)
                .number("otherUses", day.others)
                .bound("p = " + Signals.text(day.p) + " by their own hours, with their peers' as " + (int) WEIGHT
                        + " uses more");
    }
}
