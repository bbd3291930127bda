package io.jitapproval;

/**
 * What a voter was shown: what you see is what you sign. A vote that names another version or digest than the request has is refused.
 *
 * @param version the {@linkplain ApprovalRequest#version() version}
 * @param digest  the {@linkplain ApprovalRequest#digest() digest}
 */
public record Shown(int version, String digest) {

    /**
     * Checks the digest.
     *
     * @param version as above
     * @param digest  as above
     * @throws IllegalArgumentException if the digest is blank
     */
    public Shown {
        Text.requireNotBlank(digest, "digest");
    }
}
