package io.jitapproval.core.binding;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The digest that ties a request, its votes, its grant and its use to the very same subject, action, resource and
 * arguments: SHA-256 over {@code "jit/v1"}, a zero byte, and the canonical JSON of a {@link BindingInput}.
 *
 * <p>A value; compares in constant time; its text shows only the first eight hex characters.
 */
public final class Binding {

    private static final byte[] PREFIX = {'j', 'i', 't', '/', 'v', '1', 0};
    private static final int BYTES = 32;
    private static final int SHOWN = 8;

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private Binding(byte[] digest) {
        ByteBuffer words = ByteBuffer.wrap(digest);
        first = words.getLong();
        second = words.getLong();
        third = words.getLong();
        fourth = words.getLong();
    }

    /**
     * Digests the input as it is now.
     *
     * @throws UnsupportedArgumentException when a value cannot be frozen
     */
    public static Binding of(BindingInput input, ArgumentFreezer freezer) {
        Scratch scratch = Scratch.take();
        try {
            JsonSink out = scratch.sink();
            out.raw(PREFIX);
            input.write(out, freezer);
            out.requireWithinLimit();
            return digest(scratch.sha256(), out);
        } finally {
            scratch.giveBack();
        }
    }

    private static Binding digest(MessageDigest sha256, JsonSink out) {
        sha256.update(out.buffer(), 0, out.size());
        out.rewind(0);
        try {
            sha256.digest(out.buffer(), 0, BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 digest fits 32 bytes", e);
        }
        return new Binding(out.buffer());
    }

    /**
     * A binding that was stored.
     *
     * @throws IllegalArgumentException when it is not 32 bytes long
     */
    public static Binding ofBytes(byte[] digest) {
        if (digest.length != BYTES) {
            throw new IllegalArgumentException("A binding has " + BYTES + " bytes, not " + digest.length);
        }
        return new Binding(digest);
    }

    /**
     * A binding that was stored as hex.
     *
     * @throws IllegalArgumentException when it is not 64 hex characters long
     */
    public static Binding ofHex(String hex) {
        return ofBytes(HexFormat.of().parseHex(hex));
    }

    /** The 32 bytes, in a fresh array. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    /** All 64 hex characters, lower case: for storing, not for logs. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Binding that)) {
            return false;
        }

        long difference = (first ^ that.first) | (second ^ that.second) | (third ^ that.third) | (fourth ^ that.fourth);
        return difference == 0;
    }

    @Override
    public int hashCode() {
        return (int) (first >>> Integer.SIZE);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(first >>> Integer.SIZE, SHOWN);
    }
}
