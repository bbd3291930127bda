package io.jitapproval.core.feedback.evidence;

import io.jitapproval.core.feedback.DecisionHistory;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.evidence.Certificate.How;
import io.jitapproval.core.feedback.stats.Binomial;
import io.jitapproval.core.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Learns from a history what could be approved without people, and how sure that is. Deterministic. */
public final class Learner {

    /** The share of decisions, the oldest, that a split learns from. */
    private static final double LEARNT = 0.7;

    static final int FOLDS = 5;
    private static final int LEAST_DECISIONS = 20;

    private Learner() {}

    /**
     * What is wanted.
     *
     * @param maxWrong   ε: which share of what is let through may be wrong, between 0 and 1
     * @param confidence 1 − δ, between 0 and 1
     * @param how        on which decisions it is checked
     * @param name       what the model is to be called: letters, digits, - and _
     * @param policy     the policy in force: what it closes to machines, denies or calls risky stays closed; empty if not known
     * @param stamped    whether the votes of a decision say nothing, because those who cast them do not look
     */
    public record Settings(
            double maxWrong,
            double confidence,
            How how,
            String name,
            Optional<Policy> policy,
            Predicate<PastDecision> stamped) {

        /**
         * Checks the numbers.
         *
         * @param maxWrong   as above
         * @param confidence as above
         * @param how        as above
         * @param name       as above
         * @param policy     as above
         * @param stamped    as above
         * @throws IllegalArgumentException if a number is out of its range
         */
        public Settings {
            if (!(maxWrong > 0 && maxWrong < 1)) {
                throw new IllegalArgumentException("maxWrong must be between 0 and 1, but was " + maxWrong);
            }
            if (!(confidence > 0 && confidence < 1)) {
                throw new IllegalArgumentException("confidence must be between 0 and 1, but was " + confidence);
            }
        }
    }

    /**
     * What was learnt.
     *
     * @param model       the model that the suggested scores are of; empty if there are too few decisions for one
     * @param suggestions one for each action and form, also where nothing is suggested
     * @param decisions   how many decisions the history has
     * @param used        how many of them are evidence
     * @param approved    how many of these were approved
     * @param leftOut     how many are no evidence, by the reason
     * @param from        the oldest that is evidence; the epoch if there is none
     * @param to          the newest
     */
    public record Learnt(
            Optional<EvidenceModel> model,
            List<Suggestion> suggestions,
            int decisions,
            int used,
            int approved,
            Map<String, Integer> leftOut,
            Instant from,
            Instant to) {

        /**
         * Copies the collections.
         *
         * @param model       as above
         * @param suggestions as above
         * @param decisions   as above
         * @param used        as above
         * @param approved    as above
         * @param leftOut     as above
         * @param from        as above
         * @param to          as above
         */
        public Learnt {
            suggestions = List.copyOf(suggestions);
            leftOut = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
        }
    }

