package io.jitapproval.core.guard;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a policy that may change, again and again. */
final class Reloading {

    private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

    private final PolicyInForce policy;
    private final PolicySettings settings;
    private final ScheduledExecutorService clock = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "jit-policy");
        thread.setDaemon(true);
        return thread;
    });

    Reloading(PolicyInForce policy, PolicySettings settings) {
        this.policy = policy;
        this.settings = settings;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look() never fails
    void start() {
        settings.reloadEvery()
                .ifPresent(pause -> clock.scheduleWithFixedDelay(
                        this::look, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** An error too must not end the looking. */
    private void look() {
        try {
            policy.look();
        } catch (Throwable failure) {
            LOG.error(
                    "The policy could not be looked at; {} stays in force",
                    policy.status().version(),
                    failure);
        }
    }

    void close() {
        clock.shutdownNow();
    }
}
