package io.jitapproval.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.JitApprovalException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 2, R02: no thread can change the arguments under the action's hands")
class FlippingTest {

    private static final long FLIPS = 1_000_000;
    private static final int RUNS = 500;
    private static final int MOST_CALLS = 200_000;
    private static final long APPROVED = 5_000;
    private static final long OTHER = 9_000_000;
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private static void check(IntFunction<Counter> maker) {
        long[] amount = {APPROVED};
        try (Counter counter = maker.apply(1_000_000)) {
            counter.approve(amount);
            AtomicLong flips = new AtomicLong();
            AtomicLong ran = new AtomicLong();
            AtomicLong wrong = new AtomicLong();
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Void> flipping = CompletableFuture.runAsync(() -> {
                while (!over.get()) {
                    CELL.setVolatile(amount, 0, flips.incrementAndGet() % 2 == 0 ? APPROVED : OTHER);
                }
            });
            int calls = 0;
            while (calls++ < MOST_CALLS && (flips.get() < FLIPS || ran.get() < RUNS)) {
                try {
                    counter.call(amount, seen -> look((long[]) seen, flips, ran, wrong));
                } catch (JitApprovalException notThis) {
                    assertThat(notThis.reason()).isNotNull();
                }
            }
            over.set(true);
            flipping.join();
            assertThat(flips.get()).isGreaterThanOrEqualTo(FLIPS);
            assertThat(ran.get()).isGreaterThanOrEqualTo(RUNS);
            assertThat(wrong).as("wrong amounts seen, of %s", ran).hasValue(0);
        }
    }

    /** Looks again and again while the other thread flips on. */
    private static void look(long[] seen, AtomicLong flips, AtomicLong ran, AtomicLong wrong) {
        ran.incrementAndGet();
        long until = flips.get() + 10;
        boolean all = true;
        while (flips.get() < until) {
            all &= (long) CELL.getVolatile(seen, 0) == APPROVED;
        }
        if (!all) {
            wrong.incrementAndGet();
        }
    }

    @Test
    @DisplayName("wall 2, R02: a million flips, and the action sees only what was approved")
    void flips() {
        check(Counter.Annotated::new);
    }

    @Test
    @DisplayName("wall 2, R02, twin: the caller's object passed through")
    void twin() {
        assertThatThrownBy(() -> check(uses -> new Counter.PassedThrough())).isInstanceOf(AssertionError.class);
    }
}
