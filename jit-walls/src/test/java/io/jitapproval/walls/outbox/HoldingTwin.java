package io.jitapproval.walls.outbox;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.spi.ApprovalNotice.Kind;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.OutboxMessage.State;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Ways to hold questions back that break one promise each. */
enum HoldingTwin implements UnaryOperator<GrantStore> {
    /** Holds back for as long as it likes. */
    TOO_LONG,
    /** Keeps what is held back in memory, as far as it tells the store. */
    IN_MEMORY,
    /** Holds back whatever comes, alarms included. */
    ALARMS_TOO,
    /** Its buckets are never empty. */
    NEVER_EMPTY,
    /** Counts for itself, beside other nodes. */
    PER_NODE,
    /** Gives out what is due, whatever is held back before it. */
    WITHOUT_ORDER,
    /** Tells part of the people, and forgets the rest. */
    WITHOUT_THE_REST;

    @Override
    public GrantStore apply(GrantStore store) {
        return new Broken(this, store);
    }

    private static final class Broken extends ForwardingGrantStore {

        private final HoldingTwin flaw;

        Broken(HoldingTwin flaw, GrantStore real) {
            super(real);
            this.flaw = flaw;
        }

        private static boolean isHeld(OutboxMessage message) {
            return message.state() == State.WAITING
                    && message.attempts() == 0
                    && message.due().isAfter(message.createdAt());
        }

        private List<OutboxMessage> added(List<OutboxMessage> messages) {
            return messages.stream()
                    .filter(message -> flaw != WITHOUT_THE_REST || !isHeld(message))
                    .map(message -> flaw == ALARMS_TOO && message.kind() == Kind.ALARM
                            ? message.heldBack(message.due().plus(Bureau.REFILL))
                            : message)
                    .toList();
        }

        @Override
        public ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal) {
            return super.submit(
                    key,
                    now -> {
                        Submission made = submission.apply(now);
                        return new Submission(
                                made.request(), made.grant(), made.records(), added(made.messages()), made.entries());
                    },
                    journal);
        }

        @Override
        public <R> Optional<R> changeMessage(String id, Change<OutboxMessage, R> change, Journal journal) {
            return super.changeMessage(
                    id,
                    (current, now) -> {
                        Step<OutboxMessage, R> step = change.apply(current, now);
                        OutboxMessage next = step.next();
                        if (next != null && isHeld(next)) {
                            next = switch (flaw) {
                                case TOO_LONG -> next.heldBack(next.due().plus(Duration.ofDays(1)));
                                case IN_MEMORY -> next.delivered(Optional.empty());
                                default -> next;
                            };
                        }
                        return new Step<>(
                                next, null, step.records(), added(step.messages()), step.entries(), step.result());
                    },
                    journal);
        }

        @Override
        public List<OutboxMessage> dueMessages(int atMost) {
            if (flaw != WITHOUT_ORDER) {
                return super.dueMessages(atMost);
            }
            Instant now = now();
            return pendingRequests().stream()
                    .flatMap(request -> messages(request.id()).stream())
                    .filter(message ->
                            message.state() == State.WAITING && !message.due().isAfter(now))
                    .toList();
        }

        @Override
        public <R> R changeEntry(String kind, String key, EntryChange<R> change, Journal journal) {
            if (flaw == NEVER_EMPTY) {
                return super.changeEntry(kind, key, (current, now) -> change.apply(Optional.empty(), now), journal);
            }
            if (flaw != PER_NODE) {
                return super.changeEntry(kind, key, change, journal);
            }
            String own = key + "/other";
            return super.changeEntry(
                    kind,
                    own,
                    (current, now) -> {
                        Step<StoreEntry, R> step = change.apply(current, now);
                        StoreEntry next = step.next();
                        return next == null
                                ? step
                                : Step.to(new StoreEntry(kind, own, next.data(), next.until()), step.result());
                    },
                    journal);
        }
    }
}
