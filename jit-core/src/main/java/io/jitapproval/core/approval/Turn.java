package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.ApproverSelector;
import io.jitapproval.Course.AtDecideBy;
import io.jitapproval.Escalation;
import io.jitapproval.Grant;
import io.jitapproval.Progress;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.core.approval.Tidings.Told;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One change of a request under way: what it has become so far, with the record of each change of state and whoever is told of it. */
final class Turn {

    private final ApprovalRequest before;
    private final Instant now;
    private final @Nullable Electorate electorate;
    private final Tidings tidings;
    private final List<AuditRecord> records = new ArrayList<>();
    private final List<OutboxMessage> messages = new ArrayList<>();
    private ApprovalRequest request;
    private @Nullable Grant grant;

    private Turn(ApprovalRequest request, Instant now, @Nullable Electorate electorate, Tidings tidings) {
        this.before = request;
        this.request = request;
        this.now = now;
        this.electorate = electorate;
        this.tidings = tidings;
    }

    /** A change that begins with what is due by now. */
    static Turn of(ApprovalRequest request, Instant now, Circle circle) {
        Turn turn = new Turn(request, now, circle.electorate(), circle.tidings());
        turn.catchUp();
        return turn;
    }

    /** A change that does not know who may vote: it finds out whether the time is over, and leaves escalations to others. */
    static Turn of(ApprovalRequest request, Instant now, Tidings tidings) {
        Turn turn = new Turn(request, now, null, tidings);
        if (!turn.endsInTime()) {
            turn.timeIsOver();
        }
        return turn;
    }

    ApprovalRequest request() {
        return request;
    }

    boolean isPending() {
        return request.state() == State.PENDING;
    }

    private void catchUp() {
        while (endsInTime()) {
            Optional<Instant> next = RequestLife.nextMoment(request);
            if (next.isEmpty() || next.get().isAfter(now)) {
                return;
            }
            escalate(next.get());
        }
        timeIsOver();
    }

    private boolean endsInTime() {
        return request.stateAt(now) == request.state();
    }

    private void timeIsOver() {
        if (isPending()) {
            boolean denies = request.requirement().course().atDecideBy() == AtDecideBy.DENY;
            end(
                    denies ? State.DENIED : State.EXPIRED,
                    denies ? Reason.DENIED_BY_TIMEOUT : Reason.APPROVAL_EXPIRED,
                    Optional.empty(),
                    null);
        }
    }

    /** What is due at an instant happens: one escalation of the open stages, or at the decide-by all that are left. */
    private void escalate(Instant due) {
        Progress was = request.progress();
        boolean extending = !was.extended() && !due.isBefore(request.decideBy());
        if (extending) {
            Instant later = request.decideBy().plus(request.requirement().decideWithin());
            request = request.with(copy ->
                    copy.decideBy(later).progress(new Progress(was.rank(), was.openedAt(), was.waited(), true)));
        }
        Standing standing = Standing.of(request, due);
        Duration waited = standing.waited();
        List<Escalation> happened = standing.escalations(was.waited(), waited);
        request = request.with(
                copy -> copy.progress(new Progress(was.rank(), was.openedAt(), waited, was.extended() || extending)));
        record(Kind.ESCALATED, Optional.empty(), Reason.APPROVAL_PENDING, escalated(due, happened, extending));
        Set<ApproverSelector> more = new LinkedHashSet<>();
        happened.forEach(each -> more.addAll(each.by()));
        boolean others = !more.isEmpty()
                && happened.stream().allMatch(each -> each.channels().isEmpty());
        tell(ApprovalNotice.Kind.ESCALATED, others ? seats().freeAs(more) : seats().free());
    }

    private Map<String, Object> escalated(Instant due, List<Escalation> happened, boolean extended) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("due", due);
        details.put("rank", request.progress().rank());
        if (!happened.isEmpty()) {
            details.put(
                    "what", happened.stream().map(Escalation::toString).sorted().toList());
        }
        if (extended) {
            details.put("decideBy", request.decideBy());
        }
        return details;
    }

    Seats seats() {
        return new Seats(request, circle(), now);
    }

    private Electorate circle() {
        if (electorate == null) {
            throw new IllegalStateException("it is unknown who may vote on request " + request.id());
        }
        return electorate;
    }

    /** The request becomes another; what it is recorded as comes next. */
    void become(ApprovalRequest next) {
        request = next;
    }

    void record(Kind kind, Optional<Ref> by, Reason reason, Map<String, Object> details) {
        records.add(RequestRecords.of(kind, request, now, by, reason, details));
    }

    void tell(ApprovalNotice.Kind kind, Collection<Person> people) {
        Told told = tidings.about(request, kind, people, now);
        request = told.request();
        messages.addAll(told.messages());
    }

    /** The request ends, and the grant that it leads to begins. */
    void end(State state, Reason why, Optional<Ref> by, @Nullable Grant begins) {
        request = request.ended(state, why, now, Optional.ofNullable(begins).map(Grant::id));
        record(Kind.DECIDED, by, why, Map.of("state", state.word()));
        if (begins != null) {
            grant = begins;
            records.add(RequestRecords.granted(begins, now));
        }
        tell(ApprovalNotice.Kind.ENDED, List.of());
    }

    /** After the votes have changed: the stages that are open now are those whose lower ranks are filled. */
    void proceed(Optional<Ref> by) {
        Progress was = request.progress();
        Standing standing = Standing.of(request, now);
        if (!standing.canFill(circle())) {
            end(State.FAILED, Reason.APPROVAL_UNREACHABLE, by, null);
        } else if (standing.rank() != was.rank() || !standing.openedAt().equals(was.openedAt())) {
            request = request.with(copy ->
                    copy.progress(new Progress(standing.rank(), standing.openedAt(), Duration.ZERO, was.extended())));
            if (standing.rank() > was.rank()) {
                record(
                        Kind.STAGE_OPENED,
                        by,
                        Reason.APPROVAL_PENDING,
                        Map.of("rank", standing.rank(), "needs", needs(standing.rank())));
                tell(ApprovalNotice.Kind.ASKED, seats().free());
            }
            catchUp();
        }
    }

    private List<String> needs(int rank) {
        return request.requirement().stages().stream()
                .filter(stage -> stage.rank() == rank)
                .map(Object::toString)
                .toList();
    }

    /** What came of it; nothing is changed if the request is what it was. */
    <R> Step<ApprovalRequest, R> step(R result) {
        return new Step<>(request.equals(before) ? null : request, grant, records, messages, List.of(), result);
    }
}
