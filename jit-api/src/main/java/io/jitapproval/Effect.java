package io.jitapproval;

/** What a policy rule does with the requests that it matches. */
public enum Effect {
    /** No, whatever else matches. */
    DENY("deny"),
    /** People must agree; every matching rule of this effect adds its requirement. */
    REQUIRE_APPROVAL("require-approval"),
    /** Answers a requirement in people's place with a grant, unless the requirement says {@code autoApproval: never}. */
    AUTO_APPROVE("auto-approve"),
    /** Standing permission: no grant is needed. */
    ALLOW("allow");

    private final String word;

    Effect(String word) {
        this.word = word;
    }

    /** {@return the word that a policy document uses} */
    public String word() {
        return word;
    }
}
