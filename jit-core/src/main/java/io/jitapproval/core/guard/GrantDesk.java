package io.jitapproval.core.guard;

import io.jitapproval.Grant;
import io.jitapproval.Grants;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.core.grant.GrantLife;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.PeopleDirectory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where grants end early. */
final class GrantDesk implements Grants {

    private static final String WHAT = "grants";

    private final GrantStore store;
    private final Journal journal;
    private final PeopleDirectory people;

    GrantDesk(GuardSettings settings, Journal journal) {
        this.store = settings.store();
        this.journal = journal;
        this.people = settings.people();
    }

    @Override
    public Optional<Grant> find(String grantId) {
        return Failures.guarded(WHAT, () -> store.grant(grantId));
    }

    @Override
    public List<Grant> active() {
        return Failures.guarded(WHAT, () -> {
            Instant now = store.now();
            return store.activeGrants().stream()
                    .filter(grant -> grant.stateAt(now) == Grant.State.ACTIVE)
                    .toList();
        });
    }

    @Override
    public Reason giveBack(String grantId, Ref holder) {
        return Failures.guarded(WHAT, () -> {
            Canonical canonical = new Canonical(people);
            store.grant(grantId).ifPresent(grant -> {
                canonical.learn(grant.subject());
                grant.actors().forEach(canonical::learn);
            });
            canonical.learn(holder);
            return store.changeGrant(grantId, GrantLife.giveBack(holder, canonical), journal)
                    .orElse(Reason.UNKNOWN_ID);
        });
    }

    @Override
    public Reason revoke(String grantId, Ref by, String why) {
        return Failures.guarded(
                WHAT,
                () -> store.changeGrant(grantId, GrantLife.revoke(by, why), journal)
                        .orElse(Reason.UNKNOWN_ID));
    }
}
