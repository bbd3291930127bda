package io.jitapproval.walls;

/** The ways in which a guarded call can go. */
enum Scenario {
    ALLOWED(true, false),
    DENIED(false, false),
    RULED(true, false),
    COVERED(true, true),
    ASKED(false, false),
    WAITING(true, false),
    STAGE_ALLOWED(true, false),
    STAGE_COVERED(true, true),
    STAGE_WAITING(true, false),
    PROXY(true, true),
    PROXY_STAGE(true, true);

    private final boolean runs;
    private final boolean needsGrant;

    Scenario(boolean runs, boolean needsGrant) {
        this.runs = runs;
        this.needsGrant = needsGrant;
    }

    /** Whether the action runs if nothing fails. */
    boolean runs() {
        return runs;
    }

    boolean needsGrant() {
        return needsGrant;
    }
}
