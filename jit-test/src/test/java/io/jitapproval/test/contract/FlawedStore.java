package io.jitapproval.test.contract;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.Ref;
import io.jitapproval.core.GrantStores;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.StoreEntry;
import io.jitapproval.spi.StoreFullException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** The simplest store there is, with one flaw built in. Without a flaw it keeps the contract. */
final class FlawedStore extends ForwardingGrantStore {

    enum Flaw {
        NONE,
        NO_LOCK,
        CLOCK_BEFORE_LOCK,
        PUBLISHES_BEFORE_JOURNAL,
        SWALLOWS_JOURNAL_FAILURE,
        WRAPS_FAILURES,
        NO_JOURNAL_WITHOUT_CHANGE,
        DROPS_OLDEST_WHEN_FULL,
        GROWS_WITHOUT_LIMIT,
        JOURNALS_WHAT_IT_REFUSES,
        KEY_STAYS_TAKEN,
        JOINS_OVERDUE,
        REPLACES_PENDING,
        GRANT_COMES_LATE,
        NEWEST_FIRST,
        INDEX_BY_SUBJECT_ONLY,
        HIDES_OVERDUE,
        FORGETS_USED_UP_GRANT,
        OWN_CLOCK,
        MESSAGES_ONLY_WITH_REQUESTS,
        MESSAGES_BEFORE_JOURNAL,
        MESSAGES_COME_LATE,
        MESSAGES_COME_EARLY,
        MESSAGES_WITHOUT_LOCK,
        ALL_THAT_WAIT_ARE_DUE,
        DUE_TOO_EARLY,
        DUE_IN_ANY_ORDER,
        NEXT_IS_ANY,
        DEAD_BLOCKS,
        DEAD_FORGOTTEN,
        ENTRIES_ONLY_ALONE,
        ENTRIES_BEFORE_JOURNAL,
        ENTRIES_WITHOUT_LOCK,
        ENTRIES_FOR_EVER,
        ENTRIES_WITHOUT_LIMIT,
        FULL_FOR_WHAT_IS_THERE,
        ONE_KIND_OF_ENTRY,
        VOIDS_BY_LIST,
        VOIDS_BY_INSTANT,
        VOIDS_EVERYBODYS,
        VOIDS_BEFORE_JOURNAL,
        VOIDS_WHAT_ENDED,
        VOIDS_WHAT_EXPIRED,
        VOIDED_STAY_LISTED,
        VOIDED_NEVER_LISTED
    }

    private final Flaw flaw;
    private final InstantSource clock;
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ApprovalRequest> requests = new ConcurrentSkipListMap<>();
    private final Map<String, Grant> grants = new ConcurrentSkipListMap<>();
    private final FlawedMessages messages;
    private final FlawedEntries entries;
    private volatile Instant voidedAt = Instant.MIN;

    FlawedStore(InstantSource clock, int limit, Flaw flaw) {
        super(GrantStores.memory(clock, limit));
        this.clock = clock;
        this.limit = limit;
        this.flaw = flaw;
        this.messages = new FlawedMessages(this::has, lock);
        this.entries = new FlawedEntries(this::has, limit);
    }

    private boolean has(Flaw one) {
        return flaw == one;
    }

    @Override
    public ApprovalRequest submit(String matchKey, Function<Instant, Submission> submission, Journal journal) {
        return locked(now -> {
            Optional<ApprovalRequest> waiting = requests.values().stream()
                    .filter(request -> request.matchKey().equals(matchKey))
                    .filter(request -> has(Flaw.KEY_STAYS_TAKEN)
                            || (has(Flaw.JOINS_OVERDUE) ? request.state() : request.stateAt(now.get()))
                                    == ApprovalRequest.State.PENDING)
                    .findFirst();
            if (waiting.isPresent() && !has(Flaw.REPLACES_PENDING)) {
                return waiting.get();
            }
            Submission made = submission.apply(now.get());
            waiting.ifPresent(old -> requests.remove(old.id()));
            write(Effect.of(made), journal, made.request(), made.grant().orElse(null));
            return made.request();
        });
    }

    @Override
    public <R> Optional<R> changeRequest(String requestId, Change<ApprovalRequest, R> change, Journal journal) {
        return locked(now -> {
            ApprovalRequest current = requests.get(requestId);
            if (current == null) {
                return Optional.empty();
            }
            Step<ApprovalRequest, R> step = change.apply(current, now.get());
            if (!has(Flaw.NO_JOURNAL_WITHOUT_CHANGE) || step.next() != null) {
                write(Effect.of(step, step.entries()), journal, step.next(), step.grant());
            }
            return Optional.of(step.result());
        });
    }

