package io.jitapproval.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.Ref;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.GrantStore.Submission;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of a grant store share. */
abstract class StoreSuite {

    private static final int ROOM = 10_000;
    private static final Duration MOMENT = Duration.ofMillis(300);

    final IllegalStateException failure = new IllegalStateException("the sink does not answer");
    HandClock clock = new HandClock();
    RecordingJournal journal = new RecordingJournal();
    private final List<GrantStore> opened = new ArrayList<>();
    private @Nullable GrantStore ample;

    protected abstract GrantStore store(InstantSource time, int limit);

    protected abstract Optional<GrantStore> sibling(GrantStore first, InstantSource time, int limit);

    /** How often a race is run; fewer times where the suite itself is under test. */
    int rounds(int many) {
        return many;
    }

    @BeforeEach
    void beginAnew() {
        clock = new HandClock();
        journal = new RecordingJournal();
        ample = null;
    }

    @AfterEach
    void closeStores() throws Exception {
        for (GrantStore store : opened) {
            store.close();
        }
        opened.clear();
    }

    /** The store under test, with room enough. */
    GrantStore store() {
        GrantStore store = ample;
        if (store == null) {
            store = store(ROOM);
            ample = store;
        }
        return store;
    }

    GrantStore store(int limit) {
        GrantStore store = store(clock, limit);
        opened.add(store);
        return store;
    }

    /** The store under test, and if there is one a second handle on the same storage. */
    List<GrantStore> handles() {
        List<GrantStore> handles = new ArrayList<>();
        handles.add(store());
        sibling(store(), clock, ROOM).ifPresent(second -> {
            opened.add(second);
            handles.add(second);
        });
        return handles;
    }

    ApprovalRequest ask(String id, String matchKey) {
        return ask(store(), id, matchKey);
    }

    ApprovalRequest ask(GrantStore store, String id, String matchKey) {
        return store.submit(matchKey, now -> Samples.asked(id, matchKey, now), journal);
    }

    void give(GrantStore store, String id, int uses) {
        give(store, id, Samples.ANA, Samples.REFUND, uses);
    }

    void give(GrantStore store, String id, Ref subject, String action, int uses) {
        store.submit("key-of-" + id, now -> Samples.granted(Samples.grant(id, subject, action, uses, now)), journal);
    }

    void keep(GrantStore store, StoreEntry entry) {
        store.changeEntry(entry.kind(), entry.key(), (current, now) -> Step.to(entry, true), journal);
    }

    /** Asks, with messages about it, numbered from 1, to these channels. */
    void askTelling(String id, String... channels) {
        store().submit(
                        "key-of-" + id,
                        now -> {
                            List<OutboxMessage> messages = new ArrayList<>();
                            for (String channel : channels) {
                                messages.add(Samples.message(id, messages.size() + 1, channel, now));
                            }
                            Submission asked = Samples.asked(id, "key-of-" + id, now);
                            return new Submission(asked.request(), asked.grant(), asked.records(), messages, List.of());
                        },
                        journal);
    }

    int begin(GrantStore store, String grantId) {
        return store.changeGrant(grantId, Samples::begin, journal).orElseThrow();
    }

    static List<String> requestIds(List<ApprovalRequest> requests) {
        return requests.stream().map(ApprovalRequest::id).toList();
    }

    static List<String> messageIds(List<OutboxMessage> messages) {
        return messages.stream().map(OutboxMessage::id).toList();
    }

    static List<String> grantIds(List<Grant> grants) {
        return grants.stream().map(Grant::id).toList();
    }

    /** What another thread reads while a change stands in its journal; what was there before, if reading has to wait. */
    <T> T readDuring(Consumer<Journal> change, Supplier<T> read) {
        T before = read.get();
        RecordingJournal.Holding holding = new RecordingJournal.Holding();
        Threads.Running<Boolean> changing = Threads.start(() -> {
            change.accept(holding);
            return true;
        });
        holding.awaitReached();
        Threads.Running<T> reading = Threads.start(read::get);
        T seen = soon(reading.result()).orElse(before);
        holding.release();
        changing.join();
        reading.join();
        return seen;
    }

    /** Does something on a second thread that finds the lock taken, and moves the clock while it stands there. */
    <T> T lateBehind(Consumer<Journal> first, Supplier<T> second, Duration step) {
        RecordingJournal.Holding holding = new RecordingJournal.Holding();
        Threads.Running<Boolean> holder = Threads.start(() -> {
            first.accept(holding);
            return true;
        });
        holding.awaitReached();
        Threads.Running<T> late = Threads.start(second::get);
        Threads.eventually(MOMENT, () -> late.waits() || clock.readBy(late.thread()));
        Threads.eventually(Duration.ofMillis(20), () -> clock.readBy(late.thread()));
        assertThat(late.result())
                .as("got past the lock while another change held it")
                .isNotDone();
        clock.advance(step);
        holding.release();
        holder.join();
        return late.join();
    }

    private static <T> Optional<T> soon(CompletableFuture<T> future) {
        try {
            return Optional.of(future.get(MOMENT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
