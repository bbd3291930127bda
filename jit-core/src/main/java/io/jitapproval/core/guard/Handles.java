package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Replay;
import io.jitapproval.RequestHandle;
import io.jitapproval.Requirement;
import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Makes handles of requests. */
final class Handles {

    private static final String WHAT = "request";

    private final RequestDesk desk;
    private final Waiters waiters;
    private final TimeSource time;
    private final Executor executor;
    private final Replays replays;
    private volatile boolean closed;

    Handles(RequestDesk desk, Waiters waiters, TimeSource time, Executor executor, Replays replays) {
        this.desk = desk;
        this.waiters = waiters;
        this.time = time;
        this.executor = executor;
        this.replays = replays;
    }

    RequestHandle of(String id) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a request's id must not be blank");
        }
        return new Handle(id);
    }

    /** Before those who wait are woken. */
    void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw Refusals.unavailable(WHAT, Reason.GUARD_CLOSED, null);
        }
    }

    private static boolean isPending(Optional<ApprovalRequest> request) {
        return request.filter(one -> one.state() == State.PENDING).isPresent();
    }

    private final class Handle implements RequestHandle {

        private final String id;

        Handle(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Optional<ApprovalRequest> current() {
            return Failures.guarded(WHAT, phase -> {
                requireOpen();
                return desk.expire(id);
            });
        }

        @Override
        public Optional<ApprovalRequest> await(Duration atMost) {
            if (atMost.isNegative() || atMost.compareTo(Requirement.LONGEST_DECIDE_WITHIN) > 0) {
                throw new IllegalArgumentException(
                        "atMost must be from zero to " + Requirement.LONGEST_DECIDE_WITHIN + ", but was " + atMost);
            }
            return Failures.guarded(WHAT, phase -> {
                Instant deadline = time.instant().plus(atMost);
                while (true) {
                    requireOpen();
                    CompletableFuture<Void> end = waiters.of(id);
                    Optional<ApprovalRequest> request = desk.expire(id);
                    if (!isPending(request)) {
                        waiters.wake(id);
                        return request;
                    }
                    if (!time.instant().isBefore(deadline)) {
                        return request;
                    }
                    time.await(end, deadline);
                }
            });
        }

        @Override
        public CompletionStage<ApprovalRequest> whenEnded() {
            CompletableFuture<ApprovalRequest> result = new CompletableFuture<>();
            look(result);
            return result.minimalCompletionStage();
        }

        @SuppressWarnings("FutureReturnValueIgnored") // the callbacks end in the result
        private void look(CompletableFuture<ApprovalRequest> result) {
            try {
                requireOpen();
                CompletableFuture<Void> end = waiters.of(id);
                Optional<ApprovalRequest> request = desk.expire(id);
                if (isPending(request)) {
                    end.whenCompleteAsync((nothing, failure) -> look(result), executor)
                            .exceptionally(rejected -> {
                                result.completeExceptionally(Failures.unavailable(WHAT, rejected, Reason.GUARD_FAILED));
                                return null;
                            });
                } else {
                    waiters.wake(id);
                    result.complete(request.orElseThrow(() -> Refusals.unavailable(WHAT, Reason.UNKNOWN_ID, null)));
                }
            } catch (JitApprovalException failure) {
                result.completeExceptionally(failure);
            } catch (Throwable failure) {
                result.completeExceptionally(Failures.unavailable(WHAT, failure, Reason.STORE_UNAVAILABLE));
            }
        }

        @Override
        public Reason withdraw(Ref by) {
            return desk.withdraw(id, by);
        }

        @Override
        public Optional<Replay> replay() {
            return Failures.guarded(WHAT, phase -> {
                requireOpen();
                return replays.find(id);
            });
        }

        @Override
        public String toString() {
            return "handle of request " + id;
        }
    }
}
