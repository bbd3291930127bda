package io.jitapproval.core.feedback.replay;

import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.ComparisonTrace;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.Ref;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.feedback.DecisionHistory;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Voice;
import io.jitapproval.core.feedback.replay.Flip.Answer;
import io.jitapproval.core.feedback.replay.Simulation.Denial;
import io.jitapproval.core.feedback.replay.Simulation.Samples;
import io.jitapproval.core.feedback.replay.Simulation.Saved;
import io.jitapproval.core.feedback.replay.Simulation.Weighted;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.AttributeResolver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks a policy what it would have answered to the decisions of the past, each at the moment when it was asked. The same policy, models and
 * history give the same result, on any day and any machine. Goes through the history once, or twice if the policy names attributes, and
 * keeps counts alone.
 *
 * <p>Static and thread-safe.
 */
public final class Replay {

    private static final Set<Effect> PERMISSIVE = Set.of(Effect.AUTO_APPROVE, Effect.ALLOW);
    private static final int LONGEST_WHY = 400;
    private static final double SECONDS_A_DAY = 86_400;
    private static final double DAYS_A_WEEK = 7;

    private Replay() {}

    /**
     * What to look at.
     *
     * @param from       leaves out what was asked before; empty for no limit
     * @param to         leaves out what was asked then or later; empty for no limit
     * @param confidence of the bounds, in (0, 1)
     * @param listed     how many denials that would turn into approvals are listed at most; the others are counted
     * @param learnt     which decisions the policy was learnt from, if something says so
     */
    public record Options(
            Optional<Instant> from, Optional<Instant> to, double confidence, int listed, Optional<LearntFrom> learnt) {

        /** All decisions, 95 %, at most 1 000 in the list. */
        public static final Options ALL =
                new Options(Optional.empty(), Optional.empty(), 0.95, 1_000, Optional.empty());

        /**
         * Checks the numbers.
         *
         * @param from       as above
         * @param to         as above
         * @param confidence as above
         * @param listed     as above
         * @param learnt     as above
         * @throws IllegalArgumentException if the confidence is no share or the length of the list is negative
         */
        public Options {
            if (!(confidence > 0 && confidence < 1)) {
                throw new IllegalArgumentException("confidence must be between 0 and 1, but was " + confidence);
            }
            if (listed < 0) {
                throw new IllegalArgumentException("listed must be at least 0, but was " + listed);
            }
        }
    }

    /**
     * Goes through a history.
     *
     * @param proposal the policy
     * @param history  the decisions
     * @param options  what to look at
     * @return what the policy would have answered
     * @throws io.jitapproval.JitConfigurationException if the history cannot be read
     */
    public static Simulation run(Proposal proposal, DecisionHistory history, Options options) {
        Census census = Census.of(history, proposal.enforced().attributes());
        Pass pass = new Pass(proposal, history.name(), options, census);
        history.each(pass::take);
        return pass.simulation();
    }

    /** One going through. */
    private static final class Pass {

        private final Proposal proposal;
        private final Policy policy;
        private final String history;
        private final Options options;
        private final Snapshot snapshot;
        private final List<AttributeResolver> resolvers;
        private final @Nullable LearntFrom learnt;
        private final Tally all = new Tally();
        private final Tally inSample = new Tally();
        private final Tally outOfSample = new Tally();
        private final Strata strata = new Strata();
        private final Waits waits = new Waits();
        private final Weights weights = new Weights();
        private final List<Denial> denials = new ArrayList<>();
        private final Map<String, Long> unevaluable = new HashMap<>();
        private long decisions;
        private long unlisted;
        private long saved;
        private @Nullable Instant first;
        private @Nullable Instant last;

        Pass(Proposal proposal, String history, Options options, Census census) {
            this.proposal = proposal;
            this.policy = proposal.enforced().policy();
            this.history = history;
            this.options = options;
            this.snapshot = new Snapshot(proposal, census);
            this.resolvers = List.of(snapshot);
            this.learnt = options.learnt().filter(each -> !each.parts().isEmpty()).orElse(null);
        }

        void take(PastDecision past) {
            Instant opened = past.opened();
            boolean early = options.from().filter(opened::isBefore).isPresent();
            boolean late = options.to().filter(Predicate.not(opened::isBefore)).isPresent();
            if (early || late) {
                return;
            }
            decisions++;
            first = first == null || opened.isBefore(first) ? opened : first;
            last = last == null || opened.isAfter(last) ? opened : last;
            String why = Flip.whyNot(past);
            if (why == null) {
                why = evaluate(past);
            }
            if (why != null) {
                unevaluable.merge(why, 1L, Long::sum);
            }
        }

