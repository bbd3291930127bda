package io.jitapproval.examples.refunddesk;

import io.jitapproval.Resource;
import io.jitapproval.core.JitAssert;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does what is asked, by writing it into the ledger; and only when the call came through a guard. */
final class LedgerService implements RefundService {

    private final Ledger ledger;

    LedgerService(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public LedgerEntry refund(String orderId, BigDecimal amount) {
        return pay("payment.refund", "order", orderId, amount, Map.of());
    }

    @Override
    public LedgerEntry refund(String orderId, BigDecimal amount, String note) {
        return pay("payment.refund", "order", orderId, amount, Map.of("note", note));
    }

    @Override
    public LedgerEntry credit(String customerId, BigDecimal amount, String note) {
        return pay("payment.credit", "customer", customerId, amount, Map.of("note", note));
    }

    @Override
    public LedgerEntry payOut(String customerId, BigDecimal amount, String iban) {
        return pay("payment.payout", "customer", customerId, amount, Map.of("iban", iban));
    }

    @Override
    public LedgerEntry export(String customerId, String purpose) {
        return write("customer.export", "customer", customerId, Map.of("purpose", purpose));
    }

    @Override
    public LedgerEntry delete(String customerId) {
        return write("customer.delete", "customer", customerId, Map.of());
    }

    private LedgerEntry pay(String action, String type, String id, BigDecimal amount, Map<String, String> more) {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("the amount must be more than zero, but was " + amount);
        }
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        arguments.put("amount", amount);
        arguments.putAll(more);
        return write(action, type, id, arguments);
    }

    private LedgerEntry write(
            String action, String type, String id, Map<String, ? extends @Nullable Object> arguments) {
        JitAssert.inside(action);
        return ledger.write(action, Resource.of(type, id), arguments);
    }
}
