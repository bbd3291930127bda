package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether requests that are waited for here were ended by another guard on the same store. One for all of them: it looks after
 * about a second, then ever more rarely, and at a bounded number of them at a time.
 */
final class Lookout {

    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    private static final int AT_ONCE = 1_000;
    /** A pause is up to this much longer, so that guards that started together do not look together. */
    private static final double JITTER = 0.2;

    private final GrantStore store;
    private final TimeSource time;
    private final Random random;
    private final Executor executor;
    private final Waiters waiters;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<String> round = new ArrayDeque<>();
    private Duration pause = SHORTEST;
    private @Nullable Runnable alarm;
    private boolean closed;
    private boolean failing;

    Lookout(GuardSettings settings, Executor executor, Waiters waiters) {
        this.store = settings.store();
        this.time = settings.time();
        this.random = settings.random();
        this.executor = executor;
        this.waiters = waiters;
    }

    /** Somebody waits who did not before. */
    void begin() {
        lock.lock();
        try {
            pause = SHORTEST;
            if (alarm == null && !closed) {
                arm();
            }
        } finally {
            lock.unlock();
        }
    }

    private void arm() {
        double more = 1 + JITTER * random.nextDouble();
        Duration next = Duration.ofMillis((long) (pause.toMillis() * more));
        alarm = time.alarm(time.instant().plus(next), () -> {
            try {
                executor.execute(this::look);
            } catch (RejectedExecutionException busy) {
                again();
            }
        });
    }

    private void again() {
        lock.lock();
        try {
            alarm = null;
            if (!closed && !waiters.waitedFor().isEmpty()) {
                arm();
            }
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        boolean more = true;
        try {
            more = lookAround();
            failing = false;
        } catch (RuntimeException failure) {
            if (!failing) {
                LOG.warn("Cannot look whether requests have ended elsewhere; trying again", failure);
            }
            failing = true;
        }
        lock.lock();
        try {
            Duration longer = pause.plus(pause.dividedBy(2));
            pause = more ? SHORTEST : longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        } finally {
            lock.unlock();
        }
        again();
    }

    /** Whether there is reason to look again soon. */
    private boolean lookAround() {
        if (round.isEmpty()) {
            round.addAll(waiters.waitedFor());
        }
        boolean ended = false;
        for (int i = 0; i < AT_ONCE && !round.isEmpty(); i++) {
            String id = round.remove();
            boolean pending = store.request(id)
                    .filter(request -> request.stateAt(store.now()) == State.PENDING)
                    .isPresent();
            if (!pending) {
                ended = true;
                waiters.wake(id);
            }
        }
        return ended || !round.isEmpty();
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            if (alarm != null) {
                alarm.run();
            }
        } finally {
            lock.unlock();
        }
    }
}
