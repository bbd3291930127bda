package io.jitapproval.test.contract;

import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.OutboxMessage.State;
import io.jitapproval.test.contract.FlawedStore.Flaw;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The outbox of a {@link FlawedStore}, with its flaws. */
final class FlawedMessages {

    private final Predicate<Flaw> has;
    private final ReentrantLock lock;
    private final List<OutboxMessage> all = new ArrayList<>();

    /**
     * Empty.
     *
     * @param lock held by changes, so that what is read here is never half of one
     */
    FlawedMessages(Predicate<Flaw> has, ReentrantLock lock) {
        this.has = has;
        this.lock =
                has.test(Flaw.MESSAGES_COME_LATE) || has.test(Flaw.MESSAGES_COME_EARLY) ? new ReentrantLock() : lock;
    }

    void add(List<OutboxMessage> more, Runnable show) {
        locked(() -> {
            more.stream().filter(message -> find(message.id()).isEmpty()).forEach(all::add);
            show.run();
            return true;
        });
    }

    void add(List<OutboxMessage> more) {
        add(more, () -> {});
    }

    void replace(OutboxMessage next) {
        locked(() -> {
            all.replaceAll(message -> message.id().equals(next.id()) ? next : message);
            return true;
        });
    }

    Optional<OutboxMessage> find(String id) {
        return locked(
                () -> all.stream().filter(message -> message.id().equals(id)).findFirst());
    }

    List<OutboxMessage> of(String requestId) {
        return locked(() -> all.stream()
                .filter(message -> message.requestId().equals(requestId))
                .sorted(Comparator.comparingInt(OutboxMessage::number))
                .toList());
    }

    List<OutboxMessage> dead() {
        return locked(() -> all.stream()
                .filter(message -> message.state() == State.DEAD && !has.test(Flaw.DEAD_FORGOTTEN))
                .toList());
    }

    List<OutboxMessage> due(Instant now, int atMost) {
        return locked(() -> heads(!has.test(Flaw.ALL_THAT_WAIT_ARE_DUE))
                .filter(message ->
                        has.test(Flaw.DUE_TOO_EARLY) || !message.due().isAfter(now))
                .limit(atMost)
                .toList());
    }

    Optional<Instant> next() {
        return locked(
                () -> heads(!has.test(Flaw.NEXT_IS_ANY)).map(OutboxMessage::due).findFirst());
    }

    private Stream<OutboxMessage> heads(boolean firstOnly) {
        Stream<OutboxMessage> waiting = all.stream()
                .filter(message -> message.state() == State.WAITING)
                .filter(message -> !firstOnly || before(message).noneMatch(this::blocks));
        return has.test(Flaw.DUE_IN_ANY_ORDER)
                ? waiting.sorted(Comparator.comparing(OutboxMessage::id))
                : waiting.sorted(Comparator.comparing(OutboxMessage::due));
    }

    private Stream<OutboxMessage> before(OutboxMessage message) {
        return all.stream()
                .filter(other -> other.requestId().equals(message.requestId())
                        && other.channel().equals(message.channel())
                        && other.number() < message.number());
    }

    private boolean blocks(OutboxMessage earlier) {
        return earlier.state() == State.WAITING || (earlier.state() == State.DEAD && has.test(Flaw.DEAD_BLOCKS));
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }
}
