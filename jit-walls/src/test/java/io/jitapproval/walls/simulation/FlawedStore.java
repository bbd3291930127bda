package io.jitapproval.walls.simulation;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.CastVote;
import io.jitapproval.Grant;
import io.jitapproval.Ref;
import io.jitapproval.Verdict;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A store with one flaw, as one node sees it. */
final class FlawedStore extends ForwardingGrantStore {

    private final Flaw flaw;
    private final Conductor conductor;
    private final Set<String> made;
    private final Set<String> gone = new HashSet<>();
    private final Map<Thread, ApprovalRequest> seen = new HashMap<>();

    FlawedStore(Flaw flaw, Conductor conductor, GrantStore store, Set<String> made) {
        super(store);
        this.flaw = flaw;
        this.conductor = conductor;
        this.made = made;
    }

    @Override
    public <R> Optional<R> changeGrant(String id, Change<Grant, R> change, Journal journal) {
        return switch (flaw) {
            case USES_READ_THEN_WRITTEN -> {
                Grant read = super.grant(id).orElseThrow();
                Step<Grant, R> step = change.apply(read, super.now());
                yield super.changeGrant(id, (current, now) -> step, journal);
            }
            case CLOCK_BEFORE_THE_LOCK -> {
                Instant early = super.now();
                yield super.changeGrant(id, (current, now) -> change.apply(current, early), journal);
            }
            case REVOKED_IN_A_CACHE ->
                super.changeGrant(id, (current, now) -> here(change.apply(current, now)), journal);
            case RECORDED_AFTERWARDS -> {
                List<AuditRecord> kept = new ArrayList<>();
                Optional<R> result = super.changeGrant(id, change, kept::addAll);
                record(kept, journal);
                yield result;
            }
            default -> super.changeGrant(id, change, journal);
        };
    }

    private static void record(List<AuditRecord> kept, Journal journal) {
        if (!kept.isEmpty()) {
            journal.append(kept);
        }
    }

    private <R> Step<Grant, R> here(Step<Grant, R> step) {
        Grant next = step.next();
        if (next == null || next.state() != Grant.State.REVOKED) {
            return step;
        }
        gone.add(next.id());
        return new Step<>(null, null, step.records(), List.of(), List.of(), step.result());
    }

    @Override
    public List<Grant> activeGrants(Ref subject, String action) {
        return super.activeGrants(subject, action).stream()
                .filter(grant -> !gone.contains(grant.id()))
                .toList();
    }

    @Override
    public void voidGrants(Voiding which, Function<Instant, List<AuditRecord>> records, Journal journal) {
        if (flaw != Flaw.VOIDED_BY_LIST) {
            super.voidGrants(which, records, journal);
            return;
        }
        journal.append(records.apply(super.now()));
        for (Grant grant : super.activeGrants()) {
            super.changeGrant(
                    grant.id(),
                    (current, now) -> current.state() == Grant.State.ACTIVE && which.fits(current)
                            ? Step.to(current.withVoided(), true)
                            : Step.nothing(false),
                    journal);
        }
    }

    @Override
    public <R> Optional<R> changeRequest(String id, Change<ApprovalRequest, R> change, Journal journal) {
        return switch (flaw) {
            case LOST_UPDATE -> {
                ApprovalRequest read = super.request(id).orElseThrow();
                yield super.changeRequest(id, (current, now) -> change.apply(read, now), journal);
            }
            case VOTES_COUNTED_BEFORE_THE_LOCK -> {
                ApprovalRequest read = super.request(id).orElseThrow();
                yield super.changeRequest(id, (current, now) -> added(change, read, current, now), journal);
            }
            case LATE_APPROVAL_WINS ->
                super.changeRequest(id, (current, now) -> reopened(change, current, now), journal);
            case LOOKED_BEFORE_WAITING ->
                super.changeRequest(id, (current, now) -> noted(change, current, now), journal);
            case DECIDE_BY_BY_TIMER ->
                super.changeRequest(id, (current, now) -> change.apply(current, untilRung(current, now)), journal);
            case RECORDED_AFTERWARDS -> {
                List<AuditRecord> kept = new ArrayList<>();
                Optional<R> result = super.changeRequest(id, change, kept::addAll);
                record(kept, journal);
                yield result;
            }
            default -> super.changeRequest(id, change, journal);
        };
    }

