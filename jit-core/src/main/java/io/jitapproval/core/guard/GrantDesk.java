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
import java.util.ArrayList;
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
        return Failures.guarded(WHAT, phase -> store.grant(grantId));
    }

    @Override
    public List<Grant> active() {
        return Failures.guarded(WHAT, phase -> {
            Instant now = store.now();
            return store.activeGrants().stream()
                    .filter(grant -> grant.stateAt(now) == Grant.State.ACTIVE)
                    .toList();
        });
    }

    @Override
    public Reason giveBack(String grantId, Ref holder) {
        return Failures.guarded(WHAT, phase -> {
            List<Ref> identities = new ArrayList<>(List.of(holder));
            store.grant(grantId).ifPresent(grant -> {
                identities.add(grant.subject());
                identities.addAll(grant.actors());
            });
            phase.enter(Reason.PEOPLE_UNAVAILABLE);
            Canonical canonical = new Canonical(people).learn(identities);
            phase.enter(Reason.STORE_UNAVAILABLE);
            return store.changeGrant(grantId, GrantLife.giveBack(holder, canonical), journal)
                    .orElse(Reason.UNKNOWN_ID);
        });
    }

    @Override
    public Reason revoke(String grantId, Ref by, String why) {
        return Failures.guarded(
                WHAT,
                phase -> store.changeGrant(grantId, GrantLife.revoke(by, why), journal)
                        .orElse(Reason.UNKNOWN_ID));
    }
}
