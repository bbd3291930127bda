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

    private final Map<String, Waiting> byRequest = new ConcurrentHashMap<>();
    private volatile Runnable onWait = () -> {};

    /** What to do whenever a request is waited for anew. */
    void onWait(Runnable task) {
        onWait = task;
    }

    /** With those who may stop waiting before it completes: what hangs on a future itself cannot be taken off again. */
    private static final class Waiting extends CompletableFuture<Void> {

        final Map<Object, CompletableFuture<Void>> signals = new ConcurrentHashMap<>();
    }

    /** The future of a request; look at the store after this call, or a wake-up may be missed. */
    CompletableFuture<Void> of(String requestId) {
        return waiting(requestId);
    }

    private Waiting waiting(String requestId) {
        Waiting waiting = byRequest.get(requestId);
        if (waiting != null) {
            return waiting;
        }
        Waiting fresh = byRequest.computeIfAbsent(requestId, id -> new Waiting());
        onWait.run();
        return fresh;
    }

    /** Completes a signal when the request is to be looked at; the result takes it off. Look at the store after this call. */
    Runnable signal(String requestId, CompletableFuture<Void> signal) {
        Waiting waiting = waiting(requestId);
        Object place = new Object();
        waiting.signals.put(place, signal);
        if (waiting.isDone()) {
            signal.complete(null);
        }
        return () -> waiting.signals.remove(place);
    }

    void wake(String requestId) {
        Waiting waiting = byRequest.remove(requestId);
        if (waiting != null) {
            waiting.complete(null);
            waiting.signals.values().forEach(signal -> signal.complete(null));
        }
    }

    /** How many signals wait for a request. */
    int signals(String requestId) {
        Waiting waiting = byRequest.get(requestId);
        return waiting == null ? 0 : waiting.signals.size();
    }

    /** The requests that are waited for. */
    List<String> waitedFor() {
        return List.copyOf(byRequest.keySet());
    }

    void wakeAll() {
        byRequest.keySet().forEach(this::wake);
    }
}
