package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.CastVote;
import io.jitapproval.Grant;
import io.jitapproval.GrantTerms;
import io.jitapproval.Reason;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.VoteTerms;
import io.jitapproval.core.approval.RequestLife.Cast;
import io.jitapproval.core.approval.Seats.Seat;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One vote on its way into a request. */
final class Ballot {

    private final Vote vote;
    private final Optional<Person> voter;
    private final Circle circle;
    private final String grantId;

    Ballot(Vote vote, Optional<Person> voter, Circle circle, String grantId) {
        this.vote = vote;
        this.voter = voter;
        this.circle = circle;
        this.grantId = grantId;
    }

    Step<ApprovalRequest, Cast> cast(ApprovalRequest stored, Instant now) {
        Turn turn = Turn.of(stored, now, circle);
        ApprovalRequest request = turn.request();
        if (!turn.isPending()) {
            return over(turn, request, now);
        }
        Seat seat = seat(request, now);
        Reason refusal = seat.isFree() ? unfit(request) : seat.reason();
        if (refusal != Reason.VOTE_COUNTED) {
            return refused(turn, refusal);
        }
        Person person = voter.orElseThrow();
        turn.become(request.withVote(new CastVote(
                person.id(),
                vote.voter(),
                seat.as(),
                seat.standsFor(),
                vote.verdict(),
                vote.reason(),
                vote.narrowed(),
                vote.channel(),
                vote.assurance(),
                now)));
        turn.record(Kind.VOTED, Optional.of(vote.voter()), Reason.VOTE_COUNTED, details(person.id(), seat.standsFor()));
        tally(turn, now);
        return turn.step(new Cast(new VoteReceipt(Reason.VOTE_COUNTED, Optional.of(turn.request())), Optional.empty()));
    }

    private Seat seat(ApprovalRequest request, Instant now) {
        if (voter.isEmpty()) {
            return new Seat(Reason.VOTER_UNRESOLVED, Set.of(), Optional.empty());
        }
        if (request.requesters().contains(vote.voter())) {
            return new Seat(Reason.SEPARATION_OF_DUTIES, Set.of(), Optional.empty());
        }
        return new Seats(request, circle.electorate(), now).of(voter.get().id());
    }

    private Reason unfit(ApprovalRequest request) {
        VoteTerms terms = request.requirement().votes();
        if (!terms.allowsChannel(vote.channel())) {
            return Reason.CHANNEL_NOT_ALLOWED;
        }
        if (!terms.allowsAssurance(vote.assurance())) {
            return Reason.ASSURANCE_TOO_LOW;
        }
        if (!vote.shown().equals(request.shown())) {
            return Reason.SHOWN_DIFFERS;
        }
        boolean wider = vote.narrowed()
                .filter(narrower -> !narrower.isWithin(request.requirement().grant()))
                .isPresent();
        return wider
                ? Reason.WIDER_THAN_ASKED
                : vote.narrowed()
                        .map(narrower -> Ceilings.whyNot(narrower, request))
                        .orElse(Reason.VOTE_COUNTED);
    }

    /** After the end nothing counts, but whoever might have denied an approval may still take away what it gave. */
    private Step<ApprovalRequest, Cast> over(Turn turn, ApprovalRequest request, Instant now) {
        if (request.state() != State.APPROVED
                || vote.verdict() != Verdict.DENY
                || request.grantId().isEmpty()) {
            return refused(turn, Reason.NOT_PENDING);
        }
        Seat seat = seat(request, now);
        Reason refusal = seat.isFree() ? unfit(request) : seat.reason();
        return refusal == Reason.VOTE_COUNTED
                ? turn.step(new Cast(
                        new VoteReceipt(Reason.REVOKED, Optional.of(request)),
                        Optional.of(request.grantId().get())))
                : refused(turn, refusal);
    }

    private Step<ApprovalRequest, Cast> refused(Turn turn, Reason why) {
        turn.record(Kind.VOTE_REFUSED, Optional.of(vote.voter()), why, details("", Optional.empty()));
        ApprovalRequest request = turn.request();
        List<String> moved = why == Reason.SHOWN_DIFFERS
                ? Content.movedSince(request, vote.shown().version())
                : List.of();
        return turn.step(new Cast(new VoteReceipt(why, Optional.of(request), moved), Optional.empty()));
    }

    private void tally(Turn turn, Instant now) {
        ApprovalRequest counted = turn.request();
        long denials = counted.votes().stream()
                .filter(cast -> cast.verdict() == Verdict.DENY)
                .count();
        if (denials >= counted.requirement().votes().denials()) {
            turn.end(State.DENIED, Reason.APPROVAL_DENIED, Optional.of(vote.voter()), null);
        } else if (Standing.of(counted, now).isFilled()) {
            turn.end(State.APPROVED, Reason.APPROVED, Optional.of(vote.voter()), grant(counted, now));
        } else {
            turn.proceed(Optional.of(vote.voter()));
        }
    }

    private Grant grant(ApprovalRequest counted, Instant now) {
        Set<String> approvedBy = new LinkedHashSet<>();
        GrantTerms terms = counted.requirement().grant();
        for (CastVote cast : counted.votes()) {
            if (cast.verdict() == Verdict.APPROVE) {
                approvedBy.add(cast.person());
                terms = cast.narrowed().map(terms::narrowest).orElse(terms);
            }
        }
        return RequestLife.grant(counted, grantId, terms, new ArrayList<>(approvedBy), List.of(), now);
    }

    private Map<String, Object> details(String person, Optional<String> standsFor) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("verdict", vote.verdict().word());
        if (!person.isEmpty()) {
            details.put("person", person);
        }
        standsFor.ifPresent(principal -> details.put("standsFor", principal));
        if (!vote.reason().isEmpty()) {
            details.put("why", vote.reason());
        }
        if (!vote.channel().isEmpty()) {
            details.put("channel", vote.channel());
        }
        if (!vote.assurance().isEmpty()) {
            details.put("assurance", List.copyOf(new TreeSet<>(vote.assurance())));
        }
        vote.narrowed().ifPresent(terms -> {
            details.put("scope", terms.scope().word());
            details.put("within", terms.within().toString());
            details.put("uses", terms.uses());
            if (!terms.ceilings().isEmpty()) {
                details.put("ceilings", terms.ceilings());
            }
            terms.ceilings().forEach((name, most) -> details.put("ceiling." + name, most));
        });
        return details;
    }
}
