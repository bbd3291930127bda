package io.jitapproval.core.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.AskingLimits.Bucket;
import io.jitapproval.core.approval.Interruptions.Ring;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Label("R27: when people are interrupted")
@DisplayName("R27: when people are interrupted")
class InterruptionsTest {

    private static final Instant START = Instant.parse("2026-03-02T09:01:07Z");
    private static final Duration FAR = Duration.ofDays(20);

    /** Decides over a question; a twin does it badly. */
    @FunctionalInterface
    private interface Rule {
        Step<StoreEntry, Ring> apply(Bucket bucket, Instant moment, Optional<StoreEntry> current, Instant now);
    }

    private static final Rule OURS = (bucket, moment, current, now) ->
            Interruptions.ring("mia", bucket, moment).apply(current, now);

    /** So many questions at any times; gives every instant at which somebody is interrupted. */
    private static NavigableSet<Instant> rings(
            Rule rule, Random chance, Bucket bucket, int questions, boolean pressing) {
        TreeSet<Instant> rings = new TreeSet<>();
        Optional<StoreEntry> entry = Optional.empty();
        Instant now = START;
        for (int i = 0; i < questions; i++) {
            now = now.plusMillis(1 + chance.nextInt(chance.nextInt(8) == 0 ? 600_000 : 10_000));
            Duration left = pressing ? Duration.ofSeconds(1 + chance.nextInt(900)) : FAR;
            Instant at = now;
            Optional<StoreEntry> current = entry.filter(kept -> at.isBefore(kept.until()));
            Step<StoreEntry, Ring> step = rule.apply(bucket, now.plus(left), current, now);
            Instant told = step.result().heldUntil().orElse(now);
            assertThat(Duration.between(now, told)).as("half of %s", left).isBetween(Duration.ZERO, left.dividedBy(2));
            if (left.compareTo(Interruptions.NEAR) <= 0) {
                assertThat(told).as("at once").isEqualTo(now);
            }
            if (!pressing) {
                assertThat(Duration.between(now, told)).isLessThanOrEqualTo(bucket.refill());
            }
            rings.add(told);
            entry = step.next() == null ? entry : Optional.of(step.next());
        }
        return rings;
    }

    private static void bounded(Rule rule, int size, int seconds, int questions, long seed) {
        Bucket bucket = new Bucket(size, Duration.ofSeconds(seconds));
        NavigableSet<Instant> rings = rings(rule, new Random(seed), bucket, questions, false);
        for (Instant from : rings) {
            for (Instant to : rings.tailSet(from)) {
                long refills = Duration.between(from, to).dividedBy(bucket.refill());
                assertThat(rings.subSet(from, true, to, true).size())
                        .as("from %s to %s", from, to)
                        .isLessThanOrEqualTo((int) (size + refills + 2));
            }
        }
    }

    @Property(tries = 100)
    @Label("within any time no more than the bucket holds and refills, and nobody waits longer than for one token")
    void bounded(
            @ForAll @IntRange(min = 1, max = 20) int size,
            @ForAll @IntRange(min = 1, max = 600) int seconds,
            @ForAll long seed) {
        bounded(OURS, size, seconds, 200, seed);
    }

    @Property(tries = 100)
    @Label("with any time left at most half of it is spent waiting, and nothing of less than a minute")
    void inTime(
            @ForAll @IntRange(min = 1, max = 20) int size,
            @ForAll @IntRange(min = 1, max = 60_000) int seconds,
            @ForAll long seed) {
        rings(OURS, new Random(seed), new Bucket(size, Duration.ofSeconds(seconds)), 200, true);
    }

    @Test
    @DisplayName("twins are found: no token taken ahead for a digest; waiting for the next token whatever is left")
    void twins() {
        Rule free = (bucket, moment, current, now) -> {
            Step<StoreEntry, Ring> step = OURS.apply(bucket, moment, current, now);
            return step.result().heldUntil().isEmpty() ? step : Step.nothing(step.result());
        };
        Rule patient = (bucket, moment, current, now) -> OURS.apply(bucket, now.plus(FAR), current, now);
        assertThatThrownBy(() -> {
                    for (long seed = 0; seed < 20; seed++) {
                        bounded(free, 3, 30, 400, seed);
                    }
                })
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> rings(patient, new Random(1), new Bucket(2, Duration.ofHours(2)), 200, true))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("pressing questions share instants as well, and however many there were, the next one is not far away")
    void pressing() {
        Bucket bucket = new Bucket(1, Duration.ofHours(6));
        Optional<StoreEntry> entry = Optional.empty();
        TreeSet<Instant> rings = new TreeSet<>();
        Instant now = START;
        Instant end = START.plus(Duration.ofHours(1));
        Instant next = now;
        while (now.isBefore(end)) {
            Step<StoreEntry, Ring> step = OURS.apply(bucket, now.plus(Duration.ofMinutes(10)), entry, now);
            rings.add(step.result().heldUntil().orElse(now));
            next = step.result().next();
            entry = step.next() == null ? entry : Optional.of(step.next());
            now = now.plusSeconds(1);
        }
        assertThat(rings).as("of 3 600 questions").hasSizeLessThanOrEqualTo(30);
        assertThat(next).isBefore(end.plus(Duration.ofHours(12)).plusSeconds(1));
    }
}
