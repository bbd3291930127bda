package io.jitapproval.spring;

import io.jitapproval.core.MethodGuard;
import io.jitapproval.spi.OutboxMessage;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while a message to a channel has been given up. The requests wait all the same. */
record OutboxHealth(ObjectProvider<MethodGuard> guard) implements HealthIndicator {

    private static final int MOST_SHOWN = 10;

    @Override
    public Health health() {
        List<OutboxMessage> dead = guard.getObject().deliveries().dead();
        Health.Builder health = dead.isEmpty() ? Health.up() : Health.down();
        if (!dead.isEmpty()) {
            health.withDetail(
                    "latest",
                    dead.stream()
                            .skip(Math.max(0, dead.size() - MOST_SHOWN))
                            .map(message -> message.kind().word() + " to " + message.channel() + ", "
                                    + message.attempts() + " attempts: " + message.failure())
                            .toList());
        }
        return health.withDetail("givenUp", dead.size()).build();
    }
}
