package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.core.approval.RequestRecords;
import io.jitapproval.core.approval.Tidings;
import io.jitapproval.core.approval.Tidings.Told;
import io.jitapproval.spi.ApprovalNotice.Kind;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reminds those who were asked and have not voted: after the time that the course says, then after twice that time, and so on. When, comes
 * out of the ledger alone, so that a restart changes nothing.
 */
final class Reminders {

    /** No stage is reminded of more often. */
    static final int MOST = 5;

    private final GrantStore store;
    private final Journal journal;
    private final Tidings tidings;
    private final Voters voters;

    /** Knows who may vote on a request now and has not. */
    @FunctionalInterface
    interface Voters {
        List<Person> of(ApprovalRequest request) throws Exception;
    }

    Reminders(GuardSettings settings, Journal journal, Tidings tidings, Voters voters) {
        this.store = settings.store();
        this.journal = journal;
        this.tidings = tidings;
        this.voters = voters;
    }

    /** When the next one is due; empty if there is none to come before the request ends. */
    Optional<Instant> next(ApprovalRequest request) {
        return request.requirement().course().remindAfter().isEmpty()
                ? Optional.empty()
                : next(request, store.messages(request.id()));
    }

    private static Optional<Instant> next(ApprovalRequest request, List<OutboxMessage> ledger) {
        Duration after = request.requirement().course().remindAfter().orElse(Duration.ZERO);
        Optional<Instant> asked = ledger.stream()
                .filter(message -> MessageLife.asks(message.kind()) || message.kind() == Kind.CHANGED)
                .map(OutboxMessage::createdAt)
                .max(Comparator.naturalOrder());
        if (after.isZero() || after.compareTo(Requirement.LONGEST_DECIDE_WITHIN) > 0 || asked.isEmpty()) {
            return Optional.empty();
        }
        Set<Instant> reminded = ledger.stream()
                .filter(message -> message.kind() == Kind.REMINDED)
                .map(OutboxMessage::createdAt)
                .filter(at -> at.isAfter(asked.get()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Instant last = reminded.stream().max(Comparator.naturalOrder()).orElse(asked.get());
        return Optional.of(last.plus(after.multipliedBy(1L << reminded.size())))
                .filter(due -> reminded.size() < MOST && due.isBefore(request.lastsUntil()));
    }

    /** Reminds, if it is time to; gives when to look again, and nothing if nobody is left to be reminded. */
    Optional<Instant> remind(ApprovalRequest request) throws Exception {
        if (request.requirement().course().remindAfter().isEmpty()) {
            return Optional.empty();
        }
        List<OutboxMessage> ledger = store.messages(request.id());
        Optional<Instant> due = next(request, ledger);
        if (due.isEmpty() || due.get().isAfter(store.now())) {
            return due;
        }
        return store.changeRequest(request.id(), reminding(request.messages(), voters.of(request)), journal)
                        .orElse(false)
                ? next(request)
                : Optional.empty();
    }

    /** Only if nothing was told since the request was read, so that of two who would remind only one does. */
    private Change<ApprovalRequest, Boolean> reminding(int seen, List<Person> left) {
        return (request, now) -> {
            if (request.stateAt(now) != State.PENDING) {
                return Step.nothing(false);
            }
            if (request.messages() != seen) {
                return Step.nothing(true);
            }
            Told told = tidings.about(request, Kind.REMINDED, left, now);
            if (told.messages().isEmpty()) {
                return Step.nothing(false);
            }
            AuditRecord record = RequestRecords.of(
                    AuditRecord.Kind.REMINDED,
                    request,
                    now,
                    Optional.empty(),
                    Reason.APPROVAL_PENDING,
                    Map.of("people", told.messages().get(0).people()));
            return Step.to(told.request(), true, record).telling(told.messages());
        };
    }
}
