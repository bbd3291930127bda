package io.jitapproval.lincheck;

import io.jitapproval.core.GrantStores;
import java.time.Instant;
import java.time.InstantSource;

/** The same on the broken twin. */
public final class UnlockedOperations extends StoreOperations {

    /** On a store that reads, then writes. */
    public UnlockedOperations() {
        super(new UnlockedStore(GrantStores.memory(InstantSource.fixed(Instant.parse("2026-03-02T09:00:00Z")))));
    }
}
