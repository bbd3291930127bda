package io.jitapproval.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.spi.ApprovalNotice.Kind;
import io.jitapproval.spi.OutboxMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 11: pauses between attempts")
class MessageLifeTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private static OutboxMessage tried(int number, int times) {
        OutboxMessage message = OutboxMessage.of("r1", number, "chat", Kind.ASKED, List.of(), NOW);
        for (int i = 0; i < times; i++) {
            message = message.tried(NOW);
        }
        return message;
    }

    @Test
    @DisplayName("double from a second to five minutes, of which between half and all is waited, and the same again for the same attempt")
    void doubling() {
        long whole = 1_000;
        for (int attempt = 1; attempt <= 100; attempt++) {
            Duration pause = MessageLife.pause(tried(1, attempt));
            assertThat(pause.toMillis()).isBetween(whole / 2, whole);
            assertThat(pause).isEqualTo(MessageLife.pause(tried(1, attempt)));
            whole = Math.min(2 * whole, 300_000);
        }
    }

    @Test
    @DisplayName("differ from message to message, so that what failed together does not come back together")
    void spread() {
        Set<Duration> pauses = new HashSet<>();
        for (int number = 1; number <= 1_000; number++) {
            pauses.add(MessageLife.pause(tried(number, 9)));
        }
        assertThat(pauses).hasSizeGreaterThan(900);
    }
}
