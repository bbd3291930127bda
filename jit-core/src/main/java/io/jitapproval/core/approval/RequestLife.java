package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.ApproverSelector;
import io.jitapproval.CastVote;
import io.jitapproval.Grant;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantTerms;
import io.jitapproval.Note;
import io.jitapproval.Progress;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.core.approval.Tidings.Told;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.GrantStore.Submission;
import io.jitapproval.spi.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What may become of an approval request. Every method gives a pure function of the stored request and the store's instant;
 * each change of state carries its one record.
 */
public final class RequestLife {

    private RequestLife() {}

    /**
     * The request is made and waits for people.
     *
     * @param request the pending request
     * @param details what else the record says
     * @param circle  the people around it
     * @return the submission
     */
    public static Submission asked(ApprovalRequest request, Map<String, Object> details, Circle circle) {
        Instant now = request.createdAt();
        int rank = Standing.firstRank(request.requirement());
        ApprovalRequest begun = request.with(copy -> copy.progress(new Progress(rank, now, Duration.ZERO, false)));
        Told told = circle.tidings()
                .about(begun, ApprovalNotice.Kind.ASKED, new Seats(begun, circle.electorate(), now).free(), now);
        return new Submission(
                told.request(),
                Optional.empty(),
                List.of(RequestRecords.requested(told.request(), now, details)),
                told.messages(),
                List.of());
    }

    /**
     * The request is made and a rule answers it in people's place.
     *
     * @param request the pending request
     * @param grantId the id of the grant to create
     * @param rules   the rules that answer
     * @param details what else the record says
     * @param given   what else the record of the grant says
     * @return the submission, approved
     */
    public static Submission approvedByRule(
            ApprovalRequest request,
            String grantId,
            List<String> rules,
            Map<String, Object> details,
            Map<String, Object> given) {
        Instant now = request.createdAt();
        ApprovalRequest approved = request.ended(State.APPROVED, Reason.AUTO_APPROVED, now, Optional.of(grantId));
        Grant grant = grant(approved, grantId, request.requirement().grant(), List.of(), rules, now);
        return new Submission(
                approved,
                Optional.of(grant),
                List.of(
                        RequestRecords.requested(request, now, details),
                        decided(approved, now),
                        RequestRecords.granted(grant, now, Reason.AUTO_APPROVED, given)));
    }

    /**
     * What came of a vote.
     *
     * @param receipt what the voter gets; for a denial after the approval, as if the grant were revoked
     * @param revokes the grant that is to be revoked; empty if none is
     */
    public record Cast(VoteReceipt receipt, Optional<String> revokes) {}

    /**
     * A vote is cast.
     *
     * @param vote    the vote
     * @param voter   the person behind it, if the directory knows one
     * @param circle  the people around the request
     * @param grantId the id of the grant to create if this vote completes the quorum
     * @return the change
     */
    public static Change<ApprovalRequest, Cast> vote(Vote vote, Optional<Person> voter, Circle circle, String grantId) {
        return new Ballot(vote, voter, circle, grantId)::cast;
    }

    /**
     * A denial came too late to revoke anything.
     *
     * @param vote    the vote
     * @param request the request that was approved
     * @param why     why nothing was revoked
     * @param now     the store's instant
     * @return the record of it
     */
    public static AuditRecord tooLate(Vote vote, ApprovalRequest request, Reason why, Instant now) {
        return RequestRecords.of(
                Kind.VOTE_REFUSED,
                request,
                now,
                Optional.of(vote.voter()),
                why,
                Map.of("verdict", vote.verdict().word()));
    }

    /**
     * A person takes their vote back.
     *
     * @param voter  the identity under which they say so
     * @param person the person behind it, if the directory knows one
     * @param circle the people around the request
     * @return the change
     */
    public static Change<ApprovalRequest, VoteReceipt> takeBack(Ref voter, Optional<Person> person, Circle circle) {
        return (request, now) -> {
            Turn turn = Turn.of(request, now, circle);
            List<CastVote> votes = turn.request().votes();
            List<CastVote> others = votes.stream()
                    .filter(vote ->
                            person.filter(who -> who.id().equals(vote.person())).isEmpty())
                    .toList();
            Reason refusal = !turn.isPending()
                    ? Reason.NOT_PENDING
                    : person.isEmpty() ? Reason.VOTER_UNRESOLVED : Reason.NO_VOTE;
            if (!turn.isPending() || others.size() == votes.size()) {
                return turn.step(new VoteReceipt(refusal, Optional.of(turn.request())));
            }
            turn.become(turn.request().with(copy -> copy.votes(others)));
            turn.record(
                    Kind.VOTE_TAKEN_BACK,
                    Optional.of(voter),
                    Reason.VOTE_TAKEN_BACK,
                    Map.of("person", person.orElseThrow().id()));
            turn.proceed(Optional.of(voter));
            return turn.step(new VoteReceipt(Reason.VOTE_TAKEN_BACK, Optional.of(turn.request())));
        };
    }

