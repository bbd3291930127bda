package io.jitapproval.core.guard;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who waits for which request to end. A future only says "look again": the store is the truth, so a wake-up too many does no
 * harm.
 */
final class Waiters {

    private final Map<String, CompletableFuture<Void>> byRequest = new ConcurrentHashMap<>();

    /** The future of a request; look at the store after this call, or a wake-up may be missed. */
    CompletableFuture<Void> of(String requestId) {
        return byRequest.computeIfAbsent(requestId, id -> new CompletableFuture<>());
    }

    void wake(String requestId) {
        CompletableFuture<Void> future = byRequest.remove(requestId);
        if (future != null) {
            future.complete(null);
        }
    }

    void wakeAll() {
        byRequest.keySet().forEach(this::wake);
    }
}
