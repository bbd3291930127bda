package io.jitapproval.core;

import io.jitapproval.core.grant.MemoryGrantStore;
import io.jitapproval.spi.GrantStore;
import java.time.InstantSource;

/** Grant stores that come with the library. */
public final class GrantStores {

    /** How many pending requests, and how many active grants, the memory store holds by default: 100 000 each. */
    public static final int DEFAULT_LIMIT = 100_000;

    private GrantStores() {}

    /**
     * A store in memory, for one process: after a restart nothing is left and every approval has to be asked for again. Holds
     * up to {@value #DEFAULT_LIMIT} pending requests and as many active grants; refuses more, and never drops one of them.
     *
     * @param clock the clock by which requests and grants live
     * @return the store
     */
    public static GrantStore memory(InstantSource clock) {
        return memory(clock, DEFAULT_LIMIT);
    }

    /**
     * A store in memory with a limit of its own.
     *
     * @param clock the clock by which requests and grants live
     * @param limit how many pending requests, and how many active grants, it holds at most; at least 1
     * @return the store
     * @throws IllegalArgumentException if the limit is less than 1
     */
    public static GrantStore memory(InstantSource clock, int limit) {
        return new MemoryGrantStore(clock, limit);
    }
}
