package io.jitapproval.examples.samples;

import io.jitapproval.core.JitAssert;
import java.math.BigDecimal;

/** The object behind the proxy; it sees to it that nobody reaches it by another way. */
final class LedgerRefunds implements Refunds {

    private final RefundLedger ledger = new RefundLedger();

    @Override
    public Receipt refund(String orderId, BigDecimal amount, String note) {
        JitAssert.inside("payment.refund");
        return ledger.refund(orderId, amount, note);
    }

    RefundLedger ledger() {
        return ledger;
    }
}
