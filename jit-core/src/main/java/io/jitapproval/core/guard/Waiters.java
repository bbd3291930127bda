package io.jitapproval.core.guard;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who waits for which request to end. A future only says "look again": the store is the truth, so a wake-up too many does no
 * harm.
 */
final class Waiters {

    private final Map<String, CompletableFuture<Void>> byRequest = new ConcurrentHashMap<>();
    private volatile Runnable onWait = () -> {};

    /** What to do whenever a request is waited for anew. */
    void onWait(Runnable task) {
        onWait = task;
    }

    /** The future of a request; look at the store after this call, or a wake-up may be missed. */
    CompletableFuture<Void> of(String requestId) {
        CompletableFuture<Void> waiting = byRequest.get(requestId);
        if (waiting != null) {
            return waiting;
        }
        CompletableFuture<Void> future = byRequest.computeIfAbsent(requestId, id -> new CompletableFuture<>());
        onWait.run();
        return future;
    }

    void wake(String requestId) {
        CompletableFuture<Void> future = byRequest.remove(requestId);
        if (future != null) {
            future.complete(null);
        }
    }

    /** The requests that are waited for. */
    List<String> waitedFor() {
        return List.copyOf(byRequest.keySet());
    }

    void wakeAll() {
        byRequest.keySet().forEach(this::wake);
    }
}
