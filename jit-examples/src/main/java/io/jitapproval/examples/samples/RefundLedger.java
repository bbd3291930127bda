package io.jitapproval.examples.samples;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What the actions change. */
final class RefundLedger {

    private final List<Receipt> receipts = new ArrayList<>();

    Receipt refund(String orderId, BigDecimal amount) {
        return refund(orderId, amount, "");
    }

    Receipt refund(String orderId, BigDecimal amount, String note) {
        Receipt receipt = new Receipt(orderId, amount, note);
        receipts.add(receipt);
        return receipt;
    }

    List<Receipt> receipts() {
        return List.copyOf(receipts);
    }
}
