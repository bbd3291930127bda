package io.jitapproval.examples.samples;

import io.jitapproval.Continuation;
import io.jitapproval.RequiresJitApproval;
import java.math.BigDecimal;
import java.util.concurrent.CompletionStage;

/** Outcomes that come later. */
interface LaterRefunds {

    @RequiresJitApproval(
            action = "payment.refund",
            resource = "order/{orderId}",
            continuation = Continuation.WAIT,
            waitAtMost = "PT1H")
    CompletionStage<Receipt> refund(String orderId, BigDecimal amount);

    @RequiresJitApproval(action = "payment.refund", resource = "order/{orderId}")
    Task<Receipt> refundTask(String orderId, BigDecimal amount);
}
