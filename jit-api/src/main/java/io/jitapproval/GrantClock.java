package io.jitapproval;

/** When a grant's length begins to count. */
public enum GrantClock {
    /** From the approval. The default. */
    APPROVAL("approval"),
    /** From the first use; until then only the use-by limits it. */
    FIRST_USE("first-use");

    private final String word;

    GrantClock(String word) {
        this.word = word;
    }

    /** {@return the word that a policy document uses} */
    public String word() {
        return word;
    }
}