    @Override
    public <R> Optional<R> changeGrant(String grantId, Change<Grant, R> change, Journal journal) {
        return locked(now -> {
            Grant current = grants.get(grantId);
            if (current == null) {
                return Optional.empty();
            }
            Step<Grant, R> step = change.apply(current, now.get());
            boolean bare = has(Flaw.MESSAGES_ONLY_WITH_REQUESTS);
            Effect effect = Effect.of(step, step.entries());
            write(bare ? effect.without() : effect, journal, null, step.next());
            if (has(Flaw.FORGETS_USED_UP_GRANT) && grants.get(grantId).state() != Grant.State.ACTIVE) {
                grants.remove(grantId);
            }
            return Optional.of(step.result());
        });
    }

    @Override
    public <R> R changeEntry(String kind, String key, EntryChange<R> change, Journal journal) {
        if (has(Flaw.ENTRIES_WITHOUT_LOCK)) {
            return entries.change(kind, key, change, now(), (step, all) -> write(Effect.of(step, all), journal));
        }
        return locked(now ->
                entries.change(kind, key, change, now.get(), (step, all) -> write(Effect.of(step, all), journal)));
    }

    @Override
    public <R> Optional<R> changeMessage(String messageId, Change<OutboxMessage, R> change, Journal journal) {
        return has(Flaw.MESSAGES_WITHOUT_LOCK)
                ? changeMessage(messageId, change, journal, this::now)
                : locked(now -> changeMessage(messageId, change, journal, now));
    }

    private <R> Optional<R> changeMessage(
            String messageId, Change<OutboxMessage, R> change, Journal journal, Supplier<Instant> now) {
        Optional<OutboxMessage> current = messages.find(messageId);
        return current.map(message -> {
            Step<OutboxMessage, R> step = change.apply(message, now.get());
            write(Effect.of(step, step.entries()), journal);
            if (step.next() != null) {
                messages.replace(step.next());
            }
            return step.result();
        });
    }

    @Override
    public void voidGrants(Voiding which, Function<Instant, List<AuditRecord>> records, Journal journal) {
        if (has(Flaw.VOIDS_BY_LIST)) {
            List<Grant> listed = activeGrants();
            journal.append(records.apply(now()));
            listed.stream().filter(which::fits).forEach(grant -> grants.put(grant.id(), grant.withVoided()));
            return;
        }
        locked(now -> {
            if (!has(Flaw.VOIDS_BEFORE_JOURNAL)) {
                journal.append(records.apply(now.get()));
            }
            voidedAt = now.get();
            grants.values().stream()
                    .filter(grant -> has(Flaw.VOIDS_WHAT_ENDED)
                            || (has(Flaw.VOIDS_WHAT_EXPIRED) ? grant.state() : grant.stateAt(now.get()))
                                    == Grant.State.ACTIVE)
                    .filter(grant -> has(Flaw.VOIDS_EVERYBODYS) || which.fits(grant))
                    .forEach(grant -> grants.put(grant.id(), asVoided(grant)));
            if (has(Flaw.VOIDS_BEFORE_JOURNAL)) {
                journal.append(records.apply(now.get()));
            }
            return true;
        });
    }

    private Grant asVoided(Grant grant) {
        return grant.state() == Grant.State.ACTIVE
                ? grant.withVoided()
                : Samples.grant(grant.id(), grant.terms().uses(), grant.grantedAt())
                        .withVoided();
    }

    @Override
    public List<Grant> voidedGrants() {
        return has(Flaw.VOIDED_NEVER_LISTED)
                ? List.of()
                : grants.values().stream()
                        .filter(grant -> grant.voided() && grant.state() == Grant.State.ACTIVE)
                        .sorted(order(Grant::grantedAt))
                        .toList();
    }

    @Override
    public List<StoreEntry> entries(String kind) {
        return entries.list(kind, now());
    }

    @Override
    public List<OutboxMessage> dueMessages(int atMost) {
        return messages.due(now(), atMost);
    }

    @Override
    public Optional<Instant> nextMessageDue() {
        return messages.next();
    }

    @Override
    public List<OutboxMessage> messages(String requestId) {
        return messages.of(requestId);
    }

    @Override
    public List<OutboxMessage> deadMessages() {
        return messages.dead();
    }

    /** What comes of a step besides the new value. */
    private record Effect(List<AuditRecord> records, List<OutboxMessage> messages, List<StoreEntry> entries) {

        static Effect of(Submission made) {
            return new Effect(made.records(), made.messages(), made.entries());
        }

        static Effect of(Step<?, ?> step, List<StoreEntry> entries) {
            return new Effect(step.records(), step.messages(), entries);
        }

        Effect without() {
            return new Effect(records, List.of(), List.of());
        }
    }

    private void write(Effect effect, Journal journal) {
        write(effect, journal, null, null);
    }

