package io.jitapproval.walls.later;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits;
import io.jitapproval.Attempt;
import io.jitapproval.Continuation;
import io.jitapproval.Ref;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.spi.Person;
import io.jitapproval.walls.outbox.Post;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("design §6: waiting costs no thread")
class ManyWaitersTest {

    private static final int WAITERS = 10_000;
    private static final int CLERKS = 100;
    /** Those that go on with calls, tell channels and look attributes up, 32 each; alarms; the reader of policies. */
    private static final int OWN_THREADS = 3 * 32 + 2;

    private static final int MANY_THREADS = 2 * OWN_THREADS;
    private static final ThreadLocal<Subject> CALLER = new ThreadLocal<>();
    private static final Ref MIA = Ref.user("mia");
    private static final Duration LONG = Duration.ofHours(1);

    private static final String POLICY = """
            {"default": "deny", "rules": [
              {"id": "ask", "actions": ["pay"], "effect": "require-approval",
               "approval": {"by": {"role": "FINANCE"}, "decideWithin": "PT2H"}}]}
            """;

    interface Till {

        @RequiresJitApproval(action = "pay", continuation = Continuation.WAIT, waitAtMost = "PT1H")
        CompletionStage<String> pay(int bill);
    }

    /** Makes one call that waits. */
    @FunctionalInterface
    private interface Waiting {

        CompletionStage<String> call(Desk desk, int bill);
    }

    private static final class Desk implements AutoCloseable {

        final CountDownLatch asked;
        final MethodGuard guard;
        final Till till;

        Desk(int waiters) {
            asked = new CountDownLatch(waiters);
            List<Person> people = new ArrayList<>(IntStream.range(0, CLERKS)
                    .mapToObj(i -> People.person("clerk" + i))
                    .toList());
            people.add(People.person("mia", "FINANCE"));
            guard = Jit.guard()
                    .policy(PolicySources.text("till.json", POLICY))
                    .subject(() -> Optional.ofNullable(CALLER.get()))
                    .people(People.of(people.toArray(Person[]::new)))
                    .audit((InlineAuditSink) this::count)
                    .askingLimits(AskingLimits.NONE)
                    .build();
            till = guard.protect(Till.class, bill -> CompletableFuture.completedFuture("paid " + bill));
        }

        private void count(List<AuditRecord> records) {
            records.stream().filter(record -> record.kind() == Kind.REQUESTED).forEach(record -> asked.countDown());
        }

        static Subject clerk(int bill) {
            return Subject.user("clerk" + bill % CLERKS);
        }

        Attempt attempt(int bill) {
            return guard.attempt("pay").by(clerk(bill)).with("bill", bill).waitAtMost(LONG);
        }

        void approveAll() {
            for (ApprovalRequest request : guard.approvals().pending()) {
                guard.approvals().vote(request.id(), Vote.approve(request, MIA));
            }
        }

        @Override
        public void close() {
            guard.close();
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName() + "#" + thread.getId())
                .collect(Collectors.toSet());
    }

    private static void noThreads(Set<String> before) {
        Set<String> more = threads();
        more.removeAll(before);
        assertThat(more.stream().filter(name -> name.startsWith("jit-")).count())
                .as("threads of the guard")
                .isLessThanOrEqualTo(OWN_THREADS);
        assertThat(more.stream().filter(name -> !name.startsWith("jit-")).count())
                .as("threads of anybody else")
                .isLessThanOrEqualTo(OWN_THREADS);
    }

    private static void check(int waiters, Waiting waiting) throws Exception {
        Set<String> before = threads();
        try (Desk desk = new Desk(waiters)) {
            List<CompletableFuture<String>> calls = new ArrayList<>(waiters);
            try {
                for (int i = 0; i < waiters; i++) {
                    calls.add(waiting.call(desk, i).toCompletableFuture());
                }
                assertThat(desk.asked.await(2, TimeUnit.MINUTES)).isTrue();
                // The last one is on record before it can be seen.
                Post.await(
                        "all requests", () -> desk.guard.approvals().pending().size() == waiters);
                assertThat(desk.guard.approvals().pending()).hasSize(waiters);
                assertThat(calls).noneMatch(CompletableFuture::isDone);
                noThreads(before);
            } finally {
                desk.approveAll();
            }
            complete(calls);
            noThreads(before);
        }
    }

