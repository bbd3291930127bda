package io.jitapproval.core.guard;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/** Makes ids. */
final class Ids {

    private static final int BYTES = 32;

    private final SecureRandom random;
    private final String uses;
    private final AtomicLong lastUse = new AtomicLong();

    Ids(SecureRandom random) {
        this.random = random;
        this.uses = unguessable().substring(0, 11) + "-";
    }

    /** 256 random bits: nobody can guess the id of a request or grant. */
    String unguessable() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Unique, but no secret: names a use that policy allowed without a grant. */
    String use() {
        return uses + lastUse.incrementAndGet();
    }
}