    /**
     * Learns.
     *
     * @param history  the history; gone through once
     * @param settings what is wanted
     * @return what was learnt; with too few decisions, or of one kind only, no model and no suggestion that passed
     * @throws io.jitapproval.JitConfigurationException if the history cannot be read
     */
    public static Learnt learn(DecisionHistory history, Settings settings) {
        Gates gates = new Gates(settings.policy());
        Rows rows = Rows.of(history, gates::isClosed, settings.stamped(), Gates.FLOOD);
        int size = rows.order().length;
        int approved = 0;
        for (int row : rows.order()) {
            approved += rows.approved(row) ? 1 : 0;
        }
        Map<String, Integer> leftOut = new LinkedHashMap<>();
        rows.leftOut.forEach((why, times) -> leftOut.put(why.words(), times));
        Instant from = size == 0 ? Instant.EPOCH : rows.time(rows.order()[0]);
        Instant to = size == 0 ? Instant.EPOCH : rows.time(rows.order()[size - 1]);
        if (size < LEAST_DECISIONS || approved == 0) {
            return new Learnt(Optional.empty(), List.of(), rows.all(), size, approved, leftOut, from, to);
        }
        boolean split = settings.how() == How.SPLIT;
        int fit = split ? (int) Math.floor(size * LEARNT) : size;
        Encoding encoding = Encoding.of(rows, fit);
        Scorer scorer = new Scorer(encoding, fit, FOLDS);
        double[][] weights = scorer.weights(!split);
        double[] last = weights[weights.length - 1];
        List<EvidenceModel.Table> kept = scorer.kept(last);
        Scorer.Scores crossed = scorer.crossed(split ? new double[][] {last} : weights);
        Sample sample = split
                ? Sample.split(encoding, fit, crossed, scorer.ahead(last[0], kept))
                : Sample.crossed(encoding, crossed);
        int[] actions = IntStream.range(0, encoding.actions.size())
                .filter(action -> sample.members(action).length > 0)
                .toArray();
        // An action with too few decisions for anything to pass takes nothing from the others.
        double allowed = 1 - settings.confidence();
        long enough = Binomial.needed(settings.maxWrong(), allowed);
        long hopeful = Arrays.stream(actions)
                .filter(action -> sample.members(action).length >= enough)
                .count();
        double delta = allowed / Math.max(1, hopeful);
        Tolerance tolerance = new Tolerance(encoding, sample, settings.maxWrong());
        ScoreSuggestion scored = new ScoreSuggestion(rows, encoding, sample, settings, tolerance);
        List<ScoreSuggestion.Found> found = new ArrayList<>();
        int[] tolerated = new int[encoding.actions.size()];
        for (int action : actions) {
            ScoreSuggestion.Found one = scored.find(action, delta);
            found.add(one);
            tolerated[action] = one.tolerated();
        }
        EvidenceModel model = EvidenceModel.of(new EvidenceModel.Parts(
                settings.name(),
                made(from, to, size),
                scorer.base(),
                last[0],
                encoding.columns,
                encoding.applies,
                encoding.actions,
                tolerated,
                kept));
        List<Suggestion> suggestions = new ArrayList<>();
        found.forEach(one -> suggestions.add(scored.write(one, model)));
        RuleMiner miner = new RuleMiner(rows, encoding, fit, settings);
        for (int action : actions) {
            suggestions.add(miner.suggest(action, delta));
        }
        return new Learnt(Optional.of(model), suggestions, rows.all(), size, approved, leftOut, from, to);
    }

    private static String made(Instant from, Instant to, int size) {
        return "from " + size + " decisions between " + from + " and " + to;
    }

    /** Scores of those that are checked, and of the older ones that say where to look. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Sample(int first, int[] action, boolean[] yes, double[] score, int[] novel, int planned) {

        /** Positions before {@code first} are older ones, all others are checked. */
        static Sample split(Encoding encoding, int fit, Scorer.Scores older, Scorer.Scores newer) {
            int size = encoding.yes.length;
            double[] score = Arrays.copyOf(older.score(), size);
            int[] novel = Arrays.copyOf(older.novel(), size);
            System.arraycopy(newer.score(), 0, score, fit, size - fit);
            System.arraycopy(newer.novel(), 0, novel, fit, size - fit);
            return new Sample(fit, encoding.action, encoding.yes, score, novel, fit);
        }

        static Sample crossed(Encoding encoding, Scorer.Scores scores) {
            return new Sample(0, encoding.action, encoding.yes, scores.score(), scores.novel(), 0);
        }

        /** The positions of an action's decisions that are checked. */
        int[] members(int of) {
            return IntStream.range(first, yes.length)
                    .filter(i -> action[i] == of)
                    .toArray();
        }

        /** The positions of its older ones. */
        int[] older(int of) {
            return IntStream.range(0, planned).filter(i -> action[i] == of).toArray();
        }
    }
}
