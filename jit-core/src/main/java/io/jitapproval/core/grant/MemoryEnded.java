package io.jitapproval.core.grant;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What has ended and may be looked up for a while: those that ended last. Takes no lock, so it may be called under any.
 *
 * @param <T> what is kept
 */
final class MemoryEnded<T> {

    /** How many a trim looks at: more than are added for each, so that it catches up. */
    private static final int LOOKS = 4;

    private final int limit;
    private final Predicate<String> needed;
    private final Consumer<String> forgotten;
    private final Map<String, T> values = new ConcurrentHashMap<>();
    private final Queue<String> order = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /**
     * Keeps nothing yet.
     *
     * @param limit     how many it keeps; twice as many while those are needed
     * @param needed    whether one is still needed
     * @param forgotten told of each that is kept no longer
     */
    MemoryEnded(int limit, Predicate<String> needed, Consumer<String> forgotten) {
        this.limit = limit;
        this.needed = needed;
        this.forgotten = forgotten;
    }

    @Nullable
    T get(String id) {
        return values.get(id);
    }

    void put(String id, T value) {
        if (values.put(id, value) == null) {
            order.add(id);
            size.incrementAndGet();
        }
    }

    /** Forgets the oldest beyond the limit; not to be called under a lock that the callbacks take. */
    void trim() {
        for (int looks = 0; looks < LOOKS && size.get() > limit; looks++) {
            String oldest = order.poll();
            if (oldest == null) {
                return;
            }
            if (size.get() / 2 < limit && needed.test(oldest)) {
                order.add(oldest);
            } else {
                values.remove(oldest);
                size.decrementAndGet();
                forgotten.accept(oldest);
            }
        }
    }
}