    private static void complete(List<CompletableFuture<String>> calls)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).get(2, TimeUnit.MINUTES)).isEqualTo("paid " + i);
        }
    }

    @Test
    @DisplayName(
            "10 000 calls without an annotation wait for 10 000 requests on the guard's own threads, and all go on")
    void attempts() throws Exception {
        check(
                WAITERS,
                (desk, bill) -> desk.attempt(bill).callAsync(() -> CompletableFuture.completedFuture("paid " + bill)));
    }

    @Test
    @DisplayName("10 000 calls of a method that returns a stage do so too")
    void methods() throws Exception {
        check(WAITERS, (desk, bill) -> {
            CALLER.set(Desk.clerk(bill));
            return desk.till.pay(bill);
        });
    }

    @Test
    @DisplayName("broken twin: a thread for each waiter is found")
    void aThreadEach() {
        assertThatThrownBy(() -> check(MANY_THREADS, (desk, bill) -> {
                    CompletableFuture<String> result = new CompletableFuture<>();
                    Thread thread = new Thread(
                            () -> result.complete(desk.attempt(bill).call(() -> "paid " + bill)), "waiter-" + bill);
                    thread.setDaemon(true);
                    thread.start();
                    return result;
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("threads of anybody else");
    }

    private static Thread startVirtually(Runnable task) {
        try {
            return (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no virtual threads", e);
        }
    }

    /** What pinned a carrier meanwhile, of any length. */
    private static List<RecordedEvent> pinned(Path directory, Work work) throws Exception {
        Path file = directory.resolve("pinned.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withoutThreshold();
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
                .toList();
    }

    @FunctionalInterface
    private interface Work {

        void run() throws Exception;
    }

    private static void virtually(int waiters) throws Exception {
        try (Desk desk = new Desk(waiters)) {
            List<CompletableFuture<String>> calls = new ArrayList<>();
            for (int i = 0; i < waiters; i++) {
                int bill = i;
                CompletableFuture<String> result = new CompletableFuture<>();
                calls.add(result);
                startVirtually(() -> {
                    try {
                        result.complete(desk.attempt(bill).call(() -> "paid " + bill));
                    } catch (RuntimeException failure) {
                        result.completeExceptionally(failure);
                    }
                });
            }
            assertThat(desk.asked.await(2, TimeUnit.MINUTES)).isTrue();
            desk.approveAll();
            complete(calls);
        }
    }

    /** Whoever waits in a static initialiser pins the carrier on every JDK so far. */
    private static final class Pinning {

        static final CompletableFuture<String> BEGUN = new CompletableFuture<>();
        static final CompletableFuture<String> GO = new CompletableFuture<>();

        private static final class Initialised {

            static final String VALUE;

            static {
                BEGUN.complete("");
                VALUE = GO.join();
            }
        }

        static void pin() throws Exception {
            CompletableFuture<String> done = new CompletableFuture<>();
            Thread thread = startVirtually(() -> done.complete(Initialised.VALUE));
            BEGUN.get(30, TimeUnit.SECONDS);
            while (thread.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait();
            }
            GO.complete("go");
            done.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("R62: 10 000 blocking calls wait on virtual threads and pin no carrier; JDK 17 has none to pin")
    void virtualThreads(@TempDir Path directory) throws Exception {
        if (Runtime.version().feature() < 21) {
            assertThatThrownBy(() -> Thread.class.getMethod("startVirtualThread", Runnable.class))
                    .isInstanceOf(NoSuchMethodException.class);
            return;
        }
        // Classes are initialised before: who waits for another thread to do so is pinned, whoever wrote the class.
        virtually(100);

        assertThat(pinned(directory, () -> virtually(WAITERS))).isEmpty();
        assertThat(pinned(directory, Pinning::pin)).as("broken twin").isNotEmpty();
    }
}
