package io.jitapproval.examples.samples;

import io.jitapproval.AskingLimits;
import io.jitapproval.AskingLimits.Bucket;
import java.time.Duration;

/** Stricter limits than those that hold by default. */
final class LimitsSample {

    private LimitsSample() {}

    static AskingLimits strict() {
        Bucket perRequester = new Bucket(10, Duration.ofMinutes(5));
        Bucket perAction = new Bucket(100, Duration.ofMinutes(1));
        Bucket perApprover = new Bucket(10, Duration.ofMinutes(10));
        AskingLimits limits = new AskingLimits(perRequester, perAction, 20, perApprover);
        return limits;
    }
}
