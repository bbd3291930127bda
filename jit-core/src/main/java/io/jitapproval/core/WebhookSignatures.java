package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.core.channel.WebhookKeys;
import java.security.SignatureException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of {@link Channels#webhook}, for receivers in Java: tells whether a webhook was sent by somebody who knows the
 * secret, and lately. It verifies symmetric signatures ({@code v1}) of any sender that keeps to Standard Webhooks 1.0.
 *
 * <p>It remembers nothing: the same webhook may come again, by a retry or by somebody who recorded it. Keep the {@code webhook-id}
 * of what you have handled for at least twice {@link #TOLERANCE}, and pass over what you know.
 *
 * <p>Thread-safe; does not block.
 */
public final class WebhookSignatures {

    /** How far a webhook's time may be from ours, before or after: 5 minutes. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

    private final InstantSource clock;
    private final WebhookKeys keys;

    private WebhookSignatures(InstantSource clock, WebhookKeys keys) {
        this.clock = clock;
        this.keys = keys;
    }

    /**
     * A verifier.
     *
     * @param clock   what time it is
     * @param secrets each {@code whsec_} and the Base64 of 24 to 64 bytes; at least one; several while they are changed, and a
     *                signature by any of them counts
     * @return the verifier
     * @throws IllegalArgumentException if one of them is no such secret; says which, never what
     */
    public static WebhookSignatures of(InstantSource clock, String... secrets) {
        return new WebhookSignatures(requireNonNull(clock, "clock"), WebhookKeys.of(List.of(secrets)));
    }

    /**
     * Returns if a webhook is genuine, and throws if not. Takes as long for every wrong signature.
     *
     * @param id        the header {@code webhook-id}; null if there was none
     * @param timestamp the header {@code webhook-timestamp}, in seconds since 1970; null if there was none
     * @param signature the header {@code webhook-signature}; null if there was none
     * @param body      the very bytes of the body, before anything parsed them
     * @throws SignatureException if a header is missing or malformed, the time is further away than {@link #TOLERANCE}, or no
     *                            signature is one of ours
     */
    public void verify(@Nullable String id, @Nullable String timestamp, @Nullable String signature, byte[] body)
            throws SignatureException {
        requireNonNull(body, "body");
        if (id == null || timestamp == null || signature == null) {
            throw new SignatureException("a header is missing: webhook-id, webhook-timestamp or webhook-signature");
        }
        if (id.isEmpty() || id.indexOf('.') >= 0) {
            throw new SignatureException("webhook-id is empty or has a dot in it");
        }
        if (!SECONDS.matcher(timestamp).matches()) {
            throw new SignatureException("webhook-timestamp is no number of seconds");
        }
        long away = Math.abs(Long.parseLong(timestamp) - clock.instant().getEpochSecond());
        if (away > TOLERANCE.toSeconds()) {
            throw new SignatureException("webhook-timestamp is " + away + " s away from our time");
        }
        if (!keys.signed(id, timestamp, body, signature)) {
            throw new SignatureException("no signature in webhook-signature is one of ours");
        }
    }
}
