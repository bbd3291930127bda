package io.jitapproval;

import java.util.Locale;

/** What a person answers to an approval request. */
public enum Verdict {
    /** Yes, on the terms asked for or on narrower ones. */
    APPROVE,
    /** No. By default one denial is final; after the approval it revokes the grant. */
    DENY,
    /** Neither: it is recorded and uses up this person's vote. */
    ABSTAIN;

    /** {@return the verdict as a lower-case word} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