    /**
     * Somebody says something about it.
     *
     * @param note      what kind of note; not a change
     * @param text      what is said
     * @param by        who says it
     * @param person    the person behind that identity, if the directory knows one
     * @param circle    the people around the request
     * @param canonical maps an identity to what it is compared by
     * @return the change; its result is {@link Reason#NOTED} or why not
     */
    public static Change<ApprovalRequest, Reason> say(
            Note.Kind note, String text, Ref by, Optional<Person> person, Circle circle, UnaryOperator<Ref> canonical) {
        Remarks remarks = new Remarks(by, circle, canonical);
        return (request, now) -> remarks.say(note, text, person, request, now);
    }

    /**
     * What came of a change by the requester.
     *
     * @param reason  {@link Reason#APPROVAL_PENDING} if it waits, changed, for people; otherwise why it is not changed
     * @param request the request afterwards
     */
    public record Changed(Reason reason, ApprovalRequest request) {}

    /**
     * The requester wants something else instead. The votes so far are gone.
     *
     * @param by        who says so
     * @param wanted    what the request would be if it were asked now, with the same id
     * @param circle    the people around the request as it is
     * @param then      the people around it as it is to be
     * @param canonical maps an identity to what it is compared by
     * @return the change
     */
    public static Change<ApprovalRequest, Changed> change(
            Ref by, ApprovalRequest wanted, Circle circle, Circle then, UnaryOperator<Ref> canonical) {
        Remarks remarks = new Remarks(by, circle, canonical);
        return (request, now) -> remarks.change(wanted, then, request, now);
    }

    /**
     * What is due by now happens to it: escalations, the second run of its time, its end.
     *
     * @param circle the people around it
     * @return the change; its result is the request afterwards
     */
    public static Change<ApprovalRequest, ApprovalRequest> catchUp(Circle circle) {
        return (request, now) -> {
            Turn turn = Turn.of(request, now, circle);
            return turn.step(turn.request());
        };
    }

    /**
     * Nobody decided in time. Escalations are left for a change that knows who may vote.
     *
     * @param tidings says who is told of it
     * @return the change; its result is the request afterwards
     */
    public static Change<ApprovalRequest, ApprovalRequest> expire(Tidings tidings) {
        return (request, now) -> {
            Turn turn = Turn.of(request, now, tidings);
            return turn.step(turn.request());
        };
    }

    /**
     * When the next thing happens to a request by itself: an escalation, the end of its time, or the second run of it. What has been due
     * since then happens with the next change at the latest.
     *
     * @param request the request, as far as it has been written down
     * @return the instant, which may be over; empty if it has ended
     */
    public static Optional<Instant> nextMoment(ApprovalRequest request) {
        if (request.state() != State.PENDING) {
            return Optional.empty();
        }
        Instant end = request.decideBy();
        return Optional.of(Standing.of(request, request.createdAt())
                .nextDue(request.progress().waited())
                .filter(due -> due.isBefore(end))
                .orElse(end));
    }

    /**
     * Whether a person may vote on a request at an instant and has not, whatever of what is due by then has been written down.
     *
     * @param request    the request
     * @param person     the person
     * @param electorate who may ever vote on it
     * @param now        the instant
     * @return true if a vote would be counted
     */
    public static boolean mayVote(ApprovalRequest request, Person person, Electorate electorate, Instant now) {
        if (electorate.placesOf(person.id()).isEmpty()
                && electorate.principals(person.id(), now).isEmpty()) {
            return false;
        }
        Turn turn = Turn.of(request, now, new Circle(electorate, Tidings.NONE));
        return turn.isPending() && turn.seats().of(person.id()).isFree();
    }

