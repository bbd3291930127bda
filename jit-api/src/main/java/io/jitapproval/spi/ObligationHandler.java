package io.jitapproval.spi;

import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Obligation;
import java.time.Duration;

/**
 * Does what an {@linkplain Obligation obligation} of policy asks for. Registered with the guard under the obligation's id.
 *
 * <p>For what may run, by policy or by a grant, it is called right before the action: after policy was asked, before a use
 * begins and is recorded. The action may still not run then, for instance because another call took the last use; so what
 * a handler does must do no harm alone. For what policy denies it is called after the denial is on record. While people are
 * asked it is not called.
 */
@FunctionalInterface
public interface ObligationHandler {

    /** How long a handler may take that says nothing else: five seconds. */
    Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(5);

    /**
     * Fulfils one obligation.
     *
     * <p><b>Threads:</b> called on a thread of the guard's own, or, with a {@link #timeLimit()} of zero, on the thread of the
     * guarded call, which for {@code callAsync} may be one of the guard's; must be thread-safe. <b>Blocking:</b> may block up to
     * the time limit; then its thread is interrupted, and it counts as failed whatever it does afterwards. <b>Throwing:</b>
     * before an action, anything thrown denies the call, and no use is spent; after a denial it is logged and changes nothing.
     * <b>Twice:</b> called once for each obligation in one attempt to run, and again when the call is made again.
     *
     * @param obligation what to do
     * @param request    the call that it belongs to, as policy saw it
     * @param decision   what policy decided; of kind {@link Decision.Kind#DENY} after a denial, otherwise the action is
     *                   about to run
     * @throws Exception if it cannot be fulfilled
     */
    void fulfil(Obligation obligation, EvaluationRequest request, Decision decision) throws Exception;

    /**
     * How long it may take for one obligation, in real time and by the guard's {@link TimeSource}: what policy decided is older
     * by that when the action runs.
     *
     * @return the limit; by default {@link #DEFAULT_TIME_LIMIT}; zero: without a limit, on the thread of the guarded call, for
     *         what has to be done there
     */
    default Duration timeLimit() {
        return DEFAULT_TIME_LIMIT;
    }
}