    private void write(Effect effect, Journal journal, ApprovalRequest request, Grant grant) {
        if (has(Flaw.JOURNALS_WHAT_IT_REFUSES)) {
            journal.append(effect.records());
        }
        if (request != null && !requests.containsKey(request.id()) && isPending(request)) {
            makeRoom(
                    pendingRequests().size(),
                    () -> requests.remove(pendingRequests().get(0).id()));
        }
        if (grant != null && !grants.containsKey(grant.id())) {
            makeRoom(
                    (int) grants.values().stream()
                            .filter(held -> held.state() == Grant.State.ACTIVE)
                            .count(),
                    () -> grants.remove(activeGrants().get(0).id()));
        }
        entries.makeRoom(effect.entries(), now());
        if (has(Flaw.PUBLISHES_BEFORE_JOURNAL)) {
            publish(effect, request, grant);
        }
        if (has(Flaw.MESSAGES_BEFORE_JOURNAL)) {
            messages.add(effect.messages());
        }
        if (has(Flaw.ENTRIES_BEFORE_JOURNAL)) {
            entries.put(effect.entries());
        }
        try {
            if (!has(Flaw.JOURNALS_WHAT_IT_REFUSES)) {
                journal.append(effect.records());
            }
        } catch (RuntimeException e) {
            if (has(Flaw.WRAPS_FAILURES)) {
                throw new IllegalArgumentException("could not write", e);
            }
            if (!has(Flaw.SWALLOWS_JOURNAL_FAILURE)) {
                throw e;
            }
        }
        publish(effect, request, grant);
    }

    private void publish(Effect effect, ApprovalRequest request, Grant grant) {
        if (!has(Flaw.ENTRIES_ONLY_ALONE) || (request == null && grant == null)) {
            entries.put(effect.entries());
        }
        if (has(Flaw.GRANT_COMES_LATE) && request != null && grant != null) {
            requests.put(request.id(), request);
            dawdle();
        }
        if (grant != null) {
            boolean late = has(Flaw.VOIDS_BY_INSTANT) && !grant.grantedAt().isAfter(voidedAt);
            grants.put(grant.id(), late ? grant.withVoided() : grant);
        }
        Runnable show = () -> {
            if (request != null) {
                requests.put(request.id(), request);
            }
        };
        if (has(Flaw.MESSAGES_COME_LATE) && !effect.messages().isEmpty()) {
            show.run();
            dawdle();
            messages.add(effect.messages());
        } else if (has(Flaw.MESSAGES_COME_EARLY) && !effect.messages().isEmpty()) {
            messages.add(effect.messages());
            dawdle();
            show.run();
        } else {
            messages.add(effect.messages(), show);
        }
    }

    private static void dawdle() {
        for (int i = 0; i < 200; i++) {
            Threads.giveWay();
        }
    }

    private void makeRoom(int held, Runnable dropOldest) {
        if (held < limit || has(Flaw.GROWS_WITHOUT_LIMIT)) {
            return;
        }
        if (!has(Flaw.DROPS_OLDEST_WHEN_FULL)) {
            throw new StoreFullException("full at " + limit);
        }
        dropOldest.run();
    }

    private <R> R locked(Function<Supplier<Instant>, R> work) {
        Instant early = has(Flaw.CLOCK_BEFORE_LOCK) ? now() : null;
        if (has(Flaw.NO_LOCK)) {
            return work.apply(this::now);
        }
        lock.lock();
        try {
            return work.apply(() -> early == null ? now() : early);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isPending(ApprovalRequest request) {
        return request.state() == ApprovalRequest.State.PENDING;
    }

    @Override
    public Optional<ApprovalRequest> request(String requestId) {
        return Optional.ofNullable(requests.get(requestId));
    }

    @Override
    public Optional<Grant> grant(String grantId) {
        return Optional.ofNullable(grants.get(grantId));
    }

    @Override
    public List<ApprovalRequest> pendingRequests() {
        return requests.values().stream()
                .filter(request -> (has(Flaw.HIDES_OVERDUE) ? request.stateAt(now()) : request.state())
                        == ApprovalRequest.State.PENDING)
                .sorted(order(ApprovalRequest::createdAt))
                .toList();
    }

    @Override
    public List<Grant> activeGrants() {
        return grants.values().stream()
                .filter(grant -> (has(Flaw.HIDES_OVERDUE) ? grant.stateAt(now()) : grant.state()) == Grant.State.ACTIVE)
                .filter(grant -> has(Flaw.VOIDED_STAY_LISTED) || !grant.voided())
                .sorted(order(Grant::grantedAt))
                .toList();
    }

    @Override
    public List<Grant> activeGrants(Ref subject, String action) {
        return activeGrants().stream()
                .filter(grant -> grant.subject().equals(subject))
                .filter(grant ->
                        has(Flaw.INDEX_BY_SUBJECT_ONLY) || grant.action().equals(action))
                .toList();
    }

    private <T> Comparator<T> order(Function<T, Instant> time) {
        Comparator<T> oldestFirst = Comparator.comparing(time);
        return has(Flaw.NEWEST_FIRST) ? oldestFirst.reversed() : oldestFirst;
    }

    @Override
    public Instant now() {
        return has(Flaw.OWN_CLOCK) ? Instant.now() : clock.instant();
    }
}
