package io.jitapproval.core.feedback.adoption;

import io.jitapproval.core.FiledSuggestion.Watched;
import io.jitapproval.core.feedback.stats.BettingBound;
import io.jitapproval.spi.StoreEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** What was seen of one suggestion in one phase. Not thread-safe: made from an entry, changed, and written back by compare-and-set. */
final class Watch {

    static final String KIND = "suggestion-watch";

    private static final Duration KEPT = Duration.ofDays(800);
    private static final int MOST_DIFFERED = 50;
    private static final int MOST_SEEN = 4_096;
    private static final int MOST_DAYS = 120;

    private static final int USES = 0;
    private static final int AUDITED = 1;
    private static final int WRONG = 2;

    final String id;
    final String phase;
    BettingBound shadow;
    BettingBound audit;
    BettingBound reported;
    long unanswered;
    String incident = "";
    String suspended = "";
    private final List<String> differed = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final TreeMap<LocalDate, long[]> days = new TreeMap<>();

    private Watch(String id, String phase, BettingBound fresh) {
        this.id = id;
        this.phase = phase;
        this.shadow = fresh;
        this.audit = fresh;
        this.reported = fresh;
    }

    /** As it stands in the store; nothing seen yet if that is of another phase. */
    static Watch of(String id, String phase, Optional<StoreEntry> entry, double eps, double confidence) {
        Watch watch = new Watch(id, phase, BettingBound.of(eps, confidence));
        Map<String, String> data = entry.map(StoreEntry::data).orElse(Map.of());
        days(data.getOrDefault("days", ""), watch.days);
        if (!phase.equals(data.get("phase"))) {
            return watch;
        }
        watch.shadow = bound(Lines.of(data, "shadow"), eps, confidence);
        watch.audit = bound(Lines.of(data, "audit"), eps, confidence);
        watch.reported = bound(Lines.of(data, "reported"), eps, confidence);
        watch.unanswered = Lines.count(data, "unanswered");
        watch.incident = Lines.of(data, "incident");
        watch.suspended = Lines.of(data, "suspended");
        watch.differed.addAll(Lines.split(Lines.of(data, "differed")));
        watch.seen.addAll(Lines.split(Lines.of(data, "seen")));
        return watch;
    }

    StoreEntry entry(Instant now) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("phase", phase);
        data.put("shadow", text(shadow));
        data.put("audit", text(audit));
        data.put("reported", text(reported));
        data.put("unanswered", String.valueOf(unanswered));
        data.put("incident", incident);
        data.put("suspended", suspended);
        data.put("differed", Lines.join(differed));
        data.put("seen", Lines.join(seen));
        data.put("days", text(days));
        return new StoreEntry(KIND, id, data, now.plus(KEPT));
    }

    private static String text(BettingBound bound) {
        return bound.n() + " " + bound.wrong() + " " + bound.peak();
    }

    private static BettingBound bound(String text, double eps, double confidence) {
        String[] parts = text.split(" ", -1);
        return new BettingBound(
                eps, confidence, Long.parseLong(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
    }

    private static String text(Map<LocalDate, long[]> days) {
        List<String> texts = new ArrayList<>();
        days.forEach(
                (day, counts) -> texts.add(day + " " + counts[USES] + " " + counts[AUDITED] + " " + counts[WRONG]));
        return Lines.join(texts);
    }

    private static void days(String text, Map<LocalDate, long[]> days) {
        for (String line : Lines.split(text)) {
            String[] parts = line.split(" ", -1);
            days.put(
                    LocalDate.parse(parts[0]),
                    Arrays.stream(parts).skip(1).mapToLong(Long::parseLong).toArray());
        }
    }

    private long[] day(Instant at) {
        long[] counts = days.computeIfAbsent(at.atZone(ZoneOffset.UTC).toLocalDate(), any -> new long[WRONG + 1]);
        while (days.size() > MOST_DAYS) {
            days.pollFirstEntry();
        }
        return counts;
    }

    /**
     * Whether this is seen for the first time. One call counts once, however often it is made: whether it is sampled is drawn once, so
     * that its repetitions are no new samples.
     */
    private boolean isNew(String what) {
        String key = UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 18);
        if (seen.contains(key)) {
            return false;
        }
        seen.add(key);
        if (seen.size() > MOST_SEEN) {
            seen.remove(0);
        }
        return true;
    }

    private void differs(String request) {
        differed.add(request);
        if (differed.size() > MOST_DIFFERED) {
            differed.remove(0);
        }
    }

    void shadowed(String request, String call, boolean wrong) {
        if (isNew("shadow " + call)) {
            shadow = shadow.add(wrong);
            if (wrong) {
                differs(request);
            }
        }
    }

    void audited(String request, String call, boolean wrong, Instant at) {
        if (isNew("audit " + call)) {
            audit = audit.add(wrong);
            long[] day = day(at);
            day[AUDITED]++;
            if (wrong) {
                day[WRONG]++;
                differs(request);
            }
        }
    }

    void unanswered(String request) {
        if (isNew("unanswered " + request)) {
            unanswered++;
        }
    }

    void used(long uses, Instant at) {
        day(at)[USES] += uses;
        reported = again(reported, reported.n() + uses, reported.wrong());
    }

    /** What came of a use afterwards; more reports than uses were counted are as many uses. */
    void reported(String what, boolean harm) {
        if (isNew("reported " + what)) {
            double wrong = reported.wrong() + 1;
            reported = again(reported, Math.max(reported.n(), (long) Math.ceil(wrong)), wrong);
            if (harm && incident.isEmpty()) {
                incident = what;
            }
        }
    }

    /**
     * A bound over all uses of which some turn out wrong later. The wealth grows with what is wrong, and at each look no more is known to
     * be wrong than is, so it is never above that of one who knew at once; what Ville's inequality says of that one holds here too.
     */
    private static BettingBound again(BettingBound before, long n, double wrong) {
        BettingBound now = new BettingBound(before.eps(), before.confidence(), n, wrong, 0);
        return new BettingBound(
                before.eps(), before.confidence(), n, wrong, Math.max(before.peak(), Math.max(0, now.logCapital())));
    }

    /** Begins anew: a person has looked at it. What was seen before is not counted twice. */
    void resumed() {
        audit = BettingBound.of(audit.eps(), audit.confidence());
        reported = BettingBound.of(reported.eps(), reported.confidence());
        incident = "";
        suspended = "";
    }

    /** Why its rules must not answer; empty if nothing speaks against them. */
    String alarm() {
        if (!incident.isEmpty()) {
            return "an incident was reported of " + incident;
        }
        if (audit.suspends()) {
            return "people denied " + (long) audit.wrong() + " of " + audit.n() + " blind samples, more than "
                    + audit.eps() + " allows";
        }
        return reported.suspends()
                ? (long) reported.wrong() + " of " + reported.n() + " were reported as wrong, more than "
                        + reported.eps() + " allows"
                : "";
    }

    long[] between(LocalDate from, LocalDate to) {
        long[] sum = new long[WRONG + 1];
        days.subMap(from, to).values().forEach(counts -> Arrays.setAll(sum, i -> sum[i] + counts[i]));
        return sum;
    }

    Watched watched() {
        return new Watched(
                shadow.n(),
                (long) shadow.wrong(),
                audit.n(),
                (long) audit.wrong(),
                audit.lower(),
                reported.n(),
                (long) reported.wrong(),
                unanswered,
                suspended.isEmpty() ? Optional.empty() : Optional.of(suspended),
                differed);
    }
}
