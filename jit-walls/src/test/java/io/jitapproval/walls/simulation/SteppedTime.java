package io.jitapproval.walls.simulation;

import io.jitapproval.spi.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Time that moves only by steps; alarms that are due go off in the step, one after the other. */
final class SteppedTime implements TimeSource {

    static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    /** These read the time, and arm, under a lock of their own. */
    private static final List<String> LOCKING = List.of("Wakeup", "Lookout");

    private record Alarm(Instant at, Runnable task) {}

    private final StackWalker stack = StackWalker.getInstance();
    private final Conductor conductor;
    private final List<Alarm> alarms = new ArrayList<>();
    private Instant now = START;

    SteppedTime(Conductor conductor) {
        this.conductor = conductor;
    }

    Instant now() {
        return now;
    }

    @Override
    public Instant instant() {
        if (conductor.isActing() && !isLocked()) {
            conductor.pause(() -> "reads the time");
        }
        return now;
    }

    private boolean isLocked() {
        return stack.walk(frames -> frames.skip(2)
                .limit(3)
                .anyMatch(frame ->
                        LOCKING.stream().anyMatch(name -> frame.getClassName().endsWith("." + name))));
    }

    @Override
    public Runnable alarm(Instant at, Runnable task) {
        Alarm alarm = new Alarm(at, task);
        if (at.isAfter(now)) {
            alarms.add(alarm);
        } else if (conductor.isActing()) {
            conductor.spawn("alarm", task);
        } else {
            task.run();
        }
        return () -> alarms.remove(alarm);
    }

    @Override
    public boolean await(CompletableFuture<?> future, Instant deadline) {
        conductor.await("a wake-up, or " + deadline, () -> future.isDone() || !now.isBefore(deadline));
        return future.isDone();
    }

    /** Moves on, never back. */
    void moveTo(Instant instant) {
        if (instant.isAfter(now)) {
            now = instant;
        }
        while (true) {
            Optional<Alarm> due =
                    alarms.stream().filter(alarm -> !alarm.at().isAfter(now)).min(Comparator.comparing(Alarm::at));
            if (due.isEmpty()) {
                return;
            }
            alarms.remove(due.get());
            conductor.pause(() -> "an alarm goes off");
            due.get().task().run();
        }
    }

    /** When the next alarm goes off. */
    Optional<Instant> next() {
        return alarms.stream().map(Alarm::at).min(Comparator.naturalOrder());
    }
}
