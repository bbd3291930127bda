package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.StandIns;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import java.util.List;
import java.util.Optional;

/** The approvals as one channel sees them: whatever it votes comes by this channel, whatever it says. */
record ByChannel(Approvals approvals, String channel) implements Approvals {

    @Override
    public VoteReceipt vote(String requestId, Vote vote) {
        return approvals.vote(requestId, vote.via(channel));
    }

    @Override
    public List<ApprovalRequest> waitingFor(Ref approver) {
        return approvals.waitingFor(approver);
    }

    @Override
    public List<ApprovalRequest> pending() {
        return approvals.pending();
    }

    @Override
    public Optional<ApprovalRequest> find(String requestId) {
        return approvals.find(requestId);
    }

    @Override
    public Reason withdraw(String requestId, Ref by) {
        return approvals.withdraw(requestId, by);
    }

    @Override
    public VoteReceipt takeBack(String requestId, Ref voter) {
        return approvals.takeBack(requestId, voter);
    }

    @Override
    public Reason say(String requestId, Ref by, Note.Kind kind, String text) {
        return approvals.say(requestId, by, kind, text);
    }

    @Override
    public StandIns standIns() {
        return approvals.standIns();
    }
}
