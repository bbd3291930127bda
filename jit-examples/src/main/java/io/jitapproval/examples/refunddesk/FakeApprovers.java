package io.jitapproval.examples.refunddesk;

import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.TimeSource;
import io.jitapproval.test.FakeApprover;
import io.jitapproval.test.TestClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The test kit's fake, which says yes to everything, no to everything, or nothing; on a simulated clock. */
final class FakeApprovers implements Answering {

    private final String mode;
    private final TestClock time = new TestClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final FakeApprover approver;

    FakeApprovers(String mode) {
        this.mode = mode;
        this.approver = FakeApprover.outsideTests("the refund desk runs with --approver " + mode, time);
        if (mode.equals(Options.APPROVE)) {
            approver.approveAll();
        } else if (mode.equals(Options.DENY)) {
            approver.denyAll("the fake approver denies everything");
        } else {
            approver.staySilent();
        }
    }

    @Override
    public String title() {
        return switch (mode) {
            case Options.APPROVE -> "a fake that approves everything";
            case Options.DENY -> "a fake that denies everything";
            default -> "nobody: what needs approval stays pending";
        };
    }

    @Override
    public TimeSource time() {
        return time;
    }

    @Override
    public List<ApprovalChannel> channels() {
        return List.of(approver);
    }

    @Override
    public boolean isWorthWaiting() {
        return !mode.equals(Options.SILENT);
    }
}
