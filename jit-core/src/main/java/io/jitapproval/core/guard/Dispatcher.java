package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApproverSelector;
import io.jitapproval.core.guard.MessageLife.Outcome;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.UpdatingApprovalChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final Journal journal;
    private final PeopleDirectory people;
    private final FanOut fanOut;
    private final Duration limit;
    private final ExecutorService rounds;
    private final Wakeup wakeup;
    private final Wakeup poll;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Map<String, Delivery> underWay = new ConcurrentHashMap<>();
    private final AtomicBoolean kicked = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    Dispatcher(GuardSettings settings, Map<String, ApprovalChannel> channels, Journal journal, FanOut fanOut) {
        this.store = settings.store();
        this.journal = journal;
        this.people = settings.people();
        this.fanOut = fanOut;
        this.limit = settings.channelTimeLimit();
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
            tried.add(start(message, byId)
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
        later(() -> first(store.messages(requestId)).forEach(message -> start(message, Map.of())));
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
        for (OutboxMessage message : store.dueMessages(BATCH)) {
            start(message, Map.of());
        }
        Optional<Instant> next = store.nextMessageDue();
        // What is due already is under way, and whoever ends it looks again.
        if (next.filter(due -> !due.isAfter(now)).isEmpty()) {
            wakeup.at(look, next);
        }
    }

    private void troubled(String what, Throwable failure) {
        if (!closed.get()) {
            LOG.warn("{}; it is looked at again in {}", what, ONCE_MORE, failure);
            wakeup.within(ONCE_MORE);
        }
    }

    private Delivery start(OutboxMessage message, Map<String, Person> known) {
        Delivery fresh = new Delivery(message, lanes.get(message.channel()), known);
        Delivery before = underWay.putIfAbsent(message.id(), fresh);
        if (before != null) {
            return before;
        }
        Lane lane = fresh.lane;
        if (lane == null) {
            later(() -> fresh.giveUp("no channel is named " + message.channel()));
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

    /** One attempt to deliver one message; settled once, by the channel or by the time limit. */
    private final class Delivery implements Lane.Work {

        private final String id;
        private final String requestId;
        private final @Nullable Lane lane;
        private final Map<String, Person> known;
        private final AtomicBoolean open = new AtomicBoolean(true);
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();
        private volatile @Nullable OutboxMessage claimed;
        private volatile @Nullable ApprovalRequest request;
        private volatile List<OutboxMessage> ledger = List.of();

        Delivery(OutboxMessage message, @Nullable Lane lane, Map<String, Person> known) {
            this.id = message.id();
            this.requestId = message.requestId();
            this.lane = lane;
            this.known = known;
        }

        @Override
        public void run() {
            if (!open.get()) {
                return;
            }
            boolean begun = claim();
            Outcome outcome = begun && open.get() ? attempt() : Outcome.failed(ALL_HANG);
            if (open.compareAndSet(true, false)) {
                if (begun) {
                    settle(outcome);
                } else {
                    leave();
                }
            }
        }

        private Outcome attempt() {
            OutboxMessage message = claimed;
            ApprovalRequest about = request;
            if (message == null || about == null || lane == null) {
                return Outcome.taken(Optional.empty());
            }
            try {
                return Outcome.taken(deliver(lane.channel, message, about));
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
            if (claimed != null || claim()) {
                settle(Outcome.failed(why));
            } else {
                leave();
            }
            return true;
        }

        /** Writes down that an attempt begins, if there is one to make; false if that failed. */
        private boolean claim() {
            try {
                Optional<ApprovalRequest> current = store.request(requestId);
                List<OutboxMessage> all = store.messages(requestId);
                Optional<OutboxMessage> begun = store.changeMessage(
                                id, MessageLife.begin(current, all, limit.plus(MARGIN)), journal)
                        .flatMap(message -> message);
                if (begun.isPresent()) {
                    request = current.orElse(null);
                    ledger = all;
                    claimed = begun.get();
                    if (begun.get().attempts() == 1
                            && MessageLife.asks(begun.get().kind())) {
                        fanOut.asked(begun.get().people(), store.now());
                    }
                }
                return true;
            } catch (Throwable failure) {
                Failures.keepInterrupt(failure);
                troubled("Message " + id + " cannot be taken on", failure);
                return false;
            }
        }

        private Optional<String> deliver(ApprovalChannel channel, OutboxMessage message, ApprovalRequest about)
                throws Exception {
            ApprovalNotice notice = new ApprovalNotice(id, message.kind(), about, persons(message));
            if (!(channel instanceof UpdatingApprovalChannel updating)) {
                channel.deliver(notice);
                return Optional.empty();
            }
            Optional<String> handle = MessageLife.handle(ledger, message);
            if (handle.isPresent()) {
                updating.update(handle.get(), notice);
                return handle;
            }
            String sent = updating.send(notice);
            if (sent == null || sent.isBlank()) {
                throw new IllegalStateException("channel " + message.channel() + " sent a message and gave it no name");
            }
            return Optional.of(sent);
        }

        private List<Person> persons(OutboxMessage message) throws Exception {
            List<Person> persons = new ArrayList<>();
            for (String person : message.people()) {
                Person met = known.get(person);
                if (met != null) {
                    persons.add(met);
                } else {
                    persons.addAll(people.named(new ApproverSelector(ApproverSelector.Kind.PERSON, person)));
                }
            }
            return persons;
        }

        private void settle(Outcome outcome) {
            boolean interrupted = Thread.interrupted();
            OutboxMessage begun = claimed;
            ApprovalRequest about = request;
            try {
                if (begun != null && about != null && !closed.get()) {
                    store.changeMessage(id, MessageLife.end(begun, outcome, about), journal)
                            .filter(after -> after.state() == OutboxMessage.State.DEAD)
                            .ifPresent(dead -> LOG.error(
                                    "Channel {} was not told about {}: given up after {} attempts, the last failed with {}",
                                    dead.channel(),
                                    about,
                                    dead.attempts(),
                                    dead.failure()));
                }
            } catch (Throwable unrecorded) {
                troubled("What became of message " + id + " is not on record", unrecorded);
            } finally {
                leave();
                kick();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private void leave() {
            underWay.remove(id, this);
            done.complete(true);
        }
    }
}
