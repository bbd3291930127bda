package io.jitapproval.core.feedback.replay;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Ref;
import io.jitapproval.core.feedback.PastDecision.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy would have answered to the decisions of the past, made by {@link Replay}. A pure function of the policy, the models and
 * the history.
 *
 * @param policy         the version of the policy
 * @param fragment       whether the policy has no default of its own, so that what none of its rules speaks of stays as it was decided
 * @param history        what the history is called
 * @param from           when the first decision that was looked at was asked; empty if there was none
 * @param to             when the last one was asked; empty if there was none
 * @param decisions      how many were looked at: those asked within the time that was wanted
 * @param evaluable      of how many of them it can be told what the policy would have answered and how that compares
 * @param confidence     of every bound in here, in (0, 1)
 * @param people         how the policy compares with people, over all decisions that people made
 * @param flips          every evaluable decision by what would become of it
 * @param denyToApprove  the denials that would turn into approvals, one by one, in the order of the history
 * @param unlisted       how many more of them there are than are listed
 * @param saved          what the policy would save
 * @param byAction       the same by action, in the order of names
 * @param byResourceType the same by the type of the resource, in the order of names
 * @param byMonth        the same by the month in which it was asked, in UTC, as {@code 2026-03}, in the order of time
 * @param worst          the part with the largest share of wrong approvals, of those with enough covered decisions; empty if none has
 * @param samples        which decisions the policy was learnt from; empty if nothing says that it was learnt from any of them
 * @param unevaluable    why decisions could not be evaluated, with how many; the most frequent first
 * @param weighted       as {@code people}, with each decision standing for those of which people were not asked
 */
