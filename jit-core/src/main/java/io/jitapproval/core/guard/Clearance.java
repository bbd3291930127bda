package io.jitapproval.core.guard;

import io.jitapproval.Decision;
import org.jspecify.annotations.Nullable;

/**
 * The right to run one call once. It is passed along, never kept: nothing else on the thread can run on it.
 *
 * @param grantId  the grant whose use has begun; null where policy allows the call without one
 * @param use      the number of that use
 * @param useId    names the use where there is no grant
 * @param decision what allowed it where there is no grant
 */
record Clearance(
        @Nullable String grantId,
        int use,
        String useId,
        @Nullable Decision decision) {

    static Clearance byGrant(String grantId, int use) {
        return new Clearance(grantId, use, "", null);
    }

    static Clearance byPolicy(String useId, Decision decision) {
        return new Clearance(null, 0, useId, decision);
    }
}
