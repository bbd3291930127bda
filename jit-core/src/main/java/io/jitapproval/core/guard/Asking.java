package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.ApproverSelector;
import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.core.approval.Electorate;
import io.jitapproval.core.approval.RequestLife;
import io.jitapproval.core.approval.RequestRecords;
import io.jitapproval.core.binding.Digests;
import io.jitapproval.core.explain.Terms;
import io.jitapproval.core.guard.Evaluator.Answer;
import io.jitapproval.core.policy.Relation;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Submission;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.PeopleDirectory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes approval requests: checks that they can be answered at all, coalesces equal ones, tells the channels. */
final class Asking {

    private final GrantStore store;
    private final Journal journal;
    private final PeopleDirectory people;
    private final RequestDesk desk;
    private final Notifier notifier;
    private final Ids ids;

    Asking(GuardSettings settings, Journal journal, RequestDesk desk, Notifier notifier, Ids ids) {
        this.store = settings.store();
        this.journal = journal;
        this.people = settings.people();
        this.desk = desk;
        this.notifier = notifier;
        this.ids = ids;
    }

    /**
     * Checks that the call says what its rules demand to be told, whoever answers.
     *
     * @throws io.jitapproval.ActionDeniedException if it does not
     */
    static void demand(Call call, Requirement required, Answer answer) {
        Demands.Unmet unmet = Demands.unmet(required, call.grounds);
        if (unmet != null) {
            throw Refusals.denied(
                    call, unmet.reason(), answer.explained(call.hidden()), unmet.detail(), unmet.advice());
        }
    }

    /** A request that a rule answers in people's place; approved, with a grant. */
    ApprovalRequest approvedByRule(Call call, Requirement required, Decision decision) {
        String grantId = ids.unguessable();
        return submit(
                call,
                required,
                ids.unguessable(),
                ".auto.",
                decision,
                List.of(),
                request -> RequestLife.approvedByRule(
                        request, grantId, answering(decision), Details.of(decision.explanation())));
    }

    /** Of the rules that decided, those that answer in people's place, not those that ask. */
    private static List<String> answering(Decision decision) {
        return decision.explanation().rules().stream()
                .filter(rule -> rule.effect() == Effect.AUTO_APPROVE && rule.match() == Match.MATCHED)
                .map(RuleTrace::rule)
                .toList();
    }

    /**
     * A request to people, as it stands after the channels were told: pending, or already ended.
     *
     * @throws io.jitapproval.ActionDeniedException if it could never be approved
     */
    ApprovalRequest people(Call call, Requirement required, Answer answer, Phase phase) throws Exception {
        demand(call, required, answer);
        phase.enter(Reason.PEOPLE_UNAVAILABLE);
        Electorate electorate = Electorate.resolve(required, call.requesters(), people);
        if (!electorate.nameless().isEmpty()) {
            throw Refusals.denied(
                    call,
                    Reason.REQUESTER_UNRESOLVED,
                    answer.explained(call.hidden()),
                    "unknown: "
                            + String.join(
                                    ", ",
                                    electorate.nameless().stream()
                                            .map(Ref::toString)
                                            .toList()),
                    "Name the requester there: otherwise nobody can tell them from an approver.");
        }
        if (!electorate.canFill(required, Map.of(), Set.of())) {
            throw unreachable(call, required, answer, electorate);
        }
        phase.enter(Reason.STORE_UNAVAILABLE);
        String id = ids.unguessable();
        ApprovalRequest request = submit(
                call,
                required,
                id,
                ".",
                answer.decision(),
                electorate.names(),
                asked -> RequestLife.asked(asked, Details.of(answer.decision().explanation())));
        if (request.id().equals(id)) {
            desk.watch(request);
            notifier.ask(request, electorate.people());
        } else {
            journal.append(List.of(RequestRecords.of(
                    Kind.COALESCED,
                    request,
                    store.now(),
                    Optional.empty(),
                    Reason.APPROVAL_PENDING,
                    joined(call.grounds))));
        }
        return desk.expire(request.id()).orElse(request);
    }

    private static Map<String, Object> joined(Grounds grounds) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (!grounds.reason().isEmpty()) {
            details.put("why", grounds.reason());
        }
        if (!grounds.ticket().isEmpty()) {
            details.put("ticket", grounds.ticket());
        }
        return details;
    }

    private RuntimeException unreachable(Call call, Requirement required, Answer answer, Electorate electorate) {
        String needs = String.join(
                " and ", required.stages().stream().map(Object::toString).toList());
        String left = electorate.names().isEmpty() ? "nobody" : "only " + String.join(", ", electorate.names());
        if (required.votes().unreachable()) {
            return Refusals.denied(
                    call,
                    Reason.APPROVAL_UNREACHABLE,
                    answer.explained(call.hidden()),
                    "its rules have no channel, or no assurance of voters, in common, so no vote can count",
                    "Let the rules' channels and assurance overlap.");
        }
        return Refusals.denied(
                call,
                Reason.APPROVAL_UNREACHABLE,
                answer.explained(call.hidden()),
                "it needs " + needs + ", and besides the requester there is " + left + crowded(required, answer),
                "Name more approvers in the people directory or in the policy.");
    }

    /** Which attributes hold so many that they name nobody. */
    private static String crowded(Requirement required, Answer answer) {
        List<String> crowded = required.stages().stream()
                .flatMap(stage -> stage.by().stream())
                .filter(selector -> selector.kind() == ApproverSelector.Kind.ATTRIBUTE
                        && answer.holds(selector.name()).tooMany())
                .map(ApproverSelector::name)
                .distinct()
                .toList();
        return crowded.isEmpty()
                ? ""
                : "; more than " + Relation.MOST_NAMES + " names are in " + String.join(", ", crowded)
                        + ", and so many name nobody";
    }

    private ApprovalRequest submit(
            Call call,
            Requirement required,
            String id,
            String kind,
            Decision decision,
            List<String> asked,
            Function<ApprovalRequest, Submission> begin) {
        String key =
                call.matchKey() + kind + Digests.sha256Hex(required.toString().getBytes(StandardCharsets.UTF_8));
        Function<Instant, Submission> submission =
                now -> begin.apply(request(call, required, id, decision, asked, now));
        return desk.makingRoom(() -> store.submit(key, submission, journal));
    }

    private ApprovalRequest request(
            Call call, Requirement required, String id, Decision decision, List<String> asked, Instant now) {
        return new ApprovalRequest(
                id,
                State.PENDING,
                call.subject,
                call.actors,
                call.action(),
                call.resource,
                call.shown(id),
                call.grounds.reason(),
                call.grounds.ticket(),
                required,
                decision.rules(),
                Terms.because(decision),
                decision.policy(),
                Digests.sha256Hex((id + call.matchKey()).getBytes(StandardCharsets.UTF_8)),
                call.matchKey(),
                asked,
                now,
                now.plus(required.decideWithin()),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
