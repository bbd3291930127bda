package io.jitapproval.core.guard;

import io.jitapproval.Reason;

/** What a step is doing, so that a failure in it gets the right reason. */
final class Phase {

    private Reason reason = Reason.GUARD_FAILED;

    void enter(Reason ifItFails) {
        reason = ifItFails;
    }

    Reason reason() {
        return reason;
    }
}
