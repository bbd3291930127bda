package io.jitapproval.core.guard;

import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One alarm that can be moved. Thread-safe. */
final class Wakeup {

    private final TimeSource time;
    private final Runnable task;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Instant at;
    private Runnable off = () -> {};
    private boolean closed;
    private long looks;
    private long latest;

    /** With what to run at the alarm; must not block. */
    Wakeup(TimeSource time, Runnable task) {
        this.time = time;
        this.task = task;
    }

    /** Whoever sets the alarm by what they see calls this before they look. */
    long look() {
        lock.lock();
        try {
            return ++looks;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The alarm goes off then and not before; empty calls it off.
     *
     * @param look what {@link #look} gave; if the alarm has been set since by who looked later, this one is too old to change it
     */
    void at(long look, Optional<Instant> instant) {
        lock.lock();
        try {
            if (look < latest) {
                return;
            }
            latest = look;
            if (instant.isEmpty()) {
                callOff();
            } else {
                move(instant.get());
            }
        } finally {
            lock.unlock();
        }
    }

    /** The alarm goes off after a pause at the latest. */
    void within(Duration pause) {
        lock.lock();
        try {
            latest = ++looks;
            Instant last = time.instant().plus(pause);
            if (at == null || at.isAfter(last)) {
                move(last);
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            callOff();
        } finally {
            lock.unlock();
        }
    }

    private void move(Instant instant) {
        if (closed || instant.equals(at)) {
            return;
        }
        callOff();
        at = instant;
        off = time.alarm(instant, () -> rung(instant));
    }

    private void rung(Instant instant) {
        lock.lock();
        try {
            if (instant.equals(at)) {
                at = null;
            }
        } finally {
            lock.unlock();
        }
        task.run();
    }

    private void callOff() {
        off.run();
        off = () -> {};
        at = null;
    }
}
