package io.jitapproval;

import java.util.Locale;

/** What came of an action that ran, as the application found out later. */
public enum Outcome {
    /** It was right. */
    OK,
    /** It had to be undone. */
    REVERSED,
    /** It did harm. */
    INCIDENT;

    /** {@return the outcome as a stable lower-case word} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
