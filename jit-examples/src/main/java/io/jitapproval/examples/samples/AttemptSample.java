package io.jitapproval.examples.samples;

import io.jitapproval.JitGuard;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import java.math.BigDecimal;
import java.util.List;

/** The same without an annotation. */
final class AttemptSample {

    private AttemptSample() {}

    static Receipt refund(JitGuard guard, RefundLedger ledger, String orderId, BigDecimal amount) {
        Receipt receipt = guard.attempt("payment.refund")
                .by(Subject.user("ana").with("roles", List.of("SUPPORT")))
                .on(Resource.of("order", orderId))
                .with("amount", amount)
                .because("double charge, ticket 8812")
                .call(() -> ledger.refund(orderId, amount));
        return receipt;
    }
}
