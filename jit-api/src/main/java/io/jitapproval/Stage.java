package io.jitapproval;

import java.util.Collections;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A part of a requirement: it is filled when one of its ways is. One person fills one place in one stage, however many roles
 * and groups they have. Stages of one rank stand side by side; a stage is open once every stage of a lower rank is filled.
 *
 * @param ways        the ways to fill it; any one is enough; not empty
 * @param rank        its place in the sequence, from 1
 * @param escalations what happens when it stays open; may be empty
 */
public record Stage(Set<Way> ways, int rank, Set<Escalation> escalations) implements Comparable<Stage> {

    /** No stage has more ways than this, and no requirement more ranks. */
    public static final int MOST = 8;

    /**
     * Checks the numbers and copies the sets in their own order; of ways for the same people the one that asks for fewer stays.
     *
     * @param ways        as above
     * @param rank        as above
     * @param escalations as above
     * @throws IllegalArgumentException if there is no way, or there are more than {@link #MOST}, or the rank is not within 1
     *                                  and {@link #MOST}
     */
    public Stage {
        TreeMap<Way, Way> easiest = new TreeMap<>((a, b) -> Way.compare(a.by(), b.by()));
        ways.forEach(way -> easiest.merge(way, way, (a, b) -> a.people() <= b.people() ? a : b));
        ways = Collections.unmodifiableSet(new TreeSet<>(easiest.values()));
        escalations = Collections.unmodifiableSet(new TreeSet<>(escalations));
        if (ways.isEmpty() || ways.size() > MOST) {
            throw new IllegalArgumentException("a stage has 1 to " + MOST + " ways, but here are " + ways.size());
        }
        if (rank < 1 || rank > MOST) {
            throw new IllegalArgumentException("a stage's rank is within 1 and " + MOST + ", but was " + rank);
        }
    }

    /**
     * A stage of the first rank with one way, that never escalates.
     *
     * @param by     who may approve; anybody whom one of them names; not empty
     * @param people how many; at least 1
     * @throws IllegalArgumentException if nobody is named or the number is less than 1
     */
    public Stage(Set<ApproverSelector> by, int people) {
        this(Set.of(new Way(by, people)), 1, Set.of());
    }

    /** {@return everybody whom one of the ways names at first} */
    public Set<ApproverSelector> by() {
        TreeSet<ApproverSelector> all = new TreeSet<>();
        ways.forEach(way -> all.addAll(way.by()));
        return Collections.unmodifiableSet(all);
    }

    /** {@return how many people fill it at least} */
    public int people() {
        return ways.stream().mapToInt(Way::people).min().orElseThrow();
    }

    /** Whether both ask the same people at the same point, so that they are one stage of which the stricter parts count. */
    boolean isLike(Stage other) {
        return rank == other.rank && people(ways).equals(people(other.ways));
    }

    private static Set<Set<ApproverSelector>> people(Set<Way> ways) {
        return ways.stream().map(Way::by).collect(Collectors.toSet());
    }

    /** Of two that are alike, more people in each way and only the escalations that both have. */
    Stage stricter(Stage other) {
        TreeSet<Way> both = new TreeSet<>();
        for (Way way : ways) {
            int most = way.people();
            for (Way same : other.ways) {
                most = same.by().equals(way.by()) ? Math.max(most, same.people()) : most;
            }
            both.add(new Way(way.by(), most));
        }
        TreeSet<Escalation> common = new TreeSet<>(escalations);
        common.retainAll(other.escalations);
        return new Stage(both, rank, common);
    }

    @Override
    public int compareTo(Stage other) {
        int order = Integer.compare(rank, other.rank);
        if (order == 0) {
            order = Way.compare(ways, other.ways);
        }
        return order != 0 ? order : Way.compare(escalations, other.escalations);
    }

    /** {@return the stage as {@code 1 of role FINANCE_MANAGER or group on-call}} */
    @Override
    public String toString() {
        String text = ways.stream().map(Way::toString).collect(Collectors.joining(", or "));
        return (rank == 1 ? "" : "then ")
                + text
                + (escalations.isEmpty()
                        ? ""
                        : escalations.stream().map(Escalation::toString).collect(Collectors.joining("; ", " (", ")")));
    }
}
