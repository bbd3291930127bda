package io.jitapproval.walls.races;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.CastVote;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Two changes of a request meet at a gate, each right before the store takes it on; what is read before the gate is stale after it. */
final class Gated extends ForwardingGrantStore {

    /** What a store does with what it read before the gate. */
    enum Way {
        /** Nothing: it reads once more under its lock. */
        LOCKS_FIRST,
        /** It decides by it, and adds the vote to what is there. */
        COUNTS_FIRST,
        /** It writes what comes of it. */
        WRITES_OVER
    }

    private final Way way;
    private final CyclicBarrier gate = new CyclicBarrier(2);
    private volatile boolean meeting;

    Gated(Way way, GrantStore store) {
        super(store);
        this.way = way;
    }

    /** From now on, two changes meet. */
    void meet() {
        meeting = true;
    }

    void pass() {
        meeting = false;
    }

    @Override
    public <R> Optional<R> changeRequest(String id, Change<ApprovalRequest, R> change, Journal journal) {
        if (!meeting) {
            return super.changeRequest(id, change, journal);
        }
        ApprovalRequest read = request(id).orElseThrow();
        try {
            gate.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
        return super.changeRequest(
                id,
                (current, now) -> switch (way) {
                    case LOCKS_FIRST -> change.apply(current, now);
                    case COUNTS_FIRST -> added(change, read, current, now);
                    case WRITES_OVER -> change.apply(read, now);
                },
                journal);
    }

    private static <R> Step<ApprovalRequest, R> added(
            Change<ApprovalRequest, R> change, ApprovalRequest read, ApprovalRequest current, Instant now) {
        Step<ApprovalRequest, R> step = change.apply(read, now);
        ApprovalRequest next = step.next();
        if (next == null || next.state() != ApprovalRequest.State.PENDING) {
            return step;
        }
        CastVote vote = next.votes().get(next.votes().size() - 1);
        return new Step<>(current.withVote(vote), null, step.records(), step.messages(), step.entries(), step.result());
    }
}
