package io.jitapproval.core.guard;

import io.jitapproval.Decision;
import io.jitapproval.Reason;
import org.jspecify.annotations.Nullable;

/** What a step is doing, so that a failure in it gets the right reason. */
final class Phase {

    private Reason reason = Reason.GUARD_FAILED;
    private @Nullable Decision denied;

    void enter(Reason ifItFails) {
        reason = ifItFails;
    }

    /** Policy denied the call: what it wants done then is to be done once that is on record. */
    void denied(Decision decision) {
        denied = decision;
    }

    @Nullable
    Decision denied() {
        return denied;
    }

    Reason reason() {
        return reason;
    }
}
