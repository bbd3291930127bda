package io.jitapproval;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A request and a grant to begin with. */
final class Lives {

    static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

    private static final Requirement REQUIREMENT = new Requirement(
            Set.of(new Stage(Set.of(new ApproverSelector(ApproverSelector.Kind.ROLE, "FINANCE")), 1)),
            Duration.ofMinutes(30),
            Duration.ofMinutes(15),
            GrantTerms.DEFAULT,
            false,
            false);

    private Lives() {}

    static ApprovalRequest request() {
        return new ApprovalRequestBuilder()
                .id("r1")
                .digest("digest-of-" + "r1")
                .subject(Ref.user("ana"))
                .action("payment.refund")
                .resource(new Ref("order", "42"))
                .requirement(REQUIREMENT)
                .rules(List.of("large"))
                .policy("v1")
                .binding("binding")
                .matchKey("key")
                .asked(List.of("mia"))
                .createdAt(NOW)
                .decideBy(NOW.plus(REQUIREMENT.decideWithin()))
                .eligible(1)
                .build();
    }

    static Grant grant() {
        return new Grant(
                "g1",
                "r1",
                Grant.State.ACTIVE,
                Ref.user("ana"),
                List.of(),
                "payment.refund",
                new Ref("order", "42"),
                GrantTerms.DEFAULT,
                REQUIREMENT,
                "v1",
                "binding",
                "key",
                List.of("mia"),
                List.of(),
                NOW,
                NOW,
                NOW.plus(REQUIREMENT.useWithin()),
                Optional.of(NOW.plus(GrantTerms.DEFAULT.within())),
                0,
                List.of(),
                false);
    }
}
