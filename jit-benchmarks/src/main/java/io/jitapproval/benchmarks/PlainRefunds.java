package io.jitapproval.benchmarks;

import java.math.BigDecimal;

/** The same action without any annotation, for the peers. */
public interface PlainRefunds {

    /** Pays money back. */
    String refund(String orderId, BigDecimal amount);
}
