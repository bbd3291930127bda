package io.jitapproval.core.feedback.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jitapproval.core.feedback.stats.Fisher.Table;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("wall 16: the bounds of suggestions are those that were published")
class StatsTest {

    @ParameterizedTest(name = "{0} of {1}: {2} to {3}")
    @CsvSource({"81, 263, 0.2527, 0.3676", "15, 148, 0.0578, 0.1617", "0, 20, 0.0000, 0.1684", "1, 29, 0.0009, 0.1776"})
    @DisplayName(
            "R. G. Newcombe, Two-sided confidence intervals for the single proportion, Stat. Med. 17 (1998), table I, method 5")
    void newcombe(long some, long n, double low, double high) {
        assertThat(Binomial.lower(some, n, 0.975)).isCloseTo(low, within(5e-5));
        assertThat(Binomial.upper(some, n, 0.975)).isCloseTo(high, within(5e-5));
    }

    @Test
    @DisplayName("682 of 925 as in the manual of R's binom.test; 1 of 171 as in the design")
    void others() {
        assertThat(Binomial.lower(682, 925, 0.975)).isCloseTo(0.7076683, within(5e-8));
        assertThat(Binomial.upper(682, 925, 0.975)).isCloseTo(0.7654066, within(5e-8));
        assertThat(Binomial.upper(1, 171, 0.95)).isCloseTo(0.0274, within(5e-5));
    }

    @Test
    @DisplayName("Ten million: as SciPy's beta.ppf and sums of 40 digits say")
    void large() {
        assertThat(Binomial.lower(100_000, 10_000_000, 0.95)).isCloseTo(0.00994830067049895, within(1e-12));
        assertThat(Binomial.upper(100_000, 10_000_000, 0.95)).isCloseTo(0.010051909014411874, within(1e-12));
        assertThat(Binomial.upper(3, 10_000_000, 0.95)).isCloseTo(7.753654685435576e-07, within(1e-15));
        assertThat(Binomial.lower(3, 10_000_000, 0.95)).isCloseTo(8.176914955021388e-08, within(1e-15));
        assertThat(Binomial.upper(9_999_990, 10_000_000, 0.95)).isCloseTo(0.9999994574593333, within(1e-12));
        assertThat(Binomial.logAtLeast(200_000, 10_000_000, 0.01)).isCloseTo(-39142.52455148669, within(1e-7));
        assertThat(Binomial.logAtLeast(100_500, 10_000_000, 0.01)).isCloseTo(-2.877290041057752, within(1e-10));
        assertThat(Binomial.logAtMost(99_000, 10_000_000, 0.01)).isCloseTo(-7.218464028035631, within(1e-8));
    }

    @Test
    @DisplayName("299 and 598 decisions without an error (design); with errors the smallest n that passes")
    void needed() {
        assertThat(Binomial.needed(0.01, 0.05)).isEqualTo(299);
        assertThat(Binomial.needed(0.005, 0.05)).isEqualTo(598);
        assertThat(Binomial.needed(0.5, 0.5)).isEqualTo(1);
        assertThat(Binomial.needed(0.02, 0.05, 0)).isEqualTo(OptionalLong.of(149));
        assertThat(Binomial.needed(0.02, 0.05, 0.02)).isEmpty();
        assertThat(Binomial.needed(0.02, 0.05, 0.0199999)).isEmpty();
        long n = Binomial.needed(0.02, 0.05, 0.01).orElseThrow();
        assertThat(Binomial.upper((long) Math.ceil(0.01 * n), n, 0.95)).isLessThanOrEqualTo(0.02);
        for (long fewer = 1; fewer < n; fewer++) {
            assertThat(Binomial.upper((long) Math.ceil(0.01 * fewer), fewer, 0.95))
                    .isGreaterThan(0.02);
        }
    }

    @Test
    @DisplayName("Rule of three: Hanley and Lippman-Hand, JAMA 249 (1983): none of 100 is at most 3 %")
    void three() {
        assertThat(Binomial.ruleOfThree(100, 0.95)).isCloseTo(0.03, within(5e-5));
        assertThat(Binomial.ruleOfThree(100, 0.95)).isGreaterThan(Binomial.upper(0, 100, 0.95));
        assertThat(Binomial.ruleOfThree(1, 0.95)).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} values: the {1}th largest")
    @CsvSource({"58, 0", "59, 1", "92, 1", "93, 2", "123, 2", "124, 3", "152, 3", "153, 4", "180, 4", "181, 5"})
    @DisplayName("Wilks' formula for 95/95: 59, 93, 124, 153, 181 (IAEA SSR-52 and its forerunners, order 1 to 5)")
    void wilks(int n, int order) {
        OptionalInt expected = order == 0 ? OptionalInt.empty() : OptionalInt.of(n + 1 - order);
        assertThat(OrderStatistic.upper(n, 0.95, 0.95)).isEqualTo(expected);
        assertThat(OrderStatistic.lower(n, 0.05, 0.95))
                .isEqualTo(order == 0 ? OptionalInt.empty() : OptionalInt.of(order));
        assertThat(OrderStatistic.needed(0.95, 0.95)).isEqualTo(59);
    }

