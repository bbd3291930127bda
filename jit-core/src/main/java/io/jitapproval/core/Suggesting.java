package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.core.feedback.adoption.Desk;
import io.jitapproval.core.feedback.adoption.Learning;
import io.jitapproval.core.feedback.adoption.Monitor;
import io.jitapproval.core.feedback.adoption.Overview;
import io.jitapproval.core.feedback.adoption.Standing;
import io.jitapproval.core.feedback.adoption.Uses;
import io.jitapproval.core.guard.DefaultGuard;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.PolicySource;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a desk for suggestions: what a guard needs before it starts, and what needs the guard. */
final class Suggesting implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Suggesting.class);

    private final GrantStore store;
    private final SuggestionSettings settings;
    private final Standing standing;
    private final Uses uses = new Uses();
    private final ScheduledExecutorService clock = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "jit-suggestions");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable SuggestionDesk desk;

    Suggesting(PolicySource base, GrantStore store, SuggestionSettings settings) {
        this.store = store;
        this.settings = settings;
        this.standing = new Standing(base, store, settings);
    }

    Standing standing() {
        return standing;
    }

    Uses uses() {
        return uses;
    }

    SuggestionDesk desk() {
        return requireNonNull(desk);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look() never fails
    void start(DefaultGuard guard, PeopleDirectory people) {
        Desk moves = new Desk(guard, store, guard.journal(), people, settings, standing);
        Monitor monitor = new Monitor(moves, guard, store, guard.journal(), uses);
        desk = new SuggestionDesk(moves, new Learning(standing, store), monitor, new Overview(moves, store, settings));
        Duration pause = settings.lookEvery();
        if (!pause.isZero()) {
            clock.scheduleWithFixedDelay(() -> look(monitor), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** An error too must not end the looking. */
    private static void look(Monitor monitor) {
        try {
            monitor.look();
        } catch (Throwable failure) {
            LOG.error("The monitor could not look at what suggestions do; it tries again", failure);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
