package io.jitapproval.core.grant;

import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One stored value under its own lock.
 *
 * @param <T> the value
 */
final class MemoryCell<T> {

    static final Comparator<MemoryCell<?>> OLDEST_FIRST =
            Comparator.comparing((MemoryCell<?> cell) -> cell.since).thenComparingLong(cell -> cell.serial);

    final ReentrantLock lock = new ReentrantLock();
    final String key;
    final Instant since;
    final long serial;
    volatile T value;

    MemoryCell(T value, String key, Instant since, long serial) {
        this.value = value;
        this.key = key;
        this.since = since;
        this.serial = serial;
    }
}
