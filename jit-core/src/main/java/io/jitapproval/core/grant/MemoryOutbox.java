package io.jitapproval.core.grant;

import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.OutboxMessage.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The messages about the requests of a memory store. Only the first that waits of a request and channel is ever due. */
final class MemoryOutbox {

    private static final Comparator<Cell> IN_ORDER =
            Comparator.comparingInt((Cell cell) -> cell.value.number()).thenComparingLong(cell -> cell.serial);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Cell> byId = new HashMap<>();
    private final Map<String, List<Cell>> byRequest = new HashMap<>();
    private final TreeSet<Cell> heads =
            new TreeSet<>(Comparator.comparing((Cell cell) -> cell.value.due()).thenComparingLong(cell -> cell.serial));
    private final TreeSet<Cell> dead = new TreeSet<>(Comparator.comparingLong(cell -> cell.serial));
    private long serial;

    /** Makes a step take effect while the message is locked; what it is given shows the new value. */
    interface Effect {
        void take(Step<OutboxMessage, ?> step, Instant now, Runnable show);
    }

    /** Adds messages and shows what they come with: whoever looks into the outbox sees both or neither. */
    void add(List<OutboxMessage> messages, Runnable show) {
        if (messages.isEmpty()) {
            show.run();
            return;
        }
        lock.lock();
        try {
            messages.forEach(this::add);
            show.run();
        } finally {
            lock.unlock();
        }
    }

    private void add(OutboxMessage message) {
        Cell cell = new Cell(message, serial++);
        if (byId.putIfAbsent(message.id(), cell) == null) {
            replacingHead(message, () -> {
                List<Cell> cells = byRequest.computeIfAbsent(message.requestId(), id -> new ArrayList<>());
                cells.add(cell);
                cells.sort(IN_ORDER);
                sort(cell);
            });
        }
    }

    List<OutboxMessage> due(Instant now, int atMost) {
        lock.lock();
        try {
            return heads.stream()
                    .map(cell -> cell.value)
                    .takeWhile(message -> !message.due().isAfter(now))
                    .limit(atMost)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    Optional<Instant> nextDue() {
        lock.lock();
        try {
            return heads.isEmpty()
                    ? Optional.empty()
                    : Optional.of(heads.first().value.due());
        } finally {
            lock.unlock();
        }
    }

    List<OutboxMessage> of(String requestId) {
        lock.lock();
        try {
            return values(byRequest.getOrDefault(requestId, List.of()));
        } finally {
            lock.unlock();
        }
    }

    List<OutboxMessage> dead() {
        lock.lock();
        try {
            return values(dead);
        } finally {
            lock.unlock();
        }
    }

    private static List<OutboxMessage> values(Iterable<Cell> cells) {
        List<OutboxMessage> values = new ArrayList<>();
        cells.forEach(cell -> values.add(cell.value));
        return List.copyOf(values);
    }

    /** Whether a message about the request has still to be delivered. */
    boolean waits(String requestId) {
        lock.lock();
        try {
            return byRequest.getOrDefault(requestId, List.of()).stream()
                    .anyMatch(cell -> cell.value.state() == State.WAITING);
        } finally {
            lock.unlock();
        }
    }

    <R> Optional<R> change(String messageId, Change<OutboxMessage, R> change, Supplier<Instant> clock, Effect effect) {
        Cell cell = find(messageId);
        if (cell == null) {
            return Optional.empty();
        }
        cell.changing.lock();
        try {
            Instant now = clock.get();
            Step<OutboxMessage, R> step = change.apply(cell.value, now);
            effect.take(step, now, () -> show(cell, step.next()));
            return Optional.of(step.result());
        } finally {
            cell.changing.unlock();
        }
    }

    private void show(Cell cell, @Nullable OutboxMessage next) {
        if (next == null) {
            return;
        }
        lock.lock();
        try {
            replacingHead(next, () -> {
                cell.value = next;
                sort(cell);
            });
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. What is first of a request and channel may be another one afterwards. */
    private void replacingHead(OutboxMessage of, Runnable change) {
        Cell before = head(of);
        if (before != null) {
            heads.remove(before);
        }
        change.run();
        Cell after = head(of);
        if (after != null) {
            heads.add(after);
        }
    }

    private void sort(Cell cell) {
        if (cell.value.state() == State.DEAD && byId.get(cell.value.id()) == cell) {
            dead.add(cell);
        } else {
            dead.remove(cell);
        }
    }

    /** The request is no longer kept, and so are its messages. */
    void forget(String requestId) {
        lock.lock();
        try {
            List<Cell> gone = byRequest.remove(requestId);
            if (gone != null) {
                gone.forEach(cell -> {
                    heads.remove(cell);
                    dead.remove(cell);
                    byId.remove(cell.value.id());
                });
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Cell find(String messageId) {
        lock.lock();
        try {
            return byId.get(messageId);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Cell head(OutboxMessage of) {
        for (Cell cell : byRequest.getOrDefault(of.requestId(), List.of())) {
            if (cell.value.state() == State.WAITING && cell.value.channel().equals(of.channel())) {
                return cell;
            }
        }
        return null;
    }

    private static final class Cell {

        final ReentrantLock changing = new ReentrantLock();
        final long serial;
        volatile OutboxMessage value;

        Cell(OutboxMessage value, long serial) {
            this.value = value;
            this.serial = serial;
        }
    }
}
