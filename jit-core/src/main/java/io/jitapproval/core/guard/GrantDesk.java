package io.jitapproval.core.guard;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Grant;
import io.jitapproval.Grants;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.core.grant.GrantLife;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Voiding;
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

    @Override
    public int revokeAllOf(Ref subject, Ref by, String why) {
        return revokeAll(new Voiding(Optional.of(subject), Optional.empty()), by, why);
    }

    @Override
    public int revokeAllFor(String action, Ref by, String why) {
        if (action.isBlank()) {
            throw new IllegalArgumentException("action must not be blank");
        }
        return revokeAll(new Voiding(Optional.empty(), Optional.of(action)), by, why);
    }

    @Override
    public int revokeEverything(Ref by, String why) {
        return revokeAll(Voiding.EVERYTHING, by, why);
    }

    private int revokeAll(Voiding which, Ref by, String why) {
        requireNonNull(by, "by");
        requireNonNull(why, "why");
        return Failures.guarded(WHAT, phase -> {
            store.voidGrants(which, now -> List.of(GrantLife.voiding(which, now, by, why)), journal);
            int written = 0;
            for (Grant grant : store.voidedGrants()) {
                if (which.fits(grant)
                        && store.changeGrant(grant.id(), GrantLife.voided(by, why), journal)
                                .orElse(false)) {
                    written++;
                }
            }
            return written;
        });
    }
}
