package io.jitapproval.walls.simulation;

import io.jitapproval.spi.GrantStore;
import java.util.HashSet;
import java.util.Set;

/** What is wrong with the store that the guards see. The simulation has to find each of them. */
enum Flaw {
    NONE(""),
    /** E2, R32: uses are read, counted and then written. */
    USES_READ_THEN_WRITTEN("at most"),
    /** E3, R26: votes are counted before the request is locked, and stored afterwards. */
    VOTES_COUNTED_BEFORE_THE_LOCK("quorum that was reached"),
    /** R34: what was changed meanwhile is written over. */
    LOST_UPDATE("votes on record"),
    /** R25: an approval that comes after the denial wins. */
    LATE_APPROVAL_WINS("while it is pending only"),
    /** R42: who waits looks at what they saw before they were known to wait. */
    LOOKED_BEFORE_WAITING("somebody was not told"),
    /** R41: what is taken away is taken away on one node alone. */
    REVOKED_IN_A_CACHE("taken away"),
    /** R41: grants that are taken away together are gone through one by one. */
    VOIDED_BY_LIST("taken away"),
    /** R39: the time to decide ends when a timer says so. */
    DECIDE_BY_BY_TIMER("look at the clock"),
    /** E1, R36: the clock is read before the lock is taken. */
    CLOCK_BEFORE_THE_LOCK("look at the clock"),
    /** R60: whether there is an equal request is looked up before one is made. */
    COALESCED_WITHOUT_A_LOCK("equal requests"),
    /** R47: what has changed is recorded afterwards. */
    RECORDED_AFTERWARDS("broken"),
    /** R61: a message that another node is just sending is overtaken. */
    OVERTAKES_WHAT_IS_UNDER_WAY("in order"),
    /** R61: what is tried is taken for delivered. */
    TRIED_IS_DELIVERED("delivered is what was taken");

    /** What the invariant that it breaks says. */
    final String finding;

    Flaw(String finding) {
        this.finding = finding;
    }

    /** Makes what each node sees. */
    interface Nodes {
        GrantStore node(int number);
    }

    Nodes of(Conductor conductor, GrantStore store) {
        if (this == NONE) {
            return number -> store;
        }
        Set<String> made = new HashSet<>();
        return number -> new FlawedStore(this, conductor, store, made);
    }
}
