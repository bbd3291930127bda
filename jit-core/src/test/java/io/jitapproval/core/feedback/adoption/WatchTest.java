package io.jitapproval.core.feedback.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.core.feedback.stats.Binomial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 16: what a watch sees, and when it raises its alarm")
class WatchTest {

    private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
    private static final double EPS = 0.02;
    private static final int RUNS = 1_000;
    private static final int ANSWERS = 1_000;

    private static Watch fresh() {
        return Watch.of("rules:pay", "IN_FORCE x", Optional.empty(), EPS, 0.95);
    }

    /** How many runs at the very rate that is allowed raise an alarm at one of their looks. */
    private static int falseAlarms(Predicate<int[]> alarm) {
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            SplittableRandom random = new SplittableRandom(run);
            int[] seen = new int[2];
            boolean raised = false;
            while (!raised && seen[0] < ANSWERS) {
                seen[0]++;
                seen[1] += random.nextDouble() < EPS ? 1 : 0;
                raised = alarm.test(seen);
            }
            alarms += raised ? 1 : 0;
        }
        return alarms;
    }

    private static void checkAlarms(int alarms) {
        // 5 % of 1 000, and three standard deviations.
        assertThat(alarms).isLessThanOrEqualTo(50 + 21);
    }

    @Test
    @DisplayName(
            "of 1 000 runs at the allowed rate no more than δ are suspended, though each answer is looked at; twin: Clopper–Pearson")
    void falseSuspensions() {
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            SplittableRandom random = new SplittableRandom(run);
            var bound = fresh().audit;
            for (int i = 0; i < ANSWERS && !bound.suspends(); i++) {
                bound = bound.add(random.nextDouble() < EPS);
            }
            alarms += bound.suspends() ? 1 : 0;
        }
        checkAlarms(alarms);
        int peeked = falseAlarms(seen -> seen[1] > 0 && Binomial.lower(seen[1], seen[0], 0.95) > EPS);
        assertThatThrownBy(() -> checkAlarms(peeked)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("reports that come after the use raise no more false alarms than if they had come at once")
    void late() {
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            SplittableRandom random = new SplittableRandom(run);
            Watch watch = fresh();
            List<String> open = new ArrayList<>();
            for (int i = 0; i < 200 && watch.alarm().isEmpty(); i++) {
                watch.used(5, NOW);
                for (int use = 0; use < 5; use++) {
                    if (random.nextDouble() < EPS) {
                        open.add(i + "/" + use);
                    }
                }
                if (!open.isEmpty() && random.nextInt(3) == 0) {
                    watch.reported(open.remove(random.nextInt(open.size())), false);
                }
            }
            alarms += watch.alarm().isEmpty() ? 0 : 1;
        }
        checkAlarms(alarms);
    }

    @Test
    @DisplayName("what is written is what is read; another phase begins anew and keeps its days; a call counts once")
    void written() {
        Watch watch = fresh();
        watch.audited("r1", "call one", true, NOW);
        watch.audited("r2", "call one", true, NOW);
        watch.audited("r3", "call %0A\nthree", false, NOW);
        watch.shadowed("r4", "call four", true);
        watch.unanswered("r5");
        watch.used(7, NOW);
        watch.reported("g1", false);
        watch.reported("g1", true);
        Watch read = Watch.of("rules:pay", "IN_FORCE x", Optional.of(watch.entry(NOW)), EPS, 0.95);
        assertThat(read.watched()).isEqualTo(watch.watched());
        assertThat(read.entry(NOW)).isEqualTo(watch.entry(NOW));
        assertThat(read.watched().audited()).isEqualTo(2);
        assertThat(read.watched().auditedWrong()).isOne();
        assertThat(read.watched().differed()).containsExactly("r1", "r4");
        assertThat(read.incident).isEmpty();
        Watch other = Watch.of("rules:pay", "SHADOW y", Optional.of(watch.entry(NOW)), EPS, 0.95);
        assertThat(other.watched().audited()).isZero();
        assertThat(other.between(java.time.LocalDate.of(2026, 1, 5), java.time.LocalDate.of(2026, 1, 6)))
                .containsExactly(7, 2, 1);
    }
}
