package io.jitapproval.benchmarks;

import java.math.BigDecimal;

/** Does next to nothing, so that what is measured is what stands in front of it. */
public class Ledger implements Refunds, PlainRefunds {

    private BigDecimal last = BigDecimal.ZERO;

    @Override
    public String refund(String orderId, BigDecimal amount) {
        last = amount;
        return orderId;
    }

    @Override
    public String peek(String orderId, BigDecimal amount) {
        last = amount;
        return orderId;
    }

    /** What was paid last: keeps the action from being optimised away, and shows whether it ran. */
    public BigDecimal last() {
        return last;
    }
}
