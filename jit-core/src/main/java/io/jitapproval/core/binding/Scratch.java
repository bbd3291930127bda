package io.jitapproval.core.binding;

import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A buffer and a digest that are used again. They are taken out of a small shared pool and put back, and not kept per
 * thread: virtual threads are many, and a codec that calls the library again finds a scratch of its own.
 */
final class Scratch {

    private static final int SLOTS = 16;
    private static final int LARGEST_KEPT = 8 * 1_024;

    /** References apart, so that two slots do not share a cache line. */
    private static final int STRIDE = 16;

    private static final AtomicReferenceArray<@Nullable Scratch> POOL = new AtomicReferenceArray<>(SLOTS * STRIDE);

    private final JsonSink sink = new JsonSink();
    private final MessageDigest sha256 = Digests.newSha256();

    static Scratch take() {
        Scratch pooled = POOL.getAndSet(slot(), null);
        return pooled == null ? new Scratch() : pooled;
    }

    private static int slot() {
        return (int) (Thread.currentThread().getId() & (SLOTS - 1)) * STRIDE;
    }

    JsonSink sink() {
        return sink;
    }

    MessageDigest sha256() {
        return sha256;
    }

    void giveBack() {
        sink.wipe();
        if (sink.buffer().length <= LARGEST_KEPT) {
            POOL.setRelease(slot(), this);
        }
    }
}
