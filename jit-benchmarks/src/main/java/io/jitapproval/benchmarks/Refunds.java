package io.jitapproval.benchmarks;

import io.jitapproval.RequiresJitApproval;
import java.math.BigDecimal;

/** The action, guarded; beside it something that is not. */
public interface Refunds {

    /** Pays money back. */
    @RequiresJitApproval(action = Task.ACTION, resource = "order/{orderId}")
    String refund(String orderId, BigDecimal amount);

    /** Anybody may. */
    String peek(String orderId, BigDecimal amount);
}
