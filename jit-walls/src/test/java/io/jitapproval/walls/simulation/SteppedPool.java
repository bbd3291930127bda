package io.jitapproval.walls.simulation;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** A pool of the guard's: each of its threads is an actor while it works. What the conductor's owner hands over is done at once. */
final class SteppedPool extends AbstractExecutorService {

    private final Conductor conductor;
    private final String name;
    private final int most;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int busy;
    private boolean closed;

    SteppedPool(Conductor conductor, String name, int most) {
        this.conductor = conductor;
        this.name = name;
        this.most = most;
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException(name + " is closed");
        }
        if (!conductor.isActing()) {
            task.run();
            return;
        }
        waiting.add(task);
        if (busy < most) {
            busy++;
            conductor.spawn(name, this::work);
        }
        conductor.pause(() -> "hands over to " + name);
    }

    private void work() {
        try {
            Runnable task = waiting.poll();
            while (task != null) {
                task.run();
                task = waiting.poll();
            }
        } finally {
            busy--;
        }
    }

    @Override
    public void shutdown() {
        closed = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        closed = true;
        List<Runnable> left = List.copyOf(waiting);
        waiting.clear();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return closed;
    }

    @Override
    public boolean isTerminated() {
        return closed && busy == 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }
}
