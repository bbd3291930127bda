package io.jitapproval.spring;

import io.jitapproval.Debt;
import io.jitapproval.Debts;
import io.jitapproval.core.MethodGuard;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Shows emergencies that should have been reviewed by now. A status of its own, which counts neither as up nor as down: an
 * application is not to be restarted because its people are late.
 */
record DebtHealth(ObjectProvider<MethodGuard> guard) implements HealthIndicator {

    static final Status OVERDUE = new Status("OVERDUE", "emergencies wait for their review");

    @Override
    public Health health() {
        Debts debts = guard.getObject().debts();
        List<Debt> overdue = debts.overdue();
        return (overdue.isEmpty() ? Health.up() : Health.status(OVERDUE))
                .withDetail("open", debts.open().size())
                .withDetail("overdue", overdue.stream().map(Debt::id).toList())
                .build();
    }
}
