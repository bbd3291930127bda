package io.jitapproval.core.binding;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Salted commitments: what is written in place of a hidden value, so that the value can be proved later but not guessed
 * now. Never a bare hash, not even of a number or a boolean: those are few enough to try all.
 *
 * <p>The salt is {@code HMAC-SHA256(key, context ‖ 0 ‖ path)}, another one for each record and path, so equal values
 * show no equality. The commitment is {@code HMAC-SHA256(salt, "jit/commit/v1" ‖ 0 ‖ canonical form)} in base64url.
 * Immutable and thread-safe.
 */
public final class Commitments {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final byte[] TAG = "jit/commit/v1\0".getBytes(StandardCharsets.US_ASCII);

    private final ArgumentFreezer freezer;

    public Commitments(ArgumentFreezer freezer) {
        this.freezer = freezer;
    }

    /**
     * Commits to a value.
     *
     * @param key the instance's secret key, 32 bytes
     * @param context the id of the record that the commitment stands in
     * @param path where in the record
     * @return 43 characters of base64url, to be written as {@code {"c": …}}
     * @throws UnsupportedArgumentException when the value cannot be frozen
     * @throws IllegalArgumentException when the key is not 32 bytes long, or context or path hold a NUL
     */
    public String commit(byte[] key, String context, String path, @Nullable Object value) {
        return commit(salt(key, context, path), value);
    }

    /** Whether the commitment is one to this value; in constant time. */
    public boolean verify(byte[] key, String context, String path, @Nullable Object value, String commitment) {
        return opens(salt(key, context, path), value, commitment);
    }

    /** What opens this one commitment and no other: can be given to an auditor, where the key cannot. */
    public byte[] salt(byte[] key, String context, String path) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("A commitment key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        if (context.indexOf('\0') >= 0 || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A commitment's context and path hold no NUL: it stands between them");
        }
        return hmac(key, (context + '\0' + path).getBytes(StandardCharsets.UTF_8), new byte[0]);
    }

    /** Whether the commitment is one to this value under this salt; in constant time. */
    public boolean opens(byte[] salt, @Nullable Object value, String commitment) {
        byte[] expected = commit(salt, value).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, commitment.getBytes(StandardCharsets.UTF_8));
    }

    private String commit(byte[] salt, @Nullable Object value) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(salt, TAG, freezer.canonical(value)));
    }

    private static byte[] hmac(byte[] key, byte[] first, byte[] second) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(first);
            return mac.doFinal(second);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
