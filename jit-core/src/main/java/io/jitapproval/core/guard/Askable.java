package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApproverSelector;
import io.jitapproval.Course;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.core.approval.Circle;
import io.jitapproval.core.approval.Electorate;
import io.jitapproval.core.guard.Evaluator.Answer;
import io.jitapproval.core.policy.Relation;
import io.jitapproval.spi.GrantStore;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds out whom a call can be put to. What could never be approved is refused before anybody is asked. */
final class Askable {

    private final GrantStore store;
    private final RequestDesk desk;
    private final Relatives relatives;
    private final AskingGate gate;

    Askable(GrantStore store, RequestDesk desk, Relatives relatives, AskingGate gate) {
        this.store = store;
        this.desk = desk;
        this.relatives = relatives;
        this.gate = gate;
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

    /** Those whom the call can be put to: it says what it has to say, and they could approve it. */
    Circle circle(Call call, Requirement required, Answer answer, Phase phase) throws Exception {
        demand(call, required, answer);
        phase.enter(Reason.STORE_UNAVAILABLE);
        if (required.course().atDecideBy() == Course.AtDecideBy.DENY) {
            writeDownDenials(call);
        }
        gate.coolDown(call, answer);
        phase.enter(Reason.PEOPLE_UNAVAILABLE);
        Set<String> barred = barred(call, required, answer);
        Circle circle = desk.circle(required, call.requesters(), barred);
        Electorate electorate = circle.electorate();
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
        if (!electorate.canEverFill()) {
            throw unreachable(call, required, answer, electorate);
        }
        phase.enter(Reason.STORE_UNAVAILABLE);
        return circle;
    }

    /** A denial by time begins its cool-down though no alarm has written it down yet. */
    private void writeDownDenials(Call call) {
        Instant now = store.now();
        for (ApprovalRequest request : store.pendingRequests()) {
            if (request.matchKey().equals(call.matchKey()) && request.stateAt(now) == ApprovalRequest.State.DENIED) {
                desk.expire(request.id());
            }
        }
    }

    /** The owners of the rules that ask, where those rules say that they may not vote. */
    private Set<String> barred(Call call, Requirement required, Answer answer) throws Exception {
        Set<String> barred = new TreeSet<>();
        if (required.votes().noAuthors()) {
            for (String rule : answer.decision().rules()) {
                String owner = answer.owner(rule).orElse("");
                Set<String> ids = owner.isBlank() ? Set.of() : relatives.ids(owner);
                if (ids.isEmpty()) {
                    throw Refusals.denied(
                            call,
                            Reason.OWNER_UNRESOLVED,
                            answer.explained(call.hidden()),
                            "rule " + rule + (owner.isBlank() ? " names no owner" : " is owned by " + owner),
                            "Name a person whom the people directory knows as the rule's owner.");
                }
                barred.addAll(ids);
            }
        }
        return barred;
    }

    private RuntimeException unreachable(Call call, Requirement required, Answer answer, Electorate electorate) {
        String needs = String.join(
                " and ", required.stages().stream().map(Object::toString).toList());
        List<String> names = electorate.allNames();
        String left = names.isEmpty() ? "nobody" : "only " + String.join(", ", names);
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
}
