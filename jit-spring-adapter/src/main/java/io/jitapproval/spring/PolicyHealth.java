package io.jitapproval.spring;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.PolicyStatus;
import io.jitapproval.core.MethodGuard;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while the policy's documents are not those in force. The policy in force decides meanwhile. */
record PolicyHealth(ObjectProvider<MethodGuard> guard) implements HealthIndicator {

    @Override
    public Health health() {
        PolicyStatus status = guard.getObject().policyStatus();
        Health.Builder health = status.isHealthy() ? Health.up() : Health.down();
        status.refused()
                .ifPresent(refused -> health.withDetail("refusedSince", refused.since())
                        .withDetail(
                                "problems",
                                refused.problems().stream()
                                        .map(ConfigurationProblem::toString)
                                        .toList()));
        return health.withDetail("version", status.version())
                .withDetail("rules", status.rules())
                .withDetail("loadedAt", status.loadedAt())
                .build();
    }
}