public record Simulation(
        String policy,
        boolean fragment,
        String history,
        Optional<Instant> from,
        Optional<Instant> to,
        long decisions,
        long evaluable,
        double confidence,
        Agreement people,
        Flips flips,
        List<Denial> denyToApprove,
        long unlisted,
        Saved saved,
        List<Slice> byAction,
        List<Slice> byResourceType,
        List<Slice> byMonth,
        Optional<Slice> worst,
        Optional<Samples> samples,
        Map<String, Long> unevaluable,
        Weighted weighted) {

    /**
     * Checks that everything is there and copies the collections.
     *
     * @param policy         as above
     * @param fragment       as above
     * @param history        as above
     * @param from           as above
     * @param to             as above
     * @param decisions      as above
     * @param evaluable      as above
     * @param confidence     as above
     * @param people         as above
     * @param flips          as above
     * @param denyToApprove  as above
     * @param unlisted       as above
     * @param saved          as above
     * @param byAction       as above
     * @param byResourceType as above
     * @param byMonth        as above
     * @param worst          as above
     * @param samples        as above
     * @param unevaluable    as above
     * @param weighted       as above
     */
    public Simulation {
        requireNonNull(policy, "policy");
        requireNonNull(history, "history");
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        requireNonNull(people, "people");
        requireNonNull(flips, "flips");
        denyToApprove = List.copyOf(denyToApprove);
        requireNonNull(saved, "saved");
        byAction = List.copyOf(byAction);
        byResourceType = List.copyOf(byResourceType);
        byMonth = List.copyOf(byMonth);
        requireNonNull(worst, "worst");
        requireNonNull(samples, "samples");
        unevaluable = Collections.unmodifiableMap(new LinkedHashMap<>(unevaluable));
        requireNonNull(weighted, "weighted");
    }

    /**
     * How a policy compares with people, on decisions that people made and that can be evaluated. Decisions by rules and by policy are
     * not in it: nobody knows what people would have said.
     *
     * @param byPeople       how many people approved or denied, blind samples included
     * @param covered        how many of them the policy would permit without people
     * @param wrongApprovals how many of those people had denied
     * @param laterWrong     how many of those people had approved, and the application said later that they were undone or did harm
     * @param wrongBound     the upper bound of the share of wrong ones among the covered, after Clopper and Pearson, one-sided; 1 if
     *                       nothing is covered
     */
    public record Agreement(long byPeople, long covered, long wrongApprovals, long laterWrong, double wrongBound) {

        /** {@return the share that the policy would permit without people; 0 if people decided nothing} */
        public double coverage() {
            return byPeople == 0 ? 0 : (double) covered / byPeople;
        }

        /** {@return the share of the covered that people had denied; 0 if nothing is covered} */
        public double wrongRate() {
            return covered == 0 ? 0 : (double) wrongApprovals / covered;
        }
    }

    /**
     * Decisions by what would become of them. Each evaluable decision is in one class.
     *
     * @param peopleToAuto   people were asked and did not deny; now permitted without them
     * @param autoToPeople   was permitted without people; now they are asked
     * @param denyToApprove  was denied, by people or by policy; now permitted
     * @param denyToPeople   was denied by policy; now people are asked
     * @param approveToDeny  was approved, however; now denied
     * @param stillPeople    people were asked, and are still
     * @param stillAutomatic was permitted without people, and still is
     * @param stillDenied    was not approved, and is denied
     */
    public record Flips(
            long peopleToAuto,
            long autoToPeople,
            long denyToApprove,
            long denyToPeople,
            long approveToDeny,
            long stillPeople,
            long stillAutomatic,
            long stillDenied) {

        /** {@return how many stay as they were} */
        public long unchanged() {
            return stillPeople + stillAutomatic + stillDenied;
        }

        /** {@return how many do not} */
        public long changed() {
            return peopleToAuto + autoToPeople + denyToApprove + denyToPeople + approveToDeny;
        }
    }

    /**
     * A denial that would turn into an approval.
     *
     * @param id        the decision
     * @param origin    where it stands, as {@code file:line}
     * @param opened    when it was asked
     * @param subject   who asked
     * @param action    for what
     * @param resource  on what
     * @param route     who or what denied
     * @param decidedBy the people who denied, as canonical persons; empty if no person did
     * @param rules     the rules that would permit it, in the order of the policy
     * @param why       why they would, in a line; values of hidden arguments are not in it
     * @param inSample  whether the policy was learnt from this very decision, as far as is known
     */
    public record Denial(
            String id,
            String origin,
            Instant opened,
            Ref subject,
            String action,
            Ref resource,
            Route route,
            List<Ref> decidedBy,
            List<String> rules,
            String why,
            boolean inSample) {

        /**
         * Checks that everything is there and copies the lists.
         *
         * @param id        as above
         * @param origin    as above
         * @param opened    as above
         * @param subject   as above
         * @param action    as above
         * @param resource  as above
         * @param route     as above
         * @param decidedBy as above
         * @param rules     as above
         * @param why       as above
         * @param inSample  as above
         */
        public Denial {
            requireNonNull(id, "id");
            requireNonNull(origin, "origin");
            requireNonNull(opened, "opened");
            requireNonNull(subject, "subject");
            requireNonNull(action, "action");
            requireNonNull(resource, "resource");
            requireNonNull(route, "route");
            decidedBy = List.copyOf(decidedBy);
            rules = List.copyOf(rules);
            requireNonNull(why, "why");
        }
    }

    /**
     * What the policy would save, in approvals that people gave and would not be asked for.
     *
     * @param approvals  how many
     * @param perWeek    how many a week, over the time between the first and the last decision, but at least a day
     * @param waiting    how long was waited for them in all
     * @param medianWait how long for half of them at most, to a percent; empty if it is not known of any
     * @param timed      of how many it is known how long was waited
     */
    public record Saved(long approvals, double perWeek, Duration waiting, Optional<Duration> medianWait, long timed) {

        /**
         * Checks that everything is there.
         *
         * @param approvals  as above
         * @param perWeek    as above
         * @param waiting    as above
         * @param medianWait as above
         * @param timed      as above
         */
        public Saved {
            requireNonNull(waiting, "waiting");
            requireNonNull(medianWait, "medianWait");
        }
    }

    /**
     * A part of the decisions.
     *
     * @param name      what they have in common, such as the action
     * @param evaluable how many
     * @param flips     these by what would become of them
     * @param people    how the policy compares with people on them
     */
    public record Slice(String name, long evaluable, Flips flips, Agreement people) {

        /**
         * Checks that everything is there.
         *
         * @param name      as above
         * @param evaluable as above
         * @param flips     as above
         * @param people    as above
         */
        public Slice {
            requireNonNull(name, "name");
            requireNonNull(flips, "flips");
            requireNonNull(people, "people");
        }
    }

    /**
     * The decisions apart that the policy was learnt from. On those any policy looks better than it is.
     *
     * @param why         what says so, in a line
     * @param inSample    those it was learnt from
     * @param outOfSample the others
     */
    public record Samples(String why, Slice inSample, Slice outOfSample) {

        /**
         * Checks that everything is there.
         *
         * @param why         as above
         * @param inSample    as above
         * @param outOfSample as above
         */
        public Samples {
            requireNonNull(why, "why");
            requireNonNull(inSample, "inSample");
            requireNonNull(outOfSample, "outOfSample");
        }
    }

    /**
     * Decisions by people, each counted as often as the inverse of the probability with which people were asked (D. G. Horvitz and D. J.
     * Thompson, A Generalization of Sampling Without Replacement from a Finite Universe, Journal of the American Statistical Association
     * 47, 1952; the rates are ratios of such sums). Where people were always asked it is what is counted.
     *
     * @param sampled        how many decisions people were asked for with a probability below 1
     * @param unusable       how many are left out since their probability is not known though they are blind samples, or is given as 0
     * @param byPeople       the sum over those that people made
     * @param covered        the sum over those that the policy would permit
     * @param wrongApprovals the sum over those of them that people had denied
     * @param effective      how many decisions with equal weights would tell as much of the covered ones (Kish): their squared sum over the
     *                       sum of squares
     */
    public record Weighted(
            long sampled, long unusable, double byPeople, double covered, double wrongApprovals, double effective) {

        /** {@return the share that the policy would permit without people; 0 if people decided nothing} */
        public double coverage() {
            return byPeople == 0 ? 0 : covered / byPeople;
        }

        /** {@return the share of the covered that people had denied; 0 if nothing is covered} */
        public double wrongRate() {
            return covered == 0 ? 0 : wrongApprovals / covered;
        }
    }
}
