package io.jitapproval.core.analysis;

import java.util.Locale;

/** How bad a finding is. */
public enum Severity {
    /** The policy cannot do what it says. */
    ERROR,
    /** The policy hardly does what its author wants. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    /** {@return the word in texts, JSON and SARIF} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
