package io.jitapproval.test;

import static java.util.Objects.requireNonNull;

import io.jitapproval.spi.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until a test moves it. Alarms that come due run on the thread that moves the clock, in the order
 * of their instants, each while the clock shows its own instant.
 *
 * <p>By default <em>waiting makes time pass</em>: a guarded call that waits for people moves the clock from alarm to alarm
 * until its answer is there or its deadline is reached. So a test of a call that waits half an hour in vain ends at once, and
 * leaves the clock half an hour later. Between two alarms the other threads get a moment of real time to finish what they
 * have begun. Where several threads wait at once, or the moment itself matters, ask for {@link #handsOn()}.
 *
 * <p>Thread-safe.
 */
public final class TestClock implements TimeSource {

    /** Where a new clock stands: Monday, 5 January 2026, 09:00 UTC. */
    public static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    private static final System.Logger LOG = System.getLogger(TestClock.class.getName());

    /** Real time for other threads to complete a future, after each alarm and before giving up. */
    private static final long MOMENT_MILLIS = 40;

    private static final long LAST_MOMENT_MILLIS = 200;

    /** Real time after which a thread that never comes to rest, or a hand that never moves the clock, is given up. */
    private static final long PATIENCE_SECONDS = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);

    private final ReentrantLock moving = new ReentrantLock();
    private final ReentrantLock state = new ReentrantLock();
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparing(Alarm::at).thenComparingLong(Alarm::number));
    private final List<BooleanSupplier> workers = new CopyOnWriteArrayList<>();
    private long alarmNumber;
    private volatile Instant now;
    private volatile boolean handsOn;

    /** A clock that stands at {@link #START}. */
    public TestClock() {
        this(START);
    }

    /**
     * A clock that stands at a given instant.
     *
     * @param start the instant
     */
    public TestClock(Instant start) {
        now = requireNonNull(start, "start");
    }

    /**
     * From now on waiting blocks for real, until another thread moves the clock to the deadline. If none does for a long real
     * time, the wait fails instead of hanging.
     *
     * @return this
     */
    public TestClock handsOn() {
        handsOn = true;
        return this;
    }

    /**
     * Moves the clock on, and runs every alarm that comes due on the way.
     *
     * @param step how far; not negative
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("a test clock only moves forward, but was asked to advance by " + step);
        }
        set(now.plus(step));
    }

    /**
     * Moves the clock to an instant, and runs every alarm that comes due on the way.
     *
     * @param instant the instant; not before the present one
     * @throws IllegalArgumentException if it is in the past
     */
    public void set(Instant instant) {
        if (instant.isBefore(now)) {
            throw new IllegalArgumentException("a test clock only moves forward: it stands at " + now
                    + " and was asked to go back to " + instant + ". Start a new one there: new TestClock(instant)");
        }
        moving.lock();
        try {
            for (Alarm due = next(instant); due != null; due = next(instant)) {
                due.run();
            }
        } finally {
            moving.unlock();
        }
    }

    @Override
    public Instant instant() {
        return now;
    }

    /**
     * Runs a task when the clock reaches an instant, on the thread that moves it there; on this thread at once if the instant
     * has come.
     */
    @Override
    public Runnable alarm(Instant at, Runnable task) {
        Alarm alarm;
        state.lock();
        try {
            alarm = new Alarm(requireNonNull(at, "at"), alarmNumber++, requireNonNull(task, "task"));
            if (at.isAfter(now)) {
                alarms.add(alarm);
                return () -> callOff(alarm);
            }
        } finally {
            state.unlock();
        }
        alarm.run();
        return () -> {};
    }

    @Override
    public boolean await(CompletableFuture<?> future, Instant deadline) throws InterruptedException {
        if (handsOn) {
            return awaitHands(future, deadline);
        }
        while (!rested(future, MOMENT_MILLIS)) {
            if (!step(deadline)) {
                return rested(future, LAST_MOMENT_MILLIS);
            }
        }
        return true;
    }

    /**
     * Has those who wait give way, for {@value #PATIENCE_SECONDS} s of real time at most, as long as a worker says that it is busy: a channel of
     * your own, for instance, while a request is on its way to it. Otherwise time may pass before its people have heard of the request.
     *
     * @param busy says whether there is something to be done before time passes; asked on the threads that wait
     */
    public void worker(BooleanSupplier busy) {
        workers.add(busy);
    }

    private boolean step(Instant deadline) {
        moving.lock();
        try {
            Alarm due = next(deadline);
            if (due == null) {
                return false;
            }
            due.run();
            return true;
        } finally {
            moving.unlock();
        }
    }

    /** The next alarm up to the target, with the clock moved to it; with none left, the clock is moved to the target. */
    private @Nullable Alarm next(Instant target) {
        state.lock();
        try {
            Alarm first = alarms.peek();
            boolean due = first != null && !first.at.isAfter(target);
            Instant to = due ? first.at : target;
            if (to.isAfter(now)) {
                now = to;
            }
            return due ? alarms.poll() : null;
        } finally {
            state.unlock();
        }
    }

    private void callOff(Alarm alarm) {
        state.lock();
        try {
            alarms.remove(alarm);
        } finally {
            state.unlock();
        }
    }

    private boolean rested(CompletableFuture<?> future, long moment) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            if (done(future, moment)) {
                return true;
            }
        } while (workers.stream().anyMatch(BooleanSupplier::getAsBoolean) && System.nanoTime() - end < 0);
        return future.isDone();
    }

    private boolean awaitHands(CompletableFuture<?> future, Instant deadline) throws InterruptedException {
        CompletableFuture<Void> over = new CompletableFuture<>();
        Runnable callOff = alarm(deadline, () -> over.complete(null));
        try {
            if (!done(CompletableFuture.anyOf(future, over), PATIENCE.toMillis())) {
                throw new IllegalStateException(
                        "nobody moved the test clock to " + deadline + " within " + PATIENCE.toSeconds()
                                + " s of real time: move it on another thread, or do not ask for handsOn()");
            }
        } finally {
            callOff.run();
        }
        return future.isDone();
    }

    private static boolean done(CompletableFuture<?> future, long millis) throws InterruptedException {
        try {
            future.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return future.isDone();
        } catch (ExecutionException | CancellationException e) {
            return true;
        }
        return true;
    }

    /** {@return the instant at which the clock stands} */
    @Override
    public String toString() {
        return "TestClock at " + now;
    }

    private record Alarm(Instant at, long number, Runnable task) {

        void run() {
            try {
                task.run();
            } catch (Throwable dropped) {
                LOG.log(Level.WARNING, "an alarm failed at " + at, dropped);
            }
        }
    }
}
