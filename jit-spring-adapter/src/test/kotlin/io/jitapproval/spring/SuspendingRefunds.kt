package io.jitapproval.spring

import io.jitapproval.RequiresJitApproval
import io.jitapproval.Continuation
import java.math.BigDecimal
import java.util.concurrent.CompletableFuture
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.future.future
import kotlinx.coroutines.yield

/** Suspend functions, annotated. */
interface SuspendingRefunds {

    @RequiresJitApproval(action = "payment.refund", resource = "order/{orderId}")
    suspend fun refund(orderId: String, amount: BigDecimal): String

    @RequiresJitApproval(
        action = "payment.refund",
        resource = "order/{orderId}",
        continuation = Continuation.WAIT,
        waitAtMost = "PT10M",
    )
    suspend fun refundLater(orderId: String, amount: BigDecimal)

    @RequiresJitApproval(action = "payment.refund")
    suspend fun hang(amount: BigDecimal): String
}

open class LedgerSuspendingRefunds : SuspendingRefunds {

    val runs = AtomicInteger()

    val hanging = CompletableFuture<String>()

    override suspend fun refund(orderId: String, amount: BigDecimal): String {
        yield()
        runs.incrementAndGet()
        if (orderId == "none") {
            throw NoSuchElementException("no such order")
        }
        return "refunded " + amount + " in " + currentCoroutineContext()[CoroutineName]?.name
    }

    override suspend fun refundLater(orderId: String, amount: BigDecimal) {
        yield()
        runs.incrementAndGet()
    }

    override suspend fun hang(amount: BigDecimal): String {
        try {
            return CompletableDeferred<String>().await()
        } finally {
            hanging.complete("stopped")
        }
    }
}

/** What it returns would run when it is collected. */
interface FlowingRefunds {

    @RequiresJitApproval(action = "payment.refund")
    suspend fun refunds(amount: BigDecimal): Flow<String>
}

open class LedgerFlowingRefunds : FlowingRefunds {

    override suspend fun refunds(amount: BigDecimal): Flow<String> = flowOf("refunded $amount")
}

/** Coroutines for tests in Java; cancelling the future cancels the coroutine. */
object Coroutines {

    @JvmStatic
    fun refund(refunds: SuspendingRefunds, orderId: String, amount: BigDecimal): CompletableFuture<String> =
        CoroutineScope(Dispatchers.Unconfined + CoroutineName("desk")).future { refunds.refund(orderId, amount) }

    @JvmStatic
    fun refundLater(refunds: SuspendingRefunds, orderId: String, amount: BigDecimal): CompletableFuture<Unit> =
        CoroutineScope(Dispatchers.Unconfined).future { refunds.refundLater(orderId, amount) }

    @JvmStatic
    fun hang(refunds: SuspendingRefunds, amount: BigDecimal): CompletableFuture<String> =
        CoroutineScope(Dispatchers.Unconfined).future { refunds.hang(amount) }
}
