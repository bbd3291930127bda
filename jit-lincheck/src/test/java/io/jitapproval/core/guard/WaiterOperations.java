package io.jitapproval.core.guard;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StringGen;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * What threads do to the registry, and to what is waited for. Who waits registers, then looks; who ends something writes that down,
 * then wakes. Whether somebody saw the end or waits must come out as in some order, and in the end nobody waits for what is over.
 */
@Param(name = "id", gen = StringGen.class, conf = "1:a")
public class WaiterOperations {

    final Waiters waiters = new Waiters();
    private final Set<String> over = ConcurrentHashMap.newKeySet();
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    private record Waiting(String id, CompletableFuture<Void> end) {}

    CompletableFuture<Void> begin(String id, Runnable look) {
        CompletableFuture<Void> end = waiters.of(id);
        look.run();
        return end;
    }

    void over(String id, Runnable write) {
        write.run();
        waiters.wake(id);
    }

    /** {@return whether it was over already} */
    @Operation
    public boolean await(@Param(name = "id") String id) {
        boolean[] seen = new boolean[1];
        CompletableFuture<Void> end = begin(id, () -> seen[0] = over.contains(id));
        if (seen[0]) {
            waiters.wake(id);
        } else {
            waiting.add(new Waiting(id, end));
        }
        return seen[0];
    }

    /** It is over. */
    @Operation
    public void end(@Param(name = "id") String id) {
        over(id, () -> over.add(id));
    }

    /** Wakes everybody, as a guard that closes or one that looked elsewhere does. */
    @Operation
    public void wakeAll() {
        waiters.waitedFor().forEach(waiters::wake);
        waiters.wakeAll();
    }

    /** Whatever happened: nobody waits for what is over, and nothing is kept for it. */
    @Validate
    public void nobodyIsForgotten() {
        for (Waiting one : waiting) {
            if (over.contains(one.id()) && !one.end().isDone()) {
                throw new IllegalStateException("somebody waits for " + one.id() + ", which is over");
            }
        }
        for (String id : waiters.waitedFor()) {
            if (over.contains(id)) {
                throw new IllegalStateException("a place is kept for " + id + ", which is over");
            }
        }
    }
}
