package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.StandIn;
import io.jitapproval.StandIns;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import java.time.Instant;
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
        Optional<ApprovalRequest> closed = approvals
                .find(requestId)
                .filter(request -> !request.requirement().votes().allowsChannel(channel));
        return closed.isPresent()
                ? new VoteReceipt(Reason.CHANNEL_NOT_ALLOWED, closed)
                : approvals.takeBack(requestId, voter);
    }

    @Override
    public Reason say(String requestId, Ref by, Note.Kind kind, String text) {
        return approvals.say(requestId, by, kind, text);
    }

    /** A stand-in votes on every request, those included on which no vote counts that comes by this channel. */
    @Override
    public StandIns standIns() {
        StandIns all = approvals.standIns();
        return new StandIns() {
            @Override
            public Reason name(Ref principal, Ref standIn, Instant from, Instant until) {
                return Reason.CHANNEL_NOT_ALLOWED;
            }

            @Override
            public Reason end(Ref principal) {
                return all.end(principal);
            }

            @Override
            public List<StandIn> list() {
                return all.list();
            }
        };
    }
}
