package io.jitapproval.examples.samples;

import io.jitapproval.Debt;
import io.jitapproval.JitGuard;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import java.math.BigDecimal;

/** An emergency, and the review that it owes. */
final class BreakGlassSample {

    private BreakGlassSample() {}

    static void refund(JitGuard guard, RefundLedger ledger, String orderId, BigDecimal amount) {
        guard.attempt("payment.refund")
                .on(Resource.of("order", orderId))
                .with("amount", amount)
                .breakGlass("the approval desk is down, the customer is at the counter")
                .run(() -> ledger.refund(orderId, amount));
    }

    static void review(JitGuard guard, Ref reviewer) {
        for (Debt debt : guard.debts().open()) {
            guard.debts().review(debt.id(), reviewer, Debt.Finding.OK, "the desk was down indeed");
        }
    }
}