    /** One vote more than was read is added to what is there now; whether that is enough was decided before. */
    private static <R> Step<ApprovalRequest, R> added(
            Change<ApprovalRequest, R> change, ApprovalRequest read, ApprovalRequest current, Instant now) {
        Step<ApprovalRequest, R> step = change.apply(read, now);
        ApprovalRequest next = step.next();
        boolean votes = next != null
                && next.state() == ApprovalRequest.State.PENDING
                && next.votes().size() == read.votes().size() + 1
                && current.state() == ApprovalRequest.State.PENDING;
        if (!votes) {
            return change.apply(current, now);
        }
        CastVote vote = next.votes().get(read.votes().size());
        return new Step<>(current.withVote(vote), null, step.records(), step.messages(), step.entries(), step.result());
    }

    private static <R> Step<ApprovalRequest, R> reopened(
            Change<ApprovalRequest, R> change, ApprovalRequest current, Instant now) {
        if (current.state() != ApprovalRequest.State.DENIED) {
            return change.apply(current, now);
        }
        List<CastVote> approvals = current.votes().stream()
                .filter(vote -> vote.verdict() == Verdict.APPROVE)
                .toList();
        Step<ApprovalRequest, R> step = change.apply(
                current.with(copy -> copy.state(ApprovalRequest.State.PENDING)
                        .votes(approvals)
                        .outcome(Optional.empty())
                        .decidedAt(Optional.empty())),
                now);
        ApprovalRequest next = step.next();
        return next != null && next.state() == ApprovalRequest.State.APPROVED ? step : change.apply(current, now);
    }

    private <R> Step<ApprovalRequest, R> noted(
            Change<ApprovalRequest, R> change, ApprovalRequest current, Instant now) {
        Step<ApprovalRequest, R> step = change.apply(current, now);
        ApprovalRequest next = step.next();
        seen.put(Thread.currentThread(), next == null ? current : next);
        return step;
    }

    private Instant untilRung(ApprovalRequest request, Instant now) {
        Actor actor = conductor.holder();
        boolean timer = actor == null || actor.name.startsWith("jit-") || actor.clock;
        Instant last = request.decideBy().minusNanos(1);
        return timer || now.isBefore(last) ? now : last;
    }

    @Override
    public Optional<ApprovalRequest> request(String id) {
        ApprovalRequest before = seen.remove(Thread.currentThread());
        return before != null && before.id().equals(id) ? Optional.of(before) : super.request(id);
    }

    @Override
    public ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal) {
        if (flaw == Flaw.RECORDED_AFTERWARDS) {
            List<AuditRecord> kept = new ArrayList<>();
            ApprovalRequest request = super.submit(key, submission, kept::addAll);
            record(kept, journal);
            return request;
        }
        if (flaw != Flaw.COALESCED_WITHOUT_A_LOCK) {
            return super.submit(key, submission, journal);
        }
        List<ApprovalRequest> pending = super.pendingRequests();
        if (!pending.isEmpty()) {
            return pending.get(0);
        }
        String own = key + "/" + made.size();
        made.add(own);
        return super.submit(own, submission, journal);
    }

    @Override
    public <R> Optional<R> changeMessage(String id, Change<OutboxMessage, R> change, Journal journal) {
        return switch (flaw) {
            case OVERTAKES_WHAT_IS_UNDER_WAY ->
                super.changeMessage(
                        id,
                        (message, now) -> change.apply(
                                message.underWay(now) ? message.failed("unknown", Optional.of(message.due())) : message,
                                now),
                        journal);
            case TRIED_IS_DELIVERED ->
                super.changeMessage(id, (message, now) -> delivered(change.apply(message, now)), journal);
            default -> super.changeMessage(id, change, journal);
        };
    }

    private static <R> Step<OutboxMessage, R> delivered(Step<OutboxMessage, R> step) {
        OutboxMessage next = step.next();
        return next != null
                        && next.state() == OutboxMessage.State.WAITING
                        && next.failure().isEmpty()
                ? new Step<>(
                        next.delivered(Optional.empty()), null, step.records(), List.of(), List.of(), step.result())
                : step;
    }
}
