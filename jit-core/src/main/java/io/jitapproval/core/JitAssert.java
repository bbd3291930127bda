package io.jitapproval.core;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.core.guard.Inside;

/**
 * Asserts, inside a sensitive action, that the call came through a guard: against self-invocation, a missing proxy, a second
 * way in.
 *
 * <pre>{@code
 * public Receipt refund(String orderId, BigDecimal amount, String note) {
 *     JitAssert.inside("payment.refund");
 *     return ledger.refund(orderId, amount, note);
 * }
 * }</pre>
 */
public final class JitAssert {

    private JitAssert() {}

    /**
     * Fails unless this thread is right now running the action that a guard let run. Only the thread on which the guard started
     * the action counts: work that the action hands to other threads cannot assert.
     *
     * @param action the action's name
     * @throws ActionDeniedException if it is not
     */
    public static void inside(String action) {
        Inside.require(action);
    }
}
