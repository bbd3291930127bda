package io.jitapproval.examples.samples;

import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Unbound;
import java.math.BigDecimal;

interface Refunds {
    @RequiresJitApproval(action = "payment.refund", resource = "order/{orderId}", reason = "{note}")
    Receipt refund(String orderId, BigDecimal amount, @Unbound String note);
}
