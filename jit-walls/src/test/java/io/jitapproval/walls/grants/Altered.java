package io.jitapproval.walls.grants;

import io.jitapproval.Grant;
import io.jitapproval.GrantTerms;
import java.time.Instant;
import java.util.Optional;

/** Grants with one thing changed, for the broken twins. */
public final class Altered {

    private Altered() {}

    /** One whose clocks start elsewhere. */
    public static Grant timed(Grant grant, Instant notBefore, Instant useBy, Optional<Instant> expiresAt) {
        return copy(grant, grant.terms(), notBefore, useBy, expiresAt);
    }

    /** One on other terms. */
    public static Grant termed(Grant grant, GrantTerms terms) {
        return copy(grant, terms, grant.notBefore(), grant.useBy(), grant.expiresAt());
    }

    private static Grant copy(
            Grant grant, GrantTerms terms, Instant notBefore, Instant useBy, Optional<Instant> expiresAt) {
        return new Grant(
                grant.id(),
                grant.requestId(),
                grant.state(),
                grant.subject(),
                grant.actors(),
                grant.action(),
                grant.resource(),
                terms,
                grant.requirement(),
                grant.policy(),
                grant.binding(),
                grant.matchKey(),
                grant.approvedBy(),
                grant.automatic(),
                grant.grantedAt(),
                notBefore,
                useBy,
                expiresAt,
                grant.uses(),
                grant.open(),
                grant.voided());
    }
}
