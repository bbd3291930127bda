package io.jitapproval.spring;

import io.jitapproval.core.JitAssert;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Not final, and annotated through its interface only. */
public class LedgerRefunds implements Refunds {

    private final AtomicInteger runs = new AtomicInteger();

    @Override
    public String refund(String orderId, BigDecimal amount, String note) {
        JitAssert.inside("payment.refund");
        runs.incrementAndGet();
        return "refunded " + amount;
    }

    @Override
    public CompletionStage<String> refundLater(String orderId, BigDecimal amount) {
        runs.incrementAndGet();
        return CompletableFuture.completedFuture("refunded " + amount);
    }

    @Override
    public int runs() {
        return runs.get();
    }
}
