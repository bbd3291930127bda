package io.jitapproval.examples.refunddesk;

import io.jitapproval.core.MethodGuard;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who answers requests for approval, and by which clock. */
interface Answering {

    /** What the desk calls it. */
    String title();

    TimeSource time();

    List<ApprovalChannel> channels();

    /** Whether it makes sense to wait for an answer. */
    default boolean isWorthWaiting() {
        return true;
    }

    /** The guard is there, and no request has been made. */
    default void opened(MethodGuard guard, Recorder recorder) {}

    /** The next request is made at this instant at the earliest. */
    default void notBefore(Instant at) {}

    /** The next request is about to be made, with these arguments in the caller's hands. */
    default void next(Map<String, @Nullable Object> inHand) {}

    /** The request has been answered; the desk is about to print. */
    default void answered() {}

    /** What somebody tried or learnt since the last call that is not on record. */
    default List<Aside> asides() {
        return List.of();
    }
}
