package io.jitapproval.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TestClockTest {

    private static final Logger LOG = Logger.getLogger(TestClock.class.getName());

    @BeforeAll
    static void doNotPrintWhatIsProvoked() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void printAgain() {
        LOG.setLevel(null);
    }

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestClock clock = new TestClock();
    private final List<String> rang = new ArrayList<>();

    private Instant in(int minutes) {
        return TestClock.START.plus(MINUTE.multipliedBy(minutes));
    }

    private Runnable alarm(int minutes, String name) {
        return clock.alarm(in(minutes), () -> rang.add(name + " at " + clock.instant()));
    }

    @Test
    void standsOnAMondayMorningUntilItIsMoved() {
        assertThat(clock.instant()).isEqualTo("2026-01-05T09:00:00Z").isEqualTo(TestClock.START);
        assertThat(clock.instant().atZone(ZoneOffset.UTC).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);

        clock.advance(MINUTE);
        assertThat(clock.instant()).isEqualTo(in(1));
        clock.set(in(5));
        assertThat(clock).hasToString("TestClock at 2026-01-05T09:05:00Z");
        assertThat(new TestClock(Instant.EPOCH).instant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void onlyMovesForward() {
        clock.advance(MINUTE);

        assertThatThrownBy(() -> clock.set(TestClock.START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a test clock only moves forward: it stands at 2026-01-05T09:01:00Z and was asked to go back to "
                                + "2026-01-05T09:00:00Z. Start a new one there: new TestClock(instant)");
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a test clock only moves forward, but was asked to advance by PT-1S");
    }

    @Test
    void alarmsRingInOrderEachAtItsInstant() {
        alarm(3, "c");
        alarm(1, "a");
        alarm(2, "b");
        alarm(2, "b2");
        alarm(9, "late");

        clock.advance(MINUTE.multipliedBy(5));

        assertThat(rang).containsExactly("a at " + in(1), "b at " + in(2), "b2 at " + in(2), "c at " + in(3));
        assertThat(clock.instant()).isEqualTo(in(5));
    }

    @Test
    void anAlarmCanSetAnotherAndFailWithoutHarm() {
        clock.alarm(in(1), () -> {
            alarm(2, "second");
            throw new IllegalStateException("dropped");
        });

        clock.advance(MINUTE.multipliedBy(2));

        assertThat(rang).containsExactly("second at " + in(2));
    }

    @Test
    void anAlarmOfThePastRingsAtOnceAndOneCalledOffNever() {
        alarm(0, "now");
        Runnable callOff = alarm(1, "never");
        callOff.run();
        callOff.run();

        clock.advance(MINUTE.multipliedBy(2));

        assertThat(rang).containsExactly("now at " + TestClock.START);
    }

    @Property(tries = 200)
    void alarmsRingSortedHoweverTheyWereSet(
            @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 50) Integer> minutes) {
        TestClock mine = new TestClock();
        List<Instant> at = new ArrayList<>();
        minutes.forEach(minute -> mine.alarm(in(minute), () -> at.add(mine.instant())));

        mine.advance(MINUTE.multipliedBy(25));
        mine.advance(MINUTE.multipliedBy(25));

        assertThat(at).isEqualTo(minutes.stream().sorted().map(this::in).toList());
    }

    @Test
    void waitingMakesTimePassUpToTheDeadline() throws InterruptedException {
        alarm(5, "on the way");

        assertThat(clock.await(new CompletableFuture<>(), in(30))).isFalse();

        assertThat(clock.instant()).isEqualTo(in(30));
        assertThat(rang).containsExactly("on the way at " + in(5));
    }

    @Test
    void waitingEndsAtTheAlarmThatBringsTheAnswer() throws InterruptedException {
        CompletableFuture<String> answer = new CompletableFuture<>();
        clock.alarm(in(5), () -> answer.complete("yes"));
        alarm(6, "too late");

        assertThat(clock.await(answer, in(30))).isTrue();

        assertThat(clock.instant()).isEqualTo(in(5));
        assertThat(rang).isEmpty();
    }

    @Test
    void waitingGivesWayToAnExecutorThatTheAlarmHandsTheAnswerTo() throws Exception {
        var executor = Executors.newSingleThreadExecutor();
        CompletableFuture<String> answer = new CompletableFuture<>();
        clock.alarm(in(5), () -> executor.execute(() -> answer.complete("yes")));

        assertThat(clock.await(answer, in(30))).isTrue();

        assertThat(clock.instant()).isEqualTo(in(5));
        executor.shutdown();
        assertThat(executor.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void waitingForWhatIsDoneMovesNothing() throws InterruptedException {
        assertThat(clock.await(CompletableFuture.completedFuture("yes"), in(30)))
                .isTrue();
        assertThat(clock.await(CompletableFuture.failedFuture(new IllegalStateException("no")), in(30)))
                .isTrue();

        assertThat(clock.instant()).isEqualTo(TestClock.START);
    }

    @Test
    @Timeout(20)
    void handsOnWaitingBlocksUntilAnotherThreadMovesTheClock() throws Exception {
        clock.handsOn();
        CompletableFuture<Boolean> waiter = CompletableFuture.supplyAsync(() -> {
            try {
                return clock.await(new CompletableFuture<>(), in(2));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        clock.advance(MINUTE);
        assertThat(waiter).isNotDone();
        clock.advance(MINUTE);

        assertThat(waiter.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(clock.instant()).isEqualTo(in(2));
    }

    @Test
    void aWaitingThreadCanBeInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> clock.await(new CompletableFuture<>(), in(2)))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
