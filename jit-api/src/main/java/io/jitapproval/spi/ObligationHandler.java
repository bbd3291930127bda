package io.jitapproval.spi;

import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Obligation;

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

    /**
     * Fulfils one obligation.
     *
     * <p><b>Threads:</b> called on the thread of the guarded call, or for {@code callAsync} on one of the guard's;
     * must be thread-safe. <b>Blocking:</b> should be done
     * fast; the guard sets no time limit. <b>Throwing:</b> before an action, anything thrown denies the call, and no use is
     * spent; after a denial it is logged and changes nothing. <b>Twice:</b> called once for each obligation in one attempt
     * to run, and again when the call is made again.
     *
     * @param obligation what to do
     * @param request    the call that it belongs to, as policy saw it
     * @param decision   what policy decided; of kind {@link Decision.Kind#DENY} after a denial, otherwise the action is
     *                   about to run
     * @throws Exception if it cannot be fulfilled
     */
    void fulfil(Obligation obligation, EvaluationRequest request, Decision decision) throws Exception;
}
