package io.jitapproval.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R42: signals of calls that wait")
class WaitersSignalTest {

    private final Waiters waiters = new Waiters();

    @Test
    @DisplayName("a call that stopped waiting leaves nothing behind, however long its request is pending")
    void takenOff() {
        List<Runnable> off = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            off.add(waiters.signal("request", new CompletableFuture<>()));
        }
        assertThat(waiters.signals("request")).isEqualTo(1_000);
        off.forEach(Runnable::run);
        assertThat(waiters.signals("request")).isZero();
        assertThat(waiters.of("request").getNumberOfDependents()).isZero();
    }

    @Test
    @DisplayName("each of the others is woken, once the request is, and so is whoever waits for the future")
    void woken() {
        CompletableFuture<Void> one = new CompletableFuture<>();
        CompletableFuture<Void> gone = new CompletableFuture<>();
        waiters.signal("request", one);
        waiters.signal("request", gone).run();
        CompletableFuture<Void> future = waiters.of("request");
        waiters.wake("request");
        assertThat(one).isDone();
        assertThat(future).isDone();
        assertThat(gone).isNotDone();
        assertThat(waiters.waitedFor()).isEmpty();
        waiters.signal("request", gone);
        assertThat(gone).as("registered anew").isNotDone();
        waiters.wakeAll();
        assertThat(gone).isDone();
    }
}
