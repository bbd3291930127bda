package io.jitapproval.walls.outbox;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.OutboxMessage.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Outboxes that break one promise each. */
public enum Twin implements UnaryOperator<GrantStore> {
    /** Tells after the change has been made, from memory, as a notifier beside the store does: what stops in between tells nobody. */
    TOLD_AFTERWARDS,
    /** Takes what fails once for hopeless. */
    ONE_ATTEMPT,
    /** Takes what is tried for delivered. */
    MARKED_BEFORE,
    /** Gives out what is due, whatever waits before it. */
    WITHOUT_ORDER,
    /** Sends the end as something new, since it forgot what the message is called. */
    WITHOUT_HANDLES,
    /** Forgets what was given up. */
    WITHOUT_DEAD;

    @Override
    public GrantStore apply(GrantStore store) {
        return new Broken(this, store);
    }

    private static final class Broken extends ForwardingGrantStore {

        private final Twin flaw;

        Broken(Twin flaw, GrantStore real) {
            super(real);
            this.flaw = flaw;
        }

        @Override
        public ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal) {
            return super.submit(
                    key,
                    now -> {
                        Submission made = submission.apply(now);
                        return flaw == TOLD_AFTERWARDS
                                ? new Submission(made.request(), made.grant(), made.records())
                                : made;
                    },
                    journal);
        }

        @Override
        public <R> Optional<R> changeRequest(String id, Change<ApprovalRequest, R> change, Journal journal) {
            return super.changeRequest(
                    id,
                    (current, now) -> {
                        Step<ApprovalRequest, R> step = change.apply(current, now);
                        return flaw == TOLD_AFTERWARDS ? step.telling(List.of()) : step;
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
                        if (next == null) {
                            return step;
                        }
                        OutboxMessage broken = broken(next);
                        return new Step<>(broken, null, step.records(), List.of(), List.of(), step.result());
                    },
                    journal);
        }

        private OutboxMessage broken(OutboxMessage next) {
            if (flaw == ONE_ATTEMPT && next.state() == State.WAITING && !next.failure().isEmpty()) {
                return next.failed(next.failure(), Optional.empty());
            }
            if (flaw == MARKED_BEFORE && next.state() == State.WAITING && next.failure().isEmpty()) {
                return next.delivered(Optional.empty());
            }
            return flaw == WITHOUT_HANDLES && next.state() == State.DELIVERED
                    ? next.delivered(Optional.empty())
                    : next;
        }

        @Override
        public List<OutboxMessage> dueMessages(int atMost) {
            if (flaw != WITHOUT_ORDER) {
                return super.dueMessages(atMost);
            }
            List<OutboxMessage> all = new ArrayList<>();
            for (OutboxMessage first : super.dueMessages(atMost)) {
                all.addAll(messages(first.requestId()));
            }
            return all;
        }

        @Override
        public List<OutboxMessage> messages(String requestId) {
            List<OutboxMessage> ledger = super.messages(requestId);
            if (flaw != WITHOUT_ORDER) {
                return ledger;
            }
            List<OutboxMessage> backwards = new ArrayList<>(ledger);
            java.util.Collections.reverse(backwards);
            return backwards;
        }

        @Override
        public List<OutboxMessage> deadMessages() {
            return flaw == WITHOUT_DEAD ? List.of() : super.deadMessages();
        }
    }
}
