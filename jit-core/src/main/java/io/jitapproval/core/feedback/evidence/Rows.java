package io.jitapproval.core.feedback.evidence;

import io.jitapproval.core.feedback.DecisionHistory;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Voice;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What people decided, in flat arrays: one row a decision that counts as evidence, in the order of time. */
final class Rows {

    /** Why a decision is no evidence. */
    enum LeftOut {
        /** No person decided it. */
        NOT_BY_PEOPLE("not decided by people"),
        /** It is still open, or ended without an answer. */
        NO_ANSWER("no answer"),
        /** The requester is among those who decided. */
        OWN("decided by the requester"),
        /** It was undone, or did harm. */
        REVERSED("reversed or an incident later"),
        /** Those who decided do not look at what they decide. */
        RUBBER_STAMP("decided by a rubber stamp"),
        /** It is closed to machines. */
        CLOSED("closed to machines"),
        /** The same request of the same subject had the same answer on the same day. */
        REPEATED("repeated on the same day"),
        /** Its subject has supplied as much as one subject may. */
        FLOOD("more than one subject may supply");

        private final String words;

        LeftOut(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final int FIRST = 1024;
    private static final int ALWAYS_ALLOWED = 30;
    private static final int MORE_THAN_USUAL = 5;

    final Map<String, Ledger> ledgers = new LinkedHashMap<>();
    final Map<LeftOut, Integer> leftOut = new EnumMap<>(LeftOut.class);
    private final Map<String, Integer> subjects = new HashMap<>();
    private final Map<String, Integer> deciders = new HashMap<>();
    private final LongSlots seen = new LongSlots(FIRST);
    private long[] times = new long[FIRST];
    private boolean[] approved = new boolean[FIRST];
    private int[] subject = new int[FIRST];
    private int[] decider = new int[FIRST];
    private float[] waited = new float[FIRST];
    private float[] granted = new float[FIRST];
    private String[] ids = new String[FIRST];
    private int size;
    private int all;
    /** The rows by time, equal times in the order of the history. */
    private int[] order = new int[0];

    private Rows() {}

    /**
     * Reads a history.
     *
     * @param closed   whether no rule may ever answer for a request
     * @param stamped  whether the votes of a decision say nothing
     * @param floodCap what share of all rows one named subject may supply
     */
    static Rows of(
            DecisionHistory history, Predicate<PastDecision> closed, Predicate<PastDecision> stamped, double floodCap) {
        Rows rows = new Rows();
        history.each(decision -> rows.add(decision, closed, stamped));
        rows.sort();
        rows.cap(floodCap);
        return rows;
    }

    private void add(PastDecision decision, Predicate<PastDecision> closed, Predicate<PastDecision> stamped) {
        all++;
        LeftOut why = why(decision, closed, stamped);
        if (why != null) {
            leftOut.merge(why, 1, Integer::sum);
            return;
        }
        long hash = hash(decision);
        int before = seen.size();
        seen.add(hash & Long.MAX_VALUE);
        if (seen.size() == before) {
            leftOut.merge(LeftOut.REPEATED, 1, Integer::sum);
            return;
        }
        int row = size;
        if (row == times.length) {
            grow();
        }
        times[row] = decision.opened().toEpochMilli();
        approved[row] = decision.isApproved();
        subject[row] = number(subjects, name(decision.request().subject().type(), decision.request().subject().id()));
        decider[row] = decision.voices().isEmpty() ? 0 : number(deciders, decider(decision));
        waited[row] = decision.decided()
                .map(at -> (float) Duration.between(decision.opened(), at).toSeconds())
                .orElse(Float.NaN);
        granted[row] = decision.grant()
                .map(grant -> (float) Duration.between(grant.from(), grant.until()).toSeconds())
                .orElse(Float.NaN);
        ids[row] = decision.id();
        size++;
        AttributePath.each(decision.request(), (path, value) -> ledgers.computeIfAbsent(path, Ledger::new)
                .set(row, value));
    }

    private static @Nullable LeftOut why(
            PastDecision decision, Predicate<PastDecision> closed, Predicate<PastDecision> stamped) {
        if (decision.route() != PastDecision.Route.PEOPLE && decision.route() != PastDecision.Route.AUDIT) {
            return LeftOut.NOT_BY_PEOPLE;
        }
        if (!decision.isLabelled()) {
            return LeftOut.NO_ANSWER;
        }
        String requester = decision.request().subject().id();
        boolean own = !requester.equals(PastDecision.UNNAMED)
                && decision.voices().stream()
                        .anyMatch(voice -> voice.person().id().equals(requester)
                                && voice.person().type().equals(decision.request().subject().type()));
        if (own) {
            return LeftOut.OWN;
        }
        if (decision.isApproved()
                && (decision.outcome() == Outcome.REVERSED || decision.outcome() == Outcome.INCIDENT)) {
            return LeftOut.REVERSED;
        }
        if (closed.test(decision)) {
            return LeftOut.CLOSED;
        }
        return stamped.test(decision) ? LeftOut.RUBBER_STAMP : null;
    }

    private static String name(String type, String id) {
        return id.equals(PastDecision.UNNAMED) ? "" : type + "/" + id;
    }

    private static String decider(PastDecision decision) {
        return decision.voices().stream()
                .filter(voice -> voice.approved() == decision.isApproved())
                .map(Voice::person)
                .map(person -> name(person.type(), person.id()))
                .findFirst()
                .orElse("");
    }

    /** 0 for nobody. */
    private static int number(Map<String, Integer> numbers, String name) {
        return name.isEmpty() ? 0 : numbers.computeIfAbsent(name, any -> numbers.size() + 1);
    }

    /**
     * The same for what is the same in everything but its time of day. Where the history does not name the subject, equal requests may
     * be several people's: then only those of one minute are the same.
     */
    private static long hash(PastDecision decision) {
        boolean named = !decision.request().subject().id().equals(PastDecision.UNNAMED);
        long[] sum = {
            mix(decision.opened().toEpochMilli() / (named ? DAY : MINUTE))
                    + mix(decision.request().subject().id().hashCode() * 31L + (decision.isApproved() ? 1 : 2))
        };
        AttributePath.each(
                decision.request(), (path, value) -> sum[0] += mix(wide(path) * 0x9E3779B97F4A7C15L + wide(value)));
        return sum[0];
    }

    private static long wide(Object value) {
        if (!(value instanceof String text)) {
            return mix(value.hashCode());
        }
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = hash * 0x100000001B3L + text.charAt(i);
        }
        return hash;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
    static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private void grow() {
        int length = times.length * 2;
        times = Arrays.copyOf(times, length);
        approved = Arrays.copyOf(approved, length);
        subject = Arrays.copyOf(subject, length);
        decider = Arrays.copyOf(decider, length);
        waited = Arrays.copyOf(waited, length);
        granted = Arrays.copyOf(granted, length);
        ids = Arrays.copyOf(ids, length);
    }

    private void sort() {
        boolean sorted = true;
        for (int i = 1; i < size && sorted; i++) {
            sorted = times[i - 1] <= times[i];
        }
        if (sorted) {
            order = IntStream.range(0, size).toArray();
        } else {
            order = IntStream.range(0, size)
                    .boxed()
                    .sorted(Comparator.comparingLong(row -> times[row]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }

    /** One subject may supply a share of all, or some times what others do, whichever is more. */
    private void cap(double share) {
        int[] all = new int[subjects.size() + 1];
        for (int row : order) {
            all[subject[row]]++;
        }
        int[] named = Arrays.stream(all, 1, all.length).sorted().toArray();
        int usual = named.length == 0 ? 0 : named[named.length / 2];
        int most = Math.max(Math.max(ALWAYS_ALLOWED, (int) (share * size)), MORE_THAN_USUAL * usual);
        int[] supplied = new int[subjects.size() + 1];
        int[] kept = new int[size];
        int count = 0;
        for (int row : order) {
            int who = subject[row];
            supplied[who]++;
            if (who != 0 && supplied[who] > most) {
                leftOut.merge(LeftOut.FLOOD, 1, Integer::sum);
            } else {
                kept[count] = row;
                count++;
            }
        }
        order = Arrays.copyOf(kept, count);
    }

    /** The rows in the order of time. */
    int[] order() {
        return order;
    }

    boolean approved(int row) {
        return approved[row];
    }

    Instant time(int row) {
        return Instant.ofEpochMilli(times[row]);
    }

    int day(int row) {
        return (int) Math.floorDiv(times[row], DAY);
    }

    /** 0 if not named. */
    int subject(int row) {
        return subject[row];
    }

    /** 0 if not named. */
    int decider(int row) {
        return decider[row];
    }

    /** In seconds; not a number if not known. */
    float waited(int row) {
        return waited[row];
    }

    /** How long the grant was given for, in seconds; not a number if not known, or there is none. */
    float granted(int row) {
        return granted[row];
    }

    String id(int row) {
        return ids[row];
    }

    /** How many decisions the history has in all. */
    int all() {
        return all;
    }
}
