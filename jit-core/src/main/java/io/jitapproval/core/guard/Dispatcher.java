package io.jitapproval.core.guard;

import io.jitapproval.core.guard.Claims.Claim;
import io.jitapproval.core.guard.Claims.Taken;
import io.jitapproval.core.guard.MessageLife.Outcome;
import io.jitapproval.core.guard.MessageLife.Together;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalDigest;
import io.jitapproval.spi.DigestingApprovalChannel;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages out of the outbox and hands them to the channels, each on threads of the channel's own and for a limited time. An
 * attempt is written down before it begins; whatever becomes of this process, the message is due again after a while. A channel that
 * fails, hangs or lies harms no other, and never the request.
 */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int BATCH = 256;
    private static final int ROUND_THREADS = 4;
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final Duration ONCE_MORE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMinutes(1);
    private static final String ALL_HANG = "every thread of the channel hangs";

    private final GrantStore store;
    private final Claims claims;
    private final Handover handover;
    private final Duration limit;
    private final ExecutorService rounds;
    private final Wakeup wakeup;
    private final Wakeup poll;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Map<String, Delivery> underWay = new ConcurrentHashMap<>();
    private final ReentrantLock registering = new ReentrantLock();
    private final AtomicBoolean kicked = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    Dispatcher(GuardSettings settings, Map<String, ApprovalChannel> channels, Journal journal, FanOut fanOut) {
        this.store = settings.store();
        this.limit = settings.channelTimeLimit();
        this.claims = new Claims(settings, journal, fanOut, limit.plus(MARGIN));
        this.handover = new Handover(settings.people());
        this.rounds = settings.pools().apply("jit-notice", ROUND_THREADS);
        this.wakeup = new Wakeup(settings.time(), this::kick);
        this.poll = new Wakeup(settings.time(), this::pollAgain);
        channels.forEach((name, channel) ->
                lanes.put(name, new Lane(channel, name, limit, rounds, () -> giveUpWaiting(name), settings.pools())));
    }

    /**
     * Looks for what an earlier process, or another one, has left in the outbox.
     *
     * @param shared whether others may put messages into it: then it is looked at now and again
     */
    void start(boolean shared) {
        kick();
        if (shared) {
            poll.within(POLL);
        }
    }

    private void pollAgain() {
        later(() -> {
            poll.within(POLL);
            look();
        });
    }

    /** A channel that hangs as a whole takes on nothing: what waits for it fails now, and comes back later. */
    private void giveUpWaiting(String channel) {
        for (Delivery delivery : List.copyOf(underWay.values())) {
            if (delivery.lane != null && delivery.lane.name.equals(channel)) {
                delivery.giveUp(ALL_HANG);
            }
        }
    }

    /** Takes on what is there to tell of a request, and returns when each was tried once: taken, failed or out of time. */
    void deliverNow(String requestId, Collection<Person> known) throws InterruptedException {
        Map<String, Person> byId = new LinkedHashMap<>();
        known.forEach(person -> byId.put(person.id(), person));
        List<CompletableFuture<Boolean>> tried = new ArrayList<>();
        for (OutboxMessage message : first(store.messages(requestId))) {
            tried.add(start(List.of(message), byId)
                    .done
                    .copy()
                    .completeOnTimeout(true, limit.plus(PATIENCE).toNanos(), TimeUnit.NANOSECONDS));
        }
        tried.forEach(CompletableFuture::join);
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while people were asked");
        }
    }

    /** Of each channel the first that waits: those after it wait for it. */
    private static Collection<OutboxMessage> first(List<OutboxMessage> ledger) {
        Map<String, OutboxMessage> first = new LinkedHashMap<>();
        for (OutboxMessage message : ledger) {
            if (message.state() == OutboxMessage.State.WAITING) {
                first.putIfAbsent(message.channel(), message);
            }
        }
        return first.values();
    }

    /** Looks into the outbox soon, on another thread. */
    void kick() {
        if (kicked.compareAndSet(false, true)) {
            later(() -> {
                kicked.set(false);
                look();
            });
        }
    }

    /** A request has ended: what it still would have asked is overtaken at once, so that its end goes out. */
    void ended(String requestId) {
        later(() -> first(store.messages(requestId)).forEach(message -> start(List.of(message), Map.of())));
    }

    /** Runs something on the dispatcher's threads; if it fails, the outbox is looked at again after a while. */
    void later(Runnable work) {
        try {
            rounds.execute(() -> {
                try {
                    work.run();
                } catch (Throwable failure) {
                    Failures.keepInterrupt(failure);
                    troubled("The outbox cannot be read", failure);
                }
            });
        } catch (RejectedExecutionException closing) {
            LOG.debug("Nothing is sent any more", closing);
        }
    }

    void close() {
        closed.set(true);
        wakeup.close();
        poll.close();
        rounds.shutdownNow();
        lanes.values().forEach(Lane::close);
    }

    private void look() {
        long look = wakeup.look();
        Instant now = store.now();
        // Before the outbox is read: of a digest that is just being settled only a part may be due again. Its end looks
        // anew.
        Set<String> settling = digesting();
        Map<String, List<OutboxMessage>> together = new LinkedHashMap<>();
        for (OutboxMessage message : store.dueMessages(BATCH)) {
            Lane lane = lanes.get(message.channel());
            boolean digested = lane != null && Handover.digests(lane.channel) && MessageLife.goesTogether(message);
            if (digested && settling.contains(message.channel())) {
                continue;
            }
            if (digested) {
                String round = message.channel() + "\n" + message.due() + "\n" + message.attempts();
                together.computeIfAbsent(round, first -> new ArrayList<>()).add(message);
            } else {
                start(List.of(message), Map.of());
            }
        }
        for (List<OutboxMessage> round : together.values()) {
            for (int from = 0; from < round.size(); from += ApprovalDigest.MOST_NOTICES) {
                start(round.subList(from, Math.min(round.size(), from + ApprovalDigest.MOST_NOTICES)), Map.of());
            }
        }
        Optional<Instant> next = store.nextMessageDue();
        // What is due already is under way, and whoever ends it looks again.
        if (next.filter(due -> !due.isAfter(now)).isEmpty()) {
            wakeup.at(look, next);
        }
    }

    /** The channels that have a digest under way. */
    private Set<String> digesting() {
        Set<String> names = new HashSet<>();
        for (Delivery delivery : underWay.values()) {
            if (delivery.lane != null && delivery.messages.size() > 1) {
                names.add(delivery.lane.name);
            }
        }
        return names;
    }

    private void troubled(String what, Throwable failure) {
        if (!closed.get()) {
            LOG.warn("{}; it is looked at again in {}", what, ONCE_MORE, failure);
            wakeup.within(ONCE_MORE);
        }
    }

    private Delivery start(List<OutboxMessage> messages, Map<String, Person> known) {
        OutboxMessage first = messages.get(0);
        Delivery fresh = new Delivery(List.copyOf(messages), lanes.get(first.channel()), known);
        if (!fresh.register()) {
            Delivery before = underWay.get(first.id());
            fresh.leave();
            return before == null ? fresh : before;
        }
        Lane lane = fresh.lane;
        if (lane == null) {
            later(() -> fresh.giveUp("no channel is named " + first.channel()));
        } else if (lane.hangs()) {
            later(() -> fresh.giveUp(ALL_HANG));
        } else {
            try {
                lane.start(fresh);
            } catch (RejectedExecutionException full) {
                later(() -> fresh.giveUp("too many notices are under way"));
            }
        }
        return fresh;
    }

    /** One attempt to deliver one message, or several at once; settled once, by the channel or by the time limit. */
    private final class Delivery implements Lane.Work {

        private final List<OutboxMessage> messages;
        private final @Nullable Lane lane;
        private final Map<String, Person> known;
        private final AtomicBoolean open = new AtomicBoolean(true);
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();
        private volatile @Nullable List<Claim> claimed;

        Delivery(List<OutboxMessage> messages, @Nullable Lane lane, Map<String, Person> known) {
            this.messages = messages;
            this.lane = lane;
            this.known = known;
        }

        /** Nobody else takes on what this takes on; false if others are at any of it, who look anew when they have ended. */
        boolean register() {
            registering.lock();
            try {
                if (!open.get() || messages.stream().anyMatch(message -> underWay.containsKey(message.id()))) {
                    return false;
                }
                messages.forEach(message -> underWay.put(message.id(), this));
                return true;
            } finally {
                registering.unlock();
            }
        }

        @Override
        public void run() {
            if (!open.get()) {
                return;
            }
            Optional<List<Claim>> begun = claim();
            Outcome outcome = begun.isPresent() && open.get() ? attempt(begun.get()) : Outcome.failed(ALL_HANG);
            if (open.compareAndSet(true, false)) {
                begun.ifPresentOrElse(all -> settle(all, outcome), this::leave);
            }
        }

        private Outcome attempt(List<Claim> claims) {
            if (claims.isEmpty() || lane == null) {
                return Outcome.taken(Optional.empty());
            }
            try {
                if (claims.size() > 1 && lane.channel instanceof DigestingApprovalChannel digesting) {
                    handover.together(digesting, claims, Handover.digestId(claims));
                    return Outcome.taken(Optional.empty());
                }
                return Outcome.taken(handover.one(lane.channel, claims.get(0), known));
            } catch (Throwable failure) {
                if (open.get()) {
                    LOG.warn("Channel {} failed to deliver", lane.name, failure);
                }
                return Outcome.failed(failure);
            }
        }

        @Override
        public boolean giveUp(String why) {
            if (!open.compareAndSet(true, false)) {
                return false;
            }
            List<Claim> before = claimed;
            Optional<List<Claim>> begun = before == null ? claim() : Optional.of(before);
            begun.ifPresentOrElse(all -> settle(all, Outcome.failed(why)), this::leave);
            return true;
        }

        /** Writes down that attempts begin, as far as there are any to make; empty if that failed. */
        private Optional<List<Claim>> claim() {
            List<Claim> begun = new ArrayList<>();
            try {
                Instant again = claims.again();
                for (OutboxMessage message : messages) {
                    if (underWay.get(message.id()) == this) {
                        Taken taken =
                                claims.begin(message, Optional.ofNullable(lane).map(l -> l.channel), again);
                        taken.claim().ifPresent(begun::add);
                        if (taken.overtaken()) {
                            // What was behind it may be held back, and overtaken as well.
                            ended(message.requestId());
                        }
                    }
                }
            } catch (Throwable failure) {
                Failures.keepInterrupt(failure);
                troubled("Messages " + ids() + " cannot be taken on", failure);
                if (begun.isEmpty()) {
                    return Optional.empty();
                }
            }
            claimed = begun;
            return Optional.of(begun);
        }

        private void settle(List<Claim> begun, Outcome outcome) {
            boolean interrupted = Thread.interrupted();
            try {
                Optional<Together> together = begun.size() > 1
                        ? Optional.of(claims.together(Handover.digestId(begun), begun.get(0), outcome))
                        : Optional.empty();
                for (Claim claim : begun) {
                    if (!closed.get()) {
                        claims.end(claim, outcome, together);
                    }
                }
            } catch (Throwable unrecorded) {
                troubled("What became of messages " + ids() + " is not on record", unrecorded);
            } finally {
                leave();
                kick();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private List<String> ids() {
            return messages.stream().map(OutboxMessage::id).toList();
        }

        private void leave() {
            registering.lock();
            try {
                messages.forEach(message -> underWay.remove(message.id(), this));
            } finally {
                registering.unlock();
            }
            done.complete(true);
        }
    }
}