    /**
     * Those who may vote on a request at an instant and have not, stand-ins among them.
     *
     * @param request    the request, brought up to that instant
     * @param electorate who may ever vote on it
     * @param now        the instant
     * @return the people
     */
    public static List<Person> voters(ApprovalRequest request, Electorate electorate, Instant now) {
        return new Seats(request, electorate, now).free();
    }

    /**
     * Whether those who approved could approve again as the directory sees them now.
     *
     * @param request    the request that they approved
     * @param electorate who may vote on it now
     * @param gone       the canonical ids of stand-ins whom the directory does not know any more
     * @return true if all their places can still be filled by them
     */
    public static boolean stillApproved(ApprovalRequest request, Electorate electorate, Set<String> gone) {
        List<CastVote> votes = new ArrayList<>();
        for (CastVote vote : request.votes()) {
            Set<ApproverSelector> as =
                    new LinkedHashSet<>(electorate.placesOf(vote.standsFor().orElse(vote.person())));
            as.retainAll(vote.as());
            if (!as.isEmpty() && !electorate.excludes(vote.person()) && !gone.contains(vote.person())) {
                votes.add(new CastVote(
                        vote.person(),
                        vote.voter(),
                        as,
                        vote.standsFor(),
                        vote.verdict(),
                        vote.reason(),
                        vote.narrowed(),
                        vote.channel(),
                        vote.assurance(),
                        vote.at()));
            }
        }
        ApprovalRequest again = request.with(copy -> copy.votes(votes));
        return Standing.of(again, request.decidedAt().orElse(request.decideBy()))
                .isFilled();
    }

    /**
     * What came of a withdrawal.
     *
     * @param reason  {@link Reason#APPROVAL_CANCELLED} or why it is not withdrawn
     * @param request the request, if it has ended now
     */
    public record Withdrawn(Reason reason, Optional<ApprovalRequest> request) {}

    /**
     * The requester withdraws it.
     *
     * @param by        who withdraws
     * @param canonical maps an identity to what it is compared by, so that every account of the requester may withdraw
     * @param tidings   says who is told of it
     * @return the change
     */
    public static Change<ApprovalRequest, Withdrawn> withdraw(Ref by, UnaryOperator<Ref> canonical, Tidings tidings) {
        return (stored, now) -> {
            Turn turn = Turn.of(stored, now, tidings);
            if (!turn.isPending()) {
                return turn.step(new Withdrawn(Reason.NOT_PENDING, Optional.of(turn.request())));
            }
            if (!requesters(stored).stream().map(canonical).toList().contains(canonical.apply(by))) {
                return Step.nothing(new Withdrawn(Reason.NOT_THE_HOLDER, Optional.empty()));
            }
            turn.end(State.CANCELLED, Reason.APPROVAL_CANCELLED, Optional.of(by), null);
            return turn.step(new Withdrawn(Reason.APPROVAL_CANCELLED, Optional.of(turn.request())));
        };
    }

    /**
     * The subject and those who act for it.
     *
     * @param request the request
     * @return their identities
     */
    public static List<Ref> requesters(ApprovalRequest request) {
        return request.requesters();
    }

    private static AuditRecord decided(ApprovalRequest ended, Instant now) {
        return RequestRecords.of(
                Kind.DECIDED,
                ended,
                now,
                Optional.empty(),
                ended.outcome().orElseThrow(),
                Map.of("state", ended.state().word()));
    }

    static Grant grant(
            ApprovalRequest approved,
            String grantId,
            GrantTerms terms,
            List<String> approvedBy,
            List<String> automatic,
            Instant now) {
        Instant begins = approved.startsAt().filter(now::isBefore).orElse(now);
        return new Grant(
                grantId,
                approved.id(),
                Grant.State.ACTIVE,
                approved.subject(),
                approved.actors(),
                approved.action(),
                approved.resource(),
                terms,
                approved.requirement(),
                approved.policy(),
                approved.binding(),
                approved.matchKey(),
                approvedBy,
                automatic,
                now,
                begins,
                begins.plus(approved.requirement().useWithin()),
                terms.clock() == GrantClock.APPROVAL ? Optional.of(begins.plus(terms.within())) : Optional.empty(),
                0,
                List.of(),
                false);
    }
}
