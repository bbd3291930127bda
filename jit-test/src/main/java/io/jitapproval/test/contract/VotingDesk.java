package io.jitapproval.test.contract;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Approvals;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.StandIns;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.test.TestClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes votes and keeps them; everybody may vote, and the first vote decides. */
final class VotingDesk implements Approvals {

    private final Map<String, ApprovalRequest> requests = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<Vote> votes = Collections.synchronizedList(new ArrayList<>());

    void put(ApprovalRequest request) {
        requests.put(request.id(), request);
    }

    List<Vote> votes() {
        synchronized (votes) {
            return List.copyOf(votes);
        }
    }

    @Override
    public List<ApprovalRequest> waitingFor(Ref approver) {
        return pending();
    }

    @Override
    public List<ApprovalRequest> pending() {
        synchronized (requests) {
            return requests.values().stream()
                    .filter(request -> request.state() == State.PENDING)
                    .toList();
        }
    }

    @Override
    public Optional<ApprovalRequest> find(String requestId) {
        return Optional.ofNullable(requests.get(requestId));
    }

    @Override
    public VoteReceipt vote(String requestId, Vote vote) {
        votes.add(vote);
        ApprovalRequest request = requests.get(requestId);
        if (request == null) {
            return new VoteReceipt(Reason.UNKNOWN_ID, Optional.empty());
        }
        if (request.state() != State.PENDING) {
            return new VoteReceipt(Reason.NOT_PENDING, Optional.of(request));
        }
        ApprovalRequest after = vote.verdict() == Verdict.APPROVE
                ? request.ended(State.APPROVED, Reason.APPROVED, TestClock.START, Optional.of("g1"))
                : request.ended(State.DENIED, Reason.APPROVAL_DENIED, TestClock.START, Optional.empty());
        put(after);
        return new VoteReceipt(Reason.VOTE_COUNTED, Optional.of(after));
    }

    @Override
    public Reason withdraw(String requestId, Ref by) {
        return Reason.NOT_THE_HOLDER;
    }

    @Override
    public VoteReceipt takeBack(String requestId, Ref voter) {
        return new VoteReceipt(Reason.NO_VOTE, find(requestId));
    }

    @Override
    public Reason say(String requestId, Ref by, Note.Kind kind, String text) {
        return Reason.TOO_MANY_NOTES;
    }

    @Override
    public StandIns standIns() {
        throw new UnsupportedOperationException("nobody is ever away");
    }
}
