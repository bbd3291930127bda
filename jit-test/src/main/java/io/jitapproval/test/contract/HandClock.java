package io.jitapproval.test.contract;

import io.jitapproval.test.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A clock that tests move, and that knows which threads have read it. */
final class HandClock implements InstantSource {

    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private volatile Instant now = TestClock.START;

    @Override
    public Instant instant() {
        readers.add(Thread.currentThread());
        return now;
    }

    Instant now() {
        return now;
    }

    Instant advance(Duration step) {
        now = now.plus(step);
        return now;
    }

    boolean readBy(Thread thread) {
        return readers.contains(thread);
    }
}