        /** Why it cannot be evaluated; null if it was. */
        private @Nullable String evaluate(PastDecision past) {
            Decision decision = policy.evaluate(past.request(), past.opened(), lookup(past));
            Answer answer = Answer.of(decision, proposal.fragment());
            boolean permitted = answer == Answer.PERMIT;
            if (!permitted) {
                // What is permitted although something is unknown is permitted whatever that is.
                String why = snapshot.why() == null ? unnamed(past.request()) : snapshot.why();
                if (why != null) {
                    return why;
                }
            }
            Flip flip = Flip.of(past, answer);
            if (flip == null) {
                return Flip.NOBODY_SAYS;
            }
            boolean own = learnt != null && learnt.contains(past, history);
            all.add(past, flip, permitted);
            (own ? inSample : outOfSample).add(past, flip, permitted);
            strata.add(past, flip, permitted);
            weights.add(past, permitted);
            if (flip == Flip.PEOPLE_TO_AUTO && past.isApproved()) {
                saved++;
                past.decided().ifPresent(decided -> waits.add(Duration.between(past.opened(), decided)));
            }
            if (flip == Flip.DENY_TO_APPROVE) {
                if (denials.size() < options.listed()) {
                    denials.add(denial(past, decision, own));
                } else {
                    unlisted++;
                }
            }
            return null;
        }

        private AttributeLookup lookup(PastDecision past) {
            snapshot.look(past);
            return new AttributeLookup(resolvers);
        }

        private @Nullable String unnamed(EvaluationRequest request) {
            if (proposal.enforced().namesSubject() && request.subject().id().equals(PastDecision.UNNAMED)) {
                return "the history does not name the subject";
            }
            return proposal.enforced().namesResource()
                            && request.resource().id().equals(PastDecision.UNNAMED)
                    ? "the history does not name the resource"
                    : null;
        }

        private Denial denial(PastDecision past, Decision decision, boolean own) {
            Decision explained = policy.explained(past.request(), past.opened(), lookup(past), Set.of());
            List<RuleTrace> permitting = explained.explanation().rules().stream()
                    .filter(rule -> decision.rules().contains(rule.rule()))
                    .filter(rule -> rule.match() == Match.MATCHED && PERMISSIVE.contains(rule.effect()))
                    .toList();
            List<Ref> against = past.voices().stream()
                    .filter(voice -> !voice.approved())
                    .map(Voice::person)
                    .distinct()
                    .toList();
            return new Denial(
                    past.id(),
                    past.origin(),
                    past.opened(),
                    past.request().subject().ref(),
                    past.request().action().name(),
                    past.request().resource().ref(),
                    past.route(),
                    against,
                    permitting.stream().map(RuleTrace::rule).toList(),
                    Words.clean(permitting.stream().map(Pass::why).collect(Collectors.joining("; ")), LONGEST_WHY),
                    own);
        }

        private static String why(RuleTrace rule) {
            String comparisons = rule.comparisons().stream()
                    .filter(each -> each.match() == Match.MATCHED)
                    .map(ComparisonTrace::text)
                    .collect(Collectors.joining(", "));
            return comparisons.isEmpty() ? rule.rule() + " has no condition" : comparisons;
        }

        Simulation simulation() {
            double confidence = options.confidence();
            return new Simulation(
                    policy.version(),
                    proposal.fragment(),
                    history,
                    Optional.ofNullable(first),
                    Optional.ofNullable(last),
                    decisions,
                    all.evaluable(),
                    confidence,
                    all.agreement(confidence),
                    all.flips(),
                    denials,
                    unlisted,
                    new Saved(saved, saved / weeks(), waits.sum(), waits.median(), waits.count()),
                    strata.byAction(confidence),
                    strata.byResourceType(confidence),
                    strata.byMonth(confidence),
                    strata.worst(all.covered(), confidence),
                    Optional.ofNullable(learnt).map(said -> samples(said, confidence)),
                    mostFrequentFirst(unevaluable),
                    weights.weighted());
        }

        private Samples samples(LearntFrom said, double confidence) {
            return new Samples(
                    said.origin(),
                    inSample.slice("in-sample", confidence),
                    outOfSample.slice("out-of-sample", confidence));
        }

        private double weeks() {
            double days = first == null || last == null
                    ? 1
                    : Duration.between(first, last).toSeconds() / SECONDS_A_DAY;
            return Math.max(1, days) / DAYS_A_WEEK;
        }

        private static Map<String, Long> mostFrequentFirst(Map<String, Long> counts) {
            Map<String, Long> sorted = new LinkedHashMap<>();
            counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .forEach(each -> sorted.put(each.getKey(), each.getValue()));
            return sorted;
        }
    }

    /** Sums over the inverse of the probability with which people were asked. */
    private static final class Weights {

        private long sampled;
        private long unusable;
        private double byPeople;
        private double covered;
        private double coveredSquares;
        private double wrong;

        void add(PastDecision past, boolean permitted) {
            if (!past.isLabelled()) {
                return;
            }
            boolean blind = past.route() == PastDecision.Route.AUDIT;
            double probability = past.probability().orElse(blind ? 0 : 1);
            if (!(probability > 0)) {
                unusable++;
                return;
            }
            sampled += probability < 1 ? 1 : 0;
            double weight = 1 / probability;
            byPeople += weight;
            if (permitted) {
                covered += weight;
                coveredSquares += weight * weight;
                wrong += past.isApproved() ? 0 : weight;
            }
        }

        Weighted weighted() {
            double effective = coveredSquares == 0 ? 0 : covered * covered / coveredSquares;
            return new Weighted(sampled, unusable, byPeople, covered, wrong, effective);
        }
    }
}
