package io.jitapproval.examples.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.JitGuard;
import io.jitapproval.Subject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The samples of docs/async.md. */
class LaterSamplesTest {

    private static final Path POLICY = Path.of("src/test/resources/policy.yaml");

    private static final class Ledger implements LaterRefunds {

        private final RefundLedger ledger = new RefundLedger();

        @Override
        public CompletionStage<Receipt> refund(String orderId, BigDecimal amount) {
            return CompletableFuture.completedFuture(ledger.refund(orderId, amount));
        }

        @Override
        public Task<Receipt> refundTask(String orderId, BigDecimal amount) {
            return () -> refund(orderId, amount).toCompletableFuture();
        }
    }

    @Test
    @DisplayName("a stage begins at the call, a task whenever it is run")
    void later() {
        Ledger ledger = new Ledger();
        try (JitGuard guard = LaterSample.builder(POLICY)
                .subject(() -> Optional.of(Subject.user("ana").with("roles", List.of("SUPPORT"))))
                .build()) {
            LaterRefunds refunds = guard.protect(LaterRefunds.class, ledger);
            BigDecimal small = new BigDecimal("10");

            assertThat(refunds.refund("42", small).toCompletableFuture()).isCompleted();
            Task<Receipt> task = refunds.refundTask("42", small);
            assertThat(ledger.ledger.receipts()).hasSize(1);
            assertThat(task.run()).isCompleted();
            assertThat(task.run()).isCompleted();
            assertThat(ledger.ledger.receipts()).hasSize(3);
            assertThat(refunds.refundTask("42", new BigDecimal("5000")).run()).isCompletedExceptionally();
        }
    }
}
