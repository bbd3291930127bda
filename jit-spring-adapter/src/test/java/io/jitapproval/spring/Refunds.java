package io.jitapproval.spring;

import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Unbound;
import java.math.BigDecimal;
import java.util.concurrent.CompletionStage;

/** The sensitive service of these tests. */
public interface Refunds {

    BigDecimal SMALL = new BigDecimal("100");
    BigDecimal LARGE = new BigDecimal("5000");
    BigDecimal HUGE = new BigDecimal("500000");

    @RequiresJitApproval(action = "payment.refund", resource = "order/{orderId}")
    String refund(String orderId, BigDecimal amount, @Unbound String note);

    @RequiresJitApproval(action = "payment.refund", resource = "order/{orderId}")
    CompletionStage<String> refundLater(String orderId, BigDecimal amount);

    int runs();
}
