package io.jitapproval.test.contract;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Verdict;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.test.FakeApprover;
import io.jitapproval.test.TestClock;
import java.util.List;

class FakeApproverContractTest extends ApprovalChannelContract {

    private final FakeApprover approver = new FakeApprover(new TestClock());

    @Override
    protected ApprovalChannel channel() {
        return approver;
    }

    @Override
    protected List<String> delivered() {
        return approver.requests().stream().map(FakeApproverContractTest::text).toList();
    }

    /** What the assertions of the kit can see. */
    private static String text(ApprovalRequest request) {
        return request + " because " + request.reason().replaceAll("\\p{C}", "?") + " with "
                + request.arguments().stream()
                        .map(argument -> argument.name() + " " + argument.text())
                        .toList();
    }

    @Override
    protected boolean answer(ApprovalRequest request, String voter, Verdict verdict) {
        if (verdict == Verdict.APPROVE) {
            approver.as(voter).approve();
        } else {
            approver.as(voter).deny("no");
        }
        return true;
    }
}
