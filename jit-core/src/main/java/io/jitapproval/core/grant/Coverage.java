package io.jitapproval.core.grant;

import io.jitapproval.Grant;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantTerms;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call needs a grant to cover, and whether one does. Policy as it is now counts: a grant covers a call only as far as
 * the approval behind it meets what policy asks for at the moment of use.
 *
 * @param subject  who acts
 * @param actors   who acts for the subject
 * @param action   the action's name
 * @param resource on what
 * @param matchKey recognises the exact call
 * @param required  what policy asks for now
 * @param automatic whether a rule answers that now; if people have to, no rule's earlier answer stands for theirs
 */
public record Coverage(
        Ref subject,
        List<Ref> actors,
        String action,
        Ref resource,
        String matchKey,
        Requirement required,
        boolean automatic) {

    /**
     * Whether a grant is for calls like this one at all, whatever its state.
     *
     * @param grant the grant
     * @return true if its subject, action and scope fit
     */
    public boolean fits(Grant grant) {
        return grant.subject().equals(subject)
                && grant.actors().equals(actors)
                && grant.action().equals(action)
                && switch (effective(grant).scope()) {
                    case EXACT -> grant.matchKey().equals(matchKey);
                    case RESOURCE ->
                        grant.resource().equals(resource)
                                && (named() || grant.matchKey().equals(matchKey));
                    case ACTION -> true;
                };
    }

    /**
     * Why a grant that fits cannot be used at an instant.
     *
     * @param grant the grant
     * @param now   the store's instant
     * @return the reason; null if it can be used
     */
    public @Nullable Reason whyNot(Grant grant, Instant now) {
        switch (grant.state()) {
            case EXHAUSTED -> {
                return Reason.GRANT_EXHAUSTED;
            }
            case EXPIRED -> {
                return Reason.GRANT_EXPIRED;
            }
            case REVOKED -> {
                return Reason.GRANT_REVOKED;
            }
            case RETURNED -> {
                return Reason.GRANT_RETURNED;
            }
            case ACTIVE -> {}
        }
        if (grant.voided()) {
            return Reason.GRANT_REVOKED;
        }
        if (now.isBefore(grant.notBefore())) {
            return Reason.GRANT_NOT_YET_VALID;
        }
        if (grant.uses() == 0 && !now.isBefore(grant.useBy())) {
            return Reason.APPROVAL_UNUSED;
        }
        if (grant.stateAt(now) == Grant.State.EXPIRED) {
            return Reason.GRANT_EXPIRED;
        }
        return outgrown(grant, now) ? Reason.GRANT_OUTGROWN : null;
    }

    private boolean outgrown(Grant grant, Instant now) {
        Requirement met = grant.requirement();
        // Most often policy is what it was; the merge is dear.
        if (!met.equals(required) && !asksNoMore(met)) {
            return true;
        }
        if (!automatic && !grant.automatic().isEmpty()) {
            return true;
        }
        if (!fits(grant)) {
            return true;
        }
        GrantTerms terms = effective(grant);
        if (grant.uses() >= terms.uses() || !now.isBefore(grant.grantedAt().plus(longest(terms)))) {
            return true;
        }
        if (grant.uses() == 0) {
            return !now.isBefore(grant.grantedAt().plus(required.useWithin()));
        }
        Instant end = grant.expiresAt().orElse(Instant.MIN);
        return grant.terms().clock() == GrantClock.FIRST_USE
                && !now.isBefore(end.minus(grant.terms().within()).plus(terms.within()));
    }

    /** Whether policy now asks for nobody and nothing that it did not ask for when this was approved. */
    private boolean asksNoMore(Requirement met) {
        Requirement both = met.merge(required);
        return both.stages().equals(met.stages())
                && both.reason().equals(met.reason())
                && both.ticket().equals(met.ticket())
                && both.votes().equals(met.votes());
    }

    /** Where a call names no resource, the call itself is all that was named. */
    private boolean named() {
        return !resource.equals(Resource.NONE.ref());
    }

    private Duration longest(GrantTerms terms) {
        return switch (terms.clock()) {
            case APPROVAL -> terms.within();
            case FIRST_USE -> terms.within().plus(required.useWithin());
        };
    }

    private GrantTerms effective(Grant grant) {
        GrantTerms now = required.grant();
        return grant.terms().equals(now) ? now : grant.terms().narrowest(now);
    }
}
