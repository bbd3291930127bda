package io.jitapproval.core.feedback.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

@Label("wall 16: the bounds of suggestions keep what they promise")
class StatsLawsTest {

    private static final double DELTA = 0.05;
    private static final double EPS = 0.02;
    private static final int LOOKS = 10_000;

    @Property(tries = 300)
    @Label("a bound is where the tail is 1 - confidence; more errors never lower it")
    void inverse(
            @ForAll @IntRange(min = 1, max = 2_000_000) int n,
            @ForAll @Scale(6) @DoubleRange(min = 0, max = 1) double share,
            @ForAll @Scale(6) @DoubleRange(min = 0.5, max = 0.999) double confidence) {
        long wrong = Math.min(n - 1, (long) (share * share * share * n));
        double upper = Binomial.upper(wrong, n, confidence);
        assertThat(Binomial.atMost(wrong, n, upper)).isCloseTo(1 - confidence, within(1e-7));
        assertThat(Binomial.upper(wrong + 1, n, confidence)).isGreaterThan(upper);
        double lower = Binomial.lower(wrong + 1, n, confidence);
        assertThat(Binomial.atLeast(wrong + 1, n, lower)).isCloseTo(1 - confidence, within(1e-7));
        assertThat(lower).isLessThan((wrong + 1.0) / n);
        assertThat(upper).isGreaterThan((double) wrong / n);
    }

    @Property(tries = 300)
    @Label("tails agree with plain sums")
    void tails(
            @ForAll @IntRange(min = 1, max = 60) int n,
            @ForAll @IntRange(min = 0, max = 60) int some,
            @ForAll @Scale(6) @DoubleRange(min = 0.001, max = 0.999) double p) {
        int k = Math.min(some, n);
        double sum = 0;
        double choose = 1;
        for (int i = 0; i <= k; i++) {
            sum += choose * Math.pow(p, i) * Math.pow(1 - p, n - i);
            choose = choose * (n - i) / (i + 1);
        }
        assertThat(Binomial.atMost(k, n, p)).isCloseTo(sum, within(1e-11));
        assertThat(Binomial.atLeast(k + 1, n, p)).isCloseTo(1 - sum, within(1e-11));
    }

    @Property(tries = 300)
    @Label("the capital is a fair or losing game while the rate is at most eps, and tells the same from its components")
    void supermartingale(
            @ForAll @IntRange(min = 0, max = 3000) int n,
            @ForAll @IntRange(min = 0, max = 100) int some,
            @ForAll @Scale(6) @DoubleRange(min = 0.001, max = 0.5) double eps,
            @ForAll @Scale(6) @DoubleRange(min = 0, max = 1) double part) {
        BettingBound bound = new BettingBound(eps, 0.95, n, Math.min(n, some), 0);
        double before = bound.logCapital();
        double p = eps * part;
        double expected = p * Math.exp(bound.add(true).logCapital() - before)
                + (1 - p) * Math.exp(bound.add(false).logCapital() - before);
        assertThat(expected).isLessThanOrEqualTo(1 + 1e-9);
        double half = Math.exp(bound.add(0.5).logCapital() - before);
        double line = 0.5 * Math.exp(bound.add(true).logCapital() - before)
                + 0.5 * Math.exp(bound.add(false).logCapital() - before);
        assertThat(half).isLessThanOrEqualTo(line + 1e-9);
        assertThat(bound.lower() > eps).isEqualTo(bound.logCapital() >= Math.log(20) && bound.lower() != eps);
    }

    @Example
    @Label(
            "at p = eps fewer than delta of the streams ever raise an alarm in 10 000 looks; whoever peeks with Clopper-Pearson raises more")
    void anytime() {
        SplittableRandom random = new SplittableRandom(5);
        int alarms = 0;
        int twins = 0;
        int streams = 300;
        for (int i = 0; i < streams; i++) {
            BettingBound bound = BettingBound.of(EPS, 1 - DELTA);
            boolean peeked = false;
            for (int look = 0; look < LOOKS && !(bound.suspends() && peeked); look++) {
                boolean wrong = random.nextDouble() < EPS;
                bound = bound.add(wrong);
                // The bound rises with an error only, so that looking then is looking always.
                peeked |= wrong && Binomial.atLeast((long) bound.wrong(), bound.n(), EPS) < DELTA;
            }
            alarms += bound.suspends() ? 1 : 0;
            twins += peeked ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo((int) (DELTA * streams));
        assertThat(twins).isGreaterThan((int) (3 * DELTA * streams));
    }

    @Example
    @Label("a rate above eps suspends soon, and luck afterwards does not take it back")
    void suspends() {
        SplittableRandom random = new SplittableRandom(7);
        long looks = 0;
        for (int i = 0; i < 100; i++) {
            BettingBound bound = BettingBound.of(EPS, 1 - DELTA);
            while (!bound.suspends()) {
                bound = bound.add(random.nextDouble() < 0.08);
            }
            assertThat(bound.lower()).isGreaterThanOrEqualTo(EPS - 1e-9);
            looks += bound.n();
            for (int later = 0; later < 1000; later++) {
                bound = bound.add(false);
            }
            assertThat(bound.suspends()).isTrue();
            assertThat(bound.lower()).isLessThan(EPS);
            assertThat(new BettingBound(bound.eps(), bound.confidence(), bound.n(), bound.wrong(), bound.peak()))
                    .isEqualTo(bound);
        }
        assertThat(looks / 100).isBetween(20L, 200L);
    }
}
