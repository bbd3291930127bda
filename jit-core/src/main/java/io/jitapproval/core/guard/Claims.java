package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits.Bucket;
import io.jitapproval.core.approval.Interruptions;
import io.jitapproval.core.approval.Interruptions.Ring;
import io.jitapproval.core.approval.Quota;
import io.jitapproval.core.approval.RequestLife;
import io.jitapproval.core.guard.MessageLife.Begun;
import io.jitapproval.core.guard.MessageLife.Hold;
import io.jitapproval.core.guard.MessageLife.Outcome;
import io.jitapproval.core.guard.MessageLife.Together;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.UpdatingApprovalChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes attempts to deliver down, before they begin and when they have ended; and holds back what would interrupt people too often. */
final class Claims {

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final GrantStore store;
    private final Journal journal;
    private final FanOut fanOut;
    private final Bucket bucket;
    private final Duration lease;

    /** With the time after which, if nothing more is heard of an attempt, another one may begin. */
    Claims(GuardSettings settings, Journal journal, FanOut fanOut, Duration lease) {
        this.store = settings.store();
        this.journal = journal;
        this.fanOut = fanOut;
        this.bucket = settings.askingLimits().perApprover();
        this.lease = lease;
    }

    /**
     * An attempt that is under way.
     *
     * @param message the message as the attempt began
     * @param request what it is about
     * @param ledger  every message about that
     */
    record Claim(OutboxMessage message, ApprovalRequest request, List<OutboxMessage> ledger) {}

    /**
     * What came of wanting to begin.
     *
     * @param claim     the attempt, if there is one to make
     * @param overtaken whether the message need not be told any more
     */
    record Taken(Optional<Claim> claim, boolean overtaken) {}

    /** When attempts that begin now may be repeated. */
    Instant again() {
        return store.now().plus(lease);
    }

    /** Writes down that an attempt begins, if there is one to make by this channel; by none, it can only fail. */
    Taken begin(OutboxMessage found, Optional<ApprovalChannel> channel, Instant again) {
        Optional<ApprovalRequest> current = store.request(found.requestId());
        List<OutboxMessage> ledger = store.messages(found.requestId());
        Hold hold = channel.isPresent() ? hold(found.id(), channel.get(), current, ledger) : Hold.NOBODY;
        Begun begun = store.changeMessage(found.id(), MessageLife.begin(current, ledger, again, hold), journal)
                .orElseGet(() -> new Begun(Optional.empty(), false));
        Optional<Claim> claim =
                begun.message().flatMap(message -> current.map(request -> new Claim(message, request, ledger)));
        claim.map(Claim::message)
                .filter(message -> message.attempts() == 1 && MessageLife.asks(message.kind()))
                .ifPresent(message -> fanOut.asked(message.people(), store.now()));
        if (claim.isEmpty()) {
            // Somebody else was first, and took tokens too.
            hold.taken()
                    .forEach(key -> store.changeEntry(Quota.KIND, key, Interruptions.giveBack(key, bucket), journal));
        }
        return new Taken(claim, begun.overtaken());
    }

    /** A message that is changed later on is one for all of its people: it is held back for all of them or for none. */
    private Hold hold(
            String id, ApprovalChannel channel, Optional<ApprovalRequest> current, List<OutboxMessage> ledger) {
        Instant now = store.now();
        Optional<OutboxMessage> question = ledger.stream()
                .filter(message -> message.id().equals(id) && MessageLife.isFreshQuestion(message))
                .filter(message -> !message.due().isAfter(now))
                .filter(message ->
                        MessageLife.overtaken(message, current, ledger, now).isEmpty())
                .findFirst();
        Optional<Instant> moment = current.flatMap(RequestLife::nextMoment);
        if (bucket.isEndless() || question.isEmpty() || moment.isEmpty()) {
            return Hold.NOBODY;
        }
        Set<String> held = new LinkedHashSet<>();
        List<String> taken = new ArrayList<>();
        Instant until = Instant.MIN;
        for (String person : question.get().people()) {
            String key = "approver/" + question.get().channel() + "/" + person.toLowerCase(Locale.ROOT);
            Ring ring = store.changeEntry(Quota.KIND, key, Interruptions.ring(key, bucket, moment.get()), journal);
            fanOut.over(person, ring.next());
            if (ring.heldUntil().isPresent()) {
                held.add(person);
                until = ring.heldUntil().get().isAfter(until) ? ring.heldUntil().get() : until;
            } else {
                taken.add(key);
            }
        }
        boolean toAll = channel instanceof UpdatingApprovalChannel
                && held.size() < question.get().people().size();
        return toAll ? new Hold(Set.of(), Instant.MIN, taken) : new Hold(held, until, taken);
    }

    /** Writes down how an attempt has ended. */
    void end(Claim claim, Outcome outcome, Optional<Together> digest) {
        store.changeMessage(
                        claim.message().id(),
                        MessageLife.end(claim.message(), outcome, claim.request(), digest),
                        journal)
                .filter(after -> after.state() == OutboxMessage.State.DEAD)
                .ifPresent(dead -> LOG.error(
                        "Channel {} was not told about {}: given up after {} attempts, the last failed with {}",
                        dead.channel(),
                        claim.request(),
                        dead.attempts(),
                        dead.failure()));
    }

    /** What several attempts that ended in one way have in common: they come back together too, if at all. */
    Together together(String digest, Claim first, Outcome outcome) {
        return new Together(
                digest,
                outcome.isFailure() ? MessageLife.again(first.message(), outcome, store.now()) : Optional.empty());
    }
}
