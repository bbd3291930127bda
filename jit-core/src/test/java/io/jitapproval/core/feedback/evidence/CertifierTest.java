package io.jitapproval.core.feedback.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.core.feedback.evidence.Certifier.Ranked;
import io.jitapproval.core.feedback.evidence.Certifier.Verdict;
import io.jitapproval.core.feedback.stats.Binomial;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 16: a threshold passes only if it would pass however many were tried")
class CertifierTest {

    private static final double EPSILON = 0.05;
    private static final double DELTA = 0.1;
    private static final int RUNS = 400;
    private static final int SIZE = 600;
    private static final Ranked NOTHING = new Ranked(new double[0], new int[0]);

    /** Scores that say nothing, and answers that are wrong as often as may not be. */
    private static Ranked atTheEdge(Random random) {
        double[] scores = IntStream.range(0, SIZE).mapToDouble(i -> -i).toArray();
        boolean[] yes = new boolean[SIZE];
        for (int i = 0; i < SIZE; i++) {
            yes[i] = random.nextDouble() >= EPSILON * 1.0001;
        }
        return Ranked.of(scores, yes, IntStream.range(0, SIZE).toArray());
    }

    private interface Way {
        boolean passes(Ranked ranked);
    }

    private static double falsePasses(Way way) {
        Random random = new Random(7);
        int passes = 0;
        for (int run = 0; run < RUNS; run++) {
            passes += way.passes(atTheEdge(random)) ? 1 : 0;
        }
        return (double) passes / RUNS;
    }

    @Test
    @DisplayName("where all thresholds are wrong just too often, one passes in at most δ of the cases")
    void valid() {
        Certifier certifier = new Certifier(EPSILON);
        double rate = falsePasses(
                ranked -> certifier.certify(ranked, NOTHING, DELTA).threshold().isPresent());
        assertThat(rate).isLessThanOrEqualTo(DELTA);
    }

    @Test
    @DisplayName("broken twin: each threshold is tested as if it were the only one")
    void twinUncorrected() {
        double rate = falsePasses(ranked -> {
            for (int i = 1; i <= 40; i++) {
                int covered = i * SIZE / 40;
                if (Binomial.upper(ranked.wrongAt(covered), covered, 1 - DELTA) <= EPSILON) {
                    return true;
                }
            }
            return false;
        });
        assertThat(rate).isGreaterThan(DELTA);
    }

    @Test
    @DisplayName("broken twin: the share that is wrong is taken for its bound")
    void twinUnbounded() {
        double rate = falsePasses(ranked -> ranked.wrongAt(SIZE) <= EPSILON * SIZE);
        assertThat(rate).isGreaterThan(DELTA);
    }

    @Test
    @DisplayName("the largest coverage that passes is chosen, and its numbers are those of what it lets through")
    void largest() {
        boolean[] yes = new boolean[2_000];
        for (int i = 0; i < yes.length; i++) {
            yes[i] = i < 1_000 || i % 4 != 0;
        }
        double[] scores = IntStream.range(0, 2_000).mapToDouble(i -> -i).toArray();
        Ranked ranked = Ranked.of(scores, yes, IntStream.range(0, 2_000).toArray());
        Verdict verdict = new Certifier(EPSILON).certify(ranked, ranked, DELTA);
        assertThat(verdict.covered()).isBetween(1_000, 1_250);
        assertThat(verdict.wrong()).isEqualTo((verdict.covered() - 1_000 + 3) / 4);
        assertThat(verdict.bound()).isEqualTo(Binomial.upper(verdict.wrong(), verdict.covered(), verdict.level()));
        assertThat(verdict.bound()).isLessThanOrEqualTo(EPSILON);
    }

    @Test
    @DisplayName("equal scores are let through together or not at all")
    void ties() {
        boolean[] yes = new boolean[1_000];
        double[] scores = new double[1_000];
        for (int i = 0; i < yes.length; i++) {
            scores[i] = i < 500 ? 1 : 0;
            yes[i] = i < 500;
        }
        Ranked ranked = Ranked.of(scores, yes, IntStream.range(0, 1_000).toArray());
        assertThat(new Certifier(EPSILON).certify(ranked, NOTHING, DELTA).covered()).isEqualTo(500);
        assertThat(ranked.covered(0.5)).isEqualTo(500);
        assertThat(ranked.covered(2)).isZero();
    }

    @Test
    @DisplayName("nothing passes: so many decisions are needed as would pass if they come as these")
    void needed() {
        boolean[] yes = new boolean[60];
        java.util.Arrays.fill(yes, true);
        double[] scores = IntStream.range(0, 60).mapToDouble(i -> -i).toArray();
        Verdict verdict = new Certifier(EPSILON)
                .certify(Ranked.of(scores, yes, IntStream.range(0, 60).toArray()), NOTHING, DELTA);
        assertThat(verdict.threshold()).isEmpty();
        long needed = verdict.needed().orElseThrow();
        assertThat(needed).isGreaterThan(60).isLessThan(400);
        int enough = (int) needed;
        boolean[] more = new boolean[enough];
        java.util.Arrays.fill(more, true);
        double[] theirs = IntStream.range(0, enough).mapToDouble(i -> -i).toArray();
        assertThat(new Certifier(EPSILON)
                        .certify(Ranked.of(theirs, more, IntStream.range(0, enough).toArray()), NOTHING, DELTA)
                        .threshold())
                .isPresent();
    }
}
