package io.jitapproval.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.UndeliverableException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

class OutboxHealthTest {

    private static final class Room implements ApprovalChannel {

        @Override
        public String name() {
            return "room";
        }

        @Override
        public void deliver(ApprovalNotice notice) {
            throw new UndeliverableException("no such room");
        }
    }

    @Test
    @DisplayName("wall 11: a message that was given up shows in health")
    void givenUp() {
        Contexts.runner()
                .withUserConfiguration(Contexts.Ledger.class)
                .withBean(ApprovalChannel.class, Room::new)
                .run(context -> {
                    HealthIndicator health = context.getBean("jitOutboxHealthIndicator", HealthIndicator.class);
                    assertThat(health.health().getStatus()).isEqualTo(Status.UP);

                    Refunds refunds = context.getBean(Refunds.class);
                    assertThatThrownBy(() -> refunds.refund("42", Refunds.LARGE, ""))
                            .isInstanceOf(ApprovalPendingException.class);

                    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health.health().getDetails())
                            .containsEntry("givenUp", 1)
                            .hasEntrySatisfying(
                                    "latest",
                                    latest -> assertThat(latest.toString())
                                            .contains("asked to room, 1 attempts")
                                            .contains("no such room"));
                    assertThat(context.getBean(MethodGuard.class).deliveries().dead())
                            .hasSize(1);
                });
    }
}
