package io.jitapproval.walls.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 11: who saw an empty outbox a while ago calls off nobody's alarm")
class StaleLookTest {

    /** The first look at an empty outbox takes its time to come back with that. */
    private static final class SlowToSay extends ForwardingGrantStore {

        private final AtomicReference<Thread> slow = new AtomicReference<>();
        private final AtomicReference<Thread> later = new AtomicReference<>();
        private final CountDownLatch go = new CountDownLatch(1);

        SlowToSay(GrantStore store) {
            super(store);
        }

        @Override
        public Optional<Instant> nextMessageDue() {
            Optional<Instant> seen = super.nextMessageDue();
            if (seen.isEmpty() && slow.compareAndSet(null, Thread.currentThread())) {
                try {
                    go.await();
                } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                }
            } else if (seen.isPresent()) {
                later.set(Thread.currentThread());
            }
            return seen;
        }
    }

    /** A thread of the guard's waits for the next task for a while. */
    private static boolean isIdle(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING;
    }

    @Test
    @DisplayName(
            "wall 11, R42: a notice that failed is tried again, although an older look at the outbox ends after it")
    void triedAgain() {
        Pigeon pigeon = new Pigeon("pigeon").next(1, Pigeon.throwing(new IllegalStateException("down")));
        AtomicReference<SlowToSay> store = new AtomicReference<>();
        try (Post post = new Post(
                real -> {
                    store.set(new SlowToSay(real));
                    return store.get();
                },
                pigeon)) {
            SlowToSay slow = store.get();
            Post.await("the slow look", () -> slow.slow.get() != null);
            post.ask(5);
            Post.await("a look at what failed", () -> slow.later.get() != null);
            Post.await("its end", () -> isIdle(slow.later.get()));
            slow.go.countDown();
            Post.await("the end of the slow look", () -> isIdle(slow.slow.get()));

            post.clock.advance(Duration.ofSeconds(5));

            Post.await("the notice", () -> !pigeon.carried().isEmpty());
            assertThat(pigeon.tried()).hasSize(2);
        }
    }
}
