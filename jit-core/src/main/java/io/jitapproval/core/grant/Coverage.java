package io.jitapproval.core.grant;

import io.jitapproval.Grant;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantTerms;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Resource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 * @param numbers   the numbers of the call that may be lowered, by their names
 * @param lowers    whether the call runs with what a grant lowers them to
 */
public record Coverage(
        Ref subject,
        List<Ref> actors,
        String action,
        Ref resource,
        String matchKey,
        Requirement required,
        boolean automatic,
        Map<String, BigDecimal> numbers,
        boolean lowers) {

    private static final Comparator<Grant> NARROWEST_FIRST = Comparator.comparing(
                    (Grant grant) -> grant.terms().scope())
            .thenComparing(Grant::lastsUntil)
            .thenComparing(Grant::usesLeft)
            .thenComparing(Grant::grantedAt)
            .thenComparing(Grant::id);

    /**
     * Those that are for calls like this one, in the order in which they are to be used up: the narrowest scope first; of equal ones
     * that which ends first, has the fewest uses left, was given first.
     *
     * @param grants the grants
     * @return those that fit
     */
    public List<Grant> covering(List<Grant> grants) {
        if (grants.isEmpty() || (grants.size() == 1 && fits(grants.get(0)))) {
            return grants;
        }
        return grants.stream().filter(this::fits).sorted(NARROWEST_FIRST).toList();
    }

    /**
     * The numbers that are to be lower than asked under a grant.
     *
     * @param grant the grant
     * @return what they are to be at most, by their names
     */
    public Map<String, BigDecimal> lowered(Grant grant) {
        Map<String, BigDecimal> ceilings = effective(grant).ceilings();
        if (ceilings.isEmpty()) {
            return ceilings;
        }
        Map<String, BigDecimal> lowered = new TreeMap<>();
        ceilings.forEach((name, most) -> {
            BigDecimal asked = numbers.get(name);
            if (asked != null && asked.compareTo(most) > 0) {
                lowered.put(name, most);
            }
        });
        return lowered;
    }

    /** A number without a value, or that the call does not let be lowered, is over every ceiling. */
    private boolean runsOver(Map<String, BigDecimal> ceilings) {
        return ceilings.entrySet().stream().anyMatch(ceiling -> {
            BigDecimal asked = numbers.get(ceiling.getKey());
            return asked == null || (!lowers && asked.compareTo(ceiling.getValue()) > 0);
        });
    }

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
        if (outgrown(grant, now)) {
            return Reason.GRANT_OUTGROWN;
        }
        return runsOver(effective(grant).ceilings()) ? Reason.CEILING_LOWER : null;
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
        if (grant.uses() >= terms.uses() || !now.isBefore(grant.notBefore().plus(longest(terms)))) {
            return true;
        }
        if (grant.uses() == 0) {
            return !now.isBefore(grant.notBefore().plus(required.useWithin()));
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
