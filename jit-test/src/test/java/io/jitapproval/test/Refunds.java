package io.jitapproval.test;

import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Unbound;
import java.math.BigDecimal;

interface Refunds {

    @RequiresJitApproval(action = "payment.refund", resource = "order/{orderId}", reason = "{note}")
    String refund(String orderId, BigDecimal amount, @Unbound String note);
}
