package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an approval needs and what it may give at most. Requirements of several rules {@linkplain #merge merge} into one
 * that asks for all of them; merging is associative, commutative and idempotent, so the order of rules never matters.
 *
 * @param stages            who has to approve; every stage has to be filled, by different people; empty only for an
 *                          automatic approval that no requirement asked for
 * @param decideWithin      how long people may take; the request expires after it; positive
 * @param useWithin         how long the approval may stay unused; positive
 * @param grant             the widest grant that an approval may give
 * @param reason            whether the requester has to give a reason when people are asked, and in which form
 * @param ticket            the same of a ticket
 * @param votes             how votes must come, and what they do
 * @param course            how a request goes its way while it is pending
 * @param breakGlass        what is allowed in an emergency; empty if nothing is
 * @param closedToMachines  whether no {@code auto-approve} rule may answer it ({@code autoApproval: never})
 */
public record Requirement(
        Set<Stage> stages,
        Duration decideWithin,
        Duration useWithin,
        GrantTerms grant,
        Demand reason,
        Demand ticket,
        VoteTerms votes,
        Course course,
        Optional<BreakGlass> breakGlass,
        boolean closedToMachines) {

    /** How long people may take where a rule says nothing: one hour. */
    public static final Duration DEFAULT_DECIDE_WITHIN = Duration.ofHours(1);

    /** No request waits longer than this: 31 days. */
    public static final Duration LONGEST_DECIDE_WITHIN = Duration.ofDays(31);

    /**
     * Checks the durations; stages for the same people become one that asks for more of them.
     *
     * @param stages           as above
     * @param decideWithin     as above
     * @param useWithin        as above
     * @param grant            as above
     * @param reason           as above
     * @param ticket           as above
     * @param votes            as above
     * @param course           as above
     * @param breakGlass       as above
     * @param closedToMachines as above
     * @throws IllegalArgumentException if a duration is not positive or too long
     */
    public Requirement {
        List<Stage> unlike = new ArrayList<>();
        for (Stage stage : new TreeSet<>(stages)) {
            int same = 0;
            while (same < unlike.size() && !unlike.get(same).isLike(stage)) {
                same++;
            }
            if (same == unlike.size()) {
                unlike.add(stage);
            } else {
                unlike.set(same, unlike.get(same).stricter(stage));
            }
        }
        stages = Collections.unmodifiableSet(new TreeSet<>(unlike));
        Text.requirePositive(decideWithin, "approval.decideWithin");
        if (decideWithin.compareTo(LONGEST_DECIDE_WITHIN) > 0) {
            throw new IllegalArgumentException(
                    "approval.decideWithin must be at most " + LONGEST_DECIDE_WITHIN + ", but was " + decideWithin);
        }
        Text.requirePositive(useWithin, "grant.useWithin");
        if (useWithin.compareTo(GrantTerms.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "grant.useWithin must be at most " + GrantTerms.LONGEST + ", but was " + useWithin);
        }
        requireNonNull(grant, "grant");
        requireNonNull(reason, "reason");
        requireNonNull(ticket, "ticket");
        requireNonNull(votes, "votes");
        requireNonNull(course, "course");
        requireNonNull(breakGlass, "breakGlass");
    }

    /**
     * A requirement that demands no ticket and no form of the reason, and leaves open how votes come.
     *
     * @param stages           as above
     * @param decideWithin     as above
     * @param useWithin        as above
     * @param grant            as above
     * @param reasonRequired   whether the requester has to give a reason
     * @param closedToMachines as above
     * @throws IllegalArgumentException if a duration is not positive or too long
     */
    public Requirement(
            Set<Stage> stages,
            Duration decideWithin,
            Duration useWithin,
            GrantTerms grant,
            boolean reasonRequired,
            boolean closedToMachines) {
        this(
                stages,
                decideWithin,
                useWithin,
                grant,
                reasonRequired ? Demand.REQUIRED : Demand.OPTIONAL,
                Demand.OPTIONAL,
                VoteTerms.ANY,
                Course.DEFAULT,
                Optional.empty(),
                closedToMachines);
    }

    /**
     * Both requirements together: every stage, the shortest times, the fewest uses, the narrowest scope, a reason and a
     * ticket if any asks for one, in every form that one asks for, votes only as all allow, an
     * emergency only if all allow one, closed to machines if any is.
     *
     * @param other the other requirement
     * @return a requirement that is met only when both are
     */
    public Requirement merge(Requirement other) {
        TreeSet<Stage> all = new TreeSet<>(stages);
        all.addAll(other.stages);
        return new Requirement(
                all,
                shorter(decideWithin, other.decideWithin),
                shorter(useWithin, other.useWithin),
                grant.narrowest(other.grant),
                reason.merge(other.reason),
                ticket.merge(other.ticket),
                votes.merge(other.votes),
                course.merge(other.course),
                breakGlass.flatMap(mine -> other.breakGlass.map(mine::merge)),
                closedToMachines || other.closedToMachines);
    }

    /**
     * The same requirement of other people.
     *
     * @param others who has to approve
     * @return the requirement
     */
    public Requirement withStages(Set<Stage> others) {
        return new Requirement(
                others, decideWithin, useWithin, grant, reason, ticket, votes, course, breakGlass, closedToMachines);
    }

    /** {@return whether the requester has to give a reason} */
    public boolean reasonRequired() {
        return reason.required();
    }

    /** {@return how many people have to approve in all, at least} */
    public int people() {
        return stages.stream().mapToInt(Stage::people).sum();
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