    @Test
    @DisplayName("Benjamini and Hochberg (1995), §3: four of fifteen at 0.05; Holm three")
    void discovery() {
        double[] values = {
            0.5719, 0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.6528,
            0.7590, 1
        };
        assertThat(count(Discovery.benjaminiHochberg(values, 0.05))).isEqualTo(4);
        assertThat(Discovery.benjaminiHochberg(values, 0.05)).startsWith(false, true, true, true, true, false);
        assertThat(Discovery.holm(values, 0.05)).startsWith(false, true, true, true, false);
        assertThat(count(Discovery.holm(values, 0.05))).isEqualTo(3);
        assertThat(Discovery.benjaminiHochberg(new double[0], 0.05)).isEmpty();
        // A later value takes those before it along.
        assertThat(count(Discovery.benjaminiHochberg(new double[] {0.04, 0.045}, 0.05)))
                .isEqualTo(2);
        assertThat(Discovery.atLeastTwo(0.001, 0.5, 0.02)).isCloseTo(0.04, within(1e-12));
        assertThat(Discovery.atLeastTwo(0.001)).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "Fisher: the lady and her tea (1/70 and 17/70); convicts' twins, 0.0004652 and 0.0005367 (R's fisher.test)")
    void fisher() {
        assertThat(Fisher.greater(4, 4, 0, 4)).isCloseTo(1 / 70.0, within(1e-12));
        assertThat(Fisher.greater(3, 4, 1, 4)).isCloseTo(17 / 70.0, within(1e-12));
        assertThat(Fisher.less(2, 17, 10, 13)).isCloseTo(0.0004652, within(5e-8));
        assertThat(Fisher.unequal(2, 17, 10, 13)).isCloseTo(0.0005367, within(5e-8));
        assertThat(Fisher.less(0, 5, 0, 7)).isEqualTo(1);
        assertThat(Fisher.greater(4, 4, 0, 0)).isCloseTo(1, within(1e-12));
    }

    @Test
    @DisplayName("Strata are counted apart: Berkeley 1973, where the sum misleads (Bickel et al., Science 187, 1975)")
    void strata() {
        List<Table> women = List.of(
                new Table(89, 108, 512, 825),
                new Table(17, 25, 353, 560),
                new Table(202, 593, 120, 325),
                new Table(131, 375, 138, 417),
                new Table(94, 393, 53, 191),
                new Table(24, 341, 22, 373));
        assertThat(Fisher.less(557, 1835, 1198, 2691)).isLessThan(1e-20);
        // Department A alone differs, in favour of women.
        assertThat(Fisher.greater(89, 108, 512, 825)).isLessThan(1e-4);
        assertThat(Fisher.less(women)).isGreaterThan(0.5);
        assertThat(Fisher.greater(women)).isBetween(0.05, 0.5);
        assertThat(Fisher.less(women.subList(1, 2))).isCloseTo(Fisher.less(17, 25, 353, 560), within(1e-12));
    }

    @Test
    @DisplayName("Population stability index: 0 for the same mix, and a case by hand")
    void shift() {
        assertThat(Shift.index(new long[] {10, 20, 30}, new long[] {100, 200, 300}))
                .isLessThan(0.001);
        double byHand = (0.3 - 0.5) * Math.log(0.3 / 0.5) + (0.7 - 0.5) * Math.log(0.7 / 0.5);
        assertThat(Shift.index(new long[] {500_000, 500_000}, new long[] {300_000, 700_000}))
                .isCloseTo(byHand, within(1e-5));
        assertThat(Shift.index(new long[] {0, 0}, new long[] {1, 2})).isEqualTo(0);
        assertThat(Shift.index(new long[] {100, 0}, new long[] {0, 100})).isGreaterThan(Shift.MUCH);
    }

    @Test
    @DisplayName("Numbers out of range are refused by name")
    void refused() {
        assertThatThrownBy(() -> Binomial.upper(2, 1, 0.95)).hasMessageContaining("2 of 1");
        assertThatThrownBy(() -> Binomial.lower(0, 1, 1)).hasMessageContaining("confidence");
        assertThatThrownBy(() -> Binomial.needed(0, 0.5)).hasMessageContaining("eps");
        assertThatThrownBy(() -> Discovery.holm(new double[] {Double.NaN}, 0.05))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> BettingBound.of(0.02, 0.95).add(1.5)).hasMessageContaining("1.5");
        assertThat(Binomial.upper(0, 0, 0.95)).isEqualTo(1);
        assertThat(Binomial.lower(0, 0, 0.95)).isEqualTo(0);
    }

    private static int count(boolean[] some) {
        int count = 0;
        for (boolean one : some) {
            count += one ? 1 : 0;
        }
        return count;
    }
}
