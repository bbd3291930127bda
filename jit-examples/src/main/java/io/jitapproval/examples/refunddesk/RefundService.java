package io.jitapproval.examples.refunddesk;

import io.jitapproval.Ceiling;
import io.jitapproval.Continuation;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Sensitive;
import io.jitapproval.Unbound;
import java.math.BigDecimal;

/** What the people at the desk can do. Every method is sensitive, and says so. */
interface RefundService {

    /** As long as people may take at most. */
    String PATIENCE = "P31D";

    @RequiresJitApproval(
            action = "payment.refund",
            resource = "order/{orderId}",
            continuation = Continuation.WAIT,
            waitAtMost = PATIENCE)
    LedgerEntry refund(String orderId, @Ceiling BigDecimal amount);

    @RequiresJitApproval(
            action = "payment.refund",
            resource = "order/{orderId}",
            reason = "{note}",
            continuation = Continuation.WAIT,
            waitAtMost = PATIENCE)
    LedgerEntry refund(String orderId, @Ceiling BigDecimal amount, @Unbound String note);

    @RequiresJitApproval(
            action = "payment.credit",
            resource = "customer/{customerId}",
            reason = "{note}",
            continuation = Continuation.WAIT,
            waitAtMost = PATIENCE)
    LedgerEntry credit(String customerId, @Ceiling BigDecimal amount, @Unbound String note);

    @RequiresJitApproval(
            action = "payment.payout",
            resource = "customer/{customerId}",
            continuation = Continuation.WAIT,
            waitAtMost = PATIENCE)
    LedgerEntry payOut(String customerId, BigDecimal amount, @Sensitive String iban);

    @RequiresJitApproval(
            action = "customer.export",
            resource = "customer/{customerId}",
            reason = "{purpose}",
            continuation = Continuation.WAIT,
            waitAtMost = PATIENCE)
    LedgerEntry export(String customerId, String purpose);

    @RequiresJitApproval(
            action = "customer.delete",
            resource = "customer/{customerId}",
            continuation = Continuation.WAIT,
            waitAtMost = PATIENCE)
    LedgerEntry delete(String customerId);
}
