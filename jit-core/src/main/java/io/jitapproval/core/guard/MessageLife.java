package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Reason;
import io.jitapproval.core.approval.RequestRecords;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.RetryLaterException;
import io.jitapproval.spi.UndeliverableException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** What may become of a message in the outbox. Pure functions of the stored message and the store's instant. */
final class MessageLife {

    /** A message that failed so often is dead. */
    static final int MOST_ATTEMPTS = 12;

    /** The longest pause that we choose. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** The longest pause that a channel may ask for. */
    static final Duration LONGEST_WISH = Duration.ofDays(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final double LEAST_SHARE = 0.5;

    private MessageLife() {}

    /** How an attempt went. Exactly one of handle and failure says something; without both the channel took it and names nothing. */
    record Outcome(Optional<String> handle, String failure, Optional<Duration> wish, boolean forGood) {

        static Outcome taken(Optional<String> handle) {
            return new Outcome(handle, "", Optional.empty(), false);
        }

        static Outcome failed(String why) {
            return new Outcome(Optional.empty(), why, Optional.empty(), false);
        }

        /** The text of a stranger's exception may hold anything; that of our own two is made for being read. */
        static Outcome failed(Throwable failure) {
            String name = failure.getClass().getSimpleName();
            if (failure instanceof RetryLaterException later) {
                return new Outcome(
                        Optional.empty(), name + ": " + later.getMessage(), Optional.of(later.after()), false);
            }
            if (failure instanceof UndeliverableException never) {
                return new Outcome(Optional.empty(), name + ": " + never.getMessage(), Optional.empty(), true);
            }
            return failed(name.isEmpty() ? failure.getClass().getName() : name);
        }

        boolean isFailure() {
            return !failure.isEmpty();
        }
    }

    /**
     * Of the people of a fresh question, those who are not to be interrupted yet.
     *
     * @param people their ids; empty if it goes out to all
     * @param until  until when it is held back
     * @param taken  the buckets out of which a token was taken for the others
     */
    record Hold(Set<String> people, Instant until, List<String> taken) {

        static final Hold NOBODY = new Hold(Set.of(), Instant.MIN, List.of());
    }

    /**
     * What came of wanting to begin.
     *
     * @param message   the message to deliver, if there is one
     * @param overtaken whether it need not be told any more
     */
    record Begun(Optional<OutboxMessage> message, boolean overtaken) {

        private static final Begun NOTHING = new Begun(Optional.empty(), false);
        private static final Begun OVERTAKEN = new Begun(Optional.empty(), true);
    }

    /** Several messages that go out at once. */
    record Together(String digest, Optional<Instant> again) {}

    /**
     * An attempt begins, unless another one is under way or there is nothing to tell any more, or all of its people are to be left in
     * peace. If some are, their part becomes a message of its own.
     *
     * @param request the request, if the store still keeps it
     * @param ledger  every message about it
     * @param again   then, if nothing more is heard of the attempt, another one may begin
     * @param hold    who is to be left in peace, if the message is a fresh question
     * @return the change
     */
    static Change<OutboxMessage, Begun> begin(
            Optional<ApprovalRequest> request, List<OutboxMessage> ledger, Instant again, Hold hold) {
        return (message, now) -> {
            // What is under way may still arrive: whatever overtakes it has to come after it.
            if (message.state() != OutboxMessage.State.WAITING || message.underWay(now)) {
                return Step.nothing(Begun.NOTHING);
            }
            String overtaken = overtaken(message, request, ledger, now);
            if (!overtaken.isEmpty()) {
                return Step.to(message.superseded(overtaken), Begun.OVERTAKEN);
            }
            if (message.due().isAfter(now)) {
                return Step.nothing(Begun.NOTHING);
            }
            List<String> held = isFreshQuestion(message)
                    ? message.people().stream().filter(hold.people()::contains).toList()
                    : List.of();
            if (held.isEmpty()) {
                OutboxMessage tried = message.tried(again);
                return Step.to(tried, new Begun(Optional.of(tried), false));
            }
            List<String> free = message.people().stream()
                    .filter(person -> !held.contains(person))
                    .toList();
            if (free.isEmpty()) {
                return Step.to(message.heldBack(hold.until()), Begun.NOTHING);
            }
            OutboxMessage tried = message.forSome(free).tried(again);
            return Step.to(tried, new Begun(Optional.of(tried), false))
                    .telling(List.of(message.forRest(held, hold.until())));
        };
    }

    /** Whether a message is a question that was neither tried nor held back so far. */
    static boolean isFreshQuestion(OutboxMessage message) {
        return interrupts(message.kind())
                && message.state() == OutboxMessage.State.WAITING
                && message.attempts() == 0
                && message.due().equals(message.createdAt());
    }

    /** Whether a message is a question that may go out with others that are due at the same instant: it was held back with them. */
    static boolean goesTogether(OutboxMessage message) {
        return interrupts(message.kind()) && message.due().isAfter(message.createdAt());
    }

    /** What has overtaken a message; empty if nothing. */
    static String overtaken(
            OutboxMessage message, Optional<ApprovalRequest> request, List<OutboxMessage> ledger, Instant now) {
        if (request.isEmpty()) {
            return "the request is not kept any more";
        }
        return switch (message.kind()) {
            case ALARM, OBSERVED -> "";
            case ENDED ->
                ledger.stream().anyMatch(before -> isBefore(before, message) && before.attempts() > 0)
                        ? ""
                        : "the channel was told nothing of the request before it ended";
            case ASKED, REMINDED, ESCALATED, NOTED, CHANGED ->
                request.get().stateAt(now) == State.PENDING ? "" : "the request has ended";
        };
    }

    /**
     * An attempt has ended.
     *
     * @param claimed the message as the attempt began
     * @param outcome how the attempt went
     * @param request the request, for the record
     * @param digest  what it went out with, if it was not alone
     * @return the change; its result is the message afterwards
     */
    static Change<OutboxMessage, OutboxMessage> end(
            OutboxMessage claimed, Outcome outcome, ApprovalRequest request, Optional<Together> digest) {
        return (message, now) -> {
            boolean stale = outcome.isFailure()
                    ? message.state() != OutboxMessage.State.WAITING || message.attempts() != claimed.attempts()
                    : message.state() == OutboxMessage.State.DELIVERED;
            if (stale) {
                return Step.nothing(message);
            }
            OutboxMessage after = outcome.isFailure()
                    ? message.failed(
                            outcome.failure(),
                            digest.map(Together::again).orElseGet(() -> again(message, outcome, now)))
                    : message.delivered(outcome.handle());
            return Step.to(after, after, record(after, outcome, request, digest, now));
        };
    }

    /** When a message that failed is due again; empty if never. */
    static Optional<Instant> again(OutboxMessage message, Outcome outcome, Instant now) {
        if (outcome.forGood() || message.attempts() >= MOST_ATTEMPTS) {
            return Optional.empty();
        }
        Duration pause = pause(message);
        Duration wish = outcome.wish()
                .map(asked -> asked.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : asked)
                .orElse(pause);
        return Optional.of(now.plus(wish.compareTo(FIRST_PAUSE) < 0 ? pause : wish));
    }

    /**
     * How long to wait after an attempt failed: twice as long each time, up to a limit, and between half of that and all of it, so that
     * many messages do not come back at once. The same message and attempt always give the same.
     */
    static Duration pause(OutboxMessage message) {
        int doublings = Math.min(Math.max(0, message.attempts() - 1), 20);
        Duration whole = FIRST_PAUSE.multipliedBy(1L << doublings);
        whole = whole.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : whole;
        double chance = new SplittableRandom(31L * message.id().hashCode() + message.attempts()).nextDouble();
        return Duration.ofMillis((long) (whole.toMillis() * (LEAST_SHARE + (1 - LEAST_SHARE) * chance)));
    }

    /** A dead message is tried anew. */
    static Change<OutboxMessage, Boolean> anew() {
        return (message, now) ->
                message.state() == OutboxMessage.State.DEAD ? Step.to(message.anew(now), true) : Step.nothing(false);
    }

    /** What the channel calls the message about the request that is there already. */
    static Optional<String> handle(List<OutboxMessage> ledger, OutboxMessage message) {
        return ledger.stream()
                .filter(before -> isBefore(before, message))
                .flatMap(before -> before.handle().stream())
                .reduce((older, newer) -> newer);
    }

    private static boolean isBefore(OutboxMessage before, OutboxMessage message) {
        return before.channel().equals(message.channel()) && before.number() < message.number();
    }

    private static AuditRecord record(
            OutboxMessage after, Outcome outcome, ApprovalRequest request, Optional<Together> digest, Instant now) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("channel", after.channel());
        details.put("notice", after.kind().word());
        digest.ifPresent(all -> details.put("digest", all.digest()));
        if (after.attempts() > 1) {
            details.put("attempt", after.attempts());
        }
        if (outcome.isFailure()) {
            details.put("failure", outcome.failure());
        }
        if (after.state() == OutboxMessage.State.DEAD) {
            details.put("dead", true);
        }
        return RequestRecords.of(
                outcome.isFailure() ? Kind.NOTIFY_FAILED : Kind.NOTIFIED,
                request,
                now,
                Optional.empty(),
                request.outcome().orElse(Reason.APPROVAL_PENDING),
                details);
    }

    /** Whether a kind of notice asks people who were not asked before. */
    static boolean asks(ApprovalNotice.Kind kind) {
        return kind == ApprovalNotice.Kind.ASKED || kind == ApprovalNotice.Kind.ESCALATED;
    }

    /** Whether a kind of notice interrupts people while there is something to decide: each of them can be sent many times. */
    static boolean interrupts(ApprovalNotice.Kind kind) {
        return switch (kind) {
            case ASKED, ESCALATED, REMINDED, NOTED, CHANGED -> true;
            case ALARM, OBSERVED, ENDED -> false;
        };
    }
}
