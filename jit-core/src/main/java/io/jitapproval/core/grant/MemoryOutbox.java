package io.jitapproval.core.grant;

import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
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

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Cell> byId = new HashMap<>();
    private final Map<String, List<Cell>> byRequest = new HashMap<>();
    private final TreeSet<Cell> heads =
            new TreeSet<>(Comparator.comparing((Cell cell) -> cell.value.due()).thenComparingLong(cell -> cell.serial));
    private long serial;

    void add(List<OutboxMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            for (OutboxMessage message : messages) {
                Cell cell = new Cell(message, serial++);
                if (byId.putIfAbsent(message.id(), cell) == null) {
                    byRequest
                            .computeIfAbsent(message.requestId(), id -> new ArrayList<>())
                            .add(cell);
                    if (cell == head(message)) {
                        heads.add(cell);
                    }
                }
            }
        } finally {
            lock.unlock();
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
            return byRequest.getOrDefault(requestId, List.of()).stream()
                    .map(cell -> cell.value)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    List<OutboxMessage> dead() {
        lock.lock();
        try {
            return byId.values().stream()
                    .filter(cell -> cell.value.state() == OutboxMessage.State.DEAD)
                    .sorted(Comparator.comparingLong(cell -> cell.serial))
                    .map(cell -> cell.value)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    <R> Optional<R> change(
            String messageId, Change<OutboxMessage, R> change, Supplier<Instant> clock, Journal journal) {
        Cell cell = find(messageId);
        if (cell == null) {
            return Optional.empty();
        }
        cell.changing.lock();
        try {
            Step<OutboxMessage, R> step = change.apply(cell.value, clock.get());
            journal.append(step.records());
            OutboxMessage next = step.next();
            if (next != null) {
                put(cell, next);
            }
            return Optional.of(step.result());
        } finally {
            cell.changing.unlock();
        }
    }

    private void put(Cell cell, OutboxMessage next) {
        lock.lock();
        try {
            heads.remove(cell);
            cell.value = next;
            Cell head = head(next);
            if (head != null) {
                heads.add(head);
            }
        } finally {
            lock.unlock();
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
            if (cell.value.state() == OutboxMessage.State.WAITING
                    && cell.value.channel().equals(of.channel())) {
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
