package io.jitapproval.core.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The secrets of one webhook, and what Standard Webhooks 1.0 makes of them ({@code v1}). Never tells them to anybody. */
public final class WebhookKeys {

    /** How a secret begins. */
    public static final String PREFIX = "whsec_";

    static final int LEAST_BYTES = 24;
    static final int MOST_BYTES = 64;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1,";

    private final List<SecretKey> keys;

    private WebhookKeys(List<SecretKey> keys) {
        this.keys = keys;
    }

    /**
     * Reads secrets.
     *
     * @param secrets each {@code whsec_} and Base64 of 24 to 64 bytes; at least one
     * @throws IllegalArgumentException with what is wrong with which of them, and never with one of them
     */
    public static WebhookKeys of(List<String> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("there is no secret to sign with: " + wanted());
        }
        List<SecretKey> keys = new ArrayList<>();
        for (String secret : secrets) {
            keys.add(key(secret, "secret no. " + (keys.size() + 1)));
        }
        return new WebhookKeys(List.copyOf(keys));
    }

    private static SecretKey key(String secret, String which) {
        if (!secret.startsWith(PREFIX)) {
            throw new IllegalArgumentException(which + " does not begin with " + PREFIX + ": " + wanted());
        }
        byte[] bytes = decoded(secret.substring(PREFIX.length()));
        if (bytes == null) {
            throw new IllegalArgumentException(which + " is not Base64 behind " + PREFIX + ": " + wanted());
        }
        if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(which + " has " + bytes.length + " bytes: " + wanted());
        }
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    private static String wanted() {
        return "a secret is " + PREFIX + " and the Base64 of " + LEAST_BYTES + " to " + MOST_BYTES + " random bytes";
    }

    private static byte @Nullable [] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null; // Its message quotes the secret.
        }
    }

    /** The header: one signature for each secret, in their order, with blanks between them. */
    String sign(String id, String timestamp, byte[] body) {
        return keys.stream()
                .map(key -> VERSION + Base64.getEncoder().encodeToString(mac(key, id, timestamp, body)))
                .collect(Collectors.joining(" "));
    }

    /** Whether one of the signatures in the header is that of one of the secrets. Takes as long wherever they differ. */
    public boolean signed(String id, String timestamp, byte[] body, String header) {
        boolean found = false;
        for (SecretKey key : keys) {
            byte[] expected = mac(key, id, timestamp, body);
            for (String signature : header.split(" ", -1)) {
                if (signature.startsWith(VERSION)) {
                    byte[] given = decoded(signature.substring(VERSION.length()));
                    found |= given != null && MessageDigest.isEqual(expected, given);
                }
            }
        }
        return found;
    }

    private static byte[] mac(SecretKey key, String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** {@return how many secrets there are; never what they are} */
    @Override
    public String toString() {
        return keys.size() + " webhook secret(s)";
    }
}
