package io.jitapproval.test;

import io.jitapproval.core.MemoryAuditSink;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * The way in to the assertions. A static import of {@code assertThat} from here goes together with the one from AssertJ; for a
 * {@link FakeApprover} that of AssertJ is enough.
 */
public final class JitAssertions {

    private JitAssertions() {}

    /**
     * About what approvers were asked.
     *
     * @param approver the approver
     * @return the assertions
     */
    public static FakeApproverAssert assertThat(FakeApprover approver) {
        return new FakeApproverAssert(approver);
    }

    /**
     * About what was recorded up to now.
     *
     * @param sink the sink of the guard
     * @return the assertions
     */
    public static AuditAssert assertThat(MemoryAuditSink sink) {
        return new AuditAssert(sink);
    }

    /**
     * Makes a guarded call, for assertions about how it ended.
     *
     * @param call the call; made once, now
     * @return the assertions
     */
    public static CallAssert assertThatCall(ThrowingCallable call) {
        return new CallAssert(call);
    }
}
