package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.ApproverSelector;
import io.jitapproval.CastVote;
import io.jitapproval.Grant;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantTerms;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.GrantStore.Submission;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
     * @return the submission
     */
    public static Submission asked(ApprovalRequest request, Map<String, Object> details) {
        return new Submission(
                request, Optional.empty(), List.of(RequestRecords.requested(request, request.createdAt(), details)));
    }

    /**
     * The request is made and a rule answers it in people's place.
     *
     * @param request the pending request
     * @param grantId the id of the grant to create
     * @param rules   the rules that answer
     * @param details what else the record says
     * @return the submission, approved
     */
    public static Submission approvedByRule(
            ApprovalRequest request, String grantId, List<String> rules, Map<String, Object> details) {
        Instant now = request.createdAt();
        ApprovalRequest approved = request.ended(State.APPROVED, Reason.AUTO_APPROVED, now, Optional.of(grantId));
        Grant grant = grant(approved, grantId, request.requirement().grant(), List.of(), rules, now);
        return new Submission(
                approved,
                Optional.of(grant),
                List.of(
                        RequestRecords.requested(request, now, details),
                        decided(approved, now, Optional.empty()),
                        RequestRecords.granted(grant, now)));
    }

    /**
     * A vote is cast.
     *
     * @param vote       the vote
     * @param voter      the person behind it, if the directory knows one
     * @param electorate who may vote now
     * @param grantId    the id of the grant to create if this vote decides
     * @return the change; its result says whether the vote was counted
     */
    public static Change<ApprovalRequest, VoteReceipt> vote(
            Vote vote, Optional<Person> voter, Electorate electorate, String grantId) {
        return (request, now) -> {
            if (request.state() == State.PENDING && request.stateAt(now) == State.EXPIRED) {
                ApprovalRequest expired = request.ended(State.EXPIRED, Reason.APPROVAL_EXPIRED, now, Optional.empty());
                return Step.to(
                        expired,
                        new VoteReceipt(Reason.NOT_PENDING, Optional.of(expired)),
                        decided(expired, now, Optional.empty()),
                        refused(vote, expired, now, Reason.NOT_PENDING));
            }
            Reason refusal = whyNot(vote, voter, electorate, request);
            if (refusal != Reason.VOTE_COUNTED) {
                return Step.nothing(
                        new VoteReceipt(refusal, Optional.of(request)), refused(vote, request, now, refusal));
            }
            Person person = voter.orElseThrow();
            ApprovalRequest counted = request.withVote(new CastVote(
                    person.id(),
                    vote.voter(),
                    electorate.placesOf(voter),
                    Optional.empty(),
                    vote.verdict(),
                    vote.reason(),
                    vote.narrowed(),
                    vote.channel(),
                    vote.assurance(),
                    now));
            return tally(vote, person, counted, electorate, grantId, now);
        };
    }

    /**
     * Nobody decided in time.
     *
     * @return the change; its result is the request afterwards
     */
    public static Change<ApprovalRequest, ApprovalRequest> expire() {
        return (request, now) -> {
            if (request.state() != State.PENDING || request.stateAt(now) != State.EXPIRED) {
                return Step.nothing(request);
            }
            ApprovalRequest expired = request.ended(State.EXPIRED, Reason.APPROVAL_EXPIRED, now, Optional.empty());
            return Step.to(expired, expired, decided(expired, now, Optional.empty()));
        };
    }

    /**
     * What came of a withdrawal.
     *
     * @param reason  {@link Reason#APPROVAL_CANCELLED} or why it is not withdrawn
     * @param request the request, if it is withdrawn now
     */
    public record Withdrawn(Reason reason, Optional<ApprovalRequest> request) {

        static Withdrawn not(Reason why) {
            return new Withdrawn(why, Optional.empty());
        }
    }

    /**
     * The requester withdraws it.
     *
     * @param by     who withdraws
     * @param canonical maps an identity to what it is compared by, so that every account of the requester may withdraw
     * @return the change
     */
    public static Change<ApprovalRequest, Withdrawn> withdraw(Ref by, UnaryOperator<Ref> canonical) {
        return (request, now) -> {
            if (request.stateAt(now) != State.PENDING) {
                return Step.nothing(Withdrawn.not(Reason.NOT_PENDING));
            }
            if (!requesters(request).stream().map(canonical).toList().contains(canonical.apply(by))) {
                return Step.nothing(Withdrawn.not(Reason.NOT_THE_HOLDER));
            }
            ApprovalRequest cancelled =
                    request.ended(State.CANCELLED, Reason.APPROVAL_CANCELLED, now, Optional.empty());
            return Step.to(
                    cancelled,
                    new Withdrawn(Reason.APPROVAL_CANCELLED, Optional.of(cancelled)),
                    decided(cancelled, now, Optional.of(by)));
        };
    }

    /**
     * The subject and those who act for it.
     *
     * @param request the request
     * @return their identities
     */
    public static List<Ref> requesters(ApprovalRequest request) {
        List<Ref> all = new ArrayList<>();
        all.add(request.subject());
        all.addAll(request.actors());
        return all;
    }

    private static Reason whyNot(Vote vote, Optional<Person> voter, Electorate electorate, ApprovalRequest request) {
        if (request.state() != State.PENDING) {
            return Reason.NOT_PENDING;
        }
        if (voter.isEmpty()) {
            return Reason.VOTER_UNRESOLVED;
        }
        String person = voter.get().id();
        if (requesters(request).contains(vote.voter())
                || electorate.excludes(person)
                || !electorate.nameless().isEmpty()) {
            return Reason.SEPARATION_OF_DUTIES;
        }
        if (electorate.placesOf(voter).isEmpty()) {
            return Reason.VOTER_NOT_ELIGIBLE;
        }
        if (request.votes().stream().anyMatch(cast -> cast.person().equals(person))) {
            return Reason.ALREADY_VOTED;
        }
        if (!request.requirement().votes().allowsChannel(vote.channel())) {
            return Reason.CHANNEL_NOT_ALLOWED;
        }
        if (!request.requirement().votes().allowsAssurance(vote.assurance())) {
            return Reason.ASSURANCE_TOO_LOW;
        }
        if (!vote.shown().equals(request.shown())) {
            return Reason.SHOWN_DIFFERS;
        }
        boolean wider = vote.narrowed()
                .filter(terms -> !terms.isWithin(request.requirement().grant()))
                .isPresent();
        return wider
                ? Reason.WIDER_THAN_ASKED
                : vote.narrowed().map(terms -> Ceilings.whyNot(terms, request)).orElse(Reason.VOTE_COUNTED);
    }

    private static Step<ApprovalRequest, VoteReceipt> tally(
            Vote vote, Person person, ApprovalRequest counted, Electorate electorate, String grantId, Instant now) {
        AuditRecord voted = RequestRecords.of(
                Kind.VOTED, counted, now, Optional.of(vote.voter()), Reason.VOTE_COUNTED, details(vote, person.id()));
        if (vote.verdict() == Verdict.DENY) {
            return end(counted.ended(State.DENIED, Reason.APPROVAL_DENIED, now, Optional.empty()), null, voted, now);
        }
        Map<String, Set<ApproverSelector>> approving = new LinkedHashMap<>();
        Set<String> spent = new LinkedHashSet<>();
        GrantTerms terms = counted.requirement().grant();
        for (CastVote cast : counted.votes()) {
            if (cast.verdict() == Verdict.APPROVE) {
                approving.put(cast.person(), cast.as());
                terms = cast.narrowed().map(terms::narrowest).orElse(terms);
            } else {
                spent.add(cast.person());
            }
        }
        if (Quorum.filled(counted.requirement().stages(), approving)) {
            ApprovalRequest approved = counted.ended(State.APPROVED, Reason.APPROVED, now, Optional.of(grantId));
            Grant grant = grant(approved, grantId, terms, List.copyOf(approving.keySet()), List.of(), now);
            return end(approved, grant, voted, now);
        }
        if (!electorate.canFill(counted.requirement(), approving, spent)) {
            return end(
                    counted.ended(State.FAILED, Reason.APPROVAL_UNREACHABLE, now, Optional.empty()), null, voted, now);
        }
        return Step.to(counted, new VoteReceipt(Reason.VOTE_COUNTED, Optional.of(counted)), voted);
    }

    private static Step<ApprovalRequest, VoteReceipt> end(
            ApprovalRequest ended, @Nullable Grant grant, AuditRecord voted, Instant now) {
        List<AuditRecord> records = new ArrayList<>();
        records.add(voted);
        records.add(decided(ended, now, voted.by()));
        if (grant != null) {
            records.add(RequestRecords.granted(grant, now));
        }
        return new Step<>(
                ended, grant, records, List.of(), List.of(), new VoteReceipt(Reason.VOTE_COUNTED, Optional.of(ended)));
    }

    private static AuditRecord decided(ApprovalRequest ended, Instant now, Optional<Ref> by) {
        return RequestRecords.of(
                Kind.DECIDED,
                ended,
                now,
                by,
                ended.outcome().orElseThrow(),
                Map.of("state", ended.state().word()));
    }

    private static AuditRecord refused(Vote vote, ApprovalRequest request, Instant now, Reason why) {
        return RequestRecords.of(Kind.VOTE_REFUSED, request, now, Optional.of(vote.voter()), why, details(vote, ""));
    }

    private static Map<String, Object> details(Vote vote, String person) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("verdict", vote.verdict().word());
        if (!person.isEmpty()) {
            details.put("person", person);
        }
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
        });
        return details;
    }

    private static Grant grant(
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
