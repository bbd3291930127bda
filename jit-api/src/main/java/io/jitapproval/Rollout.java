package io.jitapproval;

import java.util.Locale;

/**
 * How far a guard has come with an action. Only {@link #ENFORCE} protects anything; the others are for finding out beforehand what that
 * will cost. Set in code alone, on the guard's builder: no document and no property switches a guard off.
 */
public enum Rollout {
    /** The action runs, and policy is not even asked. On record at the start, not at each call. */
    OFF,
    /** The action runs whatever policy says; what would have become of the call is on record. */
    OBSERVE,
    /** As {@link #OBSERVE}, and those who would have been asked are told, at most as often as they could have been asked. */
    NOTIFY,
    /** The action runs only if it may. The default. */
    ENFORCE;

    /** {@return the mode as a stable lower-case word} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
