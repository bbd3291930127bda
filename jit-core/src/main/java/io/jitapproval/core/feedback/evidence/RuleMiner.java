package io.jitapproval.core.feedback.evidence;

import io.jitapproval.core.feedback.evidence.Certificate.How;
import io.jitapproval.core.feedback.evidence.Certifier.Ranked;
import io.jitapproval.core.feedback.evidence.Certifier.Verdict;
import io.jitapproval.core.feedback.evidence.Suggestion.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Mines rules that can be read: values, and pairs of values of attributes with few of them, whose requests people nearly always approved,
 * unless another value is one whose requests they often denied. How good "nearly always" has to be is certified for all rules together.
 */
final class RuleMiner {

    /** A value counts by the lower end of Wilson's interval at one standard error (J. Am. Stat. Assoc. 22, 1927). */
    private static final double ERRORS = 1;

    private static final int LEAST_SUPPORT = 10;
    private static final int LEAST_AGAINST = 3;
    private static final int FEW_VALUES = 20;
    private static final int LEAST_SUBJECTS = 3;
    private static final int LEAST_DECIDERS = 2;
    /** A value is an exception if its requests are denied so many times as often as all. */
    private static final double[] OFTEN = {3, 2, 5};
    /** … or, where many are denied anyway, so often. */
    private static final double[] AT_MOST = {0.15, 0.1, 0.3};

    private static final double BARRED = -1;

    private final Rows rows;
    private final Encoding encoding;
    private final int fit;
    private final Learner.Settings settings;
    private final Certifier certifier;
    private final List<Counts> tables = new ArrayList<>();
    private final List<BitSet> backed = new ArrayList<>();
    private final int[] fold;
    private final double base;
    /** How good the best value of a row is, without its fold where it was learnt from. */
    private final double[] best;
    /** How often requests with its worst value were approved. */
    private final double[] worst;

    RuleMiner(Rows rows, Encoding encoding, int fit, Learner.Settings settings) {
        this.rows = rows;
        this.encoding = encoding;
        this.fit = fit;
        this.settings = settings;
        this.certifier = new Certifier(settings.maxWrong());
        this.fold = new int[fit];
        long approved = 0;
        for (int i = 0; i < fit; i++) {
            fold[i] = Folds.of(i, Learner.FOLDS);
            approved += encoding.yes[i] ? 1 : 0;
        }
        this.base = Evidence.base(approved, fit);
        this.best = new double[encoding.yes.length];
        this.worst = new double[encoding.yes.length];
        Arrays.fill(worst, 1);
        for (int[] table : shapes()) {
            count(table);
        }
    }

    private List<int[]> shapes() {
        return encoding.tables(fit).stream()
                .filter(table -> table[1] < 0
                        || (encoding.columns.get(table[0]).size() <= FEW_VALUES
                                && encoding.columns.get(table[1]).size() <= FEW_VALUES))
                .toList();
    }

    private void count(int[] table) {
        Counts counts = new Counts(table[0], table[1], Learner.FOLDS, 1 << 10);
        for (int i = 0; i < fit; i++) {
            counts.add(counts.key(encoding.codes, i), fold[i], encoding.yes[i]);
        }
        BitSet several = several(counts);
        for (int i = 0; i < best.length; i++) {
            int without = i < fit ? fold[i] : -1;
            int slot = counts.slot(counts.key(encoding.codes, i));
            int decided = counts.decided(slot, without, -1);
            int approved = counts.approved(slot, without, -1);
            if (slot >= 0 && several.get(slot)) {
                best[i] = Math.max(best[i], quality(approved, decided));
            }
            worst[i] = Math.min(worst[i], rate(approved, decided));
        }
        tables.add(counts);
        backed.add(several);
    }

    /** The keys that several subjects and deciders stand behind, or of which the history names none. */
    private BitSet several(Counts counts) {
        List<Set<Integer>> subjects = new ArrayList<>();
        List<Set<Integer>> deciders = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            subjects.add(new HashSet<>());
            deciders.add(new HashSet<>());
        }
        for (int i = 0; i < fit; i++) {
            int slot = counts.slot(counts.key(encoding.codes, i));
            if (slot >= 0) {
                int row = rows.order()[i];
                add(subjects.get(slot), rows.subject(row), LEAST_SUBJECTS);
                add(deciders.get(slot), rows.decider(row), LEAST_DECIDERS);
            }
        }
        BitSet several = new BitSet();
        for (int slot = 0; slot < counts.size(); slot++) {
            int who = subjects.get(slot).size();
            int whom = deciders.get(slot).size();
            several.set(slot, (who == 0 || who >= LEAST_SUBJECTS) && (whom == 0 || whom >= LEAST_DECIDERS));
        }
        return several;
    }

    private static void add(Set<Integer> some, int one, int enough) {
        if (one > 0 && some.size() < enough) {
            some.add(one);
        }
    }

    private static double quality(int approved, int decided) {
        if (decided < LEAST_SUPPORT) {
            return 0;
        }
        double n = decided;
        double p = approved / n;
        double z = ERRORS * ERRORS;
        return (p + z / (2 * n) - ERRORS * Math.sqrt(p * (1 - p) / n + z / (4 * n * n))) / (1 + z / n);
    }

    private double rate(int approved, int decided) {
        return decided < LEAST_AGAINST ? 1 : (approved + Evidence.SMOOTHING * base) / (decided + Evidence.SMOOTHING);
    }

    private double bar(int idea) {
        return 1 - Math.min(AT_MOST[idea], OFTEN[idea] * (1 - base));
    }

    private double[] scores(int idea) {
        double bar = bar(idea);
        double[] scores = new double[best.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = worst[i] <= bar ? BARRED : best[i];
        }
        return scores;
    }

    /** What passed, of one idea of what an exception is. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Tried(int idea, double[] scores, Ranked ranked, Verdict verdict) {}

    Suggestion suggest(int action, double delta) {
        boolean split = settings.how() == How.SPLIT;
        int first = split ? fit : 0;
        int[] members = IntStream.range(first, encoding.yes.length)
                .filter(i -> encoding.action[i] == action)
                .toArray();
        int[] older = split
                ? IntStream.range(0, fit)
                        .filter(i -> encoding.action[i] == action)
                        .toArray()
                : new int[0];
        Known known = Known.of(encoding, fit, action);
        int[] tried = split
                ? new int[] {promising(known, older, delta)}
                : IntStream.range(0, OFTEN.length).toArray();
        @Nullable Tried chosen = null;
        for (int idea : tried) {
            double[] scores = known.bar(scores(idea), BARRED);
            Ranked ranked = Ranked.of(scores, encoding.yes, members);
            Verdict verdict = certifier.certify(ranked, Ranked.of(scores, encoding.yes, older), delta / tried.length);
            Tried now = new Tried(idea, scores, ranked, usable(verdict));
            if (chosen == null
                    || (now.verdict().threshold().isPresent()
                            && (chosen.verdict().threshold().isEmpty()
                                    || now.verdict().covered()
                                            > chosen.verdict().covered()))) {
                chosen = now;
            }
        }
        if (chosen == null) {
            throw new IllegalStateException("some idea of an exception is always tried");
        }
        return write(action, known, members, chosen, tried.length);
    }

    /** A threshold that lets through what nothing speaks for is none. */
    private static Verdict usable(Verdict verdict) {
        return verdict.threshold().isPresent() && verdict.threshold().getAsDouble() <= 0
                ? new Verdict(
                        java.util.OptionalDouble.empty(),
                        verdict.tried(),
                        verdict.level(),
                        0,
                        0,
                        1,
                        java.util.OptionalLong.empty())
                : verdict;
    }

    /** The idea of an exception that the older decisions promise most of. */
    private int promising(Known known, int[] older, double delta) {
        int chosen = 0;
        int most = -1;
        for (int idea = 0; idea < OFTEN.length; idea++) {
            Verdict verdict = usable(certifier.certify(
                    Ranked.of(known.bar(scores(idea), BARRED), encoding.yes, older),
                    new Ranked(new double[0], new int[0]),
                    delta));
            int covered = verdict.threshold().isPresent() ? verdict.covered() : 0;
            if (covered > most) {
                most = covered;
                chosen = idea;
            }
        }
        return chosen;
    }

    private Suggestion write(int action, Known known, int[] members, Tried chosen, int ideas) {
        Verdict verdict = chosen.verdict();
        int[] covered = verdict.threshold().isEmpty()
                ? new int[0]
                : Arrays.stream(members)
                        .filter(i -> chosen.scores()[i] >= verdict.threshold().getAsDouble())
                        .toArray();
        Draft draft = new Draft(rows, encoding, encoding.yes, settings, action, Form.RULES);
        draft.members(covered);
        if (verdict.threshold().isEmpty()) {
            draft.nothing(verdict, members.length);
        } else if (certifier.drifts(draft.wrong(covered))) {
            draft.drift();
        }
        Certificate certificate = draft.certificate(
                verdict.of(ideas), members.length, settings.how() == How.SPLIT ? fit : members.length);
        if (draft.passes()) {
            int[] learnt = IntStream.range(0, fit)
                    .filter(i -> encoding.action[i] == action && chosen.scores()[i] > BARRED)
                    .toArray();
            RuleText text = new RuleText(encoding, action, settings.name(), learnt);
            for (int t = 0; t < tables.size(); t++) {
                Counts counts = tables.get(t);
                BitSet here = here(counts, action);
                text.good(counts, good(t, verdict.threshold().getAsDouble(), here));
                text.bad(counts, bad(counts, bar(chosen.idea()), here));
            }
            draft.rules(text.rules(known));
            text.lines().forEach(draft::why);
            known.lines().forEach(draft::why);
        }
        draft.notCovered("values that are in no list: requests with them go to people");
        return draft.suggestion(certificate, Optional.empty(), Curve.of(chosen.ranked(), verdict.level()));
    }

    /** The keys that requests for the action have. */
    private BitSet here(Counts counts, int action) {
        BitSet here = new BitSet();
        for (int i = 0; i < fit; i++) {
            int slot = encoding.action[i] == action ? counts.slot(counts.key(encoding.codes, i)) : -1;
            if (slot >= 0) {
                here.set(slot);
            }
        }
        return here;
    }

    private List<Long> good(int table, double threshold, BitSet here) {
        Counts counts = tables.get(table);
        long[] keys = counts.keys();
        return here.stream()
                .filter(backed.get(table)::get)
                .filter(slot -> quality(counts.approved(slot, -1, -1), counts.decided(slot, -1, -1)) >= threshold)
                .mapToObj(slot -> keys[slot])
                .toList();
    }

    private List<Long> bad(Counts counts, double bar, BitSet here) {
        long[] keys = counts.keys();
        return here.stream()
                .filter(slot -> rate(counts.approved(slot, -1, -1), counts.decided(slot, -1, -1)) <= bar)
                .mapToObj(slot -> keys[slot])
                .toList();
    }
}
